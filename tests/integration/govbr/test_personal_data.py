"""What is kept of a person, as they read it, take it along and have it deleted."""

import json
import re
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.accounts.models import Account, Login
from portal.audit import AuditEntry, Event, Happening
from portal.blueprints import meus_dados
from portal.db import Base, db
from portal.protocolo import drafts, submissions
from portal.protocolo.models import Draft, Submission
from portal.protocolo.values import Owner
from portal.servicos.service import get_servico, replace_servicos
from portal.web.happenings import tell
from tests.app import StoppedClock, Visitor, client_of
from tests.integration.govbr.conftest import (
    FRANCISCA,
    MARIA,
    SESSION,
    Citizen,
    cookie_of,
    csrf_of,
    enter,
)
from tests.integration.protocolo import makers

PAGE, COPY, DELETE = "/meus-dados", "/meus-dados/copia", "/meus-dados/excluir"

OF_PEOPLE = {
    "account", "login", "login_attempt", "audit_entry", "draft", "draft_file", "submission",
    "submission_file", "outbox",
}  # fmt: skip
OF_NOBODY = {
    "alembic_version", "rate_limit", "file_verdict", "servico_versao", "submission_count",
    "delivery_pause", "receipt", "last_seen", "unavailability",
}  # fmt: skip


def test_every_table_that_keeps_something_of_people_is_told(app: Flask) -> None:
    """A new table: say here whether it is of people. If so, `read_personal_data` reads it, the
    page and both copies show it, and `delete_account` deletes it."""
    assert set(Base.metadata.tables) == OF_PEOPLE | (OF_NOBODY & set(Base.metadata.tables))


def write_pedidos(app: Flask) -> None:
    """Whoever has entered has begun one pedido and sent another."""
    with app.app_context():
        session, keys = db.session(), app.extensions["keyring"]
        account = session.scalars(select(Account.id)).one()
        replace_servicos(session, "acacias", [makers.FORM], makers.NOW)
        edition = get_servico(session, "acacias", makers.FORM.slug).id
        draft = drafts.begin(session, keys, "acacias", Owner(account), edition, makers.NOW)
        drafts.save_fields(
            session, keys, "acacias", Owner(account), draft, makers.FORM,
            {"motivo": "Cupins na raiz"}, makers.NOW,
        )  # fmt: skip
        sent = drafts.begin(session, keys, "acacias", Owner(account), edition, makers.NOW)
        submissions.submit(
            session, keys, "acacias", account, sent, 1, makers.content(account),
            [makers.sent_file()], lambda: makers.NOW, makers.BRASILIA,
        )  # fmt: skip
        session.commit()


def events(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(AuditEntry.event).order_by(AuditEntry.id)))


def count(app: Flask, model: type) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_the_page_says_all_of_it_and_no_whole_cpf(visitor: Visitor, citizen: Citizen) -> None:
    enter(visitor, citizen)
    page = visitor.get(PAGE)
    assert "Maria Aparecida Ferreira" in page.text
    assert "***.000.010-**" in page.text
    assert MARIA not in re.sub(r"\D", "", page.text.partition("<main")[2])
    assert "20 de março de 2026" in page.text.replace("\xa0", " ")
    assert "Entrada com conta ouro" in page.text
    assert "ouro (passwd mfa otp)" in page.text
    assert "203.0.113.7" in page.text
    assert "não guarda telefone, e-mail nem endereço seus" in page.text
    assert "encarregada@acacias.mg.gov.br" in page.text
    assert page.headers["Cache-Control"] == "no-store"


def test_of_another_person_nothing_is_there(app: Flask, citizen: Citizen) -> None:
    maria, francisca = client_of(app), client_of(app, address="203.0.113.99")
    enter(maria, citizen)
    enter(francisca, Citizen(), FRANCISCA)
    page = maria.get(PAGE)
    assert "Francisca" not in page.text
    assert "203.0.113.99" not in page.text
    copy = francisca.post(COPY, data={"csrf": csrf_of(francisca.get(PAGE)), "formato": "json"})
    assert "Maria" not in copy.text
    assert "203.0.113.7" not in copy.text


@pytest.mark.parametrize("formato", ["json", "html"])
def test_the_copy_has_what_the_page_has(app: Flask, citizen: Citizen, formato: str) -> None:
    visitor = client_of(app)
    enter(visitor, citizen)
    copy = visitor.post(COPY, data={"csrf": csrf_of(visitor.get(PAGE)), "formato": formato})
    assert copy.status_code == 200
    name = f"meus-dados-2026-03-20.{formato}"
    assert copy.headers["Content-Disposition"].startswith(f'attachment; filename="{name}"')
    assert copy.headers["Cache-Control"] == "no-store"
    assert "Maria Aparecida Ferreira" in copy.text
    assert "***.000.010-**" in copy.text
    assert MARIA not in copy.text
    # The copy itself is in it, and was written down.
    assert "Uma cópia dos seus dados foi baixada" in copy.text
    assert events(app) == ["login", "data-exported"]


def test_the_copy_for_programs_is_whole(
    visitor: Visitor, citizen: Citizen, clock: StoppedClock
) -> None:
    for _ in range(25):
        clock.pass_(minutes=1)
        enter(visitor, citizen)
    page = visitor.get(PAGE)
    assert page.text.count("Entrada com conta") == 20
    copy = json.loads(visitor.post(COPY, data={"csrf": csrf_of(page), "formato": "json"}).text)
    assert copy["pessoa"]["primeira_entrada"] == "2026-03-20T12:01:00-03:00"
    assert copy["contato"] is None
    [only] = copy["sessoes"]
    assert (only["nivel"], only["modo_de_entrada"]) == ("ouro", "passwd mfa otp")
    assert len(copy["registro_de_acesso"]) == 26


def test_what_was_begun_and_what_was_sent_is_on_the_page_and_in_both_copies(
    app: Flask, visitor: Visitor, citizen: Citizen
) -> None:
    enter(visitor, citizen)
    write_pedidos(app)
    page = visitor.get(PAGE)
    assert "P26-000001-" in page.text
    assert "Será apagado em 19 de abril de 2026" in page.text.replace("\xa0", " ")
    texts = [
        visitor.post(COPY, data={"csrf": csrf_of(page), "formato": formato}).text
        for formato in ("html", "json")
    ]
    for text in texts:
        for told in ("Poda de árvore", "Cupins na raiz", "Galhos na calçada", "requerimento.pdf",
                     "P26-000001-", "203.0.113.7"):  # fmt: skip
            assert told in text
        assert MARIA not in text
    [sent] = json.loads(texts[1])["pedidos_enviados"]
    assert sent["recebido_em"] == "2026-03-20T12:00:00-03:00"
    assert sent["assinatura"]["tipo"] == "simples"


def test_what_was_sent_outlives_the_account_and_what_was_not_goes_with_it(
    app: Flask, visitor: Visitor, citizen: Citizen
) -> None:
    enter(visitor, citizen)
    write_pedidos(app)
    page = visitor.get(DELETE)
    assert "Os pedidos que você começou e não enviou" in page.text
    assert "Os pedidos que você enviou" in page.text
    visitor.post(DELETE, data={"csrf": csrf_of(page), "confirmo": "sim"})
    assert (count(app, Draft), count(app, Submission)) == (0, 1)


@pytest.mark.parametrize("one_more", [False, True])
def test_a_list_that_is_cut_says_so_and_no_other_does(
    app: Flask,
    citizen: Citizen,
    clock: StoppedClock,
    monkeypatch: pytest.MonkeyPatch,
    one_more: bool,
) -> None:
    monkeypatch.setattr(meus_dados, "WHOLE", 24)  # one of them is of the copy itself
    for _ in range(22 if one_more else 19):
        enter(client_of(app), citizen)
        clock.pass_(minutes=1)
    visitor = client_of(app)
    enter(visitor, citizen)
    account, page = visitor.get("/minha-conta"), visitor.get(PAGE)
    assert account.text.count("Aberta hoje") == page.text.count("Entrada com conta") == 20
    assert "(este)" in account.text
    assert ("só as 20 usadas por último" in account.text) is one_more
    assert ("Mais de 20." in page.text) is one_more
    assert ("só os 20 mais novos" in page.text) is one_more
    for formato in ("json", "html"):
        copy = visitor.post(COPY, data={"csrf": csrf_of(page), "formato": formato})
        assert ("só os 24 mais novos" in copy.text or '"ha_mais_registros": true' in copy.text) is (
            one_more and formato == "html"
        )


def test_without_the_confirmation_nothing_is_deleted(
    app: Flask, visitor: Visitor, citizen: Citizen
) -> None:
    enter(visitor, citizen)
    csrf = csrf_of(visitor.get(DELETE))
    for form in ({"csrf": csrf}, {"csrf": csrf, "confirmo": "nao"}):
        answer = visitor.post(DELETE, data=form)
        assert answer.status_code == 422
        assert "A conta não foi excluída: falta confirmar" in answer.text
    assert count(app, Account) == count(app, Login) == 1


def test_who_deletes_the_account_is_gone_from_every_browser(app: Flask, citizen: Citizen) -> None:
    phone, desk, francisca = client_of(app), client_of(app), client_of(app)
    enter(phone, citizen)
    enter(desk, citizen)
    enter(francisca, Citizen(), FRANCISCA)
    token = str(cookie_of(phone))
    answer = phone.post(DELETE, data={"csrf": csrf_of(phone.get(DELETE)), "confirmo": "sim"})
    assert answer.headers["Location"] == "/saiu?conta=excluida"
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert cookie_of(phone) is None
    thief = client_of(app)
    thief.set_cookie(SESSION, token, domain=thief.host)
    for visitor in (phone, desk, thief):
        assert visitor.get("/minha-conta").status_code == 303
    assert francisca.get("/minha-conta").status_code == 200
    assert count(app, Account) == count(app, Login) == 1
    gone = phone.get("/saiu?conta=excluida")
    assert "A sua conta no portal foi excluída" in gone.text
    assert "post_logout_redirect_uri" in gone.text
    # What the law keeps says when and from where, and no name.
    assert events(app).count("account-deleted") == 1


def test_who_comes_back_begins_anew(
    app: Flask, visitor: Visitor, citizen: Citizen, clock: StoppedClock
) -> None:
    enter(visitor, citizen)
    visitor.post(DELETE, data={"csrf": csrf_of(visitor.get(DELETE)), "confirmo": "sim"})
    clock.pass_(days=40)
    enter(visitor, citizen)
    page = visitor.get(PAGE)
    assert "29 de abril de 2026" in page.text.replace("\xa0", " ")
    assert "20 de março" not in page.text.replace("\xa0", " ")
    assert count(app, Account) == 1


def test_what_is_refused_is_written_down(app: Flask, visitor: Visitor, citizen: Citizen) -> None:
    enter(visitor, citizen)
    visitor.post("/sair", data={"csrf": "of nobody"})
    csrf = csrf_of(visitor.get(PAGE))
    other = "00000000-0000-4000-8000-000000000000"
    visitor.post("/minha-conta/sessoes/encerrar", data={"csrf": csrf, "sessao": other})
    assert events(app) == ["login", "access-refused", "access-refused"]
    page = visitor.get(PAGE)
    assert "não veio de uma página do portal" in page.text
    assert "a sessão não era sua" in page.text


def test_every_event_has_a_sentence_of_its_own() -> None:
    at = datetime(2026, 3, 20, tzinfo=UTC)
    told = {tell(Happening(at, event, "", "")) for event in Event}
    assert len(told) == len(Event)
