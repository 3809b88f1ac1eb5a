"""For whom some contatos may act."""

from collections.abc import Iterator
from datetime import datetime, time
from functools import lru_cache
from itertools import groupby

from sqlalchemy import Connection, DateTime, Integer, bindparam, or_, select

from portal.sei.installation import Installation
from portal.sei.queries.rows import Answer, Question
from portal.sei.tables import (
    contato,
    md_pet_rel_vincrep_protoc,
    md_pet_vinculo,
    md_pet_vinculo_represent,
)
from portal.sei.text import mask
from portal.sei.values import TipoRepresentante, Viewer, Vinculo

MOST = 2_000
"""Rows: representations, with each processo that one is limited to."""
ATIVO, ANY = "A", "Q"


def has_vinculos(installation: Installation) -> bool:
    """Whether all that decides about them can be read; else there is none."""
    r = md_pet_vinculo_represent
    return installation.has(md_pet_vinculo, md_pet_rel_vincrep_protoc, r, *r.c)


@lru_cache
def select_vinculos() -> Question:
    """Active representations that are not over, a row for each processo that one is limited to.

    Whoever represents themself needs none.
    """
    r, v, c, p = (
        md_pet_vinculo_represent.c,
        md_pet_vinculo.c,
        contato.c,
        md_pet_rel_vincrep_protoc.c,
    )
    return (
        select(
            r.id_md_pet_vinculo_represent,
            r.tipo_representante,
            r.sta_abrangencia,
            r.data_limite,
            v.id_contato,
            c.nome,
            c.cnpj,
            p.id_protocolo,
        )
        .select_from(md_pet_vinculo_represent)
        .join(md_pet_vinculo, v.id_md_pet_vinculo == r.id_md_pet_vinculo)
        .join(contato, c.id_contato == v.id_contato)
        .outerjoin(
            md_pet_rel_vincrep_protoc,
            p.id_md_pet_vinculo_represent == r.id_md_pet_vinculo_represent,
        )
        .where(
            r.id_contato.in_(bindparam("contatos", type_=Integer, expanding=True)),
            r.sta_estado == ATIVO,
            r.tipo_representante.in_([tipo.value for tipo in TipoRepresentante]),
            r.data_encerramento.is_(None),
            or_(r.data_limite.is_(None), r.data_limite >= bindparam("today", type_=DateTime)),
        )
        .order_by(r.id_md_pet_vinculo_represent, p.id_protocolo)
        .limit(MOST)
    )


def list_vinculos(sei: Connection, viewer: Viewer, now: datetime) -> Iterator[Vinculo]:
    """In the order they were made. The last day of each is inside."""
    asked = {
        "contatos": sorted(viewer.contatos),
        "today": datetime.combine(now.date(), time()),
    }
    rows = sei.execute(select_vinculos(), asked)
    for _, those in groupby(rows, key=lambda row: row.id_md_pet_vinculo_represent):
        yield _vinculo(list(those))


def _vinculo(rows: list[Answer]) -> Vinculo:
    row = rows[0]
    tipo = TipoRepresentante(row.tipo_representante)
    listed = frozenset(r.id_protocolo for r in rows if r.id_protocolo is not None)
    # A responsável legal has no scope; of others, only one that says "any" is for any.
    whole = row.sta_abrangencia == ANY or (
        row.sta_abrangencia is None and tipo is TipoRepresentante.RESPONSAVEL_LEGAL
    )
    return Vinculo(
        id_representacao=row.id_md_pet_vinculo_represent,
        tipo=tipo,
        nome=mask(row.nome),
        id_contato=row.id_contato,
        cnpj=None if not row.cnpj else str(row.cnpj).strip().zfill(14),
        until=None if row.data_limite is None else row.data_limite.date(),
        processos=None if whole else listed,
    )
