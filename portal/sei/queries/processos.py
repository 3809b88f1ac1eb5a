"""The processo itself: its row, and who asked for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sqlalchemy import (
    BigInteger,
    Connection,
    RowMapping,
    String,
    bindparam,
    select,
)

from portal.sei import visibility
from portal.sei.installation import Installation
from portal.sei.names import Names
from portal.sei.queries.parametros import (
    parametro_columns,
    personal_series,
    site_parameters,
    unidade_de_teste,
)
from portal.sei.queries.referenced import referenced_columns, referenced_of
from portal.sei.queries.rows import Question, count_of, or_null, settled, spellings
from portal.sei.tables import (
    contato,
    participante,
    procedimento,
    protocolo,
    rel_protocolo_protocolo,
    unidade,
)
from portal.sei.values import (
    EstadoProtocolo,
    NivelAcesso,
    Procedimento,
)
from portal.sei.visibility import Referenced

INTERESSADOS = 50


@dataclass(frozen=True, slots=True)
class Record:
    """A processo's row, before its words are asked for, and the site's parameters."""

    processo: Referenced
    estado: EstadoProtocolo
    id_tipo_procedimento: int
    id_hipotese_legal: int | None
    autuacao: date
    concluded_on: date | None
    eliminado: bool
    descricao: str | None
    parametros: Mapping[str, str | None] | None
    """`md_pesq_parametro`, None when SEI has no such table."""
    unidade_teste: str | None
    personal_series: frozenset[int] | None
    holds: int
    """Documents and other processos that it holds, listed or not."""

    @property
    def nivel_acesso_global(self) -> NivelAcesso:
        return self.processo.nivel_acesso_global

    def tell(self, names: Names) -> Procedimento:
        """The processo, in words."""
        return Procedimento(
            id_procedimento=self.processo.id_protocolo,
            formatado=self.processo.formatado,
            chave=self.processo.chave,
            tipo=names.tipo(self.id_tipo_procedimento),
            estado=self.estado,
            nivel_acesso_local=self.processo.nivel_acesso_local,
            nivel_acesso_global=self.processo.nivel_acesso_global,
            hipotese_legal=names.hipotese(self.id_hipotese_legal),
            orgao=names.orgao_of(self.processo.id_unidade_geradora),
            autuacao=self.autuacao,
            unidade_geradora=names.unidade(self.processo.id_unidade_geradora),
            concluded_on=self.concluded_on,
            eliminado=self.eliminado,
            descricao=self.descricao,
        )


@lru_cache
def select_records(installation: Installation, orgaos: frozenset[int]) -> Question:
    """Processos with these letters and digits: one, or two since SEI 4.0 dropped the unique key."""
    p = protocolo.c
    chaves = bindparam("chaves", type_=String(50), expanding=True)
    return (
        select(
            *referenced_columns(),
            p.sta_estado,
            p.id_hipotese_legal,
            p.dta_geracao,
            p.descricao,
            or_null(installation, p.sin_eliminado),
            procedimento.c.id_tipo_procedimento,
            or_null(installation, procedimento.c.dta_conclusao),
            count_of(
                rel_protocolo_protocolo, rel_protocolo_protocolo.c.id_protocolo_1 == p.id_protocolo
            ).label("holds"),
            *parametro_columns(installation),
        )
        .select_from(protocolo)
        .join(procedimento, procedimento.c.id_procedimento == p.id_protocolo)
        .join(unidade, unidade.c.id_unidade == p.id_unidade_geradora)
        .where(
            p.protocolo_formatado_pesquisa.in_(chaves), visibility.procedimento_criterion(orgaos)
        )
        .order_by(p.id_protocolo)
    )


def list_records(
    sei: Connection, installation: Installation, chave: str, orgaos: frozenset[int]
) -> tuple[Record, ...]:
    """The processos with this key that are not sigilosos, oldest first; empty when there is none.

    Whether a restrito among them may be named is for the caller to ask of `visibility`.
    """
    rows = sei.execute(select_records(installation, orgaos), {"chaves": spellings(chave)})
    return tuple(_record(row) for row in rows.mappings())


def _record(row: RowMapping) -> Record:
    concluded = row["dta_conclusao"]
    return Record(
        processo=referenced_of(row),
        estado=EstadoProtocolo(row["sta_estado"]),
        id_tipo_procedimento=row["id_tipo_procedimento"],
        id_hipotese_legal=row["id_hipotese_legal"],
        autuacao=row["dta_geracao"].date(),
        concluded_on=None if concluded is None else concluded.date(),
        eliminado=row["sin_eliminado"] == "S",
        descricao=row["descricao"],
        parametros=site_parameters(row),
        unidade_teste=unidade_de_teste(row),
        personal_series=personal_series(row),
        holds=row["holds"],
    )


@lru_cache
def select_interessados() -> Question:
    """Who asked for the processo."""
    return settled(
        select(contato.c.nome)
        .join(participante, participante.c.id_contato == contato.c.id_contato)
        .where(
            participante.c.id_protocolo == bindparam("id_procedimento", type_=BigInteger),
            participante.c.sta_participacao == "I",
        )
        .order_by(participante.c.sequencia, participante.c.id_participante)
        .limit(INTERESSADOS + 1)
    )


def list_interessados(sei: Connection, id_procedimento: int) -> tuple[str, ...]:
    """Names of who asked for the processo, in SEI's order; one more than `INTERESSADOS` at most."""
    return tuple(sei.scalars(select_interessados(), {"id_procedimento": id_procedimento}))
