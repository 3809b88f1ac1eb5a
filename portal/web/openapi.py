"""The OpenAPI 3.1 description of what programs may ask, made of the very types that are sent."""

from functools import lru_cache
from typing import Any, Final

import msgspec

from portal.sei.filters import State
from portal.web.open_data import VERSION, DocumentoDoProcesso, Escolhas, Problema, Processo
from portal.web.open_search import Pesquisa
from portal.web.programs import JSON, PROBLEM
from portal.web.subscriptions import ATOM, CALENDAR

_REF = "#/components/schemas/{name}"


def _parameter(name: str, description: str, schema: dict[str, Any]) -> dict[str, Any]:
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


@lru_cache(maxsize=256)
def write_openapi(nome: str, endereco: str) -> bytes:
    """The description, for the tenant of this name that answers at this address."""
    return msgspec.json.encode(describe(nome, endereco))


def describe(nome: str, endereco: str) -> dict[str, Any]:
    answers = (Processo, DocumentoDoProcesso, Pesquisa, Escolhas, Problema)
    (processo, documento, pesquisa, escolhas, problema), schemas = msgspec.json.schema_components(
        answers, ref_template=_REF
    )
    missing = {
        "404": _answer(
            "Não existe, ou não é público: não se diz qual dos dois", {PROBLEM: problema}
        )
    }
    several = missing | {"300": _answer("Mais de um processo tem este número", {JSON: escolhas})}
    failures = _failures(problema)
    etapas: dict[str, Any] = {"type": "string"}

    def get(
        name: str,
        summary: str,
        parameters: tuple[Any, ...],
        content: dict[str, Any],
        others: dict[str, Any],
    ) -> dict[str, Any]:
        return {
            "get": {
                "operationId": name,
                "summary": summary,
                "parameters": list(parameters),
                "responses": {"200": _answer("O que é público", content), **others, **failures},
            }
        }

    base = "/processos/{numero}"
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"Processos públicos: {nome}",
            "version": VERSION,
            "description": "Os mesmos dados das páginas do portal, lidos do SEI a cada pedido.",
        },
        "servers": [{"url": endereco}],
        "paths": {
            "/processos.json": get(
                "pesquisa",
                "Os processos públicos que têm o que se procura; sem parâmetros, o que procurar",
                _DA_PESQUISA,
                {JSON: pesquisa},
                several
                | {
                    "303": {"description": "O endereço do processo de `numero`, em Location"},
                    "422": _answer("Um parâmetro está errado", {PROBLEM: problema}),
                },
            ),
            f"{base}.json": get(
                "processo",
                "Um processo: onde está, o que aconteceu e o que há nele",
                (_NUMERO, *_DO_HISTORICO, _DO_CONTEUDO),
                {JSON: processo},
                several,
            ),
            f"{base}/documentos/{{numero_sei}}.json": get(
                "documento",
                "Um documento do processo",
                (_NUMERO, _NUMERO_SEI),
                {JSON: documento},
                missing,
            ),
            f"{base}/historico.atom": get(
                "historico",
                "As etapas do processo, em Atom (RFC 4287)",
                (_NUMERO, *_DO_HISTORICO),
                {ATOM: etapas},
                several,
            ),
            f"{base}/historico.ics": get(
                "calendario",
                "As etapas do processo, em um calendário (RFC 5545)",
                (_NUMERO, *_DO_HISTORICO),
                {CALENDAR: etapas},
                several,
            ),
        },
        "components": {"schemas": schemas},
    }


def _answer(description: str, content: dict[str, Any]) -> dict[str, Any]:
    return {
        "description": description,
        "content": {mimetype: {"schema": schema} for mimetype, schema in content.items()},
    }


def _failures(problema: dict[str, Any]) -> dict[str, Any]:
    """What every address answers beside what was asked for."""
    said = {PROBLEM: problema}
    wait = {"Retry-After": {"description": "Segundos a esperar", "schema": {"type": "integer"}}}
    return {
        "304": {"description": "Nada mudou desde o ETag enviado em If-None-Match"},
        "429": _answer("Consultas demais", said) | {"headers": wait},
        "503": _answer("O SEI não está respondendo", said) | {"headers": wait},
    }
