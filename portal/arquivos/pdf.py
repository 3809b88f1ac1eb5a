"""Whether a PDF runs nothing and hides nothing: it may have links, and forms that wait for their
reader. Runs in the child process of `checks.py` alone.

Looked for in every object, those inside object streams included, whatever leads to them: a reader
that is cleverer than we are may find what no page names.
"""

from collections.abc import Iterator
from typing import Any, BinaryIO

import pikepdf
from pikepdf import settings

from portal.arquivos.values import MIB, Limits, Reason

HEADER = b"%PDF-"
"""At the first byte: what begins as something else may be something else to another program."""
END = b"%%EOF"
TAIL = 2048
"""Bytes at the end in which that stands, in a PDF that was not cut short."""
DEEPEST = 50
"""Of arrays and dictionaries in each other; a real page needs five."""

_ACTIONS = {"/JavaScript": Reason.JAVASCRIPT, "/Launch": Reason.LAUNCH}
_KEYS = {
    "/JS": Reason.JAVASCRIPT,
    "/JavaScript": Reason.JAVASCRIPT,
    "/EmbeddedFiles": Reason.EMBEDDED,
    "/EF": Reason.EMBEDDED,
    "/XFA": Reason.XFA,
}
_ANNOTATIONS = {
    "/RichMedia": Reason.RICH_MEDIA,
    "/Screen": Reason.RICH_MEDIA,
    "/Movie": Reason.RICH_MEDIA,
    "/Sound": Reason.RICH_MEDIA,
    "/3D": Reason.RICH_MEDIA,
    "/FileAttachment": Reason.EMBEDDED,
}


def set_limits() -> None:
    """Without these a file of 1.7 kB takes a gigabyte of memory."""
    settings.set_qpdf_limits(
        flate_max_memory=64 * MIB,
        dct_max_memory=64 * MIB,
        png_max_memory=64 * MIB,
        run_length_max_memory=64 * MIB,
        max_stream_filters=3,
        parser_max_container_size=500_000,
        doc_max_warnings=50,
    )


def judge(file: BinaryIO, limits: Limits) -> Reason | int:
    """How many pages it has, or why it is not taken."""
    if file.read(len(HEADER)) != HEADER:
        return Reason.NOT_A_PDF
    if not _ends(file):
        return Reason.DAMAGED
    file.seek(0)
    try:
        with pikepdf.open(file) as pdf:
            if pdf.is_encrypted:
                return Reason.PASSWORD
            return _find_harm(pdf) or _count(pdf, limits)
    except pikepdf.PasswordError:
        return Reason.PASSWORD
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, KeyError, RecursionError):
        # qpdf says in many ways that it cannot make sense of something.
        return Reason.DAMAGED


def _ends(file: BinaryIO) -> bool:
    size = file.seek(0, 2)
    file.seek(max(0, size - TAIL))
    return END in file.read(TAIL)


def _count(pdf: pikepdf.Pdf, limits: Limits) -> Reason | int:
    pages = len(pdf.pages)
    if pages > limits.pages:
        return Reason.TOO_MANY_PAGES
    return pages or Reason.DAMAGED


def _find_harm(pdf: pikepdf.Pdf) -> Reason | None:
    found = (_harm(thing) for root in _roots(pdf) for thing in _list_dictionaries(root))
    return next((reason for reason in found if reason is not None), None)


def _roots(pdf: pikepdf.Pdf) -> Iterator[Any]:
    yield pdf.trailer
    yield from pdf.objects


def _list_dictionaries(root: Any) -> Iterator[Any]:
    """The dictionaries of an object, its own streams' included, and none of another object."""
    waiting = [(root, 0)]
    while waiting:
        thing, depth = waiting.pop()
        if depth > DEEPEST:
            raise ValueError("too deep")
        match thing:
            case pikepdf.Array():
                inside = list(thing)
            case pikepdf.Dictionary() | pikepdf.Stream():
                yield thing
                inside = list(thing.values())
            case _:
                continue
        waiting += [(v, depth + 1) for v in inside if _is_direct(v)]


def _is_direct(value: Any) -> bool:
    return isinstance(value, pikepdf.Object) and not value.is_indirect


def _harm(thing: Any) -> Reason | None:
    for key, reason in _KEYS.items():
        if key in thing:
            return reason
    return _ACTIONS.get(_name(thing, "/S")) or _ANNOTATIONS.get(_name(thing, "/Subtype"))


def _name(thing: Any, key: str) -> str:
    value = thing.get(key)
    return str(value) if isinstance(value, pikepdf.Name) else ""
