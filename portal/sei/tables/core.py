"""Processos, their documents and history, and the small tables of words."""

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

from portal.sei.tables.base import SINCE_40, SINCE_41, WRITTEN, LongText, metadata


class ProtocoloColumns(TypedColumns):
    id_protocolo = Column(BigInteger, primary_key=True, autoincrement=False)
    protocolo_formatado: Named[str] = Column(String(50))
    protocolo_formatado_pesquisa: Named[str] = Column(String(50))
    protocolo_formatado_pesq_inv: Named[str] = Column(String(50))
    sta_protocolo: Named[str] = Column(CHAR(1))
    sta_estado: Named[str] = Column(CHAR(1))
    sta_nivel_acesso_local: Named[str] = Column(CHAR(1))
    sta_nivel_acesso_global: Named[str] = Column(CHAR(1))
    sta_nivel_acesso_original: Named[str | None] = Column(CHAR(1), info=WRITTEN)
    id_hipotese_legal: Named[int | None] = Column(Integer)
    id_unidade_geradora: Named[int] = Column(Integer)
    dta_geracao: Named[datetime] = Column(DateTime)
    dta_inclusao: Named[datetime] = Column(DateTime)
    descricao: Named[str | None] = Column(LongText)
    sin_eliminado: Named[str] = Column(CHAR(1), info=SINCE_41)


protocolo = Table(
    "protocolo",
    metadata,
    ProtocoloColumns,
    Index("ak2_protocolo", "protocolo_formatado", unique=True),
    Index("i15_protocolo", "protocolo_formatado_pesquisa"),
    Index("i16_protocolo", "protocolo_formatado_pesq_inv"),
    Index("i02_protocolo", "id_unidade_geradora", "sta_protocolo", "dta_geracao", "id_protocolo"),
    Index("i06_protocolo", "sta_protocolo", "dta_geracao", "id_protocolo"),
    Index("i07_protocolo", "dta_inclusao", "sta_protocolo", "id_unidade_geradora"),
    Index("fk_protocolo_unidade", "id_unidade_geradora"),
    Index("fk_protocolo_hipotese_legal", "id_hipotese_legal"),
)


class ProcedimentoColumns(TypedColumns):
    id_procedimento = Column(BigInteger, primary_key=True, autoincrement=False)
    id_tipo_procedimento: Named[int] = Column(Integer)
    dta_conclusao: Named[datetime | None] = Column(DateTime, info=SINCE_41)


procedimento = Table(
    "procedimento",
    metadata,
    ProcedimentoColumns,
    Index("fk_procedimento_tipo_procedime", "id_tipo_procedimento"),
    Index("i01_procedimento", "dta_conclusao", info=SINCE_41),
)


class TipoProcedimentoColumns(TypedColumns):
    id_tipo_procedimento = Column(Integer, primary_key=True, autoincrement=False)
    nome: Named[str] = Column(String(100))
    sin_ativo: Named[str] = Column(CHAR(1))


tipo_procedimento = Table("tipo_procedimento", metadata, TipoProcedimentoColumns)


class DocumentoColumns(TypedColumns):
    id_documento = Column(BigInteger, primary_key=True, autoincrement=False)
    id_procedimento: Named[int] = Column(BigInteger)
    id_serie: Named[int] = Column(Integer)
    id_tipo_conferencia: Named[int | None] = Column(Integer)
    id_unidade_responsavel: Named[int] = Column(Integer, info=WRITTEN)
    numero: Named[str | None] = Column(String(50))
    sta_documento: Named[str] = Column(CHAR(1))


documento = Table(
    "documento",
    metadata,
    DocumentoColumns,
    Index("fk_documento_procedimento", "id_procedimento"),
    Index("fk_documento_serie", "id_serie"),
)


class DocumentoConteudoColumns(TypedColumns):
    id_documento = Column(BigInteger, primary_key=True, autoincrement=False)
    conteudo_assinatura: Named[str | None] = Column(LongText)
    crc_assinatura: Named[str | None] = Column(CHAR(8))


documento_conteudo = Table("documento_conteudo", metadata, DocumentoConteudoColumns)


class SerieColumns(TypedColumns):
    id_serie = Column(Integer, primary_key=True, autoincrement=False)
    nome: Named[str] = Column(String(100))
    sin_ativo: Named[str] = Column(CHAR(1), info=WRITTEN)


serie = Table("serie", metadata, SerieColumns)


class TipoConferenciaColumns(TypedColumns):
    id_tipo_conferencia = Column(Integer, primary_key=True, autoincrement=False)
    descricao: Named[str] = Column(String(250))


tipo_conferencia = Table("tipo_conferencia", metadata, TipoConferenciaColumns)


class AnexoColumns(TypedColumns):
    id_anexo = Column(Integer, primary_key=True, autoincrement=False)
    id_protocolo: Named[int | None] = Column(BigInteger)
    nome: Named[str] = Column(String(255))
    # `int` on MySQL and `bigint` on PostgreSQL: the one type that differs.
    tamanho: Named[int] = Column(Integer().with_variant(BigInteger(), "postgresql"))
    hash: Named[str] = Column(CHAR(32))
    dth_inclusao: Named[datetime] = Column(DateTime)
    sin_ativo: Named[str] = Column(CHAR(1))


anexo = Table("anexo", metadata, AnexoColumns, Index("i01_anexo", "id_protocolo", "sin_ativo"))


class AssinaturaColumns(TypedColumns):
    id_assinatura = Column(Integer, primary_key=True, autoincrement=False)
    id_documento: Named[int] = Column(BigInteger)
    id_atividade: Named[int | None] = Column(Integer)
    nome: Named[str] = Column(String(500))
    tratamento: Named[str] = Column(String(200))
    sta_forma_autenticacao: Named[str] = Column(CHAR(1))
    sin_ativo: Named[str] = Column(CHAR(1))


assinatura = Table(
    "assinatura", metadata, AssinaturaColumns, Index("fk_assinatura_documento", "id_documento")
)


class RelProtocoloProtocoloColumns(TypedColumns):
    id_rel_protocolo_protocolo = Column(BigInteger, primary_key=True, autoincrement=False)
    id_protocolo_1: Named[int] = Column(BigInteger)
    id_protocolo_2: Named[int] = Column(BigInteger)
    sta_associacao: Named[str] = Column(CHAR(1))
    sequencia: Named[int] = Column(Integer)
    dth_associacao: Named[datetime] = Column(DateTime, info=WRITTEN)


rel_protocolo_protocolo = Table(
    "rel_protocolo_protocolo",
    metadata,
    RelProtocoloProtocoloColumns,
    Index("fk_protocolo_protocolo_1", "id_protocolo_1"),
    Index("fk_protocolo_protocolo_2", "id_protocolo_2"),
)


class AtividadeColumns(TypedColumns):
    id_atividade = Column(Integer, primary_key=True, autoincrement=False)
    id_protocolo: Named[int] = Column(BigInteger)
    id_unidade: Named[int] = Column(Integer)
    id_unidade_origem: Named[int] = Column(Integer, info=WRITTEN)
    id_tarefa: Named[int | None] = Column(Integer)
    dth_abertura: Named[datetime] = Column(DateTime)
    dth_conclusao: Named[datetime | None] = Column(DateTime)


atividade = Table(
    "atividade",
    metadata,
    AtividadeColumns,
    Index("fk_atividade_protocolo", "id_protocolo"),
    Index("fk_atividade_unidade", "id_unidade"),
    Index("i06_atividade", "id_unidade", "id_protocolo", "id_atividade", "id_unidade_origem"),
    Index("i10_atividade", "dth_abertura", "id_tarefa"),
    Index("i17_atividade", "id_protocolo", "id_tarefa", "id_unidade", "id_unidade_origem"),
)


class TarefaColumns(TypedColumns):
    id_tarefa = Column(Integer, primary_key=True, autoincrement=False)
    nome: Named[str] = Column(String(250))
    id_tarefa_modulo: Named[str | None] = Column(String(50))
    sin_historico_resumido: Named[str] = Column(CHAR(1))
    sin_consulta_processual: Named[str] = Column(CHAR(1), info=SINCE_41)


tarefa = Table("tarefa", metadata, TarefaColumns)


class AtributoAndamentoColumns(TypedColumns):
    id_atributo_andamento = Column(Integer, primary_key=True, autoincrement=False)
    id_atividade: Named[int] = Column(Integer)
    nome: Named[str] = Column(String(50))
    valor: Named[str | None] = Column(String(4000))
    id_origem: Named[str | None] = Column(String(50))


atributo_andamento = Table(
    "atributo_andamento",
    metadata,
    AtributoAndamentoColumns,
    Index("fk_atributo_andamento_atividad", "id_atividade"),
)


class OrgaoColumns(TypedColumns):
    # 0 is the usual id of the first órgão.
    id_orgao = Column(Integer, primary_key=True, autoincrement=False)
    sigla: Named[str] = Column(String(30))
    descricao: Named[str] = Column(String(250))
    sin_ativo: Named[str] = Column(CHAR(1))
    numeracao: Named[str | None] = Column(String(250))
    sin_consulta_processual: Named[str] = Column(CHAR(1), info=SINCE_41 | WRITTEN)


orgao = Table("orgao", metadata, OrgaoColumns)


class UnidadeColumns(TypedColumns):
    id_unidade = Column(Integer, primary_key=True, autoincrement=False)
    id_orgao: Named[int] = Column(Integer)
    sigla: Named[str] = Column(String(30))
    descricao: Named[str] = Column(String(250))
    sin_ativo: Named[str] = Column(CHAR(1))


unidade = Table("unidade", metadata, UnidadeColumns, Index("fk_unidade_orgao", "id_orgao"))


class UnidadeHistoricoColumns(TypedColumns):
    id_unidade_historico = Column(Integer, primary_key=True, autoincrement=False)
    id_unidade: Named[int] = Column(Integer)
    id_orgao: Named[int] = Column(Integer)
    sigla: Named[str] = Column(String(30))
    descricao: Named[str] = Column(String(250))
    dta_inicio: Named[datetime] = Column(DateTime)
    dta_fim: Named[datetime | None] = Column(DateTime, info=WRITTEN)


unidade_historico = Table(
    "unidade_historico",
    metadata,
    UnidadeHistoricoColumns,
    Index("fk_unidade_historico_unidade", "id_unidade"),
    info=SINCE_40,
)


class HipoteseLegalColumns(TypedColumns):
    id_hipotese_legal = Column(Integer, primary_key=True, autoincrement=False)
    nome: Named[str] = Column(String(50))
    base_legal: Named[str] = Column(String(50))
    sta_nivel_acesso: Named[str] = Column(CHAR(1), info=WRITTEN)


hipotese_legal = Table("hipotese_legal", metadata, HipoteseLegalColumns)


class InfraParametroColumns(TypedColumns):
    nome = Column(String(100), primary_key=True)
    valor: Named[str | None] = Column(LongText)


infra_parametro = Table("infra_parametro", metadata, InfraParametroColumns)
