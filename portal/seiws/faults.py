"""What a SOAP fault of SEI means for who asked.

`faultcode` tells nothing, and SEI's own type of an error little: what was not found is an error
there, and maintenance a refusal. So the words decide, matched loosely, since they differ between
versions; what nobody knows is never taken for a refusal.
"""

import re
import unicodedata
from dataclasses import dataclass

from portal.seiws.values import Failure, NotAllowed, NotSent, Rejected, Unconfirmed, Why

VALIDATION = "INFRA_VALIDACAO"
LONGEST = 1000
"""Characters of a message that are kept."""

_NOT_NOW = re.compile(
    r"em manutencao|servicos nao estao disponiveis|\bindisponivel\b|\bfora do ar\b"
)
_NOT_ALLOWED = re.compile(
    r"^sistema .*nao encontrado"
    r"|^servico .*(nao encontrado|nao possui autenticacao)"
    r"|^chave de acesso invalida"
    r"|^acesso negado"
    r"|^unidade \S+ nao encontrada"
    r"|^unidade .+ esta desativada"
    r"|^nenhuma operacao configurada"
    r"|^procedure .*not present"
)
_TOLD = (
    (re.compile(r"^arquivo ja esta associado"), Why.ARQUIVO_TAKEN),
    (re.compile(r"^arquivo nao encontrado"), Why.ARQUIVO_GONE),
    (re.compile(r"^ja existe um processo utilizando o numero"), Why.NUMERO_TAKEN),
    (re.compile(r"^(processo|documento) .*nao encontrad[oa]"), Why.NOT_FOUND),
)
# Errors that are answers: SEI had looked, and stopped before it did anything. By their beginnings,
# since something else may be missing after SEI has committed, such as its search index.
_ANSWERS = re.compile(
    r"^(tipo de (procedimento|documento)|assunto|contato|processo|documento) .*nao encontrado"
    r"|^tipo de documento nao informado"
    r"|^(nome do )?(interessado|remetente|destinatario) vazio ou nulo"
    r"|^unidade .* nao possui acesso"
    r"|^(numero do protocolo|data de autuacao) somente deve ser informad"
    r"|^o numero maximo de documentos"
    r"|^documento nao pode referenciar"
    r"|^nao e possivel (informar|enviar)"
    r"|^nome do arquivo nao informado"
    r"|^nenhum (criterio|identificador)"
    r"|^identificador de tarefa .* reservado"
    r"|^bad request"
)


@dataclass(frozen=True, slots=True)
class SoapFault:
    """What arrived: `type` is SEI's INFRA_VALIDACAO or INFRA_ERRO, empty when it is not SEI's."""

    message: str
    type: str


def judge(fault: SoapFault, *, lasting: bool) -> Failure:
    """How a call ended that got this fault; `lasting` when it could have left something in SEI."""
    # Several messages come in one, parted by a backslash and an n.
    messages = [line.strip() for line in fault.message.split("\\n") if line.strip()]
    text = "\n".join(messages)[:LONGEST] or "(sem mensagem)"
    folded = [_fold(message) for message in messages]
    if any(_NOT_ALLOWED.search(message) for message in folded):
        return NotAllowed(text)
    if any(_NOT_NOW.search(_without_names(message)) for message in folded):
        return NotSent(text)
    answered = bool(folded) and all(map(_ANSWERS.search, folded))
    if fault.type == VALIDATION or answered:
        return Rejected(text, _find_why(folded))
    return Unconfirmed(text) if lasting else NotSent(text)


def _find_why(messages: list[str]) -> Why:
    for pattern, why in _TOLD:
        if any(pattern.search(message) for message in messages):
            return why
    return Why.OTHER


def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in decomposed if not unicodedata.combining(each))


def _without_names(message: str) -> str:
    """A tipo de processo may be called “Manutenção de Vias”."""
    return re.sub(r'"[^"]*"|\[[^\]]*\]', "", message)
