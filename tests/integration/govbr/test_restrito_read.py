"""Whoever reads a restrito by their own acesso externo is written down, and nobody else is."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import URL, select

from portal.audit import AuditEntry
from portal.db import db
from portal.demo.builder import SeiBuilder
from portal.demo.citizens import MARIA as MARIA_IN_SEI
from tests.app import Visitor, client_of
from tests.integration.engines import writing
from tests.integration.govbr.conftest import FRANCISCA, Citizen, enter
from tests.integration.govbr.test_own_database import Trouble, full, locked

NOW = datetime(2026, 3, 19, 10)


@pytest.fixture
def paths(visitor: Visitor, tmp_path: Path) -> list[str]:
    """What is opened to Maria: a processo, a document, what is in it, all of them."""
    with writing(URL.create("sqlite", database=str(tmp_path / "sei.db"))) as connection:
        sei = SeiBuilder(connection, now=NOW)
        maria = sei.contato(MARIA_IN_SEI.nome, cpf=int(MARIA_IN_SEI.cpf))
        sei.usuario_externo(maria, tipo="3", nome=MARIA_IN_SEI.nome)
        processo = sei.processo(autuacao=NOW - timedelta(days=60), nivel="1")
        report = sei.documento(processo, "Relatório", text=("A visita foi feita.",), nivel="1")
        sei.acesso_externo(processo, maria, until=date(2026, 4, 30), nome=MARIA_IN_SEI.nome)
        sei.flush()
    one = f"/processos/{processo.chave}"
    document = f"{one}/documentos/{report.numero}"
    return [one, document, f"{document}/texto", f"{one}/documentos.zip"]


def read_by(app: Flask) -> list[AuditEntry]:
    with app.app_context():
        rows = select(AuditEntry).where(AuditEntry.event == "restrito-read")
        return list(db.session.scalars(rows.order_by(AuditEntry.id)))


def test_each_reading_is_told_with_what_was_read(
    app: Flask, visitor: Visitor, citizen: Citizen, paths: list[str]
) -> None:
    enter(visitor, citizen)
    for n, path in enumerate(paths, start=1):
        assert visitor.get(path).status_code == 200
        assert len(read_by(app)) == n, path
    page = visitor.get("/meus-dados").text
    assert page.count("Você abriu o que é restrito: ") == len(paths)
    assert "nº SEI" in page
    visitor.get("/mapa")
    visitor.get(f"{paths[0]}.json")
    assert len(read_by(app)) == len(paths)


def test_who_sees_what_anybody_sees_is_not_written_down(
    app: Flask, citizen: Citizen, paths: list[str]
) -> None:
    francisca, nobody = client_of(app), client_of(app)
    enter(francisca, citizen, FRANCISCA)
    for path in paths:
        for other in (francisca, nobody):
            other.get(path)
    assert read_by(app) == []


@pytest.mark.parametrize("trouble", [locked, full])
def test_what_cannot_be_written_down_is_not_shown(
    app: Flask, visitor: Visitor, citizen: Citizen, paths: list[str], trouble: Trouble
) -> None:
    enter(visitor, citizen)
    with trouble(app):
        for path in paths:
            page = visitor.get(path)
            assert page.status_code == 503, path
            assert "A visita foi feita" not in page.text
            assert "Relatório" not in page.text
