"""What only a module creates: Pesquisa Pública, Peticionamento."""

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    Named,
    String,
    Table,
    TypedColumns,
)

from portal.sei.tables.base import WRITTEN, LongText, metadata


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
    id_contato: Named[int] = Column(Integer, info=WRITTEN)


md_pet_int_rel_dest = Table(
    "md_pet_int_rel_dest",
    metadata,
    MdPetIntRelDestColumns,
    Index("fk_md_pet_int_rel_dest_1", "id_md_pet_intimacao"),
    info=PETICIONAMENTO,
)


class MdPetIntAceiteColumns(TypedColumns):
    id_md_pet_int_rel_dest = Column(Integer, primary_key=True, autoincrement=False)


md_pet_int_aceite = Table("md_pet_int_aceite", metadata, MdPetIntAceiteColumns, info=PETICIONAMENTO)
