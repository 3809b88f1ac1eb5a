"""SEI's tables, with the columns the portal reads (SEI 4.1 reference database).

The indexes are the ones our queries lean on, under SEI's own names. Where MySQL and PostgreSQL
disagree about the order of columns, the order here is MySQL's.
"""

from portal.sei.tables.base import (
    metadata,
)
from portal.sei.tables.core import (
    anexo,
    assinatura,
    atividade,
    atributo_andamento,
    documento,
    documento_conteudo,
    hipotese_legal,
    infra_parametro,
    orgao,
    procedimento,
    protocolo,
    rel_protocolo_protocolo,
    serie,
    tarefa,
    tipo_conferencia,
    tipo_procedimento,
    unidade,
    unidade_historico,
)
from portal.sei.tables.modules import (
    md_pesq_parametro,
    md_pet_int_aceite,
    md_pet_int_prazo_tacita,
    md_pet_int_protocolo,
    md_pet_int_rel_dest,
    md_pet_int_rel_tpo_res_des,
    md_pet_int_tipo_intimacao,
    md_pet_intimacao,
    md_pet_rel_recibo_protoc,
    md_pet_rel_vincrep_protoc,
    md_pet_vinculo,
    md_pet_vinculo_represent,
)
from portal.sei.tables.people import (
    acesso_externo,
    contato,
    participante,
    rel_acesso_ext_protocolo,
    usuario,
)

__all__ = [
    "acesso_externo",
    "anexo",
    "assinatura",
    "atividade",
    "atributo_andamento",
    "contato",
    "documento",
    "documento_conteudo",
    "hipotese_legal",
    "infra_parametro",
    "md_pesq_parametro",
    "md_pet_int_aceite",
    "md_pet_int_prazo_tacita",
    "md_pet_int_protocolo",
    "md_pet_int_rel_dest",
    "md_pet_int_rel_tpo_res_des",
    "md_pet_int_tipo_intimacao",
    "md_pet_intimacao",
    "md_pet_rel_recibo_protoc",
    "md_pet_rel_vincrep_protoc",
    "md_pet_vinculo",
    "md_pet_vinculo_represent",
    "metadata",
    "orgao",
    "participante",
    "procedimento",
    "protocolo",
    "rel_acesso_ext_protocolo",
    "rel_protocolo_protocolo",
    "serie",
    "tarefa",
    "tipo_conferencia",
    "tipo_procedimento",
    "unidade",
    "unidade_historico",
    "usuario",
]
