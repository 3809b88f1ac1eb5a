"""A processo's history, what fills its templates, and what those point at."""

from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from itertools import groupby
from zoneinfo import ZoneInfo

from sqlalchemy import (
    BigInteger,
    Connection,
    Integer,
    bindparam,
    literal,
    or_,
    select,
    union_all,
)

from portal.sei import visibility
from portal.sei.installation import Installation
from portal.sei.keys import SHORT, key_of
from portal.sei.names import Names
from portal.sei.queries.referenced import referenced_columns, referenced_of
from portal.sei.queries.rows import LARGEST_ID, READ_SIZE, Answer, Question, flag, none_of, settled
from portal.sei.tables import (
    atividade,
    atributo_andamento,
    documento,
    protocolo,
    tarefa,
    unidade,
)
from portal.sei.values import (
    Andamento,
    Atributo,
    Tarefa,
)
from portal.sei.visibility import Referenced

_MODULO = tarefa.c.id_tarefa_modulo


@lru_cache
def select_andamentos(
    installation: Installation,
    consulta_processual: bool,
    oldest_first: bool,
    without_tarefas: frozenset[int],
    without_modulos: frozenset[str],
) -> Question:
    """Enough of the history for a page of it, and all that the Tramita module wrote; a row for
    each attribute.

    The first column tells the two apart. A trâmite is one entry wherever its andamentos are, so
    the 200 newest of them come along with every page; they are found by name, never by number
    (9.3).
    """
    a, b = atividade.c, atributo_andamento.c
    page = _public(installation, consulta_processual).limit(READ_SIZE)
    if without_tarefas:
        page = page.where(none_of(a.id_tarefa, without_tarefas))
    if without_modulos:
        page = page.where(none_of(_MODULO, without_modulos))
    after = bindparam("after", type_=Integer)
    if oldest_first:
        page = page.where(a.id_atividade > after).order_by(a.id_atividade)
    else:
        page = page.where(a.id_atividade < after).order_by(a.id_atividade.desc())
    tramites = _of_modulos(installation, consulta_processual)
    told = union_all(
        select(literal(0, Integer).label("part"), page.subquery("pagina")),
        select(literal(1, Integer).label("part"), tramites.subquery("tramites")),
    ).subquery("told")
    return settled(
        select(told, b.nome, b.valor, b.id_origem)
        .select_from(told)
        .outerjoin(atributo_andamento, b.id_atividade == told.c.id_atividade)
        .order_by(told.c.part, told.c.id_atividade, b.id_atributo_andamento)
    )


def _of_modulos(installation: Installation, consulta_processual: bool) -> Question:
    """The newest that modules wrote."""
    # An index has a processo's andamentos by tarefa, and these are few: so neither by what tarefas
    # are called, nor in an order that some other index has.
    tarefas = select(tarefa.c.id_tarefa).where(
        tarefa.c.id_tarefa_modulo.in_(bindparam("modulos", expanding=True))
    )
    return (
        _public(installation, consulta_processual)
        .where(atividade.c.id_tarefa.in_(tarefas))
        .order_by(-atividade.c.id_atividade)
        .limit(200)
    )


def _public(installation: Installation, consulta_processual: bool) -> Question:
    a = atividade.c
    return (
        select(a.id_atividade, a.dth_abertura, a.id_unidade, tarefa.c.id_tarefa, _MODULO)
        .select_from(atividade)
        .outerjoin(tarefa, tarefa.c.id_tarefa == a.id_tarefa)
        .where(
            a.id_protocolo == bindparam("id_procedimento", type_=BigInteger),
            visibility.andamento_criterion(installation, consulta_processual),
        )
    )


def list_andamentos(
    sei: Connection,
    installation: Installation,
    names: Names,
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
    """A page of the history, and every andamento of the modules in `tramites`.

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
    )
    parts: tuple[list[Andamento], list[Andamento]] = ([], [])
    for (part, _), told in groupby(rows, key=lambda row: (row.part, row.id_atividade)):
        parts[part].append(_andamento(list(told), names, zone))
    page, sent = parts
    return tuple(page if oldest_first else reversed(page)), tuple(sent)


def _andamento(rows: Sequence[Answer], names: Names, zone: ZoneInfo) -> Andamento:
    """One andamento, of a row for each of its attributes or one row without any."""
    row = rows[0]
    return Andamento(
        id_atividade=row.id_atividade,
        moment=row.dth_abertura.replace(tzinfo=zone),
        unidade=names.unidade(row.id_unidade, row.dth_abertura),
        tarefa=Tarefa(row.id_tarefa, names.tarefa(row.id_tarefa), row.id_tarefa_modulo),
        atributos=tuple(
            Atributo(r.nome, r.valor, r.id_origem, _stands_for(r.nome, r.id_origem, names))
            for r in rows
            if r.nome is not None
        ),
    )


def _stands_for(nome: str, id_origem: str | None, names: Names) -> str | None:
    """The words for an attribute that is only an id; None for any other."""
    key = key_of(id_origem, SHORT)
    if key is None:
        return None
    match nome:
        case "HIPOTESE_LEGAL":
            hipotese = names.hipotese(key)
            return f"{hipotese.nome} ({hipotese.base_legal})" if hipotese else None
        case "TIPO_CONFERENCIA":
            return names.conferencia(key)
        case _:
            return None


@lru_cache
def select_referenced() -> Question:
    """The processos and documents that attributes name, by id or, failing that, by number.

    Neither list may be empty: an empty one would make a condition that no index serves.
    """
    p = protocolo.c
    return (
        select(
            *referenced_columns(),
            documento.c.id_serie,
            flag(visibility.assinado()).label("assinado"),
        )
        .select_from(protocolo)
        .join(unidade, unidade.c.id_unidade == p.id_unidade_geradora)
        .outerjoin(documento, documento.c.id_documento == p.id_protocolo)
        .where(
            or_(
                p.id_protocolo.in_(bindparam("ids", expanding=True)),
                p.protocolo_formatado.in_(bindparam("numeros", expanding=True)),
            )
        )
        .order_by(p.id_protocolo)
    )


def list_referenced(
    sei: Connection, names: Names, andamentos: Iterable[Andamento]
) -> dict[str, Referenced]:
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
    for row in rows.mappings():
        serie = row["id_serie"]
        found = referenced_of(
            row,
            nome=None if serie is None else names.serie(serie),
            assinado=row["assinado"] == 1,
        )
        referenced[str(found.id_protocolo)] = found
        referenced.setdefault(found.formatado, found)
    return referenced
