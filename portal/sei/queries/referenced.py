"""A protocolo that something points at: the columns it is read from, and the value they become."""

from typing import Any

from sqlalchemy import ColumnElement, FromClause, RowMapping

from portal.sei.tables import protocolo, unidade
from portal.sei.values import NivelAcesso, TipoProtocolo
from portal.sei.visibility import Referenced


def referenced_columns(
    pointed_at: FromClause = protocolo, prefix: str = ""
) -> tuple[ColumnElement[Any], ...]:
    """What `referenced_of` needs of `pointed_at`, and of the `unidade` that is joined to it.

    A SELECT that reads two of them gives one a prefix.
    """
    p = pointed_at.c
    columns: dict[str, ColumnElement[Any]] = {
        "id_protocolo": p.id_protocolo,
        # SEI's own names, under a prefix, would be too long for Oracle.
        "formatado": p.protocolo_formatado,
        "chave": p.protocolo_formatado_pesquisa,
        "sta_protocolo": p.sta_protocolo,
        "sta_nivel_acesso_local": p.sta_nivel_acesso_local,
        "sta_nivel_acesso_global": p.sta_nivel_acesso_global,
        "id_unidade_geradora": p.id_unidade_geradora,
        "id_orgao": unidade.c.id_orgao,
    }
    return tuple(column.label(prefix + name) for name, column in columns.items())


def referenced_of(
    row: RowMapping,
    prefix: str = "",
    *,
    nome: str | None = None,
    assinado: bool = False,
    id_procedimento: int | None = None,
) -> Referenced:
    """The value of a row that has `referenced_columns` under the same prefix."""
    return Referenced(
        id_protocolo=row[prefix + "id_protocolo"],
        formatado=row[prefix + "formatado"],
        chave=row[prefix + "chave"].upper(),
        tipo_protocolo=TipoProtocolo(row[prefix + "sta_protocolo"]),
        nivel_acesso_local=NivelAcesso(row[prefix + "sta_nivel_acesso_local"]),
        nivel_acesso_global=NivelAcesso(row[prefix + "sta_nivel_acesso_global"]),
        id_orgao=row[prefix + "id_orgao"],
        id_unidade_geradora=row[prefix + "id_unidade_geradora"],
        nome=nome,
        assinado=assinado,
        id_procedimento=id_procedimento,
    )
