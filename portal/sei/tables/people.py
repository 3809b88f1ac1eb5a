"""People, and what SEI lets one of them see: contatos, participantes, acessos externos."""

from datetime import datetime

from sqlalchemy import (
    CHAR,
    BigInteger,
    Column,
    DateTime,
    Index,
    Integer,
    Named,
    String,
    Table,
    TypedColumns,
)

from portal.sei.tables.base import SINCE_41, WRITTEN, metadata


class ParticipanteColumns(TypedColumns):
    id_participante = Column(Integer, primary_key=True, autoincrement=False)
    id_protocolo: Named[int] = Column(BigInteger)
    id_contato: Named[int] = Column(Integer)
    id_unidade: Named[int] = Column(Integer, info=WRITTEN)
    sta_participacao: Named[str] = Column(CHAR(1))
    sequencia: Named[int] = Column(Integer)


participante = Table(
    "participante",
    metadata,
    ParticipanteColumns,
    Index("ak1_participante", "id_contato", "id_protocolo", "sta_participacao", unique=True),
    Index("i01_participante", "id_protocolo", "sta_participacao"),
)


class ContatoColumns(TypedColumns):
    id_contato = Column(Integer, primary_key=True, autoincrement=False)
    nome: Named[str] = Column(String(250))
    # A number: it has lost its zeros at the left.
    cpf: Named[int | None] = Column(BigInteger)
    # Since 5.0 a CHAR(14), for it may have letters.
    cnpj: Named[int | None] = Column(BigInteger)
    sta_natureza: Named[str] = Column(CHAR(1), info=WRITTEN)
    sin_ativo: Named[str] = Column(CHAR(1), info=WRITTEN)


contato = Table(
    "contato",
    metadata,
    ContatoColumns,
    Index("i02_contato", "cpf", info=SINCE_41),
    Index("i03_contato", "cnpj", info=SINCE_41),
)


class UsuarioColumns(TypedColumns):
    id_usuario = Column(Integer, primary_key=True, autoincrement=False)
    sigla: Named[str] = Column(String(100), info=WRITTEN)
    nome: Named[str] = Column(String(100), info=WRITTEN)
    id_contato: Named[int] = Column(Integer)
    id_orgao: Named[int] = Column(Integer, info=WRITTEN)
    sta_tipo: Named[str] = Column(CHAR(1))
    sin_ativo: Named[str] = Column(CHAR(1))


usuario = Table("usuario", metadata, UsuarioColumns, Index("fk_usuario_contato", "id_contato"))


class AcessoExternoColumns(TypedColumns):
    id_acesso_externo = Column(Integer, primary_key=True, autoincrement=False)
    id_atividade: Named[int] = Column(Integer)
    id_participante: Named[int] = Column(Integer)
    dta_validade: Named[datetime | None] = Column(DateTime)
    sta_tipo: Named[str] = Column(CHAR(1))
    id_documento: Named[int | None] = Column(BigInteger)
    sin_processo: Named[str] = Column(CHAR(1))
    sin_ativo: Named[str] = Column(CHAR(1))


acesso_externo = Table(
    "acesso_externo",
    metadata,
    AcessoExternoColumns,
    Index("fk_acesso_externo_participante", "id_participante"),
    Index("fk_acesso_externo_atividade", "id_atividade"),
)


class RelAcessoExtProtocoloColumns(TypedColumns):
    id_acesso_externo = Column(Integer, primary_key=True, autoincrement=False)
    id_protocolo = Column(BigInteger, primary_key=True, autoincrement=False)


rel_acesso_ext_protocolo = Table("rel_acesso_ext_protocolo", metadata, RelAcessoExtProtocoloColumns)
