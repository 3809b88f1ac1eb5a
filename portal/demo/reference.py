"""What a SEI has before its first processo: órgãos, unidades, types, tarefas, parameters.

A genuine database has most of it already: rows are matched by name and only what is missing is
written, under ids that are free there.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Table, select

from portal.demo.tarefas import FIRST_OF_MODULES, Tarefa, list_tarefas
from portal.demo.target import Row, Target
from portal.demo.town import (
    CONFERENCIAS,
    FORMER_NAME,
    HIPOTESES,
    MASK,
    MODULE_VERSIONS,
    ORGAOS,
    PARAMETROS,
    PREFEITURA,
    REFERENCE_SIGLA,
    SERIES,
    TIPOS,
    UNIDADES,
    Orgao,
    Unidade,
)
from portal.sei import tables

FOUNDED = datetime(2015, 1, 5)
SINCE_REFORM = timedelta(days=420)
"""How long ago SEINFRA became SEOBRAS, to the first of that month."""


@dataclass(frozen=True, slots=True)
class Reference:
    """The ids of this database, by the names the demo uses."""

    unidades: Mapping[str, Unidade]
    tipos: Mapping[str, int]
    series: Mapping[str, int]
    hipoteses: Mapping[str, int]
    conferencias: Mapping[str, int]
    tarefas: Mapping[int | str, Tarefa]
    """By id, and those of modules by `id_tarefa_modulo` too."""


def install(target: Target, now: datetime) -> Reference:
    """Bring what is missing; safe to call again on the same database."""
    _install_orgaos(target)
    reform = (now - SINCE_REFORM).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    unidades = _install_unidades(target, reform)
    tarefas = _install_tarefas(target)
    tipos = _by_name(target, tables.tipo_procedimento, _numbered(TIPOS), "nome", sin_ativo="S")
    series = _by_name(target, tables.serie, SERIES, "nome", sin_ativo="S")
    conferencias = _by_name(target, tables.tipo_conferencia, CONFERENCIAS, "descricao")
    hipoteses = _by_name(
        target,
        tables.hipotese_legal,
        {key: nome for key, (nome, _) in HIPOTESES.items()},
        "nome",
        lambda key: {"base_legal": HIPOTESES[key][1], "sta_nivel_acesso": "1"},
        sin_ativo="S",
    )
    _install_parametros(target, series)
    return Reference(unidades, tipos, series, hipoteses, conferencias, tarefas)


def _numbered(names: tuple[str, ...]) -> dict[int, str]:
    return dict(enumerate(names, start=100000501))


def _existing(target: Target, table: Table, *names: str) -> dict[Any, Any]:
    """What is there already: first column to second, or to the whole row when there are more."""
    if not target.has(table):
        return {}
    rows = target.connection.execute(select(*(table.c[name] for name in names)))
    return {row[0]: row[1] if len(names) == 2 else row for row in rows}


def _by_name(
    target: Target,
    table: Table,
    wanted: Mapping[int, str],
    column: str,
    more: Callable[[int], dict[str, Any]] = lambda key: {},
    **constant: Any,
) -> dict[str, int]:
    """The ids of some names, writing those that the database lacks."""
    key = next(iter(table.primary_key)).name
    there = {nome: found for found, nome in _existing(target, table, key, column).items()}
    taken = set(there.values())
    ids: dict[str, int] = {}
    for preferred, nome in wanted.items():
        if nome not in there:
            free = preferred if preferred not in taken else max(taken) + 1
            taken.add(free)
            there[nome] = free
            target.add(table, **{key: free, column: nome}, **constant, **more(preferred))
        ids[nome] = there[nome]
    return ids


def _install_orgaos(target: Target) -> None:
    there = _existing(target, tables.orgao, "id_orgao", "sigla")
    for orgao in ORGAOS:
        values = _orgao_values(orgao)
        if orgao.id_orgao not in there:
            target.add(tables.orgao, id_orgao=orgao.id_orgao, **values)
        elif there[orgao.id_orgao] == REFERENCE_SIGLA:
            row = Row(id_orgao=orgao.id_orgao)
            row.written = True
            target.change(tables.orgao, row, **values)


def _orgao_values(orgao: Orgao) -> dict[str, str]:
    return {
        "sigla": orgao.sigla,
        "descricao": orgao.descricao,
        "sin_ativo": "S",
        "numeracao": MASK,
        "codigo_sei": orgao.codigo,
        "sin_consulta_processual": "S" if orgao is PREFEITURA else "N",
    }


def _install_unidades(target: Target, reform: datetime) -> dict[str, Unidade]:
    there = _existing(target, tables.unidade, "id_unidade", "sigla")
    found: dict[str, Unidade] = {}
    for unidade in UNIDADES:
        found[unidade.sigla] = unidade
        if unidade.id_unidade in there:
            continue
        named = {"sigla": unidade.sigla, "descricao": unidade.descricao}
        target.add(
            tables.unidade,
            id_unidade=unidade.id_unidade,
            id_orgao=unidade.id_orgao,
            sin_ativo="S" if unidade.active else "N",
            codigo_sei="01",
            **named,
        )
        _add_history(target, unidade, reform)
    return found


def _add_history(target: Target, unidade: Unidade, reform: datetime) -> None:
    """The names a unit had. The one of today has no end, except in an extinct unit."""
    spans: list[tuple[str, str, datetime, datetime | None]]
    spans = [(unidade.sigla, unidade.descricao, FOUNDED, None)]
    if unidade.sigla == "SEOBRAS":
        spans = [(*FORMER_NAME, FOUNDED, reform), (unidade.sigla, unidade.descricao, reform, None)]
    elif not unidade.active:
        spans = [(unidade.sigla, unidade.descricao, FOUNDED, reform)]
    for sigla, descricao, inicio, fim in spans:
        target.add(
            tables.unidade_historico,
            id_unidade_historico=target.next_id(tables.unidade_historico),
            id_unidade=unidade.id_unidade,
            id_orgao=unidade.id_orgao,
            sigla=sigla,
            descricao=descricao,
            dta_inicio=inicio,
            dta_fim=fim,
        )


def _install_tarefas(target: Target) -> dict[int | str, Tarefa]:
    there = _existing(target, tables.tarefa, "id_tarefa", "id_tarefa_modulo")
    by_modulo = {modulo: key for key, modulo in there.items() if modulo}
    free = max(FIRST_OF_MODULES - 1, *there, 0)
    found: dict[int | str, Tarefa] = {}
    for tarefa in list_tarefas():
        key = tarefa.id_tarefa
        if tarefa.id_tarefa_modulo:
            if tarefa.id_tarefa_modulo not in by_modulo:
                free += 1
            key = by_modulo.get(tarefa.id_tarefa_modulo, free)
            tarefa = Tarefa(key, tarefa.nome, tarefa.id_tarefa_modulo, tarefa.letters)
            found[str(tarefa.id_tarefa_modulo)] = tarefa
        found[key] = tarefa
        if key not in there:
            target.add(
                tables.tarefa,
                id_tarefa=key,
                nome=tarefa.nome,
                id_tarefa_modulo=tarefa.id_tarefa_modulo,
                **tarefa.flags,
            )
    return found


def _install_parametros(target: Target, series: Mapping[str, int]) -> None:
    there = _existing(target, tables.infra_parametro, "nome", "valor")
    own = {
        "ID_SERIE_EMAIL": str(series["E-mail"]),
        "ID_SERIE_OUVIDORIA": str(series["Formulário de Ouvidoria"]),
    }
    modules = {
        nome: versao for nome, (versao, table) in MODULE_VERSIONS.items() if target.has(table)
    }
    for nome, valor in {**PARAMETROS, **modules, **own}.items():
        if nome not in there:
            target.add(tables.infra_parametro, nome=nome, valor=valor)
