"""The processo itself: its row, the units it has been in, who asked for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    FromClause,
    Integer,
    RowMapping,
    String,
    and_,
    bindparam,
    case,
    func,
    literal,
    null,
    or_,
    select,
)

from portal.sei import visibility
from portal.sei.installation import Installation
from portal.sei.queries.parametros import (
    parametro_columns,
    personal_series,
    site_parameters,
    unidade_de_teste,
)
from portal.sei.queries.rows import Question, aware, hipotese, or_null, spellings
from portal.sei.tables import (
    atividade,
    contato,
    hipotese_legal,
    orgao,
    participante,
    procedimento,
    protocolo,
    rel_protocolo_protocolo,
    tarefa,
    tipo_procedimento,
    unidade,
)
from portal.sei.values import (
    Associacao,
    EstadoProtocolo,
    NivelAcesso,
    Procedimento,
    Stay,
    TipoProtocolo,
    Unidade,
)
from portal.sei.visibility import Referenced

INTERESSADOS = 50
RELACIONADOS = 50

# A unit has the processo since the last of these: gerado, recebido de volta (reabertura), remetido
# para ela, desanexado, recebido de outro órgão. Without any of them (an imported processo), since
# its first andamento there.
ARRIVAL_TAREFAS = (1, 29, 32, 64, 104)
ARRIVAL_MODULO = "PEN_PROCESSO_RECEBIDO"
WAITING_TAREFAS = (20, 43)


@dataclass(frozen=True, slots=True)
class Record:
    """The first row of a processo's page: itself, what it hangs on, and the site's parameters."""

    procedimento: Procedimento
    tied_to: Referenced | None
    """The processo it is anexado to, or that it waits for."""
    parent_closed: bool
    """A processo it is anexado to, near or far, is not público."""
    parametros: Mapping[str, str | None] | None
    """`md_pesq_parametro`, None when SEI has no such table."""
    unidade_teste: str | None
    personal_series: frozenset[int]
    orgaos: int
    """How many active órgãos share this SEI."""


@lru_cache
def select_records(installation: Installation, orgaos: frozenset[int]) -> Question:
    """Processos with these letters and digits: one, or two since SEI 4.0 dropped the unique key."""
    p = protocolo.c
    link = rel_protocolo_protocolo.alias("ligacao")
    mae = protocolo.alias("mae")
    procedimento_mae = procedimento.alias("procedimento_mae")
    tipo_mae = tipo_procedimento.alias("tipo_mae")
    unidade_mae = unidade.alias("unidade_mae")
    orgao_ativo = orgao.alias("orgao_ativo")
    return (
        select(
            *_processo(installation),
            hipotese_legal.c.nome.label("hipotese"),
            hipotese_legal.c.base_legal,
            p.descricao.label("especificacao"),
            case(
                (visibility.parent_closed(p.id_protocolo), literal(1, Integer)),
                else_=literal(0, Integer),
            ).label("anexador_fechado"),
            mae.c.id_protocolo.label("mae_id"),
            mae.c.protocolo_formatado.label("mae_formatado"),
            mae.c.protocolo_formatado_pesquisa.label("mae_chave"),
            mae.c.sta_nivel_acesso_local.label("mae_local"),
            mae.c.sta_nivel_acesso_global.label("mae_global"),
            mae.c.id_unidade_geradora.label("mae_geradora"),
            unidade_mae.c.id_orgao.label("mae_orgao"),
            tipo_mae.c.nome.label("mae_tipo"),
            select(func.count(orgao_ativo.c.id_orgao))
            .where(orgao_ativo.c.sin_ativo == "S")
            .scalar_subquery()
            .label("orgaos"),
            *parametro_columns(installation),
        )
        .select_from(protocolo)
        .join(procedimento, procedimento.c.id_procedimento == p.id_protocolo)
        .join(
            tipo_procedimento,
            tipo_procedimento.c.id_tipo_procedimento == procedimento.c.id_tipo_procedimento,
        )
        .join(unidade, unidade.c.id_unidade == p.id_unidade_geradora)
        .join(orgao, orgao.c.id_orgao == unidade.c.id_orgao)
        .outerjoin(hipotese_legal, hipotese_legal.c.id_hipotese_legal == p.id_hipotese_legal)
        .outerjoin(link, and_(link.c.id_protocolo_2 == p.id_protocolo, _ties(link)))
        .outerjoin(mae, mae.c.id_protocolo == link.c.id_protocolo_1)
        .outerjoin(unidade_mae, unidade_mae.c.id_unidade == mae.c.id_unidade_geradora)
        .outerjoin(procedimento_mae, procedimento_mae.c.id_procedimento == mae.c.id_protocolo)
        .outerjoin(
            tipo_mae, tipo_mae.c.id_tipo_procedimento == procedimento_mae.c.id_tipo_procedimento
        )
        .where(
            p.protocolo_formatado_pesquisa.in_(
                bindparam("chaves", type_=String(50), expanding=True)
            ),
            visibility.procedimento_criterion(orgaos),
        )
        .order_by(p.id_protocolo, link.c.sta_associacao, link.c.id_rel_protocolo_protocolo)
    )


def _processo(installation: Installation) -> list[Any]:
    p = protocolo.c
    return [
        p.id_protocolo,
        p.protocolo_formatado,
        p.protocolo_formatado_pesquisa,
        tipo_procedimento.c.nome.label("tipo"),
        p.sta_estado,
        p.sta_nivel_acesso_local,
        p.sta_nivel_acesso_global,
        p.dta_geracao,
        unidade.c.id_unidade,
        unidade.c.sigla,
        unidade.c.descricao,
        orgao.c.sigla.label("orgao"),
        orgao.c.descricao.label("orgao_nome"),
        or_null(installation, procedimento.c.dta_conclusao),
        or_null(installation, p.sin_eliminado),
    ]


def _ties(link: FromClause) -> ColumnElement[bool]:
    """The association that says where an anexado went, or what a sobrestado waits for."""
    return or_(
        link.c.sta_associacao == Associacao.ANEXADO.value,
        and_(
            protocolo.c.sta_estado == EstadoProtocolo.SOBRESTADO.value,
            link.c.sta_associacao == Associacao.SOBRESTADO.value,
        ),
    )


def list_records(
    sei: Connection, installation: Installation, chave: str, orgaos: frozenset[int]
) -> tuple[Record, ...]:
    """The processos with this key that are not sigilosos, oldest first; empty when there is none.

    Whether a restrito among them may be named is for the caller to ask of `visibility`.
    """
    rows = sei.execute(
        select_records(installation, orgaos), {"chaves": spellings(chave)}
    ).mappings()
    records: dict[int, Record] = {}
    for row in rows:
        records.setdefault(row["id_protocolo"], _record(row))
    return tuple(records.values())


def _record(row: RowMapping) -> Record:
    concluido = row["dta_conclusao"]
    return Record(
        procedimento=Procedimento(
            id_procedimento=row["id_protocolo"],
            formatado=row["protocolo_formatado"],
            chave=row["protocolo_formatado_pesquisa"].upper(),
            tipo=row["tipo"],
            estado=EstadoProtocolo(row["sta_estado"]),
            nivel_acesso_local=NivelAcesso(row["sta_nivel_acesso_local"]),
            nivel_acesso_global=NivelAcesso(row["sta_nivel_acesso_global"]),
            hipotese_legal=hipotese(row["hipotese"], row["base_legal"]),
            orgao=row["orgao_nome"],
            autuacao=row["dta_geracao"].date(),
            unidade_geradora=Unidade(
                row["id_unidade"], row["sigla"], row["descricao"], row["orgao"]
            ),
            concluded_on=None if concluido is None else concluido.date(),
            eliminado=row["sin_eliminado"] == "S",
            descricao=row["especificacao"],
        ),
        tied_to=None
        if row["mae_id"] is None
        else Referenced(
            id_protocolo=row["mae_id"],
            formatado=row["mae_formatado"],
            chave=row["mae_chave"].upper(),
            tipo_protocolo=TipoProtocolo.PROCESSO,
            nivel_acesso_local=NivelAcesso(row["mae_local"]),
            nivel_acesso_global=NivelAcesso(row["mae_global"]),
            id_orgao=row["mae_orgao"],
            id_unidade_geradora=row["mae_geradora"],
            nome=row["mae_tipo"],
        ),
        # An anexado whose other half is missing stays closed.
        parent_closed=row["anexador_fechado"] == 1
        or (row["sta_estado"] == EstadoProtocolo.ANEXADO.value and row["mae_id"] is None),
        parametros=site_parameters(row),
        unidade_teste=unidade_de_teste(row),
        personal_series=personal_series(row),
        orgaos=row["orgaos"],
    )


@lru_cache
def select_stays() -> Question:
    """One row per unit the processo has been in: arrival, last conclusion, whether it is open."""
    a = atividade.c
    arrived = or_(a.id_tarefa.in_(ARRIVAL_TAREFAS), tarefa.c.id_tarefa_modulo == ARRIVAL_MODULO)
    arrival = case((arrived, a.dth_abertura), else_=null())
    waiting = case((a.id_tarefa.in_(WAITING_TAREFAS), a.dth_abertura), else_=null())
    return (
        select(
            unidade.c.id_unidade,
            unidade.c.sigla,
            unidade.c.descricao,
            orgao.c.sigla,
            func.coalesce(func.max(arrival), func.min(a.dth_abertura)),
            func.count() - func.count(a.dth_conclusao),
            func.max(a.dth_conclusao),
            func.max(waiting),
        )
        .select_from(atividade)
        .join(unidade, unidade.c.id_unidade == a.id_unidade)
        .join(orgao, orgao.c.id_orgao == unidade.c.id_orgao)
        .outerjoin(tarefa, tarefa.c.id_tarefa == a.id_tarefa)
        .where(a.id_protocolo == bindparam("id_procedimento", type_=BigInteger))
        .group_by(unidade.c.id_unidade, unidade.c.sigla, unidade.c.descricao, orgao.c.sigla)
        .order_by(unidade.c.id_unidade)
    )


def list_stays(
    sei: Connection, id_procedimento: int, zone: ZoneInfo
) -> tuple[tuple[Stay, ...], datetime | None]:
    """Every unit the processo has been in, last arrival first, and since when it waits if it does.

    The second value is the last sobrestamento, whether or not it has ended since.
    """
    rows = sei.execute(select_stays(), {"id_procedimento": id_procedimento}).all()
    stays = sorted(
        (
            Stay(
                unidade=Unidade(row[0], row[1], row[2], row[3]),
                since=row[4].replace(tzinfo=zone),
                is_open=row[5] > 0,
                last_conclusion=aware(row[6], zone),
            )
            for row in rows
        ),
        key=lambda stay: stay.since,
        reverse=True,
    )
    waits = [row[7] for row in rows if row[7] is not None]
    return tuple(stays), aware(max(waits, default=None), zone)


@lru_cache
def select_interessados() -> Question:
    """Who asked for the processo."""
    return (
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


@lru_cache
def select_relacionados() -> Question:
    """The processos that somebody related to this one, whichever of the two they began at."""
    r = rel_protocolo_protocolo.c
    this = bindparam("id_procedimento", type_=BigInteger)
    other = case((r.id_protocolo_1 == this, r.id_protocolo_2), else_=r.id_protocolo_1)
    return (
        select(
            protocolo.c.id_protocolo,
            protocolo.c.protocolo_formatado,
            protocolo.c.protocolo_formatado_pesquisa,
            protocolo.c.sta_protocolo,
            protocolo.c.sta_nivel_acesso_local,
            protocolo.c.sta_nivel_acesso_global,
            unidade.c.id_orgao,
            protocolo.c.id_unidade_geradora,
            tipo_procedimento.c.nome,
        )
        .select_from(rel_protocolo_protocolo)
        .join(protocolo, protocolo.c.id_protocolo == other)
        .join(unidade, unidade.c.id_unidade == protocolo.c.id_unidade_geradora)
        .join(procedimento, procedimento.c.id_procedimento == protocolo.c.id_protocolo)
        .join(
            tipo_procedimento,
            tipo_procedimento.c.id_tipo_procedimento == procedimento.c.id_tipo_procedimento,
        )
        .where(
            r.sta_associacao == Associacao.RELACIONADO.value,
            or_(r.id_protocolo_1 == this, r.id_protocolo_2 == this),
        )
        .order_by(r.id_rel_protocolo_protocolo)
        .limit(RELACIONADOS)
    )


def list_relacionados(sei: Connection, id_procedimento: int) -> tuple[Referenced, ...]:
    """Processos related to this one, 50 at most; whether each may be named is still to be asked."""
    rows = sei.execute(select_relacionados(), {"id_procedimento": id_procedimento})
    return tuple(
        Referenced(
            id_protocolo=row[0],
            formatado=row[1],
            chave=row[2].upper(),
            tipo_protocolo=TipoProtocolo(row[3]),
            nivel_acesso_local=NivelAcesso(row[4]),
            nivel_acesso_global=NivelAcesso(row[5]),
            id_orgao=row[6],
            id_unidade_geradora=row[7],
            nome=row[8],
        )
        for row in rows.all()
    )
