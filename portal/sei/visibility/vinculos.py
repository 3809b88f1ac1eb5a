"""By which of SEI's vínculos somebody may act, and what they are told then (10.3).

The closed reading, where there are two:

- Of SEI's states only ativo counts. Suspenso, revogado, renunciado, vencido, substituído, inativo
  and whatever nobody has documented do not; nor does one that has an end (`data_encerramento`), or
  whose last day is over though its state does not say so yet.
- Without a scope, all but a responsável legal may act about nothing.
- Who acts for somebody finds what names them as anybody finds it, and no acesso externo of theirs.
- Intimações are told to a responsável legal and to a procurador especial, who always receive them.
  Of other procuradores that hangs on a poder whose name the site chooses, so they are told of none.
- A recibo is of the account that sent it, and of nobody else.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_

from portal.sei.installation import Installation
from portal.sei.tables import md_pet_vinculo_represent
from portal.sei.values import TipoRepresentante, Viewer

ATIVO, ANY = "A", "Q"
_RECEIVES = (TipoRepresentante.RESPONSAVEL_LEGAL, TipoRepresentante.PROCURADOR_ESPECIAL)


def vinculo_criterion(
    installation: Installation, today: ColumnElement[datetime]
) -> ColumnElement[bool]:
    """Rows of `md_pet_vinculo_represent` that count at the beginning of today; the last day is
    inside. Whoever represents themself needs none."""
    r = md_pet_vinculo_represent.c
    return and_(
        r.sta_estado == ATIVO,
        *([r.sin_ativo == "S"] if installation.has(r.sin_ativo) else ()),
        r.tipo_representante.in_([tipo.value for tipo in TipoRepresentante]),
        r.data_encerramento.is_(None),
        or_(r.data_limite.is_(None), r.data_limite >= today),
    )


def may_act_about_all(tipo: TipoRepresentante, abrangencia: str | None) -> bool:
    """Whether it is for any processo, and not only for those it lists."""
    if abrangencia is None:
        return tipo is TipoRepresentante.RESPONSAVEL_LEGAL
    return abrangencia == ANY


def may_be_notified(tipo: TipoRepresentante) -> bool:
    """Whether intimações of who is represented come to the representative."""
    return tipo in _RECEIVES


def may_list_recibos(viewer: Viewer) -> bool:
    return not viewer.represented
