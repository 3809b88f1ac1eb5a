"""The catalogue as rows, on both kinds of database that the portal may have."""

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import Engine, create_engine, select
from sqlalchemy.orm import Session

from portal.db import Base, prepare
from portal.errors import NotFound
from portal.servicos.models import ServicoVersao
from portal.servicos.service import (
    get_servico,
    get_version,
    has_servicos,
    list_servicos,
    replace_servicos,
)
from portal.servicos.values import Servico
from tests.integration.engines import Kind, new_database
from tests.unit.servicos.makers import read

NOW = datetime(2026, 3, 20, 15, 0, tzinfo=UTC)
[PODA] = read()
LAMPADA = msgspec.structs.replace(PODA, slug="lampada", nome="Luz na rua", busca=())
IPTU = msgspec.structs.replace(PODA, slug="iptu", nome="Água e IPTU", tema="Água", busca=())


@pytest.fixture(params=["sqlite", "postgres"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    kind: Kind = request.param
    with new_database(kind, tmp_path) as url:
        engine = create_engine(url)
        prepare(engine)
        Base.metadata.create_all(engine)
        yield engine
        engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with Session(engine) as session:
        yield session


def offer(session: Session, *servicos: Servico, tenant: str = "acacias") -> tuple[int, ...]:
    """How many were new, changed, unchanged and withdrawn."""
    replaced = replace_servicos(session, tenant, servicos, NOW)
    session.commit()
    return tuple(len(getattr(replaced, name)) for name in replaced.__slots__)


def test_only_what_changed_gets_a_new_version(session: Session) -> None:
    assert offer(session, PODA, LAMPADA) == (2, 0, 0, 0)
    before = get_servico(session, "acacias", "poda")
    lampada = get_servico(session, "acacias", "lampada")
    changed = msgspec.structs.replace(PODA, prazo="Até 30 dias.")
    assert offer(session, changed, LAMPADA) == (0, 1, 1, 0)
    after = get_servico(session, "acacias", "poda")
    assert (before.versao, after.versao, after.servico.prazo) == (1, 2, "Até 30 dias.")
    assert get_servico(session, "acacias", "lampada") == lampada
    assert offer(session, changed, LAMPADA) == (0, 0, 2, 0)
    assert len(session.scalars(select(ServicoVersao)).all()) == 3


def test_what_was_begun_goes_on_with_its_version(session: Session) -> None:
    offer(session, PODA)
    begun = get_servico(session, "acacias", "poda")
    offer(session, msgspec.structs.replace(PODA, campos=()))
    assert get_version(session, "acacias", begun.id) == begun
    offer(session, LAMPADA)
    assert get_version(session, "acacias", begun.id) == begun


def test_what_is_withdrawn_is_offered_no_longer_and_may_come_back(session: Session) -> None:
    offer(session, PODA)
    assert offer(session, LAMPADA) == (1, 0, 0, 1)
    with pytest.raises(NotFound):
        get_servico(session, "acacias", "poda")
    assert [p.servico.slug for p in list_servicos(session, "acacias")] == ["lampada"]
    offer(session, PODA)
    assert get_servico(session, "acacias", "poda").versao == 2


def test_when_each_was_offered_is_kept(session: Session) -> None:
    offer(session, PODA)
    later = NOW + timedelta(days=1)
    replace_servicos(session, "acacias", [LAMPADA], later)
    rows = session.scalars(select(ServicoVersao).order_by(ServicoVersao.publicado)).all()
    assert [(r.slug, r.publicado, r.retirado) for r in rows] == [
        ("poda", NOW, later),
        ("lampada", later, None),
    ]


def test_the_list_is_by_tema_and_name_accents_aside(session: Session) -> None:
    offer(session, PODA, LAMPADA, IPTU)
    names = [p.servico.slug for p in list_servicos(session, "acacias")]
    assert names == ["iptu", "lampada", "poda"]
    assert [p.servico.slug for p in list_servicos(session, "acacias", "luz")] == ["lampada"]
    assert list_servicos(session, "acacias", "passaporte") == ()


def test_a_tenant_has_its_own(session: Session) -> None:
    offer(session, PODA)
    assert offer(session, PODA, LAMPADA, tenant="ipes") == (2, 0, 0, 0)
    assert has_servicos(session.connection(), "acacias")
    assert not has_servicos(session.connection(), "outra")
    mine = get_servico(session, "acacias", "poda")
    assert mine.id != get_servico(session, "ipes", "poda").id
    with pytest.raises(NotFound):
        get_version(session, "ipes", mine.id)
    with pytest.raises(NotFound):
        get_version(session, "acacias", uuid.uuid4())
    offer(session, PODA, tenant="ipes")
    assert get_servico(session, "acacias", "poda") == mine
