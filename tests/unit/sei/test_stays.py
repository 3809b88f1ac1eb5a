"""Where a processo is open, against one aggregate of its whole history, which is the plain way."""

from datetime import datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, case, delete, func, insert, null, or_, select

from portal.readonly import reading
from portal.sei.queries.names import names_of
from portal.sei.queries.stays import ARRIVAL_MODULO, ARRIVAL_TAREFAS, WAITING_TAREFAS, list_stays
from portal.sei.tables import atividade, tarefa, unidade
from portal.sei.values import Stay
from tests.unit.sei.conftest import FUSO, Scene

KEY = 500
OTHER = 501
START = datetime(2026, 1, 1)
NOTE, RECEIVED = 65, 5000

ROWS = st.lists(
    st.tuples(
        st.sampled_from([KEY, KEY, KEY, OTHER]),
        st.integers(0, 3),
        st.sampled_from([None, NOTE, RECEIVED, *ARRIVAL_TAREFAS, *WAITING_TAREFAS]),
        st.integers(0, 9),
        st.none() | st.integers(0, 9),
    ),
    max_size=25,
)


def plain(sei: Connection, names: Any) -> tuple[list[Stay], datetime | None]:
    """Every unit, from every andamento."""
    a = atividade.c
    arrived = or_(a.id_tarefa.in_(ARRIVAL_TAREFAS), tarefa.c.id_tarefa_modulo == ARRIVAL_MODULO)
    rows = sei.execute(
        select(
            a.id_unidade,
            func.coalesce(
                func.max(case((arrived, a.dth_abertura), else_=null())), func.min(a.dth_abertura)
            ),
            func.count() - func.count(a.dth_conclusao),
            func.max(a.dth_conclusao),
            func.max(case((a.id_tarefa.in_(WAITING_TAREFAS), a.dth_abertura), else_=null())),
        )
        .select_from(atividade)
        .outerjoin(tarefa, tarefa.c.id_tarefa == a.id_tarefa)
        .where(a.id_protocolo == KEY)
        .group_by(a.id_unidade)
        .order_by(a.id_unidade)
    ).all()
    stays = [
        Stay(
            names.unidade(row[0]),
            row[1].replace(tzinfo=FUSO),
            row[2] > 0,
            row[3] and row[3].replace(tzinfo=FUSO),
        )
        for row in rows
    ]
    waits = [row[4].replace(tzinfo=FUSO) for row in rows if row[4]]
    stays.sort(key=lambda stay: stay.since, reverse=True)
    return stays, max(waits, default=None)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS)
def test_what_is_asked_by_index_is_what_the_whole_history_says(
    scene: Scene, rows: list[Any]
) -> None:
    connection = scene._connection
    units = list(connection.scalars(select(unidade.c.id_unidade).limit(4)))
    connection.execute(delete(atividade))
    connection.execute(delete(tarefa).where(tarefa.c.id_tarefa == RECEIVED))
    connection.execute(
        insert(tarefa).values(
            id_tarefa=RECEIVED,
            nome="Processo recebido",
            id_tarefa_modulo=ARRIVAL_MODULO,
            sin_historico_resumido="S",
            sin_consulta_processual="N",
        )
    )
    for key, (processo, place, id_tarefa, opened, concluded) in enumerate(rows, start=1):
        connection.execute(
            insert(atividade).values(
                id_atividade=key,
                id_protocolo=processo,
                id_unidade=units[place],
                id_unidade_origem=units[0],
                id_tarefa=id_tarefa,
                dth_abertura=START + timedelta(hours=opened),
                dth_conclusao=None
                if concluded is None
                else START + timedelta(hours=opened + concluded),
            )
        )
    scene.save()
    with reading(scene.tenant.sei) as sei:
        names = names_of(sei)
        every, waiting = plain(sei, names)
        found = list_stays(sei, names, KEY, FUSO)
    at_hand = [stay for stay in every if stay.is_open]
    if at_hand:  # since when each has been there is all that is told of a processo that is open
        assert [(stay.unidade, stay.since) for stay in found[0]] == [
            (stay.unidade, stay.since) for stay in at_hand
        ]
        assert all(stay.is_open for stay in found[0])
    else:
        assert list(found[0]) == every
    assert found[1] == (waiting if every else None)
