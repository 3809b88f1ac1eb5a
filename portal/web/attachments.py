"""Files of documents in words: what kind they are of, and how large."""

from collections.abc import Callable, Mapping
from typing import Final

from portal.content.kinds import UNKNOWN, kind_named
from portal.sei.values import Documento


def file_size(size: int) -> str:
    """`1 KB`, `340 KB`, `1,2 MB`: bytes as Brazilian programs write them."""
    kilobytes = max(1, round(size / 1000))
    if kilobytes < 1000:
        return f"{kilobytes} KB"
    return f"{size / 1_000_000:.1f} MB".replace(".", ",")


def tell_file(documento: Documento) -> str:
    """`PDF, 102 KB`, as SEI says; `arquivo` of one that does not open, or is of another kind.

    The document's own page says what the file itself is. A list that asked each file would read as
    many of them as it is long.
    """
    kind = kind_named(documento.arquivo or "")
    name = "arquivo" if kind is UNKNOWN else kind.nome
    return f"{name}, {file_size(documento.tamanho)}" if documento.tamanho else name


FILTERS: Final[Mapping[str, Callable[..., object]]] = {
    "file_size": file_size,
    "tell_file": tell_file,
}
