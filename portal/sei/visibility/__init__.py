"""What somebody may see of SEI. This package decides, and nothing else does.

Two kinds of rule live here. A *criterion* is SQL, for what must not even be read: an unsigned
draft that is filtered late still shows as a gap in a list. A function that starts with `may_`
judges rows already read. Section numbers are of the research notes on SEI's database; the facts
in them are proved by the open module Pesquisa Pública (anatelgovbr/mod-sei-pesquisa).

Where SEI's own public pages show more than a portal needs to (names on a restrito, e-mails in an
andamento), the stricter reading is taken.
"""

from portal.sei.visibility.acessos import (
    NOTHING,
    Grant,
    Listing,
    acesso_criterion,
    may_ask_acessos,
)
from portal.sei.visibility.andamentos import (
    EMAIL_ATRIBUTOS,
    PERSONAL_MODULOS,
    PERSONAL_TAREFAS,
    PESSOA_ATRIBUTOS,
    SERVIDOR_ATRIBUTOS,
    andamento_criterion,
    may_show_andamento,
    may_tell_motivo,
    resolve,
)
from portal.sei.visibility.choices import (
    DATA_CORTE,
    PESQUISA_PARAMETROS,
    Options,
    Rules,
    id_of_teste,
    rules,
)
from portal.sei.visibility.documentos import (
    DocumentFacts,
    assinado,
    assinatura_criterion,
    confirmation_criterion,
    conteudo_criterion,
    documento_criterion,
    intimacao_pendente,
    item_criterion,
    judge_opening,
    match_criterion,
    may_answer,
    may_describe_documento,
    may_name_documento,
)
from portal.sei.visibility.processos import (
    Link,
    Referenced,
    closed_chain,
    list_which,
    may_confirm,
    may_link_anexado,
    may_list_andamentos,
    may_list_relacionados,
    may_name,
    may_name_other,
    may_say_where,
    may_show_interessados,
    parent_closed,
    procedimento_criterion,
    search_criterion,
    shown,
)

__all__ = [
    "DATA_CORTE",
    "EMAIL_ATRIBUTOS",
    "NOTHING",
    "PERSONAL_MODULOS",
    "PERSONAL_TAREFAS",
    "PESQUISA_PARAMETROS",
    "PESSOA_ATRIBUTOS",
    "SERVIDOR_ATRIBUTOS",
    "DocumentFacts",
    "Grant",
    "Link",
    "Listing",
    "Options",
    "Referenced",
    "Rules",
    "acesso_criterion",
    "andamento_criterion",
    "assinado",
    "assinatura_criterion",
    "closed_chain",
    "confirmation_criterion",
    "conteudo_criterion",
    "documento_criterion",
    "id_of_teste",
    "intimacao_pendente",
    "item_criterion",
    "judge_opening",
    "list_which",
    "match_criterion",
    "may_answer",
    "may_ask_acessos",
    "may_confirm",
    "may_describe_documento",
    "may_link_anexado",
    "may_list_andamentos",
    "may_list_relacionados",
    "may_name",
    "may_name_documento",
    "may_name_other",
    "may_say_where",
    "may_show_andamento",
    "may_show_interessados",
    "may_tell_motivo",
    "parent_closed",
    "procedimento_criterion",
    "resolve",
    "rules",
    "search_criterion",
    "shown",
]
