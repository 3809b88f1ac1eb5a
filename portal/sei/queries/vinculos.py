"""For whom some contatos may act."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, time
from functools import lru_cache
from itertools import groupby

from sqlalchemy import BigInteger, Connection, DateTime, Integer, bindparam, select

from portal.cpf import Cpf
from portal.sei import visibility
from portal.sei.installation import Installation
from portal.sei.queries.rows import Answer, Question
from portal.sei.queries.scope import Scope
from portal.sei.tables import (
    contato,
    md_pet_adm_tipo_poder,
    md_pet_rel_vincrep_protoc,
    md_pet_rel_vincrep_tipo_poder,
    md_pet_vinculo,
    md_pet_vinculo_represent,
    procedimento,
    protocolo,
)
from portal.sei.text import mask
from portal.sei.values import Cnpj, Identity, TipoRepresentante, Viewer, Vinculo

MOST = 2_000
"""Rows: representations, with each processo that one is limited to."""
MOST_NAMED = 200
"""Processos, and poderes, that are named to who has a representation."""


def has_vinculos(installation: Installation) -> bool:
    """Whether all that decides about them can be read; else there is none."""
    r = md_pet_vinculo_represent
    decides = [column for column in r.c if column is not r.c.sin_ativo]
    return installation.has(md_pet_vinculo, md_pet_rel_vincrep_protoc, r, *decides)


def has_poderes(installation: Installation) -> bool:
    """Whether they can be read."""
    return installation.has(md_pet_adm_tipo_poder, md_pet_rel_vincrep_tipo_poder)


@lru_cache
def select_vinculos(installation: Installation) -> Question:
    """Representations by some contatos, a row for each processo that one is limited to."""
    r = md_pet_vinculo_represent.c
    return _vinculos(installation).where(
        r.id_contato.in_(bindparam("contatos", type_=Integer, expanding=True))
    )


@lru_cache
def select_vinculo(installation: Installation) -> Question:
    """One representation, by its key and the CPF of who has it: all by keys, so that it may be
    asked at every page also where no index has the CPF."""
    r, person = md_pet_vinculo_represent.c, contato.alias("representante")
    return (
        _vinculos(installation)
        .join(person, person.c.id_contato == r.id_contato)
        .where(
            r.id_md_pet_vinculo_represent == bindparam("id", type_=Integer),
            person.c.cpf == bindparam("cpf", type_=BigInteger),
        )
    )


def _vinculos(installation: Installation) -> Question:
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
            c.cpf,
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
        .where(visibility.vinculo_criterion(installation, bindparam("today", type_=DateTime)))
        .order_by(r.id_md_pet_vinculo_represent, p.id_protocolo)
        .limit(MOST)
    )


def list_vinculos(
    sei: Connection, installation: Installation, viewer: Viewer, now: datetime
) -> Iterator[Vinculo]:
    """In the order they were made. The last day of each is inside."""
    asked = {"contatos": sorted(viewer.contatos), "today": _midnight(now)}
    rows = sei.execute(select_vinculos(installation), asked)
    for _, those in groupby(rows, key=lambda row: row.id_md_pet_vinculo_represent):
        yield _vinculo(list(those))


def find_vinculo(
    sei: Connection, installation: Installation, cpf: Cpf, id_representacao: int, now: datetime
) -> Vinculo | None:
    """The person's representation of this id; None when they have no such one today."""
    asked = {"id": id_representacao, "cpf": int(cpf.digits), "today": _midnight(now)}
    rows = sei.execute(select_vinculo(installation), asked).all()
    return _vinculo(list(rows)) if rows else None


def _midnight(now: datetime) -> datetime:
    return datetime.combine(now.date(), time())


def _vinculo(rows: list[Answer]) -> Vinculo:
    row = rows[0]
    tipo = TipoRepresentante(row.tipo_representante)
    listed = frozenset(r.id_protocolo for r in rows if r.id_protocolo is not None)
    whole = visibility.may_act_about_all(tipo, row.sta_abrangencia)
    return Vinculo(
        id_representacao=row.id_md_pet_vinculo_represent,
        tipo=tipo,
        nome=mask(row.nome),
        id_contato=row.id_contato,
        identity=_identity(row),
        until=None if row.data_limite is None else row.data_limite.date(),
        processos=None if whole else listed,
    )


def _identity(row: Answer) -> Identity | None:
    """Of a company its CNPJ, of a person the CPF; none for what can be neither."""
    try:
        if row.cnpj:
            return Cnpj(str(row.cnpj).strip().zfill(14))
        return Cpf(f"{row.cpf:011d}") if row.cpf else None
    except ValueError:
        return None


@lru_cache
def select_limits(scope: Scope) -> Question:
    """Of some processos, those that anybody finds."""
    p = protocolo.c
    return (
        select(
            p.id_protocolo,
            p.protocolo_formatado,
            p.protocolo_formatado_pesquisa,
            procedimento.c.id_tipo_procedimento,
        )
        .select_from(protocolo)
        .join(procedimento, procedimento.c.id_procedimento == p.id_protocolo)
        .where(
            p.id_protocolo.in_(bindparam("ids", type_=BigInteger, expanding=True)),
            scope.criterion,
        )
        .order_by(p.id_protocolo)
        .limit(MOST_NAMED)
    )


def list_limits(sei: Connection, scope: Scope, ids: Collection[int]) -> list[Answer]:
    """The oldest first; `ids` must not be empty."""
    asked = {"ids": sorted(ids)[:MOST_NAMED]}
    return list(sei.execute(select_limits(scope), asked))


@lru_cache
def select_poderes() -> Question:
    """What some representations allow, as the site calls it."""
    r, p = md_pet_rel_vincrep_tipo_poder.c, md_pet_adm_tipo_poder.c
    return (
        select(r.id_md_pet_vinculo_represent, p.nome)
        .select_from(md_pet_rel_vincrep_tipo_poder)
        .join(md_pet_adm_tipo_poder, p.id_md_pet_tipo_poder == r.id_md_pet_tipo_poder)
        .where(
            r.id_md_pet_vinculo_represent.in_(bindparam("ids", type_=Integer, expanding=True)),
        )
        .order_by(r.id_md_pet_vinculo_represent, r.id_md_pet_tipo_poder)
        .limit(MOST_NAMED)
    )


def list_poderes(sei: Connection, ids: Collection[int]) -> Mapping[int, list[str]]:
    """By representation, those left out that list none; `ids` must not be empty."""
    poderes: dict[int, list[str]] = defaultdict(list)
    for row in sei.execute(select_poderes(), {"ids": sorted(ids)}):
        poderes[row.id_md_pet_vinculo_represent].append(mask(row.nome))
    return poderes
