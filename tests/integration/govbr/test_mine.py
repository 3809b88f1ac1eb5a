"""What a person who signed in sees of SEI, and nobody else does."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import URL

from portal.demo.builder import SeiBuilder
from portal.demo.citizens import MARIA as MARIA_IN_SEI
from portal.errors import TooSlow
from portal.sei import people
from tests.app import StoppedClock, Visitor, client_of
from tests.integration.engines import writing
from tests.integration.govbr.conftest import FRANCISCA, Citizen, csrf_of, enter
from tests.integration.web.test_plain_language import LONGEST, Sentences

MINE = "/meus-processos"
NOW = datetime(2026, 3, 19, 10)
NUMBER = re.compile(r'<th scope="row"><a href="(/processos/\w+)"')


@dataclass(frozen=True)
class Scene:
    """The addresses of Maria's processos."""

    publico: str
    opened: str
    """A restrito, by an acesso externo to all of it."""
    closed: str
    """A restrito that only names her."""
    documento: str
    """One of the opened restrito, and restrito itself."""


@pytest.fixture
def scene(visitor: Visitor, tmp_path: Path) -> Scene:
    with writing(URL.create("sqlite", database=str(tmp_path / "sei.db"))) as connection:
        sei = SeiBuilder(connection, now=NOW)
        maria = sei.contato(MARIA_IN_SEI.nome, cpf=int(MARIA_IN_SEI.cpf))
        account = sei.usuario_externo(maria, tipo="3", nome=MARIA_IN_SEI.nome)
        long_ago = NOW - timedelta(days=60)
        publico = sei.processo(autuacao=long_ago, interessados=(maria,))
        opened, closed = (
            sei.processo(autuacao=long_ago, interessados=(maria,), nivel="1") for _ in range(2)
        )
        report = sei.documento(opened, "Relatório", text=("A visita foi feita.",), nivel="1")
        sei.acesso_externo(opened, maria, until=date(2026, 4, 30), nome=MARIA_IN_SEI.nome)
        notice = sei.documento(publico, "Ofício", text=("O alvará vence na segunda-feira.",))
        sei.intimacao([notice], [maria], andamentos=False, tacit=date(2026, 3, 29))
        sei.recibo(publico, account, "R")
        sei.flush()
    address = f"/processos/{opened.chave}"
    return Scene(
        f"/processos/{publico.chave}",
        address,
        f"/processos/{closed.chave}",
        f"{address}/documentos/{report.numero}",
    )


def test_a_person_finds_what_names_them_and_what_was_opened_to_them(
    scene: Scene, visitor: Visitor, citizen: Citizen
) -> None:
    enter(visitor, citizen)
    page = visitor.get(MINE)
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    assert set(NUMBER.findall(page.text)) == {scene.publico, scene.opened}
    assert "Você pediu ou é parte (interessado)" in page.text
    assert "O órgão abriu para você até 30/04/2026" in page.text
    assert "99900001079" not in page.text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("motivo=acesso-externo", {"opened"}),
        ("motivo=remetente", set()),
        ("situacao=concluido", set()),
        ("situacao=andamento", {"publico", "opened"}),
        ("motivo=nada&situacao=nada&depois=nada", {"publico", "opened"}),
    ],
)
def test_the_list_is_narrowed_by_its_address(
    scene: Scene, visitor: Visitor, citizen: Citizen, query: str, found: set[str]
) -> None:
    enter(visitor, citizen)
    page = visitor.get(f"{MINE}?{query}")
    assert set(NUMBER.findall(page.text)) == {getattr(scene, name) for name in found}
    if not found:
        assert f'<a href="{MINE}">Ver todos</a>' in page.text


def test_who_is_not_named_has_none(scene: Scene, visitor: Visitor, citizen: Citizen) -> None:
    enter(visitor, citizen, FRANCISCA)
    page = visitor.get(MINE)
    assert "Nenhum processo" in page.text
    assert not NUMBER.findall(page.text)


def test_what_was_opened_to_one_person_opens_to_nobody_else(
    scene: Scene, visitor: Visitor, citizen: Citizen
) -> None:
    francisca, nobody = client_of(visitor.application), client_of(visitor.application)
    enter(visitor, citizen)
    enter(francisca, Citizen(), FRANCISCA)
    paper = f"{scene.documento}/texto"
    for path in (scene.documento, paper, f"{scene.opened}/documentos.zip"):
        mine = visitor.get(path)
        assert mine.status_code == 200
        assert mine.headers["Cache-Control"] == "no-store"
        assert "ETag" not in mine.headers
        for other in (francisca, nobody):
            assert other.get(path).status_code != 200
    assert "A visita foi feita." in visitor.get(paper).text
    assert "Relatório" in visitor.get(scene.opened).text
    for other in (francisca, nobody):
        assert "Relatório" not in other.get(scene.opened).text
        assert other.get(scene.opened).text.count("restrito") >= 1 or (
            other.get(scene.opened).status_code == 404
        )


def test_a_restrito_that_only_names_them_stays_as_it_is_to_anybody(
    scene: Scene, visitor: Visitor, citizen: Citizen
) -> None:
    nobody = client_of(visitor.application)
    enter(visitor, citizen)
    assert visitor.get(scene.closed).status_code == nobody.get(scene.closed).status_code
    assert MARIA_IN_SEI.nome not in nobody.get(scene.closed).text


def test_what_happened_since_the_last_login_is_news(
    scene: Scene, visitor: Visitor, citizen: Citizen, clock: StoppedClock, tmp_path: Path
) -> None:
    enter(visitor, citizen)
    assert "Novidade" not in visitor.get(MINE).text
    clock.pass_(days=3)
    with writing(URL.create("sqlite", database=str(tmp_path / "sei.db"))) as connection:
        connection.exec_driver_sql(
            "UPDATE atividade SET dth_abertura = '2026-03-22 09:00:00.000000' WHERE id_atividade ="
            " (SELECT min(a.id_atividade) FROM atividade a JOIN protocolo p USING (id_protocolo)"
            " WHERE p.protocolo_formatado_pesquisa = ?)",
            (scene.publico.removeprefix("/processos/"),),
        )
    enter(visitor, citizen)
    page = visitor.get(MINE)
    assert "Há novidade em 1 processo desde 20" in page.text
    assert page.text.count('<span class="novo">Novidade</span>') == 1
    # What is kept for it is told to the person too.
    copy = visitor.post("/meus-dados/copia", data={"csrf": csrf_of(page), "formato": "json"})
    assert '"entrada_anterior": "2026-03-20T12:00:00-03:00"' in copy.text
    assert NUMBER.findall(page.text)[0] == scene.publico


def test_a_sei_that_cannot_say_who_somebody_is_in_time_says_so(
    scene: Scene, visitor: Visitor, citizen: Citizen, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_slow(*_: object) -> None:
        raise TooSlow("it took too long")

    enter(visitor, citizen)
    monkeypatch.setattr(people, "list_contatos", too_slow)
    answer = visitor.get(MINE)
    assert answer.status_code == 503
    assert "Isso não quer dizer que você não tem processos." in answer.text
    # What anybody sees is there all the same.
    assert visitor.get(scene.publico).status_code == 200


def test_what_waits_for_a_person_is_said_first_and_what_is_in_it_never(
    scene: Scene, visitor: Visitor, citizen: Citizen
) -> None:
    francisca = client_of(visitor.application)
    enter(visitor, citizen)
    enter(francisca, Citizen(), FRANCISCA)
    page = visitor.get(MINE).text
    assert page.index("Você precisa agir") < page.index('<table class="lista">')
    assert "Há uma intimação para você" in page
    assert "vale como lida em 29/03/2026. Pede resposta." in page
    assert "Abrir a intimação no SEI faz o prazo começar." in page
    assert "Resposta a intimação em" in page
    assert "O alvará vence" not in page
    assert "intimação" not in francisca.get(MINE).text


def test_its_sentences_are_short(scene: Scene, visitor: Visitor, citizen: Citizen) -> None:
    enter(visitor, citizen)
    for path in (MINE, f"{MINE}?situacao=concluido"):
        for sentence in Sentences(visitor.get(path).text).found:
            assert len(sentence.split()) <= LONGEST, sentence
