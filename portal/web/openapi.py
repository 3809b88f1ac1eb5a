"""The OpenAPI 3.1 description of what programs may ask, made of the very types that are sent."""

from functools import lru_cache
from typing import Any, Final, NamedTuple, TypeAlias

import msgspec

from portal.sei.filters import State
from portal.web.open_data import (
    VERSION,
    Conferencia,
    DocumentoDoProcesso,
    Escolhas,
    Problema,
    Processo,
)
from portal.web.open_search import Pesquisa
from portal.web.programs import JSON, PROBLEM
from portal.web.subscriptions import ATOM, CALENDAR

Json: TypeAlias = dict[str, Any]

_REF = "#/components/schemas/{name}"
_BASE = "/processos/{numero}"


def _parameter(name: str, description: str, schema: Json) -> Json:
    return {"name": name, "in": "query", "description": description, "schema": schema}


_NUMERO: Final = {
    "name": "numero",
    "in": "path",
    "required": True,
    "description": "As letras e os algarismos do número, sem pontos, barras e traços",
    "schema": {"type": "string", "pattern": "^[0-9A-Z]{1,50}$"},
}
_NUMERO_SEI: Final = {
    "name": "numero_sei",
    "in": "path",
    "required": True,
    "description": "O número do documento no SEI",
    "schema": {"type": "string", "pattern": "^[0-9A-Za-z]{1,50}$"},
}
_FORMATADO: Final = _parameter(
    "formatado",
    "O número como está no papel. Escolhe um entre os que têm as mesmas letras e algarismos",
    {"type": "string"},
)
_DO_HISTORICO: Final = (
    _parameter(
        "ordem",
        "As etapas mais novas primeiro, ou as mais antigas",
        {"enum": ["recentes", "antigas"], "default": "recentes"},
    ),
    _parameter(
        "ver",
        "As etapas principais, ou tudo",
        {"enum": ["principal", "tudo"], "default": "principal"},
    ),
    _parameter(
        "antes", "Onde o histórico continua. Use o endereço em `proximo`", {"type": "string"}
    ),
    _FORMATADO,
)
_DA_PESQUISA: Final = (
    _parameter(
        "numero",
        "Um número como as pessoas escrevem: leva ao processo. Vale sozinho",
        {"type": "string"},
    ),
    _parameter("tipo", "O código do tipo de processo, como em `opcoes`", {"type": "string"}),
    _parameter("unidade", "O código da unidade que abriu o processo", {"type": "string"}),
    _parameter("onde", "O código de uma unidade em que está aberto", {"type": "string"}),
    _parameter("de", "O primeiro dia da autuação", {"type": "string", "format": "date"}),
    _parameter("ate", "O último dia da autuação", {"type": "string", "format": "date"}),
    _parameter("situacao", "Onde o processo está", {"enum": list(State)}),
    _parameter("final", "Os últimos números do processo, quatro ou mais", {"type": "string"}),
    _parameter("depois", "Onde a lista continua. Use o endereço em `proximo`", {"type": "string"}),
)
_DO_CONTEUDO: Final = _parameter(
    "documentos", "Onde o conteúdo continua. Use o endereço em `proximo`", {"type": "string"}
)


_DA_CONFERENCIA: Final = (
    _parameter("codigo", "O código verificador, como está no papel", {"type": "string"}),
    _parameter("crc", "O código CRC, como está no papel", {"type": "string"}),
)


class Operation(NamedTuple):
    """An address, and what it answers beside what every address does."""

    path: str
    name: str
    summary: str
    parameters: tuple[Json, ...]
    mimetype: str
    answer: type[msgspec.Struct] | None
    """None for a format that is not ours to describe."""
    others: tuple["Other", ...]


class Other(NamedTuple):
    """Another answer than the one that was hoped for."""

    status: str
    description: str
    mimetype: str | None = None
    answer: type[msgspec.Struct] | None = None
    waits: bool = False


SEVERAL: Final = Other("300", "Mais de um processo tem este número", JSON, Escolhas)
FOUND: Final = Other("303", "O endereço do processo de `numero`, em Location")
UNCHANGED: Final = Other("304", "Nada mudou desde o ETag enviado em If-None-Match")
ABSENT: Final = Other(
    "404", "Não existe, ou não é público: não se diz qual dos dois", PROBLEM, Problema
)
UNCONFIRMED: Final = Other("404", "Nenhum documento tem esses dois códigos", PROBLEM, Problema)
MISTAKEN: Final = Other("422", "Um parâmetro está errado", PROBLEM, Problema)
TOO_MANY: Final = Other("429", "Consultas demais", PROBLEM, Problema, waits=True)
AWAY: Final = Other("503", "O SEI não está respondendo", PROBLEM, Problema, waits=True)
ALWAYS: Final = (UNCHANGED, TOO_MANY, AWAY)

OPERATIONS: Final = (
    Operation(
        "/processos.json",
        "pesquisa",
        "Os processos públicos que têm o que se procura; sem parâmetros, o que procurar",
        _DA_PESQUISA, JSON, Pesquisa, (SEVERAL, FOUND, ABSENT, MISTAKEN),
    ),
    Operation(
        f"{_BASE}.json",
        "processo",
        "Um processo: onde está, o que aconteceu e o que há nele",
        (_NUMERO, *_DO_HISTORICO, _DO_CONTEUDO), JSON, Processo, (SEVERAL, ABSENT),
    ),
    Operation(
        f"{_BASE}/documentos/{{numero_sei}}.json",
        "documento",
        "Um documento do processo",
        (_NUMERO, _NUMERO_SEI), JSON, DocumentoDoProcesso, (ABSENT,),
    ),
    Operation(
        f"{_BASE}/historico.atom",
        "historico",
        "As etapas do processo, em Atom (RFC 4287)",
        (_NUMERO, *_DO_HISTORICO), ATOM, None, (SEVERAL, ABSENT),
    ),
    Operation(
        f"{_BASE}/historico.ics",
        "calendario",
        "As etapas do processo, em um calendário (RFC 5545)",
        (_NUMERO, *_DO_HISTORICO), CALENDAR, None, (SEVERAL, ABSENT),
    ),
    Operation(
        "/autenticidade.json",
        "autenticidade",
        "Se um documento com esses dois códigos foi feito e assinado no SEI",
        _DA_CONFERENCIA, JSON, Conferencia, (UNCONFIRMED, MISTAKEN),
    ),
)  # fmt: skip


@lru_cache(maxsize=256)
def write_openapi(nome: str, endereco: str) -> bytes:
    """The description, for the tenant of this name that answers at this address."""
    return msgspec.json.encode(describe(nome, endereco))


def describe(nome: str, endereco: str) -> Json:
    others = [other for operation in OPERATIONS for other in operation.others]
    answers = {o.answer for o in OPERATIONS} | {o.answer for o in (*others, *ALWAYS)}
    named = sorted(filter(None, answers), key=lambda answer: answer.__name__)
    schemas, components = msgspec.json.schema_components(named, ref_template=_REF)
    refs = dict(zip(named, schemas, strict=True))
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"Processos públicos: {nome}",
            "version": VERSION,
            "description": "Os mesmos dados das páginas do portal, lidos do SEI a cada pedido.",
        },
        "servers": [{"url": endereco}],
        "paths": {operation.path: _describe(operation, refs) for operation in OPERATIONS},
        "components": {"schemas": components},
    }


def _describe(operation: Operation, refs: dict[type[msgspec.Struct], Json]) -> Json:
    schema = refs[operation.answer] if operation.answer else {"type": "string"}
    others = {o.status: _other(o, refs) for o in (*operation.others, *ALWAYS)}
    return {
        "get": {
            "operationId": operation.name,
            "summary": operation.summary,
            "parameters": list(operation.parameters),
            "responses": {
                "200": {
                    "description": "O que é público",
                    "content": {operation.mimetype: {"schema": schema}},
                },
                **others,
            },
        }
    }


def _other(other: Other, refs: dict[type[msgspec.Struct], Json]) -> Json:
    described: Json = {"description": other.description}
    if other.mimetype and other.answer:
        described["content"] = {other.mimetype: {"schema": refs[other.answer]}}
    if other.waits:
        seconds = {"description": "Segundos a esperar", "schema": {"type": "integer"}}
        described["headers"] = {"Retry-After": seconds}
    return described
