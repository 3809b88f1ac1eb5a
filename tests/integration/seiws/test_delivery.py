"""From a submission to the simulated SEI and back out of its database, with nothing in between
that is not the portal's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL, Engine, create_engine, func, select

from portal.db import Base, engine_options, prepare
from portal.demo.seiws.faults import Fault
from portal.demo.seiws.server import Simulator
from portal.protocolo.finder import SeiFinder
from portal.protocolo.gateway import Route
from portal.protocolo.values import SubmissionState
from portal.sei.tables import anexo, procedimento, protocolo
from tests.integration.engines import KINDS, new_database
from tests.integration.protocolo.makers import JOSE
from tests.integration.protocolo.office import Office
from tests.integration.sei.town import FUSO, town
from tests.integration.seiws.conftest import NOW, client_of

State = SubmissionState


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[Engine]:
    with new_database("sqlite", tmp_path) as url:
        engine = create_engine(url, **engine_options(url))
        prepare(engine)
        Base.metadata.create_all(engine)
        yield engine
        engine.dispose()


@pytest.fixture
def office(portal: Engine, simulator: Simulator, sei_copy: URL) -> Iterator[Office]:
    with town(sei_copy) as tenant:
        client = client_of(simulator, patience=1.0)
        route = Route(client, SeiFinder(tenant), tenant.fuso)
        yield Office(portal, NOW.replace(tzinfo=FUSO), route=route)


def count(engine: Engine) -> int:
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(procedimento)) or 0


def files_of(engine: Engine, id_arquivos: list[str | None]) -> list[str]:
    """MD5 of those that a documento has, in the order of their ids."""
    ids = [int(each) for each in id_arquivos if each]
    with engine.connect() as connection:
        found = connection.scalars(
            select(anexo.c.hash)
            .where(anexo.c.id_anexo.in_(ids), anexo.c.id_protocolo.is_not(None))
            .order_by(anexo.c.id_anexo)
        )
        return [each.strip() for each in found]


@pytest.mark.parametrize("sei_copy", KINDS, indirect=True)
@pytest.mark.parametrize("fault", [None, Fault.HANG_UP, Fault.BAD_GATEWAY])
def test_on_every_engine_each_submission_is_one_processo(
    office: Office, simulator: Simulator, engine: Engine, fault: Fault | None
) -> None:
    check_once(office, simulator, engine, fault)


@pytest.mark.parametrize("fault", [f for f in Fault if f is not Fault.REFUSE])
def test_whatever_sei_does_each_submission_is_one_processo(
    office: Office, simulator: Simulator, engine: Engine, fault: Fault
) -> None:
    check_once(office, simulator, engine, fault)


def check_once(office: Office, simulator: Simulator, engine: Engine, fault: Fault | None) -> None:
    before = count(engine)
    office.submit()
    office.submit(JOSE, files=1)
    simulator.faults.fail(fault, at="gerarProcedimento", times=1)
    office.work_through()
    assert count(engine) == before + 2
    for sent in office.all_sent():
        assert sent.state is State.DELIVERED
        assert sent.processo
        assert files_of(engine, [f.id_arquivo for f in sent.files]) == [f.md5 for f in sent.files]
        assert all(f.documento for f in sent.files)
        with engine.connect() as connection:
            text = connection.scalar(
                select(protocolo.c.descricao).where(
                    protocolo.c.protocolo_formatado == sent.processo
                )
            )
        assert text == f"{sent.numero} Poda de árvore"


def test_what_sei_refuses_waits_for_somebody(
    office: Office, simulator: Simulator, engine: Engine
) -> None:
    before = count(engine)
    sent = office.submit()
    simulator.faults.fail(Fault.REFUSE, at="gerarProcedimento", times=1)
    office.work_through()
    view = office.view(sent)
    assert view.state is State.REFUSED
    assert view.message
    assert count(engine) == before


def test_documents_are_added_to_a_processo_once(
    office: Office, simulator: Simulator, engine: Engine
) -> None:
    first = office.submit()
    office.work_through()
    processo = office.view(first).processo
    before = count(engine)
    sent = office.submit(JOSE, files=3, intercorrente=processo)
    simulator.faults.fail(Fault.HANG_UP, at="incluirDocumento", times=1)
    office.work_through()
    view = office.view(sent)
    assert (view.state, view.processo) == (State.DELIVERED, processo)
    assert files_of(engine, [f.id_arquivo for f in view.files]) == [f.md5 for f in view.files]
    assert count(engine) == before
