"""Our values as SeiWS's structs: every field there, nil when empty, in Latin-1.

A field that is left out is a warning in the PHP of SEI 5.0, and there a warning ends the call.
"""

from base64 import b64encode
from datetime import date
from typing import Any, TypeAlias

from zeep import xsd

from portal.seiws.latin1 import file_name, fit, to_latin1
from portal.seiws.values import DocumentoExterno, Participante, ProcessoNovo

ESPECIFICACAO = 100
NUMERO = 50
NOME = 250
"""Characters, as SEI's own fields."""

Struct: TypeAlias = dict[str, Any]

_NEVER = "ConteudoMTOM"
# SEI takes even a nil one for content.
_NEWER = frozenset({"Cpf", "Cnpj"})
# Of a contact, since 4.1. An older SEI finds it by the name alone.


class NoSuchField(Exception):
    """A type of the WSDL has no place for what we have to say."""


def write_processo(novo: ProcessoNovo) -> Struct:
    """A Procedimento. SEI gives it its number and its date."""
    return {
        "IdTipoProcedimento": novo.id_tipo_procedimento,
        "Especificacao": fit(novo.especificacao, ESPECIFICACAO),
        "Interessados": [write_participante(each) for each in novo.interessados],
        "Observacao": to_latin1(novo.observacao, lines=True) or None,
        "NivelAcesso": novo.nivel_acesso,
        "IdHipoteseLegal": novo.id_hipotese_legal,
    }


def write_documento(documento: DocumentoExterno) -> Struct:
    """A Documento from outside (R). With `IdArquivo` it has no name: SEI would prefer the name."""
    arquivo = documento.inline
    return {
        "Tipo": "R",
        "IdSerie": documento.id_serie,
        "Numero": fit(documento.numero or "", NUMERO) or None,
        "Data": write_date(documento.data),
        "Remetente": documento.remetente and write_participante(documento.remetente),
        "NivelAcesso": documento.nivel_acesso,
        "IdHipoteseLegal": documento.id_hipotese_legal,
        "IdArquivo": documento.id_arquivo,
        "NomeArquivo": arquivo and file_name(arquivo.nome),
        "Conteudo": arquivo and encode(b"".join(arquivo.read())),
    }


def write_participante(participante: Participante) -> Struct:
    """An Interessado or a Remetente."""
    return {
        "Cpf": participante.cpf,
        "Cnpj": participante.cnpj,
        "Nome": fit(participante.nome, NOME),
    }


def encode(data: bytes) -> str:
    """Each message's bytes on their own: SEI decodes before it appends."""
    return b64encode(data).decode("ascii")


def write_date(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def write_flag(flag: bool) -> str:
    """Said every time: the manual and the server differ about what an empty one means."""
    return "S" if flag else "N"


def is_array(kind: Any) -> bool:
    """Whether a type of zeep's is a SOAP array."""
    members = getattr(kind, "elements", ())
    return any(isinstance(element, xsd.Any) for _, element in members)


def allow_empty_arrays(types: Any) -> None:
    """zeep wants one item at least in every array; SeiWS does not."""
    for kind in types:
        if is_array(kind):
            for _, element in kind.elements:
                element.min_occurs = 0


def fill(kind: Any, values: Struct) -> Struct:
    """What zeep is told of a message or a struct: every member of the type, nil where `values` has
    none. Raises `NoSuchField` when the type lacks one that we have, but for what only a newer
    SEI knows of a contact."""
    members = dict(kind.elements)
    unknown = {name for name, value in values.items() if value is not None} - members.keys()
    if lacking := unknown - _NEWER:
        raise NoSuchField(f"{kind.name}.{min(lacking)}")
    return {name: _fill_member(name, element, values) for name, element in members.items()}


def _fill_member(name: str, element: Any, values: Struct) -> Any:
    value = values.get(name)
    if name == _NEVER:
        return xsd.SkipValue
    if value is None and is_array(element.type) and not element.nillable:
        return element.type([])
    if value is None:
        return xsd.Nil
    if is_array(element.type):
        ((_, items),) = element.type.elements
        return element.type([_fill_item(items.restrict, each) for each in value])
    return _fill_item(element.type, value)


def _fill_item(kind: Any, value: Any) -> Any:
    return kind(**fill(kind, value)) if isinstance(value, dict) else str(value)
