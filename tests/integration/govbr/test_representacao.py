"""Acting for a company: whose, until when, and never by a form field alone."""

from flask import Flask
from sqlalchemy import select

from portal.accounts.models import Login
from portal.audit import AuditEntry
from portal.db import db
from portal.demo.govbr.faults import Fault
from portal.demo.govbr.people import ACME, BYGONE
from portal.demo.govbr.server import Simulator
from tests.app import StoppedClock, Visitor, client_of
from tests.integration.govbr.conftest import (
    ANTONIO,
    CAMILA,
    MARIA,
    SESSION,
    Citizen,
    cookie_of,
    csrf_of,
    enter,
)

PAGE, BEGIN, LEAVE = "/representacao", "/representacao/comecar", "/representacao/sair"
BANNER = "Você está agindo por <b><bdi>Padaria Três Irmãos Ltda"


def begin(visitor: Visitor, cnpj: str = ACME.cnpj) -> int:
    form = {"csrf": csrf_of(visitor.get(PAGE)), "documento": cnpj}
    return visitor.post(BEGIN, data=form).status_code


def audited(app: Flask) -> list[tuple[str, str]]:
    with app.app_context():
        rows = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id))
        return [(row.event, row.detail) for row in rows]


def test_a_partner_acts_for_the_company_and_leaves(
    app: Flask, visitor: Visitor, citizen: Citizen
) -> None:
    enter(visitor, citizen, ANTONIO)
    page = visitor.get(PAGE)
    assert "11.222.333/0001-81" in page.text
    assert "sócio ou sócia" in page.text
    assert BANNER not in page.text
    before = cookie_of(visitor)
    assert begin(visitor) == 303
    for path in ("/", PAGE, "/minha-conta", "/meus-processos"):
        assert BANNER in visitor.get(path).text
    # Another token: the old one, and every form of the old context, is worth nothing.
    assert cookie_of(visitor) != before
    thief = client_of(app)
    thief.set_cookie(SESSION, str(before), domain=thief.host)
    assert thief.get("/minha-conta").status_code == 303
    visitor.post(LEAVE, data={"csrf": csrf_of(visitor.get("/"))})
    assert "agindo" not in visitor.get("/").text
    assert audited(app)[1:] == [
        ("representation", "11.222.333/0001-81 (SOCIO)"),
        ("representation", ""),
    ]


def test_a_company_that_is_not_in_the_list_is_refused_and_written_down(
    app: Flask, visitor: Visitor, citizen: Citizen
) -> None:
    enter(visitor, citizen, MARIA)
    assert "não liga nenhuma empresa" in visitor.get(PAGE).text
    for cnpj in (ACME.cnpj, "", "x", ANTONIO):
        form = {"csrf": csrf_of(visitor.get("/minha-conta")), "documento": cnpj}
        assert visitor.post(BEGIN, data=form).status_code == 404
    assert BANNER not in visitor.get("/").text
    assert audited(app)[1:] == [("access-refused", "representation")] * 4


def test_an_enrolment_that_is_over_gives_nothing(visitor: Visitor, citizen: Citizen) -> None:
    enter(visitor, citizen, CAMILA)
    assert BYGONE.razao_social not in visitor.get(PAGE).text
    form = {"csrf": csrf_of(visitor.get("/minha-conta")), "documento": BYGONE.cnpj}
    assert visitor.post(BEGIN, data=form).status_code == 404


def test_after_an_hour_gov_br_is_asked_again_and_that_is_said(
    visitor: Visitor, citizen: Citizen, clock: StoppedClock
) -> None:
    enter(visitor, citizen, ANTONIO)
    begin(visitor)
    for _ in range(2):
        clock.pass_(minutes=29, seconds=59)
        assert BANNER in visitor.get("/").text
    clock.pass_(seconds=2)
    page = visitor.get(PAGE)
    assert "Você não age mais por" in page.text
    assert "Entre de novo para conferir" in page.text
    form = {"csrf": csrf_of(page), "documento": ACME.cnpj}
    assert visitor.post(BEGIN, data=form).status_code == 404
    enter(visitor, citizen, ANTONIO)
    assert begin(visitor) == 303
    assert BANNER in visitor.get("/").text


def test_a_person_enters_also_when_gov_br_does_not_say_which_companies(
    simulator: Simulator, visitor: Visitor, citizen: Citizen
) -> None:
    for fault in (Fault.ERROR, Fault.HTML, Fault.MALFORMED):
        simulator.govbr.fail(fault, "/api/empresas/v2/empresas")
        assert enter(visitor, citizen, ANTONIO).headers["Location"] == "/minha-conta"
        assert "Entre de novo para conferir" in visitor.get(PAGE).text


def test_neither_token_nor_company_is_kept_in_clear(
    app: Flask, visitor: Visitor, citizen: Citizen
) -> None:
    enter(visitor, citizen, ANTONIO)
    begin(visitor)
    with app.app_context():
        login = db.session.scalars(select(Login)).one()
        kept = b"|".join((login.empresas or b"", login.agindo or b""))
    assert login.empresas
    assert login.agindo
    for clear in (ACME.cnpj, "Padaria", "Bearer", "eyJ"):
        assert clear.encode() not in kept


def test_in_meus_dados_the_company_is_told(visitor: Visitor, citizen: Citizen) -> None:
    enter(visitor, citizen, ANTONIO)
    begin(visitor)
    page = visitor.get("/meus-dados")
    assert "Padaria Três Irmãos Ltda" in page.text
    assert "Você passou a agir por 11.222.333/0001-81 (SOCIO)" in page.text
    for formato in ("html", "json"):
        copy = visitor.post("/meus-dados/copia", data={"csrf": csrf_of(page), "formato": formato})
        assert "11.222.333/0001-81" in copy.text
