"""A processo's history, what fills its templates, and what those point at."""

from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from zoneinfo import ZoneInfo

from sqlalchemy import (
    BigInteger,
    Connection,
    Integer,
    String,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal,
    or_,
    select,
    union_all,
)

from portal.sei import visibility
from portal.sei.installation import Installation
from portal.sei.queries.rows import (
    LARGEST_ID,
    READ_SIZE,
    CompoundQuestion,
    Question,
)
from portal.sei.tables import (
    atividade,
    atributo_andamento,
    documento,
    hipotese_legal,
    orgao,
    protocolo,
    serie,
    tarefa,
    tipo_conferencia,
    unidade,
    unidade_historico,
)
from portal.sei.values import (
    Andamento,
    Atributo,
    NivelAcesso,
    Tarefa,
    TipoProtocolo,
    Unidade,
)
from portal.sei.visibility import Referenced


@lru_cache
def select_andamentos(
    installation: Installation,
    consulta_processual: bool,
    oldest_first: bool,
    without_tarefas: frozenset[int],
    without_modulos: frozenset[str],
) -> CompoundQuestion:
    """Enough of the history for a page of it, and all that the Tramita module wrote.

    The first column tells them apart. A trâmite is one entry wherever its andamentos are, so the
    200 newest of them come along with every page; they are found by name, never by number (9.3).
    """
    a = atividade.c
    public = _andamentos(installation).where(
        a.id_protocolo == bindparam("id_procedimento", type_=BigInteger),
        visibility.andamento_criterion(installation, consulta_processual),
    )
    page = public.limit(READ_SIZE)
    if without_tarefas:
        page = page.where(or_(a.id_tarefa.is_(None), a.id_tarefa.not_in(sorted(without_tarefas))))
    if without_modulos:
        modulo = tarefa.c.id_tarefa_modulo
        page = page.where(or_(modulo.is_(None), modulo.not_in(sorted(without_modulos))))
    after = bindparam("after", type_=Integer)
    if oldest_first:
        page = page.where(a.id_atividade > after).order_by(a.id_atividade)
    else:
        page = page.where(a.id_atividade < after).order_by(a.id_atividade.desc())
    tramites = (
        public.where(tarefa.c.id_tarefa_modulo.in_(bindparam("modulos", expanding=True)))
        .order_by(a.id_atividade.desc())
        .limit(200)
    )
    return union_all(
        select(literal(0, Integer), page.subquery("pagina")),
        select(literal(1, Integer), tramites.subquery("tramites")),
    )


def _andamentos(installation: Installation) -> Question:
    a = atividade.c
    tarefas = (tarefa.c.id_tarefa, tarefa.c.nome.label("modelo"), tarefa.c.id_tarefa_modulo)
    base: Question = (
        select(a.id_atividade, a.dth_abertura, a.id_unidade)
        .select_from(atividade)
        .join(unidade, unidade.c.id_unidade == a.id_unidade)
        .outerjoin(tarefa, tarefa.c.id_tarefa == a.id_tarefa)
    )
    if not installation.has(unidade_historico):
        return base.join(orgao, orgao.c.id_orgao == unidade.c.id_orgao).add_columns(
            unidade.c.sigla, unidade.c.descricao, orgao.c.sigla.label("orgao"), *tarefas
        )
    # The name the unit had on that day: the last one begun by then. Its `dta_fim` is not asked,
    # since whether the day itself is in or out is nowhere said. Of two that began on one day, one.
    nome = unidade_historico.c
    begun, same = unidade_historico.alias("begun"), unidade_historico.alias("same")
    day = (
        select(func.max(begun.c.dta_inicio))
        .where(begun.c.id_unidade == a.id_unidade, begun.c.dta_inicio <= a.dth_abertura)
        .correlate(atividade)
        .scalar_subquery()
    )
    last = (
        select(func.max(same.c.id_unidade_historico))
        .where(same.c.id_unidade == a.id_unidade, same.c.dta_inicio == day)
        .correlate(atividade)
        .scalar_subquery()
    )
    return (
        base.outerjoin(unidade_historico, nome.id_unidade_historico == last)
        .join(orgao, orgao.c.id_orgao == func.coalesce(nome.id_orgao, unidade.c.id_orgao))
        .add_columns(
            func.coalesce(nome.sigla, unidade.c.sigla).label("sigla"),
            func.coalesce(nome.descricao, unidade.c.descricao).label("descricao"),
            orgao.c.sigla.label("orgao"),
            *tarefas,
        )
    )


@lru_cache
def select_atributos() -> Question:
    """What fills the templates, with the two codes that stand for words already looked up.

    `id_origem` is text: the small tables are cast to it, so that its own row is never cast.
    """
    b = atributo_andamento.c
    return (
        select(
            b.id_atividade,
            b.nome,
            b.valor,
            b.id_origem,
            hipotese_legal.c.nome,
            hipotese_legal.c.base_legal,
            tipo_conferencia.c.descricao,
        )
        .select_from(atributo_andamento)
        .outerjoin(
            hipotese_legal,
            and_(
                b.nome == "HIPOTESE_LEGAL",
                cast(hipotese_legal.c.id_hipotese_legal, String(50)) == b.id_origem,
            ),
        )
        .outerjoin(
            tipo_conferencia,
            and_(
                b.nome == "TIPO_CONFERENCIA",
                cast(tipo_conferencia.c.id_tipo_conferencia, String(50)) == b.id_origem,
            ),
        )
        .where(b.id_atividade.in_(bindparam("atividades", expanding=True)))
        .order_by(b.id_atividade, b.id_atributo_andamento)
    )


def list_andamentos(
    sei: Connection,
    installation: Installation,
    id_procedimento: int,
    zone: ZoneInfo,
    *,
    consulta_processual: bool,
    oldest_first: bool,
    after: int | None,
    without_tarefas: frozenset[int],
    without_modulos: frozenset[str],
    tramites: Collection[str],
) -> tuple[tuple[Andamento, ...], tuple[Andamento, ...]]:
    """A page of the history, and every andamento of the modules in `tramites`; two SELECTs.

    The page is newest first unless `oldest_first`, and `READ_SIZE` long when there may be more.
    `after` is the `id_atividade` that the page before ended at.
    """
    statement = select_andamentos(
        installation, consulta_processual, oldest_first, without_tarefas, without_modulos
    )
    # A cursor beyond every id is a mistyped address: the list then begins where lists do.
    known = after is not None and 0 <= after <= LARGEST_ID
    start = after if known else (0 if oldest_first else LARGEST_ID)
    rows = sei.execute(
        statement,
        {"id_procedimento": id_procedimento, "after": start, "modulos": list(tramites)},
    ).all()
    told = {row[1]: row for row in rows}
    atributos: dict[int, list[Atributo]] = {id_atividade: [] for id_atividade in told}
    if told:
        for id_atividade, atributo in _list_atributos(sei, list(told)):
            atributos[id_atividade].append(atributo)
    andamentos = {
        id_atividade: Andamento(
            id_atividade=id_atividade,
            moment=row[2].replace(tzinfo=zone),
            unidade=Unidade(row[3], row[4], row[5], row[6]),
            tarefa=Tarefa(row[7], row[8], row[9]),
            atributos=tuple(atributos[id_atividade]),
        )
        for id_atividade, row in told.items()
    }
    # What a UNION gives has no order of its own.
    page = sorted((row[1] for row in rows if row[0] == 0), reverse=not oldest_first)
    return (
        tuple(andamentos[id_atividade] for id_atividade in page),
        tuple(andamentos[row[1]] for row in rows if row[0] == 1),
    )


def _list_atributos(sei: Connection, atividades: list[int]) -> Iterator[tuple[int, Atributo]]:
    found = sei.execute(select_atributos(), {"atividades": atividades}).all()
    for id_atividade, nome, valor, id_origem, hipotese, base_legal, conferencia in found:
        descricao = conferencia if hipotese is None else f"{hipotese} ({base_legal})"
        yield id_atividade, Atributo(nome, valor, id_origem, descricao)


@lru_cache
def select_referenced() -> Question:
    """The processos and documents that attributes name, by id or, failing that, by number.

    Neither list may be empty: an empty one would make a condition that no index serves.
    """
    p = protocolo.c
    return (
        select(
            p.id_protocolo,
            p.protocolo_formatado,
            p.protocolo_formatado_pesquisa,
            p.sta_protocolo,
            p.sta_nivel_acesso_local,
            p.sta_nivel_acesso_global,
            unidade.c.id_orgao,
            p.id_unidade_geradora,
            serie.c.nome,
            case((visibility.assinado(), literal(1, Integer)), else_=literal(0, Integer)),
        )
        .select_from(protocolo)
        .join(unidade, unidade.c.id_unidade == p.id_unidade_geradora)
        .outerjoin(documento, documento.c.id_documento == p.id_protocolo)
        .outerjoin(serie, serie.c.id_serie == documento.c.id_serie)
        .where(
            or_(
                p.id_protocolo.in_(bindparam("ids", expanding=True)),
                p.protocolo_formatado.in_(bindparam("numeros", expanding=True)),
            )
        )
        .order_by(p.id_protocolo)
    )


def list_referenced(sei: Connection, andamentos: Iterable[Andamento]) -> dict[str, Referenced]:
    """What DOCUMENTO and PROCESSO attributes point at, by id and by number."""
    ids: set[int] = set()
    numeros: set[str] = set()
    for andamento in andamentos:
        for atributo in andamento.atributos:
            if atributo.nome in ("DOCUMENTO", "PROCESSO"):
                ids.add(-1 if atributo.target_id is None else atributo.target_id)
                numeros.add(atributo.target_numero)
    if not ids:
        return {}
    rows = sei.execute(select_referenced(), {"ids": sorted(ids), "numeros": sorted(numeros)})
    referenced: dict[str, Referenced] = {}
    for row in rows:
        found = Referenced(
            id_protocolo=row[0],
            formatado=row[1],
            chave=row[2].upper(),
            tipo_protocolo=TipoProtocolo(row[3]),
            nivel_acesso_local=NivelAcesso(row[4]),
            nivel_acesso_global=NivelAcesso(row[5]),
            id_orgao=row[6],
            id_unidade_geradora=row[7],
            nome=row[8],
            assinado=row[9] == 1,
        )
        referenced[str(found.id_protocolo)] = found
        referenced.setdefault(found.formatado, found)
    return referenced
