"""What each version of SeiWS takes and returns: `contract.toml`, read for one version."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from portal.seiws.values import Versao

NAMESPACE = "Sei"
ACTION = "SeiAction"
"""The SOAPAction of every operation."""
RESULT = "parametros"
IDENTITY = ("SiglaSistema", "IdentificacaoServico")
BASE64 = "base64"

_FIELD = re.compile(r"(\w*)(?::(\w+))?(\[\])?(\?)?(~)?(?:@([\d.]+))?")


@dataclass(frozen=True, slots=True)
class Field:
    """A member of a struct or a part of a message."""

    name: str
    type: str
    """Of the value or, of an array, of its items; empty for text."""
    array: bool
    optional: bool
    nillable: bool


@dataclass(frozen=True, slots=True)
class Operation:
    """What may be asked, and what is answered."""

    name: str
    parts: tuple[Field, ...]
    returns: Field


@dataclass(frozen=True, slots=True)
class Contract:
    """One version of the web service."""

    structs: Mapping[str, tuple[Field, ...]]
    operations: Mapping[str, Operation]

    def arrays(self) -> Mapping[str, str]:
        """The item's struct of every array, by the array's name; empty for texts."""
        fields = [field for members in self.structs.values() for field in members]
        for operation in self.operations.values():
            fields += [*operation.parts, operation.returns]
        return {
            array_name(field): field.type if field.type in self.structs else ""
            for field in fields
            if field.array
        }


def array_name(field: Field) -> str:
    """What the WSDL calls an array."""
    return f"ArrayOf{field.type}"


@cache
def get_contract(versao: Versao) -> Contract:
    """Of a version between two known ones, the earlier one's."""
    data = tomllib.loads(files("portal.seiws").joinpath("contract.toml").read_text("utf-8"))
    return Contract(
        {name: _read_fields(text, versao) for name, text in data["structs"].items()},
        {name: _read_operation(name, table, versao) for name, table in data["operations"].items()},
    )


def _read_operation(name: str, table: Mapping[str, Any], versao: Versao) -> Operation:
    parts = _read_fields(" ".join((*IDENTITY, table["parts"])), versao)
    (returns,) = _read_fields(RESULT + table["returns"], versao)
    return Operation(name, parts, returns)


def _read_fields(text: str, versao: Versao) -> tuple[Field, ...]:
    found = []
    for word in text.split():
        match = _FIELD.fullmatch(word)
        if match is None:
            raise ValueError(f"contract.toml: {word}")
        name, kind, array, optional, nillable, since = match.groups()
        if since is None or versao >= Versao.parse(since):
            found.append(Field(name, kind or "", bool(array), bool(optional), bool(nillable)))
    return tuple(found)
