"""The small tables of SEI that only give words, all in one question, asked once a minute."""

from collections import defaultdict
from enum import IntEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Integer, String, cast, literal, null, select, union_all

from portal.readonly import Kept
from portal.sei.installation import Installation, installation_of
from portal.sei.names import Names, NameTable, OrgaoName, UnidadeName
from portal.sei.queries.rows import CompoundQuestion, Question, flag
from portal.sei.tables import (
    hipotese_legal,
    orgao,
    serie,
    tarefa,
    tipo_conferencia,
    tipo_procedimento,
    unidade,
    unidade_historico,
)
from portal.sei.values import HipoteseLegal

LIFETIME = 60.0
"""Seconds that words are kept."""
PAUSE = 5.0
"""Seconds between two readings for the sake of an id that nobody knows."""


class _Kind(IntEnum):
    """Whose words a row has."""

    FORMER = 0
    UNIDADE = 1
    ORGAO = 2
    TAREFA = 3
    SERIE = 4
    TIPO = 5
    CONFERENCIA = 6
    HIPOTESE = 7


@lru_cache
def select_names(installation: Installation) -> CompoundQuestion:
    """A row for each name: whose it is, its id, two texts, the órgão of a unit or whether an
    órgão is active, and since when."""
    u, o, h = unidade.c, orgao.c, unidade_historico.c
    former = _row(_Kind.FORMER, h.id_unidade, h.sigla, h.descricao, h.id_orgao).add_columns(
        h.dta_inicio.label("since"), h.id_unidade_historico.label("place")
    )
    others = [
        _row(_Kind.UNIDADE, u.id_unidade, u.sigla, u.descricao, u.id_orgao),
        _row(_Kind.ORGAO, o.id_orgao, o.sigla, o.descricao, flag(o.sin_ativo == "S")),
        _row(_Kind.TAREFA, tarefa.c.id_tarefa, tarefa.c.nome),
        _row(_Kind.SERIE, serie.c.id_serie, serie.c.nome),
        _row(_Kind.TIPO, tipo_procedimento.c.id_tipo_procedimento, tipo_procedimento.c.nome),
        _row(
            _Kind.CONFERENCIA, tipo_conferencia.c.id_tipo_conferencia, tipo_conferencia.c.descricao
        ),
        _row(
            _Kind.HIPOTESE,
            hipotese_legal.c.id_hipotese_legal,
            hipotese_legal.c.nome,
            hipotese_legal.c.base_legal,
        ),
    ]
    # The first one's columns give the types, and engines want to see a date there if any has one.
    first = [former] if installation.has(unidade_historico) else []
    undated = [row.add_columns(null().label("since"), null().label("place")) for row in others]
    return union_all(*first, *undated)


def _row(kind: _Kind, key: Any, text: Any, more: Any = None, extra: Any = None) -> Question:
    # Tables of one SEI may differ in collation, which MySQL will not put in one column.
    return select(
        literal(kind.value, Integer).label("kind"),
        key.label("id"),
        cast(text, String(250)).label("text"),
        cast(null() if more is None else more, String(250)).label("more"),
        (literal(0, Integer) if extra is None else extra).label("extra"),
    )


def list_names(sei: Connection) -> NameTable:
    """Every word there is."""
    rows: dict[_Kind, list[Any]] = defaultdict(list)
    for row in sei.execute(select_names(installation_of(sei))):
        rows[_Kind(row.kind)].append(row)
    former: dict[int, list[UnidadeName]] = defaultdict(list)
    for row in sorted(rows[_Kind.FORMER], key=lambda row: (row.since, row.place)):
        former[row.id].append(UnidadeName(row.extra, row.text, row.more, row.since))
    return NameTable(
        orgaos={r.id: OrgaoName(r.text, r.more, r.extra == 1) for r in rows[_Kind.ORGAO]},
        unidades={r.id: UnidadeName(r.extra, r.text, r.more) for r in rows[_Kind.UNIDADE]},
        former={key: tuple(names) for key, names in former.items()},
        tarefas={row.id: row.text for row in rows[_Kind.TAREFA]},
        series={row.id: row.text for row in rows[_Kind.SERIE]},
        tipos={row.id: row.text for row in rows[_Kind.TIPO]},
        conferencias={row.id: row.text for row in rows[_Kind.CONFERENCIA]},
        hipoteses={r.id: HipoteseLegal(r.text, r.more or "") for r in rows[_Kind.HIPOTESE]},
    )


KEPT = Kept(list_names, LIFETIME, yields=True)


def names_of(
    sei: Connection, kept: Kept[NameTable] = KEPT, *, max_age: float | None = None
) -> Names:
    """The words of this SEI, of their usual age or of another. Nothing is asked until the first of
    them is needed."""
    return Names(lambda renew: kept.get(sei, PAUSE if renew else max_age))
