"""What a list says of the processos that a search found."""

from collections import defaultdict
from collections.abc import Collection
from functools import lru_cache

from sqlalchemy import BigInteger, BindParameter, Connection, RowMapping, bindparam, select

from portal.sei.names import Names
from portal.sei.queries.names import names_of
from portal.sei.queries.rows import Question
from portal.sei.queries.scope import Scope
from portal.sei.results import Found, OpenIn
from portal.sei.tables import atividade, procedimento, protocolo
from portal.sei.values import EstadoProtocolo


@lru_cache
def select_found(scope: Scope) -> Question:
    """Some processos, newest autuação first, those left out that may not be listed (any more)."""
    p = protocolo.c
    return (
        select(
            p.id_protocolo,
            p.protocolo_formatado,
            p.protocolo_formatado_pesquisa,
            p.dta_geracao,
            p.sta_estado,
            p.id_unidade_geradora,
            procedimento.c.id_tipo_procedimento,
        )
        .join(procedimento, procedimento.c.id_procedimento == p.id_protocolo)
        .where(p.id_protocolo.in_(_ids()), scope.criterion)
        .order_by(p.dta_geracao.desc(), p.id_protocolo.desc())
    )


def list_found(sei: Connection, scope: Scope, ids: Collection[int]) -> tuple[Found, ...]:
    """These processos, newest autuação first; `ids` must not be empty."""
    rows = sei.execute(select_found(scope), {"ids": list(ids)})
    names = names_of(sei)
    return tuple(_found(row, names) for row in rows.mappings())


@lru_cache
def select_places() -> Question:
    """The units that have each processo open."""
    a = atividade.c
    return (
        select(a.id_protocolo, a.id_unidade)
        .where(
            a.id_protocolo.in_(_ids()),
            a.dth_conclusao.is_(None),
        )
        .group_by(a.id_protocolo, a.id_unidade)
        .order_by(a.id_protocolo, a.id_unidade)
    )


def list_places(sei: Connection, ids: Collection[int]) -> dict[int, OpenIn]:
    """Where each is open, those left out that are not; `ids` must not be empty."""
    units: dict[int, list[int]] = defaultdict(list)
    for row in sei.execute(select_places(), {"ids": list(ids)}):
        units[row.id_protocolo].append(row.id_unidade)
    names = names_of(sei)
    return {key: OpenIn(names.unidade(first), len(rest)) for key, (first, *rest) in units.items()}


def _found(row: RowMapping, names: Names) -> Found:
    return Found(
        id_protocolo=row["id_protocolo"],
        chave=row["protocolo_formatado_pesquisa"].upper(),
        formatado=row["protocolo_formatado"],
        tipo=names.tipo(row["id_tipo_procedimento"]),
        dta_geracao=row["dta_geracao"],
        unidade_geradora=names.unidade(row["id_unidade_geradora"]),
        estado=EstadoProtocolo(row["sta_estado"]),
    )


def _ids() -> BindParameter[int]:
    return bindparam("ids", type_=BigInteger, expanding=True)
