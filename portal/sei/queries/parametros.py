"""The site's parameters, which decide part of what is public."""

from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Label, RowMapping, select

from portal.sei import visibility
from portal.sei.installation import Installation
from portal.sei.keys import key_of
from portal.sei.queries.rows import Question
from portal.sei.tables import infra_parametro, md_pesq_parametro

UNIDADE_DE_TESTE = "ID_UNIDADE_TESTE"
PESQUISA_PUBLICA = "VERSAO_MODULO_PESQUISA_PUBLICA"
PERSONAL_SERIES = ("ID_SERIE_EMAIL", "ID_SERIE_OUVIDORIA")
_HAS_CORTE = "site_has_corte"

# Some of these names are longer than the 30 characters that an older Oracle takes for a column.
_SITE = {nome: f"site_{i}" for i, nome in enumerate(visibility.PESQUISA_PARAMETROS)}
_INFRA = {
    nome: f"infra_{i}"
    for i, nome in enumerate((UNIDADE_DE_TESTE, PESQUISA_PUBLICA, *PERSONAL_SERIES))
}


def parametro_columns(installation: Installation) -> list[Label[Any]]:
    """The site's parameters as columns, so that they are as fresh as the row and cost no trip."""
    columns = [_column(infra_parametro.c.valor, nome, label) for nome, label in _INFRA.items()]
    if installation.has(md_pesq_parametro):
        p = md_pesq_parametro.c
        columns += [_column(p.valor, nome, label) for nome, label in _SITE.items()]
        # A valor of NULL and no row at all look the same.
        columns.append(_column(p.nome, visibility.DATA_CORTE, _HAS_CORTE))
    return columns


def _column(column: Any, nome: str, label: str) -> Label[Any]:
    """Of the one row of a table of parameters with this `nome`; NULL when it has none."""
    return select(column).where(column.table.c.nome == nome).scalar_subquery().label(label)


def site_parameters(row: RowMapping) -> dict[str, str | None] | None:
    """`md_pesq_parametro` as the row has it; None when SEI has no such table.

    Without DATA_CORTE when the site has no such row, as before the module's 4.1.0 (4.5).
    Where the module is there and its table may not be read, nothing is known of what the city
    chose, and no parameter at all is the closed reading.
    """
    if all(label in row for label in _SITE.values()):
        absent = {visibility.DATA_CORTE} if row[_HAS_CORTE] is None else set()
        return {nome: row[label] for nome, label in _SITE.items() if nome not in absent}
    return {} if row[_INFRA[PESQUISA_PUBLICA]] else None


def unidade_de_teste(row: RowMapping) -> str | None:
    """The id of the unit whose processos are only tries."""
    valor: str | None = row[_INFRA[UNIDADE_DE_TESTE]]
    return valor


def personal_series(row: RowMapping) -> frozenset[int] | None:
    """The séries of e-mails and of the ouvidoria's forms; None unless SEI names both."""
    keys = [key_of(row[_INFRA[nome]]) for nome in PERSONAL_SERIES]
    return None if None in keys else frozenset(key for key in keys if key is not None)


@lru_cache
def select_unidade_teste() -> Question:
    """The same by itself, for a search that must leave them out before it has a row."""
    p = infra_parametro.c
    return select(p.valor).where(p.nome == UNIDADE_DE_TESTE)


def find_unidade_teste(sei: Connection) -> int | None:
    return visibility.id_of_teste(sei.scalar(select_unidade_teste()))
