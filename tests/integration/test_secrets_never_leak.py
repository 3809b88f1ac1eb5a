"""No page says what it may not, whatever is in SEI: random cities, every address, every byte.

`PORTAL_TEST_EXAMPLES` asks for more cities than the usual few dozen, drawn anew in every run, and
for the smallest city that shows a leak, which may take minutes to find.
"""

import os
import re
from collections.abc import Iterator
from urllib.parse import quote, unquote_plus

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from portal.errors import NotFound
from portal.numero import NumeroProtocolo
from portal.readonly import reading
from portal.sei import service
from portal.sei.installation import installation_of
from tests.integration.sei.cidade import MARK, Cidade, random_city
from tests.integration.sei.places import INSTANT, Place, Portal
from tests.integration.sei.rulebook import Rulebook
from tests.integration.sei.town import counting

MORE = int(os.environ.get("PORTAL_TEST_EXAMPLES", "0"))
many_cities = settings(
    max_examples=MORE or 40,
    derandomize=not MORE,
    phases=[Phase.generate, Phase.shrink] if MORE else [Phase.generate],
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
TENANTS = 16
Visit = tuple[Cidade, int]

# Chance that hypothesis seeds finds more than chance that it draws, which is nearly always the same
# in most places; only the latter can be shrunk.
chances = st.randoms(use_true_random=True)
if MORE:
    chances |= st.randoms(use_true_random=False)
visits = chances.map(lambda chance: (random_city(chance), chance.randrange(TENANTS)))
"""A city, and the tenant it is asked through."""

HTMX = {"HX-Request": "true"}
CPF = re.compile(r"(?<!\d)\d{3}[. ]?\d{3}[. ]?\d{3}[- ]?\d{2}(?!\d)")

# What the page of a processo takes: what its own links send, and what nobody's do.
QUERIES = (
    "",
    "?ver=tudo",
    "?ver=tudo&ordem=antigas",
    "?antes=9999&ver=tudo",
    "?antes=3&ver=tudo&ordem=antigas",
    "?documentos=1-1",
    "?documentos=x&ver=tudo",
)

# Every address of the portal is in one of these two. A new one fails
# `test_every_address_is_known_here` until somebody has decided.
ASKS_SEI = {"processos.busca", "processos.processo", "processos.documento"}
ASKS_NOTHING = {
    "contraste.contraste": "/contraste",
    "identidade.brasao": "/brasao-0a",
    "identidade.favicon": "/favicon.ico",
    "identidade.robots": "/robots.txt",
    "identidade.tema": "/tema-0a.css",
    "inicio.inicio": "/",
    "institucional.acessibilidade": "/acessibilidade",
    "institucional.mapa": "/mapa",
    "institucional.privacidade": "/privacidade",
    "operacao.saude": "/saude",
    "processos.outra_grafia": "/processos/{formatado}",
    "processos.qr": "/processos/{chave}/qr.svg",
}


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    portal = Portal(tmp_path_factory.mktemp("portal"))
    assert len(portal.places) == TENANTS
    yield portal
    portal.close()


def test_every_address_is_known_here(portal: Portal) -> None:
    there = {rule.endpoint for rule in portal.app.url_map.iter_rules()}
    assert there == ASKS_SEI | ASKS_NOTHING.keys(), (
        "say in this file whether the new address asks SEI, and walk it in `_list_requests`"
    )


@many_cities
@given(visit=visits)
def test_nothing_that_must_be_kept_is_in_any_answer_or_log(
    portal: Portal, capsysbinary: pytest.CaptureFixture[bytes], visit: Visit
) -> None:
    cidade, chosen = visit
    note(str(cidade))
    place = portal.places[chosen]
    rulebook = portal.fill(place, cidade)
    kept = Kept(rulebook)
    capsysbinary.readouterr()
    for address, allowed in _list_requests(rulebook):
        for headers in ({}, HTMX):
            answer = portal.get(place, address, **headers)
            assert answer.status_code in (200, 303, 308, 404, 422), address
            leaked = kept.found_in(_everything(answer), address) - allowed
            assert not leaked, f"{leaked} in {address} of {place}"
    logged = capsysbinary.readouterr()
    assert b"processos.processo" in logged.out
    assert not kept.found_in((logged.out + logged.err).decode(), "")


@many_cities
@given(visit=visits)
def test_nothing_that_must_be_kept_is_in_what_pages_are_made_of(
    portal: Portal, visit: Visit
) -> None:
    cidade, chosen = visit
    note(str(cidade))
    place = portal.places[chosen]
    rulebook = portal.fill(place, cidade)
    kept = Kept(rulebook)
    tenant = portal.tenant(place)
    for key in rulebook.processos():
        numero = NumeroProtocolo(_chave(rulebook, key))
        try:
            consulta = service.track(tenant, numero, agora=INSTANT, so_principal=False)
        except NotFound:
            assert not rulebook.may_name(key)
        else:
            assert rulebook.may_name(key)
            leaked = kept.found_in(repr(consulta), "") - rulebook.on_processo(key)
            assert not leaked, f"{leaked} in {numero} of {place}"


@many_cities
@given(visit=visits)
def test_what_must_not_be_known_answers_as_what_does_not_exist(
    portal: Portal, visit: Visit
) -> None:
    cidade, chosen = visit
    note(str(cidade))
    place = portal.places[chosen]
    rulebook = portal.fill(place, cidade)
    hidden = {key for key in rulebook.processos() if not rulebook.may_name(key)}
    papers = {
        key: row["id_procedimento"]
        for key, row in rulebook.documentos.items()
        if not rulebook.is_listed(key, row["id_procedimento"])
    }
    addresses = [
        *(address for key in hidden for address in _about_processo(rulebook, key)),
        *(address for key in papers for address in _about_documento(rulebook, key, papers[key])),
    ]
    before = [_look(portal, place, address) for address in addresses]
    portal.forget(place, hidden | papers.keys())
    for address, answer in zip(addresses, before, strict=True):
        assert _look(portal, place, address) == answer, address


def test_addresses_that_ask_nothing_of_sei_ask_nothing(portal: Portal) -> None:
    place = portal.places[0]
    tenant = portal.tenant(place)
    with reading(tenant.sei) as sei:
        installation_of(sei)
    with counting(tenant.sei) as sent:
        for address in ASKS_NOTHING.values():
            portal.get(place, address.format(chave="VALE1755123", formatado="VALE-17/55123"))
    assert sent == []


class Kept:
    """Everything in a SEI that somebody might want to know, and where it is found."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._names: dict[str, str] = {}
        for row in rulebook.protocolos.values():
            # The number as it is printed and as it is in an address are one secret.
            self._names[row["protocolo_formatado"].upper()] = row["protocolo_formatado"]
            self._names[row["protocolo_formatado_pesquisa"].upper()] = row["protocolo_formatado"]
        everything = repr(rulebook.rows)
        cpfs = {re.sub(r"\D", "", cpf) for cpf in CPF.findall(everything)}
        self._cpfs = {cpf for cpf in cpfs if cpf.startswith("312")}
        numbers = "|".join(re.escape(name) for name in self._names)
        self._numbers = re.compile(rf"(?<![0-9A-Z])(?:{numbers})(?![0-9A-Z])", re.IGNORECASE)

    def found_in(self, text: str, request: str) -> set[str]:
        """Marks, numbers and CPFs in a text, less what the request itself said."""
        text += "\n" + unquote_plus(text)
        said = unquote_plus(request).upper()
        # A page may say again what it was asked, and so its letters and digits without the rest.
        said += "\n" + re.sub(r"[^0-9A-Z]", "", said)
        numbers = {found.upper() for found in self._numbers.findall(text)}
        cpfs = {re.sub(r"\D", "", cpf) for cpf in CPF.findall(text)}
        return (
            set(MARK.findall(text.lower()))
            | {self._names[number] for number in numbers if number not in said}
            | (cpfs & self._cpfs)
        )


def _list_requests(rulebook: Rulebook) -> Iterator[tuple[str, set[str]]]:
    """Every address about every protocolo, with what the answer may say beyond it."""
    for key in rulebook.processos():
        for address in _about_processo(rulebook, key):
            searched = address.startswith("/processos?")
            yield address, rulebook.in_search(key) if searched else rulebook.on_processo(key)
    for key, row in rulebook.documentos.items():
        for processo in rulebook.processos():
            for address in _about_documento(rulebook, key, processo):
                if not address.startswith("/processos?"):
                    yield address, rulebook.on_documento(key, processo)
                elif processo == row["id_procedimento"]:
                    yield address, rulebook.in_search(key)


def _about_processo(rulebook: Rulebook, key: int) -> Iterator[str]:
    chave = _chave(rulebook, key)
    formatado = quote(rulebook.protocolos[key]["protocolo_formatado"], safe="")
    yield f"/processos?numero={chave}"
    yield f"/processos?numero={formatado}"
    yield f"/processos/{formatado}"
    yield f"/processos/{chave}/qr.svg"
    yield f"/processos/{chave}?formatado={formatado}"
    yield from (f"/processos/{chave}{query}" for query in QUERIES)


def _about_documento(rulebook: Rulebook, key: int, processo: int) -> Iterator[str]:
    numero = rulebook.protocolos[key]["protocolo_formatado"]
    yield f"/processos?numero={numero}"
    yield f"/processos/{_chave(rulebook, processo)}/documentos/{numero}"


def _chave(rulebook: Rulebook, key: int) -> str:
    return str(rulebook.protocolos[key]["protocolo_formatado_pesquisa"])


def _everything(answer: TestResponse) -> str:
    return f"{answer.status}\n{answer.headers}\n{answer.text}"


def _look(portal: Portal, place: Place, address: str) -> list[tuple[str, list[object], bytes, int]]:
    """Everything that can be told from outside, and the number of questions SEI was asked."""
    looks = []
    for headers in ({}, HTMX):
        with counting(portal.tenant(place).sei) as sent:
            answer = portal.get(place, address, **headers)
        told: list[object] = [(k, v) for k, v in answer.headers if k != "Date"]
        looks.append((answer.status, told, answer.data, len(sent)))
    return looks
