"""Documents by the number that is printed on them, with the CRC that is printed beside it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Connection, String, bindparam, select

from portal.sei import visibility
from portal.sei.installation import Installation
from portal.sei.queries.parametros import parametro_columns, site_parameters, unidade_de_teste
from portal.sei.queries.referenced import referenced_columns, referenced_of
from portal.sei.queries.rows import Question
from portal.sei.tables import (
    documento,
    documento_conteudo,
    protocolo,
    unidade,
)
from portal.sei.visibility import Referenced


@dataclass(frozen=True, slots=True)
class Signed:
    """A document that may be confirmed to who has both its codes, and the processo it is in."""

    numero_sei: str
    crc: str
    processo: Referenced
    parametros: Mapping[str, str | None] | None
    unidade_teste: str | None


@lru_cache
def select_signed(installation: Installation, orgaos: frozenset[int]) -> Question:
    """Signed documents, and files, under one of these numbers."""
    p, d, c = protocolo.c, documento.c, documento_conteudo.c
    owner = protocolo.alias("owner")
    return (
        select(
            p.protocolo_formatado,
            c.crc_assinatura,
            *referenced_columns(owner),
            *parametro_columns(installation),
        )
        .select_from(protocolo)
        .join(documento, d.id_documento == p.id_protocolo)
        .join(documento_conteudo, c.id_documento == p.id_protocolo)
        .join(owner, owner.c.id_protocolo == d.id_procedimento)
        .join(unidade, unidade.c.id_unidade == owner.c.id_unidade_geradora)
        .where(
            p.protocolo_formatado.in_(bindparam("numeros", type_=String(50), expanding=True)),
            c.crc_assinatura.is_not(None),
            visibility.procedimento_criterion(orgaos, owner),
            visibility.confirmation_criterion(),
        )
        .order_by(p.id_protocolo)
        .limit(2)
    )


def list_signed(
    sei: Connection,
    installation: Installation,
    numeros: Collection[str],
    orgaos: frozenset[int],
) -> tuple[Signed, ...]:
    """Documents under these numbers, two at most; whether one may be confirmed is still to be
    asked of `visibility`. `numeros` must not be empty."""
    rows = sei.execute(select_signed(installation, orgaos), {"numeros": list(numeros)}).mappings()
    return tuple(
        Signed(
            numero_sei=row["protocolo_formatado"],
            crc=row["crc_assinatura"].strip().upper(),
            processo=referenced_of(row),
            parametros=site_parameters(row),
            unidade_teste=unidade_de_teste(row),
        )
        for row in rows
    )
