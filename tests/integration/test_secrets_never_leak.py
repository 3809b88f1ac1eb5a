"""No page says what it may not, whatever is in SEI: random cities, every address, every byte.

`PORTAL_TEST_EXAMPLES` asks for more cities than the usual eighteen, drawn anew in every run, and
for the smallest city that shows a leak, which may take minutes to find.
"""

import os
import re
from collections.abc import Callable, Iterator
from functools import cache, partial
from io import BytesIO
from typing import Any
from urllib.parse import quote, unquote_plus
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from portal.cpf import Cpf
from portal.errors import NotFound
from portal.numero import NumeroProtocolo
from portal.readonly import reading
from portal.sei import service
from portal.sei.documentos import get_documento, list_open
from portal.sei.installation import installation_of
from portal.sei.mine import list_mine
from portal.sei.people import recognize
from portal.sei.queries.names import KEPT
from portal.sei.queries.rows import PAGE_SIZE
from portal.sei.values import ANYONE, ListedDocumento, Opening, Tracking, Viewer
from portal.tenancy import Tenant
from tests.integration.sei.addresses import ASKS_NOTHING, ASKS_SEI
from tests.integration.sei.city import (
    FIRM,
    MARK,
    PEOPLE,
    City,
    Entry,
    Folder,
    Notice,
    Paper,
    Power,
    cpf_of,
    random_city,
)
from tests.integration.sei.places import INSTANT, Browser, Place, Portal
from tests.integration.sei.rulebook import Rulebook
from tests.integration.sei.town import counting

MORE = int(os.environ.get("PORTAL_TEST_EXAMPLES", "0"))
many_cities = settings(
    max_examples=MORE or 18,
    derandomize=not MORE,
    phases=[Phase.generate, Phase.shrink] if MORE else [Phase.generate],
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
pytestmark = pytest.mark.timeout(0 if MORE else 900)
TENANTS = 16
CLOSED = 14
"""The place, among them, of one without modules that names no restrito and has one órgão."""
Visit = tuple[City, int]

# Chance that hypothesis seeds finds more than chance that it draws, which is nearly always the same
# in most places; only the latter can be shrunk.
chances = st.randoms(use_true_random=True)
if MORE:
    chances |= st.randoms(use_true_random=False)
visits = chances.map(lambda chance: (random_city(chance), chance.randrange(TENANTS)))
"""A city, and the tenant it is asked through."""

HTMX = {"HX-Request": "true"}
APART = ("/texto", "/arquivo", ".zip")
"""Addresses of what is no page of ours, which htmx never asks for."""
CPF = re.compile(r"(?<!\d)\d{3}[. ]?\d{3}[. ]?\d{3}[- ]?\d{2}(?!\d)")

SEARCH = ("/processos?", "/processos.json?")
PROGRAMS = (".json", "/historico.atom", "/historico.ics")

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

# Everybody in a city has this name, and most of them on what nobody may find by it.
BY_NAME = (
    "/processos?interessado=fulana+silva",
    "/processos?interessado=SILVA%2C+FUL%C3%82NA&situacao=andamento",
)


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    portal = Portal(tmp_path_factory.mktemp("portal"))
    assert len(portal.places) == TENANTS
    yield portal
    portal.close()


def test_every_address_is_known(portal: Portal) -> None:
    there = {rule.endpoint for rule in portal.app.url_map.iter_rules()}
    assert there == ASKS_SEI.keys() | ASKS_NOTHING.keys(), (
        "say in sei/addresses.py whether the new address asks SEI, and walk it here if it does"
    )


def test_what_may_be_told_is_told_and_found(portal: Portal) -> None:
    """Without this, pages that say nothing, and a search that finds nothing, would pass."""
    place = portal.places[CLOSED]
    scan = Paper("conferido", "0", False, False, "", None, local_only=False)
    remark = Entry(65, 0, 0, number_only=False)
    folder = Folder("0", "SEFAZ", "", (scan,), (remark,), 0, "", local_only=False, alike=False)
    rulebook = portal.fill(place, City((folder,), whole_history=True))
    (key,) = rulebook.processos()
    (paper,) = rulebook.documentos
    text = portal.get(place, f"/processos/{_chave(rulebook, key)}?ver=tudo").text
    found = Kept(rulebook).found_in(text, "")
    assert found <= rulebook.on_processo(key)
    assert found >= rulebook.names(key) | rulebook.names(paper)
    inside = portal.get(place, f"/processos/{_chave(rulebook, key)}/documentos.zip")
    written = rulebook.in_documento(paper, key) - rulebook.on_documento(paper, key)
    assert written
    assert written <= Kept(rulebook).found_in(_everything(inside), "")
    data = portal.get(place, f"/processos/{_chave(rulebook, key)}.json?ver=tudo").text
    assert Kept(rulebook).found_in(data, "") >= found
    by_name = portal.get(place, BY_NAME[0]).text
    asked = rulebook.interessados(key)
    assert len(asked) == 2
    assert Kept(rulebook).found_in(by_name, "") >= rulebook.names(key) | asked
    # Two interessados, a note, the paper's name and its signer.
    assert len([mark for mark in found if MARK.fullmatch(mark)]) >= 5


@many_cities
@given(visit=visits)
def test_nothing_that_must_be_kept_is_in_any_answer_or_log(
    portal: Portal, capsysbinary: pytest.CaptureFixture[bytes], visit: Visit
) -> None:
    city, chosen = visit
    note(str(city))
    place = portal.places[chosen]
    rulebook = portal.fill(place, city)
    kept = Kept(rulebook)
    capsysbinary.readouterr()
    for address, allowed in _list_requests(rulebook):
        for headers in ({},) if address.endswith(APART) else ({}, HTMX):
            answer = portal.get(place, address, **headers)
            assert answer.status_code in (200, 300, 303, 308, 404, 422), address
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
    city, chosen = visit
    note(str(city))
    place = portal.places[chosen]
    rulebook = portal.fill(place, city)
    kept = Kept(rulebook)
    tenant = portal.tenant(place)
    for key in rulebook.processos():
        numero = NumeroProtocolo(_chave(rulebook, key))
        try:
            tracking = service.track(tenant, numero, now=INSTANT, main_only=False)
        except NotFound:
            assert not any(map(rulebook.may_name, rulebook.alike(key)))
        else:
            allowed = set().union(*map(rulebook.on_processo, rulebook.alike(key)))
            leaked = kept.found_in(repr(tracking), "") - allowed
            assert not leaked, f"{leaked} in {numero} of {place}"


@many_cities
@given(visit=visits)
def test_a_person_sees_what_their_acessos_open_and_nothing_more(
    portal: Portal, visit: Visit
) -> None:
    city, chosen = visit
    note(str(city))
    place = portal.places[chosen]
    rulebook = portal.fill(place, city)
    kept = Kept(rulebook)
    tenant = portal.tenant(place)
    for person in range(PEOPLE):
        viewer = recognize(tenant, Cpf(f"{cpf_of(person):011d}"))
        assert isinstance(viewer, Viewer)
        assert len(viewer.contatos) == 1
        seen = rulebook.as_seen_by(viewer.contatos)
        for key in rulebook.processos():
            numero = NumeroProtocolo(_chave(rulebook, key))
            alike = rulebook.alike(key)
            answer = _ask(partial(service.track, tenant, numero, main_only=False), viewer)
            assert (answer is None) != any(map(seen.may_name, alike))
            allowed = set().union(*map(seen.on_processo, alike))
            leaked = kept.found_in(repr(answer), "") - allowed
            assert not leaked, f"{leaked} in {numero} of {place} for {person}"
        found = list_mine(tenant, viewer, now=INSTANT)
        listed = {entry.id_protocolo for entry in found.entries}
        assert listed == set(filter(seen.is_mine, rulebook.processos()))
        leaked = kept.found_in(repr(found), "") - set().union(*map(seen.in_mine, listed))
        assert not leaked, f"{leaked} in the list of {person}"
        for key in rulebook.processos():
            numero = NumeroProtocolo(_chave(rulebook, key))
            alike = rulebook.alike(key)
            for paper in rulebook.documentos:
                _see_paper(tenant, seen, kept, paper, numero, alike, viewer)


def _see_paper(
    tenant: Tenant,
    seen: Rulebook,
    kept: "Kept",
    paper: int,
    numero: NumeroProtocolo,
    alike: list[int],
    viewer: Viewer,
) -> None:
    printed = seen.protocolos[paper]["protocolo_formatado"]

    answer = _ask(partial(get_documento, tenant, numero, printed, with_page=True), viewer)
    assert (answer is not None) == any(seen.is_listed(paper, key) for key in alike)
    allowed = set().union(
        *(seen.on_documento(paper, key) | seen.in_documento(paper, key) for key in alike)
    )
    leaked = kept.found_in(repr(answer), "") - allowed
    # The processo's own row comes along, whose unit and description its page says too.
    for key in alike:
        leaked -= seen.on_processo(key)
    assert not leaked, f"{leaked} in {printed}"
    if isinstance(answer, ListedDocumento):
        opens = any(seen.is_listed(paper, key) and seen.opens(paper, key) for key in alike)
        assert (answer.documento.opening is Opening.OPENS) == opens


@many_cities
@given(visit=visits)
def test_a_stranger_s_session_sees_what_anybody_sees(portal: Portal, visit: Visit) -> None:
    """Somebody whom SEI knows, even as an interessado, and who has no acesso externo."""
    city, chosen = visit
    note(str(city))
    place = portal.places[chosen]
    rulebook = portal.fill(place, city)
    tenant = portal.tenant(place)
    stranger = recognize(tenant, Cpf(f"{cpf_of(PEOPLE - 1):011d}"))
    assert isinstance(stranger, Viewer)
    for key in rulebook.processos():
        numero = NumeroProtocolo(_chave(rulebook, key))
        questions: list[Callable[..., Any]] = [
            partial(service.track, tenant, numero, main_only=False),
            partial(service.list_hits, tenant, [numero]),
            partial(list_open, tenant, numero, most=9, formatado=None),
        ]
        for question in questions:
            assert _ask(question, stranger) == _ask(question, ANYONE)


@many_cities
@given(visit=visits)
def test_nothing_that_must_be_kept_is_on_any_page_of_who_is_signed_in(
    portal: Portal, capsysbinary: pytest.CaptureFixture[bytes], visit: Visit
) -> None:
    """Each of the people, one of whom has no acesso: their list, what waits for them, for whom
    they may act, and the same again as whom they act for. One of them asks every address."""
    city, chosen = visit
    note(str(city))
    place = portal.places[chosen]
    rulebook = portal.fill(place, city)
    kept = Kept(rulebook)
    tenant = portal.tenant(place)
    capsysbinary.readouterr()
    for person in range(PEOPLE):
        cpf = f"{cpf_of(person):011d}"
        viewer = recognize(tenant, Cpf(cpf))
        assert isinstance(viewer, Viewer)
        seen, browser = rulebook.as_seen_by(viewer.contatos), portal.enter(place, cpf)
        _look_at_own(browser, seen, kept, set())
        for address, allowed in _list_requests(seen) if person == chosen % PEOPLE else ():
            answer = browser.get(address)
            leaked = kept.found_in(_everything(answer), address) - allowed
            assert not leaked, f"{leaked} in {address} of {place} for {person}"
        for key in sorted(rulebook.vinculos() - seen.offered().keys()):
            assert browser.post("/representacao/comecar", vinculo=str(key)).status_code == 404
        for key, vinculo in seen.offered().items():
            begun = browser.post("/representacao/comecar", vinculo=str(key))
            assert begun.status_code == 303
            acting = seen.as_represented(vinculo)
            banner = _marks_of(rulebook.represented_by(vinculo)["nome"])
            _look_at_own(browser, acting, kept, banner, offers=seen)
            for processo in rulebook.processos():
                address = f"/processos/{_chave(rulebook, processo)}?ver=tudo"
                allowed = set().union(*map(seen.on_processo, rulebook.alike(processo))) | banner
                leaked = kept.found_in(_everything(browser.get(address)), address) - allowed
                assert not leaked, f"{leaked} in {address} of {place} for {person} by {key}"
            assert browser.post("/representacao/sair").status_code == 303
        _look_at_own(browser, seen, kept, set())
    logged = capsysbinary.readouterr()
    assert not kept.found_in((logged.out + logged.err).decode(), "")


def test_what_is_somebody_s_own_is_told_to_them_and_to_who_acts_for_them(portal: Portal) -> None:
    """Without this, cities in which nobody acts for anybody would pass."""
    place = portal.places[0]
    assert portal.modules[place.file]
    scan = Paper("conferido", "0", False, False, "", None, local_only=False)
    folder = Folder("0", "SEFAZ", "", (scan,), (), 0, "", local_only=False, alike=False)
    notices = tuple(Notice(whom, 0, 0, "1", "E", None, active=True) for whom in (0, 2, FIRM))
    powers = (
        Power(0, FIRM, "L", "A", None, over=False, processos=None),
        Power(0, 2, "S", "A", 9, over=False, processos=(0,)),
    )
    city = City((folder, folder), accounts="333", notices=notices, powers=powers)
    rulebook = portal.fill(place, city)
    viewer = recognize(portal.tenant(place), Cpf(f"{cpf_of(0):011d}"))
    assert isinstance(viewer, Viewer)
    seen = rulebook.as_seen_by(viewer.contatos)
    kept, browser = Kept(rulebook), portal.enter(place, f"{cpf_of(0):011d}")
    whole, some = seen.offered().values()
    # Two names, two poderes, and the público that one is limited to.
    assert len(seen.in_offers()) == 4 + len(rulebook.names(next(rulebook.processos())))
    assert len(seen.waiting()) == len(seen.recibos()) == 1
    firm, other = seen.as_represented(whole), seen.as_represented(some)
    assert len(firm.waiting()) == 1
    assert _marks_of(repr(firm.in_peticionamento()))
    assert (other.waiting(), other.recibos(), firm.recibos()) == ([], [], [])
    mine = [[key for key in seen.processos() if acting.is_mine(key)] for acting in (firm, other)]
    assert list(map(len, mine)) == [2, 1]
    for acting, vinculo in ((firm, whole), (other, some)):
        key = vinculo["id_md_pet_vinculo_represent"]
        assert browser.post("/representacao/comecar", vinculo=str(key)).status_code == 303
        banner = _marks_of(rulebook.represented_by(vinculo)["nome"])
        _look_at_own(browser, acting, kept, banner, offers=seen)
        assert browser.post("/representacao/sair").status_code == 303
    _look_at_own(browser, seen, kept, set())


def _look_at_own(
    browser: Browser,
    seen: Rulebook,
    kept: "Kept",
    banner: set[str],
    offers: Rulebook | None = None,
) -> None:
    """The pages that are somebody's own, which say all that they may and nothing else."""
    mine = {key for key in seen.processos() if seen.is_mine(key)}
    answer = browser.get("/meus-processos")
    assert answer.status_code == 200
    allowed = set().union(*map(seen.in_mine, mine)) | seen.in_peticionamento() | banner
    found = kept.found_in(_everything(answer), "")
    assert found <= allowed, f"{found - allowed} in the list"
    listed = set(re.findall(r'<th scope="row"><a href="/processos/(\w+)"', answer.text))
    assert listed == {_chave(seen, key).upper() for key in mine}
    assert answer.text.count("<li><b>") == len(seen.waiting())
    assert answer.text.count("Resposta a intimação em <time") == len(seen.recibos())
    offered = offers or seen
    answer = browser.get("/representacao")
    found = kept.found_in(_everything(answer), "")
    assert found == offered.in_offers() | banner
    keys = set(re.findall(r'name="vinculo" value="(\d+)"', answer.text))
    assert keys == {
        str(key) for key, row in offered.offered().items() if offered.scope_of(row) != frozenset()
    }
    for path in ("/", "/minha-conta", "/meus-dados"):
        assert kept.found_in(_everything(browser.get(path)), "") <= banner, path


def _marks_of(text: str) -> set[str]:
    return set(MARK.findall(text))


def _ask(question: Callable[..., Any], viewer: Viewer) -> Any:
    """The answer to a viewer; None when there is none for them."""
    try:
        return question(now=INSTANT, viewer=viewer)
    except NotFound:
        return None


@many_cities
@given(visit=visits)
def test_what_must_not_be_known_answers_as_what_does_not_exist(
    portal: Portal, visit: Visit
) -> None:
    city, chosen = visit
    note(str(city))
    place = portal.places[chosen]
    rulebook = portal.fill(place, city)
    hidden = {
        key for key in rulebook.processos() if not any(map(rulebook.may_name, rulebook.alike(key)))
    }
    papers = {
        key: row["id_procedimento"]
        for key, row in rulebook.documentos.items()
        if not rulebook.is_listed(key, row["id_procedimento"])
    }
    unconfirmed = {key for key in rulebook.documentos if not rulebook.is_confirmed(key)}
    addresses = [
        *(address for key in unconfirmed for address in _about_codes(rulebook, key)),
        *(address for key in hidden for address in _about_processo(rulebook, key)),
        *(address for key in hidden for address in _about_search(rulebook, key)),
        *BY_NAME,
        *(address for key in papers for address in _about_documento(rulebook, key, papers[key])),
    ]
    asked = [
        (address, headers)
        for address in addresses
        for headers in (({},) if address.endswith(APART) else ({}, HTMX))
    ]
    before = [_look(portal, place, address, **headers) for address, headers in asked]
    portal.forget(place, hidden | papers.keys() | unconfirmed)
    for (address, headers), answer in zip(asked, before, strict=True):
        assert _look(portal, place, address, **headers) == answer, address


@pytest.mark.parametrize("change", ["sigiloso", "restrito", "of another órgão", "gone"])
def test_what_was_public_a_moment_ago_is_not_unchanged_but_not_found(
    portal: Portal, change: str
) -> None:
    place = portal.places[CLOSED]
    folder = Folder("0", "SEFAZ", "", (), (), 0, "", local_only=False, alike=False)
    rulebook = portal.fill(place, City((folder,)))
    (key,) = rulebook.processos()
    address = f"/processos/{_chave(rulebook, key)}"
    for headers in ({}, HTMX):
        etag = portal.get(place, address, **headers).headers["ETag"]
        same = {"If-None-Match": etag, **headers}
        assert portal.get(place, address, **same).status_code == 304
        level = {"sigiloso": "2", "restrito": "1"}.get(change, "0")
        portal.change(
            place,
            key,
            sta_nivel_acesso_local=level,
            sta_nivel_acesso_global=level,
            id_unidade_geradora=110000201 if change == "of another órgão" else 110000106,
            sta_protocolo="X" if change == "gone" else "P",
        )
        assert _look(portal, place, address, **same) == _look(portal, place, address, **headers)
        assert portal.get(place, address, **same).status_code == 404
        portal.fill(place, City((folder,)))


def test_what_is_left_out_of_a_long_history_leaves_no_gap(portal: Portal) -> None:
    """A page that is shorter than the others, or that ends at what it does not show, tells that
    something was left out (11.9)."""
    place = portal.places[CLOSED]
    draft = Paper("minuta", "0", False, False, "", None, local_only=False)
    remark, publication = Entry(65, 0, 0, number_only=False), Entry(7, 0, 0, number_only=False)
    entries = tuple(publication if n % 5 == 0 else remark for n in range(150))
    folder = Folder("0", "SEFAZ", "", (draft,), entries, 0, "", local_only=False, alike=False)
    rulebook = portal.fill(place, City((folder,), whole_history=True))
    (key,) = rulebook.processos()
    for oldest_first in (False, True):
        tracking = service.track(
            portal.tenant(place),
            NumeroProtocolo(_chave(rulebook, key)),
            now=INSTANT,
            main_only=False,
            oldest_first=oldest_first,
        )
        assert isinstance(tracking, Tracking)
        assert tracking.history
        assert len(tracking.history.steps) == PAGE_SIZE
        assert tracking.history.next_cursor == tracking.history.steps[-1].id_atividade


def test_addresses_that_ask_nothing_of_sei_ask_nothing(portal: Portal) -> None:
    place = portal.places[0]
    tenant = portal.tenant(place)
    with reading(tenant.sei) as sei:
        installation_of(sei)
    with counting(tenant.sei) as sent:
        for address in ASKS_NOTHING.values():
            portal.get(place, address.format(chave="VALE1755123"))
    assert sent == []


class Kept:
    """Everything in a SEI that somebody might want to know, and where it is found."""

    def __init__(self, rulebook: Rulebook) -> None:
        names = [name for key in rulebook.protocolos for name in rulebook.names(key)]
        # Where a restrito is, is not said either.
        names += [row["descricao"] for row in rulebook.unidades.values()]
        # Whoever has a document's number and its CRC may open it in SEI.
        names += [
            row["crc_assinatura"]
            for row in rulebook.rows["documento_conteudo"]
            if row["crc_assinatura"]
        ]
        self._names = {name.upper(): name for name in names}
        everything = repr(rulebook.rows)
        cpfs = {re.sub(r"\D", "", cpf) for cpf in CPF.findall(everything)}
        self._cpfs = {cpf for cpf in cpfs if cpf.startswith("312")}

    def found_in(self, text: str, request: str) -> set[str]:
        """Marks, numbers, units and CPFs in a text, less what the request itself said."""
        text += "\n" + unquote_plus(text)
        said = unquote_plus(request).upper()
        # A page may say again what it was asked, and so its letters and digits without the rest.
        said += "\n" + re.sub(r"[^0-9A-Z]", "", said)
        named = self._list_named(text)
        cpfs = {re.sub(r"\D", "", cpf) for cpf in CPF.findall(text)}
        return (
            set(MARK.findall(text.lower()))
            | {self._names[name] for name in named if name not in said}
            | (cpfs & self._cpfs)
        )

    def _list_named(self, text: str) -> set[str]:
        """Names that stand in it as whole words, in capitals."""
        # Hardly any name is there at all, and a pattern of all of them tries each at every letter.
        capitals = text.upper()
        there = tuple(name for name in self._names if name in capitals)
        return {found.upper() for found in _words(there).findall(text)} if there else set()


@cache
def _words(names: tuple[str, ...]) -> re.Pattern[str]:
    either = "|".join(map(re.escape, names))
    return re.compile(rf"(?<![0-9A-Z])(?:{either})(?![0-9A-Z])", re.IGNORECASE)


def _list_requests(rulebook: Rulebook) -> Iterator[tuple[str, set[str]]]:
    """Every address about every protocolo, with what the answer may say beyond it."""
    for key in rulebook.processos():
        alike = rulebook.alike(key)
        searched = set().union(*map(rulebook.in_search, alike))
        opened = set().union(*map(rulebook.on_processo, alike))
        packed = set().union(*map(rulebook.in_package, alike))
        for address in _about_processo(rulebook, key):
            if address.endswith(".zip"):
                yield address, packed
            else:
                yield address, searched if address.startswith(SEARCH) else opened
        for address in _about_search(rulebook, key):
            yield address, rulebook.in_list()
    for address in BY_NAME:
        yield address, rulebook.in_list_by_name()
    for key, row in rulebook.documentos.items():
        for address in _about_codes(rulebook, key):
            yield address, rulebook.in_confirmation(key)
        for processo in rulebook.processos():
            alike = rulebook.alike(processo)
            told = set().union(*(rulebook.on_documento(key, other) for other in alike))
            opened = set().union(*(rulebook.in_documento(key, other) for other in alike))
            for address in _about_documento(rulebook, key, processo):
                if not address.startswith(SEARCH):
                    yield address, opened if address.endswith(APART) else told
                elif processo == row["id_procedimento"]:
                    yield address, rulebook.in_search(key)


def _ways(address: str) -> tuple[dict[str, str], ...]:
    """How it is asked for: what programs read has no part for htmx."""
    return ({},) if address.partition("?")[0].endswith(PROGRAMS) else ({}, HTMX)


def _about_processo(rulebook: Rulebook, key: int) -> Iterator[str]:
    chave = _chave(rulebook, key)
    formatado = quote(rulebook.protocolos[key]["protocolo_formatado"], safe="")
    for search in SEARCH:
        yield f"{search}numero={chave}"
        yield f"{search}numero={formatado}"
    yield f"/processos/{formatado}"
    yield f"/processos/{chave}/qr.svg"
    yield f"/processos/{chave}/documentos.zip"
    yield f"/processos/{chave}?formatado={formatado}"
    yield from (f"/processos/{chave}{query}" for query in QUERIES)
    yield f"/processos/{formatado}.json"
    yield f"/processos/{chave}.json?documentos=1-1"
    for ending in PROGRAMS:
        yield f"/processos/{chave}{ending}?ver=tudo"
        yield f"/processos/{chave}{ending}?formatado={formatado}&antes=3&ver=tudo&ordem=antigas"


def _about_search(rulebook: Rulebook, key: int) -> Iterator[str]:
    """What finds this processo, if it may be found without its number."""
    row = rulebook.protocolos[key]
    units = {str(row["id_unidade_geradora"])} | rulebook.open_in(key)
    yield from ("/processos", "/processos.json")
    for search in SEARCH:
        yield f"{search}tipo={rulebook.tipo(key)}"
        yield f"{search}ate=2199-12-31&depois=2199-12-31~{key + 1}~0"
    yield f"/processos?de={row['dta_geracao'][:10]}&ate={row['dta_geracao'][:10]}"
    yield f"/processos?final={_chave(rulebook, key)[-4:]}"
    for unit in sorted(units):
        yield f"/processos?unidade={unit}"
        yield f"/processos?onde={unit}"
    for state in ("andamento", "concluido", "sobrestado"):
        yield f"/processos?situacao={state}&tipo={rulebook.tipo(key)}"


def _about_documento(rulebook: Rulebook, key: int, processo: int) -> Iterator[str]:
    numero = rulebook.protocolos[key]["protocolo_formatado"]
    yield from (f"{search}numero={numero}" for search in SEARCH)
    address = f"/processos/{_chave(rulebook, processo)}/documentos/{numero}"
    yield from (address, f"{address}.json", f"{address}/texto", f"{address}/arquivo")


def _about_codes(rulebook: Rulebook, key: int) -> Iterator[str]:
    numero, crc = rulebook.protocolos[key]["protocolo_formatado"], rulebook.crc_of(key)
    for tried in (crc or "00000000", "0123ABCD"):
        for ending in ("", ".json"):
            yield f"/autenticidade{ending}?codigo={numero}&crc={tried}"


def _chave(rulebook: Rulebook, key: int) -> str:
    return str(rulebook.protocolos[key]["protocolo_formatado_pesquisa"])


def _everything(answer: TestResponse) -> str:
    said = f"{answer.status}\n{answer.headers}\n"
    if answer.mimetype != "application/zip":
        # A calendar may break a line within a name.
        return said + answer.text.replace("\r\n ", "")
    package = ZipFile(BytesIO(answer.data))
    return said + "\n".join(f"{name}\n{package.read(name).decode()}" for name in package.namelist())


def _look(portal: Portal, place: Place, address: str, **headers: str) -> tuple[object, ...]:
    """Everything that can be told from outside, and the number of questions SEI was asked.

    What is kept for some minutes must not grow old between two answers that are compared.
    """
    sei = portal.tenant(place).sei
    KEPT.forget(sei)
    with reading(sei) as connection:
        installation_of(connection)
    with counting(sei) as sent:
        answer = portal.get(place, address, **headers)
    told = [(name, value) for name, value in answer.headers if name != "Date"]
    return answer.status, told, answer.data, len(sent)
