"""Somebody is signed in, and SEI cannot say in time who they are: what anybody sees, and why."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import URL

from portal.demo.builder import SeiBuilder
from portal.demo.citizens import MARIA as MARIA_IN_SEI
from portal.errors import TooSlow
from portal.sei import people
from tests.app import Visitor, client_of
from tests.integration.engines import writing
from tests.integration.govbr.conftest import Citizen, enter
from tests.integration.web.test_plain_language import LONGEST, Sentences

NOW = datetime(2026, 3, 19, 10)
WHY = "O SEI demorou para achar o seu cadastro: aqui está só o que qualquer pessoa vê."
EMPTY = '<p id="demora" class="faixa" role="status"></p>'


@dataclass(frozen=True)
class Scene:
    """Addresses."""

    publico: str
    opened: str
    """A restrito that was opened to Maria."""
    report: str
    """A document of it."""


@pytest.fixture
def scene(visitor: Visitor, tmp_path: Path) -> Scene:
    with writing(URL.create("sqlite", database=str(tmp_path / "sei.db"))) as connection:
        sei = SeiBuilder(connection, now=NOW)
        maria = sei.contato(MARIA_IN_SEI.nome, cpf=int(MARIA_IN_SEI.cpf))
        sei.usuario_externo(maria, tipo="3", nome=MARIA_IN_SEI.nome)
        long_ago = NOW - timedelta(days=60)
        publico = sei.processo(autuacao=long_ago, interessados=(maria,))
        sei.documento(publico, "Ofício", text=("O alvará vence na segunda-feira.",))
        opened = sei.processo(autuacao=long_ago, interessados=(maria,), nivel="1")
        report = sei.documento(opened, "Relatório", text=("A visita foi feita.",), nivel="1")
        sei.acesso_externo(opened, maria, until=date(2026, 4, 30), nome=MARIA_IN_SEI.nome)
        sei.flush()
    address = f"/processos/{opened.chave}"
    return Scene(f"/processos/{publico.chave}", address, f"{address}/documentos/{report.numero}")


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Makes SEI slow; after it, `monkeypatch.undo` makes it answer again."""

    def make() -> None:
        def too_slow(*_: object) -> None:
            raise TooSlow("it took too long")

        monkeypatch.setattr(people, "REST", 0.0)
        monkeypatch.setattr(people, "list_contatos", too_slow)

    return make


def answer_of(text: str) -> str:
    return text.partition("<main")[2].partition("</main>")[0]


def test_they_see_what_anybody_sees_and_why(
    scene: Scene, visitor: Visitor, citizen: Citizen, slow: Callable[[], None]
) -> None:
    nobody = client_of(visitor.application)
    enter(visitor, citizen)
    slow()
    below = (scene.report, f"{scene.report}/texto", f"{scene.opened}/documentos.zip")
    for path in (scene.publico, scene.opened, *below):
        page, public = visitor.get(path), nobody.get(path)
        assert page.status_code == public.status_code, path
        assert answer_of(page.text) == answer_of(public.text), path
        assert WHY in page.text
        assert f'<a href="{path}">tente de novo</a>' in page.text
        assert WHY not in public.text
        assert 'id="demora"' not in public.text
    assert max(len(s.split()) for s in Sentences(page.text).found) <= LONGEST


def test_a_part_that_comes_later_says_it_too(
    scene: Scene, visitor: Visitor, citizen: Citizen, slow: Callable[[], None]
) -> None:
    enter(visitor, citizen)
    slow()
    for query in ("ver=tudo", "documentos=", "ver=tudo&antes=1"):
        part = visitor.get(f"{scene.publico}?{query}", headers={"HX-Request": "true"})
        assert part.status_code == 200
        assert part.text.count('role="status" data-hx-swap-oob="true"') == 1
        assert WHY in part.text


def test_a_package_says_it_inside(
    scene: Scene, visitor: Visitor, citizen: Citizen, slow: Callable[[], None]
) -> None:
    def index(of: Visitor, path: str) -> str:
        with ZipFile(BytesIO(of.get(f"{path}/documentos.zip").data)) as package:
            return package.read("indice.html").decode()

    enter(visitor, citizen)
    assert "<p>Documentos que abrem para você, como estavam" in index(visitor, scene.opened)
    assert "<p>Documentos públicos, como" in index(client_of(visitor.application), scene.publico)
    slow()
    said = "<p>Só documentos públicos, porque o SEI demorou para achar o seu cadastro, como"
    assert said in index(visitor, scene.publico)


def test_when_sei_answers_again_what_is_theirs_is_there(
    scene: Scene,
    visitor: Visitor,
    citizen: Citizen,
    slow: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    enter(visitor, citizen)
    slow()
    assert "Relatório" not in visitor.get(scene.opened).text
    monkeypatch.undo()
    page = visitor.get(scene.opened)
    assert "Relatório" in page.text
    assert EMPTY in page.text
    assert EMPTY in visitor.get("/mapa").text
