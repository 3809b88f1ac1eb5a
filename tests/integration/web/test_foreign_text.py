"""What somebody wrote into SEI stays text: escaped, and where htmx looks for no attributes."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import create_engine, update

from portal.config import ROOT
from portal.demo.builder import SeiBuilder
from portal.sei.tables import contato, hipotese_legal, serie, tipo_procedimento, unidade
from portal.sei.values import NivelAcesso

HOSTILE = '<b data-hx-get="/x">alheio</b>'
PUBLIC, RESTRITO = "1500010250326202304", "1500010250327202380"


class Places(HTMLParser):
    """Where on a page the hostile text is, as the open tags around it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[list[str]] = []
        self._open: list[tuple[str, bool]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert ("data-hx-get", "/x") not in attrs, "what was written into SEI became a tag"
        if tag not in ("input", "meta", "link", "img", "br", "use", "path"):
            self._open.append((tag, "data-hx-disable" in dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1][0] == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if "alheio" in data and self._open[-1][0] != "title":
            self.found.append([f"{tag}{' disabled' * off}" for tag, off in self._open])


@pytest.fixture
def hostile_sei(tmp_path: Path, app: Flask) -> None:
    """A SEI in which every free text is hostile."""
    engine = create_engine(f"sqlite:///{tmp_path}/sei.db")
    with engine.connect() as connection:
        sei = SeiBuilder(connection)
        sei.pesquisa("METADADOS_PROCESSO_RESTRITO", "S")
        sei.processo("1500.01.0250326/2023-04", interessados=["Ana"])
        sei.processo(
            "1500.01.0250327/2023-80", nivel=NivelAcesso.RESTRITO, hipotese="Informação Pessoal"
        )
        sei.flush()
        for column in (
            contato.c.nome, hipotese_legal.c.nome, serie.c.nome, tipo_procedimento.c.nome,
            unidade.c.descricao,
        ):  # fmt: skip
            connection.execute(update(column.table).values({column.name: HOSTILE}))
        connection.commit()
    engine.dispose()


@pytest.mark.usefixtures("hostile_sei")
@pytest.mark.parametrize("chave", [PUBLIC, RESTRITO])
def test_htmx_looks_at_nothing_that_was_written_into_sei(client: FlaskClient, chave: str) -> None:
    response = client.get(f"/processos/{chave}?ver=tudo")
    assert response.status_code == 200
    found = Places(response.text).found
    assert len(found) >= 2
    assert [place for place in found if not any("disabled" in tag for tag in place)] == []


def test_nothing_is_let_through_unescaped_but_where_it_was_made_harmless() -> None:
    files = [*(ROOT / "portal").rglob("*.py"), *(ROOT / "portal").rglob("*.html")]
    raw = re.compile(r"\|\s*safe\b|\bMarkup\(|autoescape\s+false")
    found = {str(f.relative_to(ROOT)) for f in files if raw.search(f.read_text("utf-8"))}
    assert found <= {"portal/content/html.py"}
