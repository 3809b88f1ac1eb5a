"""A catalogue written as the TOML that `read_servicos` reads: what says nothing new is left out."""

import json
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Any

import msgspec

from portal.servicos.toml import ACESSOS, NIVEIS
from portal.servicos.values import Servico

WIDTH = 80
"""Characters of a list that stays on one line."""

_WORDS: dict[Enum, str] = {
    value: word for words in (NIVEIS, ACESSOS) for word, value in words.items()
}
"""Of the enums that the file does not spell by their value."""


def write_servicos(servicos: Iterable[Servico]) -> str:
    """Ends with a line break. The services are in the order given."""
    return "\n".join("".join(f"{line}\n" for line in _list_lines(s)) for s in servicos)


def _list_lines(servico: Servico) -> Iterator[str]:
    """Simple keys first: in TOML, what follows a table belongs to it."""
    yield f"[{servico.slug}]"
    yield from _list_keys(servico, without="slug")
    yield from ("", f"[{servico.slug}.sei]", *_list_keys(servico.sei))
    for name in ("documentos", "campos"):
        for item in getattr(servico, name):
            yield from ("", f"[[{servico.slug}.{name}]]", *_list_keys(item))


def _list_keys(struct: msgspec.Struct, without: str = "") -> Iterator[str]:
    for field in msgspec.structs.fields(struct):
        value = getattr(struct, field.name)
        told = field.required or value != field.default
        if told and field.name != without and not _is_table(value):
            yield f"{field.name} = {_write(value)}"


def _is_table(value: object) -> bool:
    tables = value if isinstance(value, tuple) else (value,)
    return any(isinstance(item, msgspec.Struct) for item in tables)


def _write(value: Any) -> str:
    match value:
        case bool():
            return str(value).lower()
        case Enum():
            return _quote(_WORDS.get(value) or str(value.value))
        case tuple():
            items = [_write(item) for item in value]
            line = f"[{', '.join(items)}]"
            return line if len(line) <= WIDTH else "[\n" + "".join(f"  {i},\n" for i in items) + "]"
        case str() if "\n" in value:
            return '"""\n' + value.replace("\\", "\\\\").replace('"', '\\"') + '\n"""'
    return _quote(value)


def _quote(text: str) -> str:
    """JSON escapes what TOML does, the same way."""
    return json.dumps(text, ensure_ascii=False)
