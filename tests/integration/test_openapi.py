"""What OpenAPI says of the answers is what the answers are, whatever is in SEI."""

import re
from collections.abc import Iterator
from copy import deepcopy
from random import Random
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from werkzeug.test import TestResponse

from portal.web.programs import ENDINGS
from tests.integration.sei.city import random_city
from tests.integration.sei.places import Place, Portal
from tests.integration.sei.rulebook import Rulebook

CITIES = 40
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")

formats = FormatChecker(("date",))


@formats.checks("date-time")
def is_instant(value: object) -> bool:
    return not isinstance(value, str) or RFC3339.fullmatch(value) is not None


@formats.checks("uri")
def is_whole_address(value: object) -> bool:
    return not isinstance(value, str) or re.fullmatch(r"https://[!-~]+", value) is not None


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    portal = Portal(tmp_path_factory.mktemp("portal"))
    yield portal
    portal.close()


@pytest.fixture(scope="module")
def openapi(portal: Portal) -> dict[str, Any]:
    """As it is served; any key that it does not name is a mistake of the answer's."""
    described = deepcopy(portal.get(portal.places[0], "/openapi.json").json)
    for schema in described["components"]["schemas"].values():
        schema["additionalProperties"] = False
    return described


def test_it_is_openapi_3_1_whose_schemas_are_json_schema(openapi: dict[str, Any]) -> None:
    assert openapi["openapi"].startswith("3.1.")
    assert openapi["servers"] == [{"url": "https://lugar-0.example"}]
    schemas = openapi["components"]["schemas"]
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)
    refs = set(re.findall(r"'\$ref': '#/components/schemas/(\w+)'", repr(openapi)))
    assert refs == schemas.keys()
    names = [get["get"]["operationId"] for get in openapi["paths"].values()]
    assert len(set(names)) == len(names)


def test_it_has_every_address_that_programs_read(portal: Portal, openapi: dict[str, Any]) -> None:
    there = {
        re.sub(r"<(?:[^:<>]+:)?(\w+)>", r"{\1}", rule.rule)
        for rule in portal.app.url_map.iter_rules()
        if rule.rule.endswith(ENDINGS) and rule.endpoint != "dados.openapi"
    }
    assert there == openapi["paths"].keys()
    for path, operations in openapi["paths"].items():
        said = [p["name"] for p in operations["get"]["parameters"] if p["in"] == "path"]
        assert said == re.findall(r"\{(\w+)\}", path)


def test_every_answer_is_as_it_says(portal: Portal, openapi: dict[str, Any]) -> None:
    seen = set()
    for n in range(CITIES):
        place = portal.places[n % len(portal.places)]
        rulebook = portal.fill(place, random_city(Random(n)))
        for path, address in _list_requests(rulebook):
            answer = portal.get(place, address)
            _check(openapi, path, answer)
            seen.add((path.rpartition("/")[2], answer.status_code))
    assert seen >= {
        ("processos.json", 200),
        ("processos.json", 303),
        ("processos.json", 404),
        ("processos.json", 422),
        ("{numero}.json", 200),
        ("{numero}.json", 300),
        ("{numero}.json", 404),
        ("{numero_sei}.json", 200),
        ("{numero_sei}.json", 404),
        ("historico.atom", 200),
        ("historico.atom", 300),
        ("historico.atom", 404),
        ("historico.ics", 200),
        ("historico.ics", 300),
        ("historico.ics", 404),
        ("autenticidade.json", 200),
        ("autenticidade.json", 404),
        ("autenticidade.json", 422),
    }


@pytest.mark.parametrize("what", ["a key too many", "a key too few", "a date that is none"])
def test_an_answer_that_is_otherwise_would_be_noticed(
    portal: Portal, openapi: dict[str, Any], what: str
) -> None:
    said = _find_processo(portal).json
    match what:
        case "a key too many":
            said["situacao"]["nome"] = "x"
        case "a key too few":
            del said["numero"]
        case "a date that is none":
            said["autuacao"] = "12/03/2026"
    assert list(_validator(openapi, {"$ref": "#/components/schemas/Processo"}).iter_errors(said))


def _find_processo(portal: Portal) -> TestResponse:
    place: Place = portal.places[0]
    for n in range(CITIES):
        rulebook = portal.fill(place, random_city(Random(n)))
        for path, address in _list_requests(rulebook):
            answer = portal.get(place, address)
            if path.endswith("{numero}.json") and answer.status_code == 200:
                return answer
    pytest.fail("no city has a processo that can be read")


def _list_requests(rulebook: Rulebook) -> Iterator[tuple[str, str]]:
    """Each path of the description, with addresses of it."""
    for query in ("", "?ate=2199-12-31", "?situacao=andamento", "?situacao=x", "?numero=-"):
        yield "/processos.json", f"/processos.json{query}"
    for key in rulebook.processos():
        base = f"/processos/{rulebook.protocolos[key]['protocolo_formatado_pesquisa']}"
        for name in ("numero", "final"):
            chave = base.rpartition("/")[2]
            yield "/processos.json", f"/processos.json?{name}={chave[-25:]}"
        for query in ("", "?ver=tudo&ordem=antigas", "?antes=9999&documentos=1-1"):
            for below in (".json", "/historico.atom", "/historico.ics"):
                yield f"/processos/{{numero}}{below}", base + below + query
        for documento in rulebook.documentos:
            numero = rulebook.protocolos[documento]["protocolo_formatado"]
            path = "/processos/{numero}/documentos/{numero_sei}.json"
            yield path, f"{base}/documentos/{numero}.json"
    path = "/autenticidade.json"
    for query in ("", "?codigo=x&crc=y"):
        yield path, path + query
    for documento in rulebook.documentos:
        numero = rulebook.protocolos[documento]["protocolo_formatado"]
        yield path, f"{path}?codigo={numero}&crc={rulebook.crc_of(documento) or '0' * 8}"


def _check(openapi: dict[str, Any], path: str, answer: TestResponse) -> None:
    said = openapi["paths"][path]["get"]["responses"][str(answer.status_code)]
    if answer.status_code == 303:
        assert is_whole_address(answer.headers["Location"])
        return
    schema = said["content"][answer.mimetype]["schema"]
    body = answer.json if answer.is_json else answer.text
    _validator(openapi, schema).validate(body)
    assert set(said.get("headers", ())) <= set(answer.headers.keys())


def _validator(openapi: dict[str, Any], schema: dict[str, Any]) -> Draft202012Validator:
    whole = {**schema, "components": openapi["components"]}
    return Draft202012Validator(whole, format_checker=formats)
