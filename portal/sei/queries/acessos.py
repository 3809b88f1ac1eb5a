"""What a person's acessos externos open."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime, time
from functools import lru_cache

from sqlalchemy import BigInteger, Connection, DateTime, Integer, bindparam, select

from portal.sei import visibility
from portal.sei.installation import Installation
from portal.sei.queries.rows import Question
from portal.sei.tables import (
    acesso_externo,
    atividade,
    participante,
    rel_acesso_ext_protocolo,
)
from portal.sei.values import Viewer
from portal.sei.visibility import Grant

_NOBODY = -1
"""No protocolo has it: an empty list would make a condition that no index serves."""


@lru_cache
def select_grants() -> Question:
    """The acessos of some contatos to some processos, a row for each document that one lists."""
    p, a, t, r = participante.c, acesso_externo.c, atividade.c, rel_acesso_ext_protocolo.c
    return (
        select(t.id_protocolo, a.sin_processo, a.id_documento, r.id_protocolo.label("listed"))
        .select_from(participante)
        .join(acesso_externo, a.id_participante == p.id_participante)
        .join(atividade, t.id_atividade == a.id_atividade)
        .outerjoin(rel_acesso_ext_protocolo, r.id_acesso_externo == a.id_acesso_externo)
        .where(
            p.id_contato.in_(bindparam("contatos", type_=Integer, expanding=True)),
            t.id_protocolo.in_(bindparam("ids", type_=BigInteger, expanding=True)),
            visibility.acesso_criterion(bindparam("today", type_=DateTime)),
        )
        .order_by(a.id_acesso_externo, r.id_protocolo)
    )


def list_grants(
    sei: Connection,
    installation: Installation,
    viewer: Viewer,
    ids: Collection[int],
    now: datetime,
) -> Mapping[int, Grant]:
    """What the viewer's acessos open of these processos, those left out of which they open nothing.

    Of a person it is one question whether or not there is a processo to ask about, so that what may
    not be named costs what does not exist costs. Of others it is none.
    """
    if not visibility.may_ask_acessos(installation, viewer):
        return {}
    asked = {
        "contatos": sorted(viewer.contatos),
        "ids": sorted(ids) or [_NOBODY],
        "today": datetime.combine(now.date(), time()),
    }
    integral: set[int] = set()
    listed: dict[int, set[int]] = defaultdict(set)
    for row in sei.execute(select_grants(), asked):
        if row.sin_processo == "S":
            integral.add(row.id_protocolo)
        else:
            listed[row.id_protocolo] |= {row.id_documento, row.listed} - {None}
    reach = integral | listed.keys()
    return {key: Grant(key in integral, frozenset(listed[key])) for key in reach}
