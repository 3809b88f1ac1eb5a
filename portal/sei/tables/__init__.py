"""SEI's tables, with the columns the portal reads (SEI 4.1 reference database).

`info["since"]` and `info["until"]` mark what is not in every supported version (3.1 to 5.0);
`installation.py` asks the database itself which of those it has. `info["module"]` marks the
tables that only an installed SEI module creates.

The indexes are the ones our queries lean on, under SEI's own names. Where MySQL and PostgreSQL
disagree about the order of columns, the order here is MySQL's.
"""

from portal.sei.tables.core import (
    anexo,
    assinatura,
    atividade,
    atributo_andamento,
    contato,
    documento,
    documento_conteudo,
    hipotese_legal,
    infra_parametro,
    metadata,
    orgao,
    participante,
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
    md_pet_int_protocolo,
    md_pet_int_rel_dest,
)

__all__ = [
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
    "md_pet_int_protocolo",
    "md_pet_int_rel_dest",
    "metadata",
    "orgao",
    "participante",
    "procedimento",
    "protocolo",
    "rel_protocolo_protocolo",
    "serie",
    "tarefa",
    "tipo_conferencia",
    "tipo_procedimento",
    "unidade",
    "unidade_historico",
]
