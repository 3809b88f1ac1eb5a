"""The sentences an andamento is told in: `tarefas.toml`, and a city's own file on top of it."""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Literal, TypeVar

import msgspec

from portal.errors import ConfigurationError
from portal.sei.values import Andamento, EstadoTramite

StepKind = Literal["inicio", "movimento", "documento", "espera", "fim", "externo", "aviso", "outro"]

K = TypeVar("K")
V = TypeVar("V")

ORGAO = {
    "orgao": "",
    "em_orgao": "em",
    "para_orgao": "para",
    "de_orgao": "de",
    "por_orgao": "por",
}
"""What the sentence of a trâmite may say of the other body, and the preposition before it."""


_KEYS = {"sentence": "frase", "kind": "tipo", "main": "principal"}


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename=_KEYS):
    """How one tarefa is told; the file has its own words for the fields."""

    sentence: str
    kind: StepKind = "outro"
    main: bool = True


@dataclass(frozen=True)
class Vocabulary:
    """The sentences of a tenant: ours, with the city's own on top."""

    tarefa: Mapping[int, Words]
    modulo: Mapping[str, Words]
    tramite: Mapping[EstadoTramite, str]
    minor_tarefas: frozenset[int] = field(init=False)
    """SEI's tarefas that are not among the main steps."""
    minor_modulos: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        minor = frozenset(i for i, words in self.tarefa.items() if not words.main)
        object.__setattr__(self, "minor_tarefas", minor)
        minor_names = frozenset(i for i, words in self.modulo.items() if not words.main)
        object.__setattr__(self, "minor_modulos", minor_names)

    def of(self, andamento: Andamento) -> Words | None:
        tarefa = andamento.tarefa
        if tarefa.id_tarefa_modulo:
            return self.modulo.get(tarefa.id_tarefa_modulo)
        return None if tarefa.id_tarefa is None else self.tarefa.get(tarefa.id_tarefa)


@cache
def read_vocabulary(override: Path | None = None) -> Vocabulary:
    """Our `tarefas.toml` under the city's own file, read once.

    Raises `ConfigurationError` for a file that is not as `tarefas.toml` describes, naming the
    file, the key and what is wrong with it.
    """
    ours = resources.files("portal.sei").joinpath("tarefas.toml")
    words = _read("tarefas.toml", ours.read_bytes())
    if override is not None:
        city = _read(override.name, override.read_bytes())
        words = Vocabulary(
            {**words.tarefa, **city.tarefa},
            {**words.modulo, **city.modulo},
            {**words.tramite, **city.tramite},
        )
    return words


def _read(name: str, content: bytes) -> Vocabulary:
    try:
        tables = tomllib.loads(content.decode("utf-8-sig"))  # Notepad begins with a mark
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{name}: não é um arquivo TOML em UTF-8: {error}") from error
    if unknown := tables.keys() - {"tarefa", "modulo", "tramite"}:
        raise ConfigurationError(f"{name}: {min(unknown)}: tabela desconhecida")
    tramite = _entries(name, "tramite", tables, EstadoTramite, str)
    for estado, sentence in tramite.items():
        if unknown := set(parse_sentence(sentence)[1::2]) - ORGAO.keys():
            raise ConfigurationError(
                f"{name}: tramite.{estado.value}: {{{min(unknown)}}} não existe;"
                f" use {', '.join(f'{{{known}}}' for known in ORGAO)}"
            )
    return Vocabulary(
        _entries(name, "tarefa", tables, int, Words),
        _entries(name, "modulo", tables, str, Words),
        tramite,
    )


def _entries(
    name: str, table: str, tables: dict[str, Any], of: Callable[[str], K], to: type[V]
) -> dict[K, V]:
    """One table of the file, its keys and values each converted under their own name."""
    rows = tables.get(table, {})
    if not isinstance(rows, dict):
        raise ConfigurationError(f"{name}: {table}: esperava uma tabela")
    entries: dict[K, V] = {}
    for key, value in rows.items():
        try:
            entries[of(key)] = msgspec.convert(value, to)
        except ValueError as error:  # msgspec's own is one too
            raise ConfigurationError(f"{name}: {table}.{key}: {error}") from error
    return entries


@cache
def parse_sentence(sentence: str) -> tuple[str, ...]:
    """Text and placeholder names in turn, text first."""
    return tuple(re.split(r"\{(\w+)\}", sentence))
