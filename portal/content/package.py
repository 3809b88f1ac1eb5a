"""All documents of a processo as one ZIP, made while it is sent.

Besides the documents it has a page that lists them, and a manifest of their SHA-256 in the form
that `sha256sum --check` reads.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from html import escape
from io import RawIOBase
from typing import TYPE_CHECKING
from urllib.parse import quote
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

INDEX = "indice.html"
MANIFEST = "SHA256SUMS.txt"
DAMAGED = "este arquivo mudou depois de entrar no SEI"


@dataclass(frozen=True, slots=True)
class Member:
    """A document in the package."""

    name: str
    """Of its file, alone in the package."""
    titulo: str
    chunks: Iterable[bytes] | None
    """None for one that is not in it; the index says so."""
    packed: bool
    """Compressed already, so it is stored as it is."""
    is_damaged: Callable[[], bool] = bool
    """Whether it was found not to be what SEI stored; asked when its last chunk has passed."""
    absence: str = "o arquivo não estava disponível"
    """Why it is not in it."""


@dataclass(frozen=True, slots=True)
class _Done:
    """What became of a document."""

    member: Member
    digest: str | None = None
    damaged: bool = False


class _Outbox(RawIOBase):
    """Where the archive writes to, and where the response takes from."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: "ReadableBuffer") -> int:
        part = bytes(data)
        self._parts.append(part)
        return len(part)

    def take(self) -> bytes:
        taken = b"".join(self._parts)
        self._parts.clear()
        return taken


def stream(
    members: Iterable[Member], titulo: str, agora: datetime, quais: str = "Documentos públicos"
) -> Iterator[bytes]:
    """The archive's bytes, never more of them in memory than a chunk makes.

    `members` is asked for one at a time, when the one before it has been sent; `quais` says which
    they are.
    """
    outbox = _Outbox()
    done: list[_Done] = []
    with ZipFile(outbox, "w", allowZip64=True) as archive:
        for member in members:
            if member.chunks is None:
                done.append(_Done(member))
                continue
            digest = sha256()
            # A size is not known beforehand, and may pass what a plain ZIP can say.
            info = _info(member.name, agora, ZIP_STORED if member.packed else ZIP_DEFLATED)
            with archive.open(info, "w", force_zip64=True) as entry:
                for chunk in member.chunks:
                    digest.update(chunk)
                    entry.write(chunk)
                    yield outbox.take()
            done.append(_Done(member, digest.hexdigest(), member.is_damaged()))
        archive.writestr(_info(INDEX, agora, ZIP_DEFLATED), _index(done, titulo, agora, quais))
        archive.writestr(_info(MANIFEST, agora, ZIP_DEFLATED), _manifest(done))
        yield outbox.take()
    yield outbox.take()


def unique(name: str, taken: set[str]) -> str:
    """The name, with a number before its ending when another has it already; then it is taken."""
    stem, dot, ending = name.rpartition(".")
    if not dot:
        stem, ending = name, ""
    number, free = 1, name
    while free.casefold() in taken:
        number += 1
        free = f"{stem} ({number}){dot}{ending}"
    taken.add(free.casefold())
    return free


def _info(name: str, agora: datetime, how: int) -> ZipInfo:
    info = ZipInfo(name, date_time=agora.timetuple()[:6])
    info.compress_type = how
    info.external_attr = 0o644 << 16
    return info


def _manifest(done: Iterable[_Done]) -> str:
    return "".join(
        # Lines that `sha256sum --check` passes over.
        (f"# {DAMAGED}: {one.member.name}\n" if one.damaged else "")
        + f"{one.digest}  {one.member.name}\n"
        for one in done
        if one.digest
    )


def _index(done: Iterable[_Done], titulo: str, agora: datetime, quais: str) -> str:
    lines = "\n".join(_line(one) for one in done)
    return (
        '<!doctype html>\n<html lang="pt-BR">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(titulo)}</title>\n</head>\n<body>\n<h1>{escape(titulo)}</h1>\n"
        f"<p>{quais}, como estavam no SEI em {agora:%d/%m/%Y, às %H:%M}.</p>\n"
        f"<ol>\n{lines}\n</ol>\n"
        f"<p>O arquivo {MANIFEST} tem a soma SHA-256 de cada documento.</p>\n</body>\n</html>\n"
    )


def _line(one: _Done) -> str:
    titulo = escape(one.member.titulo)
    if one.digest is None:
        return f"<li>{titulo}: {one.member.absence}</li>"
    warning = f": {DAMAGED}. Peça ao órgão uma cópia conferida" if one.damaged else ""
    return f'<li><a href="{quote(one.member.name)}">{titulo}</a>{warning}</li>'
