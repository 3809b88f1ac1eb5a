"""Where a typed number leads."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import (
    Connection,
    RowMapping,
    and_,
    bindparam,
    func,
    select,
)

from portal.sei import visibility
from portal.sei.installation import Installation
from portal.sei.queries.parametros import parametro_columns, site_parameters, unidade_de_teste
from portal.sei.queries.referenced import referenced_columns, referenced_of
from portal.sei.queries.rows import Question, or_null, spellings
from portal.sei.tables import (
    documento,
    procedimento,
    protocolo,
    rel_protocolo_protocolo,
    unidade,
)
from portal.sei.values import Associacao
from portal.sei.visibility import Referenced


@dataclass(frozen=True, slots=True)
class Match:
    """A processo that a typed number leads to, by itself or through a document it holds."""

    typed: Referenced
    """The row whose number was typed: the processo itself, or a document of it."""
    processo: Referenced
    id_tipo_procedimento: int
    eliminado: bool
    """The processo's content was disposed of."""
    parametros: Mapping[str, str | None] | None
    unidade_teste: str | None


@lru_cache
def select_matches(installation: Installation, orgaos: frozenset[int]) -> Question:
    """Processos under the typed keys, and processos that list a document under one of them."""
    p, d, r = protocolo.c, documento.c, rel_protocolo_protocolo.c
    owner = protocolo.alias("owner")
    return (
        select(
            *referenced_columns(protocolo),
            *referenced_columns(owner, "owner_"),
            procedimento.c.id_tipo_procedimento,
            or_null(installation, owner.c.sin_eliminado, protocolo.c.sin_eliminado),
            *parametro_columns(installation),
        )
        .select_from(protocolo)
        .outerjoin(documento, d.id_documento == p.id_protocolo)
        .outerjoin(
            rel_protocolo_protocolo,
            and_(
                r.id_protocolo_2 == p.id_protocolo,
                r.id_protocolo_1 == d.id_procedimento,
                r.sta_associacao == Associacao.DOCUMENTO.value,
            ),
        )
        .join(owner, owner.c.id_protocolo == func.coalesce(d.id_procedimento, p.id_protocolo))
        .join(unidade, unidade.c.id_unidade == owner.c.id_unidade_geradora)
        .join(procedimento, procedimento.c.id_procedimento == owner.c.id_protocolo)
        .where(
            p.protocolo_formatado_pesquisa.in_(bindparam("chaves", expanding=True)),
            visibility.procedimento_criterion(orgaos, owner),
            visibility.match_criterion(),
        )
        .order_by(p.id_protocolo)
        .limit(20)
    )


def list_matches(
    sei: Connection,
    installation: Installation,
    chaves: Collection[str],
    orgaos: frozenset[int],
) -> tuple[Match, ...]:
    """What these keys lead to, 20 at most; still to be judged by `visibility`.

    Drafts, cancelled documents and sigilosos are not read. `chaves` must not be empty.
    """
    rows = sei.execute(
        select_matches(installation, orgaos),
        {"chaves": [s for chave in chaves for s in spellings(chave)]},
    )
    return tuple(_match(row) for row in rows.mappings())


def _match(row: RowMapping) -> Match:
    return Match(
        # The criterion of the SELECT left drafts out.
        typed=referenced_of(row, assinado=True),
        processo=referenced_of(row, "owner_"),
        id_tipo_procedimento=row["id_tipo_procedimento"],
        eliminado=row["sin_eliminado"] == "S",
        parametros=site_parameters(row),
        unidade_teste=unidade_de_teste(row),
    )
