"""What only a module creates: Pesquisa Pública, Peticionamento."""

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

from portal.sei.tables.base import SINCE_41, WRITTEN, LongText, metadata


class MdPesqParametroColumns(TypedColumns):
    nome = Column(String(100), primary_key=True)
    valor: Named[str | None] = Column(LongText)


md_pesq_parametro = Table(
    "md_pesq_parametro", metadata, MdPesqParametroColumns, info={"module": "Pesquisa Pública"}
)

PETICIONAMENTO = {"module": "Peticionamento"}


class MdPetIntProtocoloColumns(TypedColumns):
    id_md_pet_intimacao = Column(Integer, primary_key=True, autoincrement=False)
    id_protocolo = Column(BigInteger, primary_key=True, autoincrement=False)
    sin_principal: Named[str | None] = Column(CHAR(1))


md_pet_int_protocolo = Table(
    "md_pet_int_protocolo",
    metadata,
    MdPetIntProtocoloColumns,
    Index("fk_md_pet_int_protocolo_2", "id_protocolo"),
    info=PETICIONAMENTO,
)


class MdPetIntRelDestColumns(TypedColumns):
    id_md_pet_int_rel_dest = Column(Integer, primary_key=True, autoincrement=False)
    id_md_pet_intimacao: Named[int] = Column(Integer)
    id_contato: Named[int] = Column(Integer)
    data_cadastro: Named[datetime] = Column(DateTime)
    sta_situacao_intimacao: Named[str] = Column(CHAR(1))
    sin_ativo: Named[str | None] = Column(CHAR(1))
    # Of a newer module, not of a newer SEI; so too it must be granted apart, and may be missing.
    dta_prazo_tacito: Named[datetime | None] = Column(DateTime, info=SINCE_41)


md_pet_int_rel_dest = Table(
    "md_pet_int_rel_dest",
    metadata,
    MdPetIntRelDestColumns,
    Index("fk_md_pet_int_rel_dest_1", "id_md_pet_intimacao"),
    Index("fk_md_pet_int_rel_dest_2", "id_contato"),
    info=PETICIONAMENTO,
)


class MdPetIntAceiteColumns(TypedColumns):
    id_md_pet_int_rel_dest = Column(Integer, primary_key=True, autoincrement=False)


md_pet_int_aceite = Table("md_pet_int_aceite", metadata, MdPetIntAceiteColumns, info=PETICIONAMENTO)


class MdPetIntimacaoColumns(TypedColumns):
    id_md_pet_intimacao = Column(Integer, primary_key=True, autoincrement=False)
    id_md_pet_int_tipo_intimacao: Named[int] = Column(Integer)


md_pet_intimacao = Table("md_pet_intimacao", metadata, MdPetIntimacaoColumns, info=PETICIONAMENTO)


class MdPetIntTipoIntimacaoColumns(TypedColumns):
    id_md_pet_int_tipo_intimacao = Column(Integer, primary_key=True, autoincrement=False)
    nome: Named[str] = Column(String(100))
    tipo_resposta_aceita: Named[str] = Column(CHAR(1))


md_pet_int_tipo_intimacao = Table(
    "md_pet_int_tipo_intimacao", metadata, MdPetIntTipoIntimacaoColumns, info=PETICIONAMENTO
)


class MdPetIntRelTipoRespColumns(TypedColumns):
    id_md_pet_int_rel_tipo_resp = Column(
        Integer, primary_key=True, autoincrement=False, info=WRITTEN
    )
    id_md_pet_intimacao: Named[int] = Column(Integer)
    id_md_pet_int_tipo_resp: Named[int] = Column(Integer)
    sin_ativo: Named[str] = Column(CHAR(1))


md_pet_int_rel_tipo_resp = Table(
    "md_pet_int_rel_tipo_resp",
    metadata,
    MdPetIntRelTipoRespColumns,
    Index("fk_md_pet_int_rel_tipo_resp_1", "id_md_pet_intimacao"),
    info=PETICIONAMENTO,
)


class MdPetIntTipoRespColumns(TypedColumns):
    id_md_pet_int_tipo_resp = Column(Integer, primary_key=True, autoincrement=False)
    nome: Named[str] = Column(String(100))
    # How long there is to answer: so many days, months or years; NULL when for ever.
    tipo_prazo_externo: Named[str | None] = Column(CHAR(1))
    valor_prazo_externo: Named[int | None] = Column(Integer)
    tipo_dia: Named[str | None] = Column(CHAR(1))


md_pet_int_tipo_resp = Table(
    "md_pet_int_tipo_resp", metadata, MdPetIntTipoRespColumns, info=PETICIONAMENTO
)


class MdPetIntPrazoTacitaColumns(TypedColumns):
    id_md_pet_int_prazo_tacita = Column(Integer, primary_key=True, autoincrement=False)
    num_prazo: Named[int] = Column(Integer)


md_pet_int_prazo_tacita = Table(
    "md_pet_int_prazo_tacita", metadata, MdPetIntPrazoTacitaColumns, info=PETICIONAMENTO
)


class MdPetIntRelTpoResDesColumns(TypedColumns):
    id_md_pet_int_rel_tipo_res_des = Column(
        Integer, primary_key=True, autoincrement=False, info=WRITTEN
    )
    id_md_pet_int_rel_dest: Named[int] = Column(Integer)
    data_limite: Named[datetime | None] = Column(DateTime)
    data_prorrogada: Named[datetime | None] = Column(DateTime)


md_pet_int_rel_tpo_res_des = Table(
    "md_pet_int_rel_tpo_res_des",
    metadata,
    MdPetIntRelTpoResDesColumns,
    Index("fk_md_pet_int_rel_tpo_res_2", "id_md_pet_int_rel_dest"),
    info=PETICIONAMENTO,
)


class MdPetRelReciboProtocColumns(TypedColumns):
    id_md_pet_rel_recibo_protoc = Column(Integer, primary_key=True, autoincrement=False)
    id_protocolo: Named[int] = Column(BigInteger)
    id_usuario: Named[int] = Column(Integer)
    data_hora_recebimento_final: Named[datetime | None] = Column(DateTime)
    sta_tipo_peticionamento: Named[str] = Column(CHAR(1))
    sin_ativo: Named[str] = Column(CHAR(1))


md_pet_rel_recibo_protoc = Table(
    "md_pet_rel_recibo_protoc",
    metadata,
    MdPetRelReciboProtocColumns,
    Index("fk_md_pet_rel_recibo_protoc_3", "id_usuario"),
    info=PETICIONAMENTO,
)


class MdPetVinculoColumns(TypedColumns):
    id_md_pet_vinculo = Column(Integer, primary_key=True, autoincrement=False)
    id_contato: Named[int] = Column(Integer)


md_pet_vinculo = Table("md_pet_vinculo", metadata, MdPetVinculoColumns, info=PETICIONAMENTO)


class MdPetVinculoRepresentColumns(TypedColumns):
    id_md_pet_vinculo_represent = Column(Integer, primary_key=True, autoincrement=False)
    id_md_pet_vinculo: Named[int] = Column(Integer)
    id_contato: Named[int] = Column(Integer)
    tipo_representante: Named[str] = Column(CHAR(1))
    sta_estado: Named[str] = Column(CHAR(1))
    # Older modules have it; so it is granted apart, and may be missing.
    sin_ativo: Named[str] = Column(CHAR(1), info=SINCE_41)
    sta_abrangencia: Named[str | None] = Column(CHAR(1))
    data_limite: Named[datetime | None] = Column(DateTime)
    data_encerramento: Named[datetime | None] = Column(DateTime)


md_pet_vinculo_represent = Table(
    "md_pet_vinculo_represent",
    metadata,
    MdPetVinculoRepresentColumns,
    Index("fk_md_pet_vinculo_repres_2", "id_contato"),
    info=PETICIONAMENTO,
)


class MdPetRelVincrepProtocColumns(TypedColumns):
    id_md_pet_vinculo_represent = Column(Integer, primary_key=True, autoincrement=False)
    id_protocolo = Column(BigInteger, primary_key=True, autoincrement=False)


md_pet_rel_vincrep_protoc = Table(
    "md_pet_rel_vincrep_protoc", metadata, MdPetRelVincrepProtocColumns, info=PETICIONAMENTO
)


class MdPetAdmTipoPoderColumns(TypedColumns):
    id_md_pet_tipo_poder = Column(Integer, primary_key=True, autoincrement=False)
    nome: Named[str] = Column(String(100))


md_pet_adm_tipo_poder = Table(
    "md_pet_adm_tipo_poder", metadata, MdPetAdmTipoPoderColumns, info=PETICIONAMENTO
)


class MdPetRelVincrepTipoPoderColumns(TypedColumns):
    id_md_pet_vinculo_represent = Column(Integer, primary_key=True, autoincrement=False)
    id_md_pet_tipo_poder = Column(Integer, primary_key=True, autoincrement=False)


md_pet_rel_vincrep_tipo_poder = Table(
    "md_pet_rel_vincrep_tipo_poder", metadata, MdPetRelVincrepTipoPoderColumns, info=PETICIONAMENTO
)
