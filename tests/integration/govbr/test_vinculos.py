"""Acting by a vínculo of SEI: whose, about what, and only as long as SEI has it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import URL, select

from portal.accounts import acting
from portal.accounts.models import ACTING_COLUMN, Login
from portal.audit import AuditEntry
from portal.db import db
from portal.demo.builder import SeiBuilder
from portal.demo.citizens import CAMILA, MARIA
from portal.demo.protocolos import Processo
from portal.errors import TooSlow, Unavailable
from portal.govbr import empresas
from portal.sei import mine as listing
from portal.sei import people
from portal.sei.queries import peticoes as questions
from portal.tenancy import Govbr
from portal.web.dates import full_day
from tests.app import TENANTS, MakeApp, Visitor, client_of
from tests.integration.engines import writing
from tests.integration.govbr.conftest import (
    FRANCISCA,
    SECRET,
    SESSION,
    Citizen,
    cookie_of,
    csrf_of,
    enter,
    table_of,
)
from tests.integration.web.test_plain_language import LONGEST, Sentences

PAGE, BEGIN, LEAVE = "/representacao", "/representacao/comecar", "/representacao/sair"
MINE = "/meus-processos"
NOW = datetime(2026, 3, 19, 10)
TODAY = date(2026, 3, 20)
FIRM, CNPJ = "Olaria Boa Vista Ltda", "11444777000161"
OWNER, CPF = "Ivo Reis Prado", "12345678909"
BANNER = f"Você está agindo por <b><bdi>{FIRM}"
OVER = f"Você não age mais por <b><bdi>{FIRM}"
NUMBER = re.compile(r'<th scope="row"><a href="(/processos/\w+)"')
ENTRANCE = "https://sei.acacias.mg.gov.br/sei/controlador_externo.php?acao=usuario_externo_logar"


@dataclass
class Firm:
    """A company in SEI, and whom it has given powers."""

    file: Path
    sei: SeiBuilder
    firm: int
    owner: int
    maria: int
    licence: Processo
    tax: Processo
    secret: Processo

    def alter(self, statement: str) -> None:
        """What somebody does in SEI meanwhile."""
        with writing(URL.create("sqlite", database=str(self.file))) as connection:
            connection.exec_driver_sql(statement)


@pytest.fixture
def app(make_app: MakeApp, settings: Govbr) -> Flask:
    link = f'usuario_externo = "{ENTRANCE}"\n'
    return make_app(
        TENANTS + link + table_of(settings), demo=True, secrets={"GOVBR_SECRET": SECRET}
    )


@pytest.fixture
def firm(visitor: Visitor, tmp_path: Path) -> Iterator[Firm]:
    file = tmp_path / "sei.db"
    with writing(URL.create("sqlite", database=str(file))) as connection:
        sei = SeiBuilder(connection, now=NOW)
        firm = sei.contato(FIRM, cnpj=int(CNPJ), natureza="J")
        again = sei.contato(FIRM.upper(), cnpj=int(CNPJ), natureza="J", active=False)
        owner = sei.contato(OWNER, cpf=int(CPF))
        maria = sei.contato(MARIA.nome, cpf=int(MARIA.cpf))
        sei.usuario_externo(maria)
        licence, tax, secret = (
            sei.processo(autuacao=NOW - timedelta(days=60), interessados=(whom,), nivel=nivel)
            for whom, nivel in ((firm, "0"), (again, "0"), (firm, "1"))
        )
        report = sei.documento(secret, "Relatório", text=("Segredo da olaria.",), nivel="1")
        sei.usuario_externo(firm)
        sei.acesso_externo(secret, firm)
        sei.acesso_externo(secret, firm, [report])
        sei.processo(autuacao=NOW - timedelta(days=50), interessados=(maria,))
        yield Firm(file, sei, firm, owner, maria, licence, tax, secret)


def save(firm: Firm) -> None:
    firm.sei.flush()
    firm.sei.target.connection.commit()


def begin(visitor: Visitor, key: object) -> int:
    form = {"csrf": csrf_of(visitor.get("/minha-conta")), "vinculo": str(key)}
    return visitor.post(BEGIN, data=form).status_code


def leave(visitor: Visitor) -> None:
    visitor.post(LEAVE, data={"csrf": csrf_of(visitor.get("/minha-conta"))})


def audited(app: Flask) -> list[tuple[str, str]]:
    """Without the login."""
    with app.app_context():
        rows = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id))
        return [(row.event, row.detail) for row in rows][1:]


def addresses(*processos: Processo) -> set[str]:
    return {f"/processos/{processo.chave}" for processo in processos}


def test_a_vinculo_is_offered_with_its_kind_its_scope_and_its_end(
    firm: Firm, visitor: Visitor, citizen: Citizen
) -> None:
    firm.sei.vinculo(
        firm.firm,
        firm.maria,
        "S",
        until=date(2026, 4, 30),
        processos=[firm.tax, firm.secret],
        poderes=["Peticionar", "Receber intimações"],
    )
    firm.sei.vinculo(firm.owner, firm.maria, "L")
    save(firm)
    enter(visitor, citizen)
    page = visitor.get(PAGE)
    assert page.headers["Cache-Control"] == "no-store"
    assert FIRM in page.text
    assert "11.444.777/0001-61" in page.text
    assert f"Você é procurador ou procuradora, até {full_day(date(2026, 4, 30))}." in page.text
    assert "Vale só em 2 processos." in page.text
    assert firm.tax.numero in page.text
    # A restrito is not named in a list, to whomever it is about.
    assert firm.secret.numero not in page.text
    assert "Poderes: <bdi>Peticionar</bdi>; <bdi>Receber intimações</bdi>." in page.text
    assert 'CPF <span class="inteiro">***.456.789-**</span>. Você é responsável legal' in page.text
    assert CPF not in page.text


@pytest.mark.parametrize("estado", "SRCVTI")
def test_what_is_not_active_is_neither_offered_nor_taken(
    firm: Firm, visitor: Visitor, citizen: Citizen, estado: str
) -> None:
    key = firm.sei.vinculo(firm.firm, firm.maria, estado=estado)
    save(firm)
    enter(visitor, citizen)
    page = visitor.get(PAGE)
    assert FIRM not in page.text
    assert "O SEI não tem vínculo ativo" in page.text
    assert begin(visitor, key) == 404


def test_no_form_field_makes_anybody_act(
    firm: Firm, app: Flask, visitor: Visitor, citizen: Citizen
) -> None:
    """Somebody else's row, none, what is no row, and a company that only gov.br could say."""
    other = firm.sei.contato(CAMILA.nome, cpf=int(CAMILA.cpf))
    theirs = firm.sei.vinculo(firm.firm, other)
    save(firm)
    enter(visitor, citizen)
    for key in (theirs, theirs + 1, 0, -1, "", "x", "1.0", "1 or 1=1", "9" * 30, "٣"):
        assert begin(visitor, key) == 404, key
    form = {"csrf": csrf_of(visitor.get("/minha-conta")), "documento": CNPJ}
    assert visitor.post(BEGIN, data=form).status_code == 404
    assert "agindo" not in visitor.get("/").text
    assert audited(app) == [("access-refused", "representation")] * 11


def test_the_list_is_of_whom_they_act_for_until_they_leave(
    firm: Firm, app: Flask, visitor: Visitor, citizen: Citizen
) -> None:
    key = firm.sei.vinculo(firm.firm, firm.maria, "E")
    notice = firm.sei.documento(firm.licence, "Ofício", text=("O alvará vence na segunda.",))
    firm.sei.intimacao([notice], [firm.firm], andamentos=False, tacit=date(2026, 3, 29))
    firm.sei.recibo(firm.licence, firm.sei.usuario_externo(firm.firm), "R")
    save(firm)
    enter(visitor, citizen)
    own = NUMBER.findall(visitor.get(MINE).text)
    assert len(own) == 1
    before = cookie_of(visitor)
    assert begin(visitor, key) == 303
    page = visitor.get(MINE).text
    assert BANNER in page
    assert f"Processos de <bdi>{FIRM}</bdi>" in page
    assert "Estes não são os seus." in page
    assert set(NUMBER.findall(page)) == addresses(firm.licence, firm.tax)
    assert "Pediu ou é parte (interessado)" in page
    assert "Você pediu" not in page
    # That there is an intimação, and nothing of what is in it; a recibo is of who sent it.
    assert "Há uma intimação para quem você representa" in page
    assert f'<a href="{ENTRANCE}' in page
    assert "O alvará vence" not in page
    assert "Resposta a intimação em" not in page
    # What was opened to the company was not opened to who acts for it.
    for path in addresses(firm.secret):
        nobody = client_of(app)
        assert "Relatório" not in visitor.get(path).text
        assert visitor.get(path).status_code == nobody.get(path).status_code
        assert visitor.get(f"{path}/documentos.zip").status_code != 200
    thief = client_of(app)
    thief.set_cookie(SESSION, str(before), domain=thief.host)
    assert thief.get(MINE).status_code == 303
    leave(visitor)
    assert NUMBER.findall(visitor.get(MINE).text) == own
    assert audited(app) == [
        ("representation", "11.444.777/0001-61 (PROCURADOR_ESPECIAL)"),
        ("representation", ""),
    ]


def test_a_procuracao_for_one_processo_gives_that_one_and_no_intimacao(
    firm: Firm, visitor: Visitor, citizen: Citizen
) -> None:
    key = firm.sei.vinculo(firm.firm, firm.maria, "S", processos=[firm.tax])
    for processo in (firm.tax, firm.licence):
        firm.sei.intimacao([firm.sei.documento(processo)], [firm.firm], andamentos=False)
    save(firm)
    enter(visitor, citizen)
    assert begin(visitor, key) == 303
    page = visitor.get(MINE).text
    assert set(NUMBER.findall(page)) == addresses(firm.tax)
    assert firm.licence.numero not in page
    assert "Há uma intimação" not in page
    assert "As intimações não aparecem aqui." in page


def test_a_person_is_represented_by_their_cpf_which_is_never_shown(
    firm: Firm, app: Flask, visitor: Visitor, citizen: Citizen
) -> None:
    again = firm.sei.contato(OWNER, cpf=int(CPF))
    some = [firm.sei.processo(interessados=(one,)) for one in (firm.owner, again)]
    key = firm.sei.vinculo(firm.owner, firm.maria, "L")
    save(firm)
    enter(visitor, citizen)
    assert begin(visitor, key) == 303
    page = visitor.get(MINE)
    assert set(NUMBER.findall(page.text)) == addresses(*some)
    title = re.search(r"<title>(.*)</title>", page.text)
    assert title is not None
    assert OWNER not in title[1]
    for path in (MINE, PAGE, "/meus-dados"):
        assert CPF not in visitor.get(path).text
    assert audited(app) == [("representation", "***.456.789-** (RESPONSAVEL_LEGAL)")]
    with app.app_context():
        kept = db.session.scalars(select(Login)).one().agindo
    assert kept
    assert not {CPF.encode(), OWNER.encode()} & {kept}
    for clear in (CPF, OWNER, "RESPONSAVEL"):
        assert clear.encode() not in kept


@pytest.mark.parametrize(
    "statement",
    [
        *(f"UPDATE md_pet_vinculo_represent SET sta_estado = '{estado}'" for estado in "SRCVTI"),
        "UPDATE md_pet_vinculo_represent SET data_encerramento = '2026-03-20 00:00:00.000000'",
        "UPDATE md_pet_vinculo_represent SET data_limite = '2026-03-19 00:00:00.000000'",
        "UPDATE md_pet_vinculo_represent SET sin_ativo = 'N'",
        "UPDATE md_pet_vinculo_represent SET id_contato = id_contato + 1000",
        "UPDATE md_pet_vinculo SET id_contato = (SELECT id_contato FROM contato WHERE cpf ="
        f" {CPF})",
        "DELETE FROM md_pet_vinculo_represent",
        "UPDATE contato SET cpf = NULL",
    ],
)
def test_what_ends_in_sei_ends_here_at_the_next_page_and_is_written_down_once(
    firm: Firm, app: Flask, visitor: Visitor, citizen: Citizen, statement: str
) -> None:
    key = firm.sei.vinculo(firm.firm, firm.maria)
    save(firm)
    enter(visitor, citizen)
    begin(visitor, key)
    assert BANNER in visitor.get("/").text
    firm.alter(statement)
    for path in ("/", MINE, PAGE):
        page = visitor.get(path).text
        assert OVER in page
        assert "o vínculo no SEI terminou" in page
        assert BANNER not in page
    assert not set(NUMBER.findall(visitor.get(MINE).text)) & addresses(firm.licence, firm.tax)
    assert audited(app)[1:] == [("representation", "over 11.444.777/0001-61")]
    told = visitor.get("/meus-dados").text
    assert "Terminou a autorização para agir por 11.444.777/0001-61" in told
    # If SEI has it again, it must be chosen again.
    leave(visitor)
    assert "agindo" not in visitor.get("/").text


def test_of_who_has_no_number_the_name_tells_that_it_is_another(
    firm: Firm, visitor: Visitor, citizen: Citizen
) -> None:
    one, other = (firm.sei.contato(nome, natureza="J") for nome in ("Associação Um", "Outra"))
    key = firm.sei.vinculo(one, firm.maria)
    save(firm)
    enter(visitor, citizen)
    assert begin(visitor, key) == 303
    assert "Você está agindo por <b><bdi>Associação Um" in visitor.get(MINE).text
    firm.alter(f"UPDATE md_pet_vinculo SET id_contato = {other}")
    assert "Você não age mais por <b><bdi>Associação Um" in visitor.get(MINE).text


def test_what_another_edition_of_the_portal_kept_is_nobody(
    firm: Firm, app: Flask, visitor: Visitor, citizen: Citizen
) -> None:
    save(firm)
    enter(visitor, citizen)
    keyring = app.extensions["keyring"]
    for text in (CNPJ, '{"representation": {}}', "", "nonsense"):
        with app.app_context():
            db.session.scalars(select(Login)).one().agindo = keyring.seal(
                "acacias", ACTING_COLUMN, text
            )
            db.session.commit()
        page = visitor.get("/")
        assert page.status_code == 200
        assert "agindo" not in page.text


def test_its_last_day_is_inside(firm: Firm, visitor: Visitor, citizen: Citizen) -> None:
    key = firm.sei.vinculo(firm.firm, firm.maria, until=TODAY)
    save(firm)
    enter(visitor, citizen)
    assert begin(visitor, key) == 303
    assert BANNER in visitor.get("/").text


def test_a_sei_that_cannot_find_a_company_in_time_says_so(
    firm: Firm, visitor: Visitor, citizen: Citizen, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_slow(*_: object) -> None:
        raise TooSlow("it took too long")

    key = firm.sei.vinculo(firm.firm, firm.maria)
    save(firm)
    enter(visitor, citizen)
    begin(visitor, key)
    monkeypatch.setattr(people, "list_contatos", too_slow)
    answer = visitor.get(MINE)
    assert answer.status_code == 503
    assert f"O SEI demorou para achar os processos de <bdi>{FIRM}" in answer.text
    # The vínculo itself is looked up by keys, which is fast anywhere.
    assert BANNER in answer.text


def test_what_is_kept_of_it_is_told_to_the_person(
    firm: Firm, visitor: Visitor, citizen: Citizen
) -> None:
    key = firm.sei.vinculo(firm.firm, firm.maria)
    save(firm)
    enter(visitor, citizen)
    assert FIRM not in visitor.get("/meus-dados").text
    begin(visitor, key)
    page = visitor.get("/meus-dados")
    assert f"<bdi>{FIRM}</bdi>, 11.444.777/0001-61: responsável legal" in page.text
    for formato in ("html", "json"):
        copy = visitor.post("/meus-dados/copia", data={"csrf": csrf_of(page), "formato": formato})
        assert FIRM in copy.text
    leave(visitor)
    assert f"<bdi>{FIRM}</bdi>" not in visitor.get("/meus-dados").text


def test_when_sei_does_not_answer_they_act_for_themselves_meanwhile(
    firm: Firm, app: Flask, visitor: Visitor, citizen: Citizen, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise Unavailable("SEI is away")

    key = firm.sei.vinculo(firm.firm, firm.maria)
    save(firm)
    enter(visitor, citizen)
    begin(visitor, key)
    with monkeypatch.context() as patched:
        patched.setattr(acting, "find_vinculo", away)
        page = visitor.get("/").text
        assert "O SEI não respondeu. Por enquanto você age só por você" in page
        assert BANNER not in page
        assert not set(NUMBER.findall(visitor.get(MINE).text)) & addresses(firm.licence)
    assert BANNER in visitor.get("/").text
    assert audited(app) == [("representation", "11.444.777/0001-61 (RESPONSAVEL_LEGAL)")]


def test_the_choice_says_when_sei_is_away_and_gov_br_s_list_stays(
    firm: Firm, visitor: Visitor, citizen: Citizen, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise Unavailable("SEI is away")

    enter(visitor, citizen)
    monkeypatch.setattr("portal.blueprints.representacao.list_vinculos", away)
    page = visitor.get(PAGE)
    assert page.status_code == 200
    assert "Isso não quer dizer que você não tem vínculos." in page.text
    assert "O gov.br não liga nenhuma empresa" in page.text


def test_without_gov_br_s_companies_there_are_still_sei_s_vinculos(
    firm: Firm, make_app: MakeApp, settings: Govbr, citizen: Citizen
) -> None:
    table = table_of(settings).replace(f", '{empresas.SCOPE}'", "")
    app = make_app(TENANTS + table, demo=True, secrets={"GOVBR_SECRET": SECRET})
    key = firm.sei.vinculo(firm.firm, firm.maria)
    save(firm)
    visitor = client_of(app)
    enter(visitor, citizen)
    page = visitor.get(PAGE).text
    assert FIRM in page
    assert "no gov.br</h2>" not in page
    assert begin(visitor, key) == 303
    assert BANNER in visitor.get(MINE).text


def test_where_sei_has_no_such_tables_that_is_said(
    firm: Firm, visitor: Visitor, citizen: Citizen
) -> None:
    save(firm)
    firm.sei.target.connection.exec_driver_sql("DROP TABLE md_pet_vinculo")
    firm.sei.target.connection.commit()
    enter(visitor, citizen)
    assert "não guarda vínculos nem procurações" in visitor.get(PAGE).text


def test_a_page_of_one_list_is_never_followed_by_one_of_another(
    firm: Firm, visitor: Visitor, citizen: Citizen, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody reads on in one window, and in another begins to act for somebody, or stops."""
    monkeypatch.setattr(listing, "PAGE_SIZE", 1)
    key = firm.sei.vinculo(firm.firm, firm.maria)
    save(firm)
    enter(visitor, citizen)
    begin(visitor, key)
    more = re.search(r'data-hx-get="(/meus-processos\?[^"]*)"', visitor.get(MINE).text)
    assert more is not None
    address = more[1].replace("&amp;", "&")
    htmx = {"HX-Request": "true"}
    assert len(NUMBER.findall(visitor.get(address, headers=htmx).text)) == 1
    leave(visitor)
    assert visitor.get(address).headers["Location"] == MINE
    assert visitor.get(address, headers=htmx).headers["HX-Redirect"] == MINE


def test_an_exigencia_says_what_is_asked_and_more_than_fit_are_not_kept_quiet(
    firm: Firm, visitor: Visitor, citizen: Citizen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(questions, "MOST", 2)
    for build in (questions.select_intimacoes, questions.select_recibos):
        build.cache_clear()
    account = firm.sei.usuario_externo(firm.maria)
    for options in (
        {"fulfilled": 1, "due": date(2026, 4, 2)},
        {"fulfilled": 1, "due": date(2026, 4, 9), "resposta": "F"},
        {"prazo": (15, "U")},
    ):
        paper = firm.sei.documento(firm.licence, "Notificação")
        firm.sei.intimacao([paper], [firm.maria], andamentos=False, **options)
        firm.sei.recibo(firm.licence, account)
    save(firm)
    enter(visitor, citizen)
    page = visitor.get(MINE).text
    assert "Há mais intimações do que cabem aqui." in page
    assert "Há mais recibos do que cabem aqui." in page
    monkeypatch.undo()
    for build in (questions.select_intimacoes, questions.select_recibos):
        build.cache_clear()
    page = visitor.get(MINE).text
    assert "Há mais" not in page
    assert "Exigência: falta responder a intimação enviada em" in page
    assert "Prazo até 02/04/2026." in page
    assert "Ainda dá para responder a intimação enviada em" in page
    assert "Pede resposta. Manifestação: 15 dias úteis depois da leitura." in page
    assert page.index("02/04/2026") < page.index("09/04/2026") < page.index("15 dias úteis")


def test_who_is_on_a_restrito_is_shown_the_way_into_sei(firm: Firm, visitor: Visitor) -> None:
    firm.sei.pesquisa("METADADOS_PROCESSO_RESTRITO", "S")
    save(firm)
    (path,) = addresses(firm.secret)
    assert f'<a href="{ENTRANCE}' in visitor.get(path).text


def test_its_sentences_are_short(firm: Firm, visitor: Visitor, citizen: Citizen) -> None:
    key = firm.sei.vinculo(firm.firm, firm.maria, "S", processos=[firm.tax], poderes=["Peticionar"])
    save(firm)
    enter(visitor, citizen)
    pages = [visitor.get(PAGE).text]
    begin(visitor, key)
    pages += [visitor.get(path).text for path in (PAGE, MINE, f"{MINE}?situacao=concluido")]
    for page in pages:
        for sentence in Sentences(page).found:
            assert len(sentence.split()) <= LONGEST, sentence


def test_a_stranger_s_session_has_nothing_of_it(
    firm: Firm, app: Flask, visitor: Visitor, citizen: Citizen
) -> None:
    key = firm.sei.vinculo(firm.firm, firm.maria)
    save(firm)
    stranger = client_of(app)
    enter(stranger, Citizen(), FRANCISCA)
    assert FIRM not in stranger.get(PAGE).text
    assert begin(stranger, key) == 404
    assert not NUMBER.findall(stranger.get(MINE).text)
