"""The other processos that one hangs on, or is related to."""

from functools import lru_cache

from sqlalchemy import BigInteger, Connection, RowMapping, and_, bindparam, case, or_, select

from portal.sei import visibility
from portal.sei.names import Names
from portal.sei.queries.referenced import referenced_columns, referenced_of
from portal.sei.queries.rows import Question, flag, settled
from portal.sei.tables import procedimento, protocolo, rel_protocolo_protocolo, unidade
from portal.sei.values import Associacao
from portal.sei.visibility import Link, Referenced

RELACIONADOS = 50
_OTHERS = 10
"""A processo is anexado to one other and waits for one: room enough for both."""
_ANEXADO, _RELACIONADO = Associacao.ANEXADO.value, Associacao.RELACIONADO.value
_ORDER = (_ANEXADO, Associacao.SOBRESTADO.value, _RELACIONADO)
"""In the order of the list. One is related to another whichever of the two it began at."""


@lru_cache
def select_links() -> Question:
    """What this processo is anexado to, then what it waits for, then what is related to it.

    Whether a chain of anexados is closed is asked of an anexado only: of any other the answer
    would be read and thrown away.
    """
    r, p = rel_protocolo_protocolo.c, protocolo.c
    this = bindparam("id_procedimento", type_=BigInteger)
    other = case((r.id_protocolo_1 == this, r.id_protocolo_2), else_=r.id_protocolo_1)
    return settled(
        select(
            r.sta_associacao,
            *referenced_columns(),
            procedimento.c.id_tipo_procedimento,
            flag(and_(r.sta_associacao == _ANEXADO, visibility.closed_chain(protocolo))).label(
                "closed"
            ),
        )
        .select_from(rel_protocolo_protocolo)
        .outerjoin(protocolo, p.id_protocolo == other)
        .outerjoin(unidade, unidade.c.id_unidade == p.id_unidade_geradora)
        .outerjoin(procedimento, procedimento.c.id_procedimento == p.id_protocolo)
        .where(
            or_(
                and_(r.id_protocolo_2 == this, r.sta_associacao.in_(_ORDER)),
                and_(r.id_protocolo_1 == this, r.sta_associacao == _RELACIONADO),
            )
        )
        .order_by(
            case({code: place for place, code in enumerate(_ORDER)}, value=r.sta_associacao),
            r.id_rel_protocolo_protocolo,
        )
        .limit(RELACIONADOS + _OTHERS)
    )


def list_links(sei: Connection, names: Names, id_procedimento: int) -> tuple[Link, ...]:
    """In the order of the SELECT; whether each other processo may be named is still to be asked."""
    rows = sei.execute(select_links(), {"id_procedimento": id_procedimento})
    return tuple(
        Link(Associacao(row["sta_associacao"]), _other(row, names), row["closed"] == 1)
        for row in rows.mappings()
    )


def _other(row: RowMapping, names: Names) -> Referenced | None:
    # A row whose processo, unit or tipo is missing leads nowhere.
    tipo = row["id_tipo_procedimento"]
    if row["id_orgao"] is None or tipo is None:
        return None
    return referenced_of(row, nome=names.tipo(tipo))
