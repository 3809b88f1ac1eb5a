"""What the audit says of a person, in words that they understand."""

from typing import assert_never

from portal.accounts.acting import OVER
from portal.audit import Event, Happening
from portal.representation import Papel

_ENDED = {"logout": "Você saiu", "one": "Uma sessão foi encerrada por você",
          "others": "As outras sessões foram encerradas por você",
          "time": "Uma sessão terminou pelo tempo"}  # fmt: skip
_REFUSED = {"form": "Um pedido foi recusado: não veio de uma página do portal",
            "session": "Um pedido foi recusado: a sessão não era sua",
            "representation": "Um pedido de agir por outro foi recusado"}  # fmt: skip


def tell(happening: Happening) -> str:
    """One sentence, without its full stop."""
    detail = happening.detail
    match happening.event:
        case Event.LOGIN:
            return f"Entrada com conta {detail}"
        case Event.LOGIN_REFUSED:
            return "Uma entrada foi recusada"
        case Event.LEVEL_REFUSED:
            return f"Um serviço pediu conta {detail}"
        case Event.ACCESS_REFUSED:
            return _REFUSED.get(detail, "Um pedido foi recusado")
        case Event.SESSION_ENDED:
            return _ENDED.get(detail, "Uma sessão terminou")
        case Event.RESTRITO_READ:
            return f"Você abriu o que é restrito: {detail}"
        case Event.REPRESENTATION:
            if not detail:
                return "Você voltou a agir por você"
            if detail.startswith(OVER):
                return f"Terminou a autorização para agir por {detail.removeprefix(OVER).strip()}"
            return f"Você passou a agir por {detail}"
        case Event.DELIVERY:
            return f"A prefeitura resolveu o envio do pedido {detail.partition(' ')[0]} ao SEI"
        case Event.DATA_EXPORTED:
            return "Uma cópia dos seus dados foi baixada"
        case Event.UPLOAD_REFUSED:
            return "Um arquivo não foi aceito"
        case Event.RECEIPT_ISSUED:
            return "Um recibo foi emitido"
        case Event.CONFIGURATION:
            return "A configuração do portal mudou"
        case Event.SUBMITTED:
            return "Um pedido foi enviado à prefeitura"
        case Event.ACCOUNT_DELETED:
            return "A conta foi excluída"
    assert_never(happening.event)


def name_papel(papel: Papel) -> str:
    """After "Você é"."""
    match papel:
        case Papel.SOCIO:
            return "sócio ou sócia"
        case Papel.CONTADOR:
            return "contador ou contadora"
        case Papel.REPRESENTANTE_LEGAL:
            return "representante legal"
        case Papel.COLABORADOR:
            return "colaborador ou colaboradora"
        case Papel.RESPONSAVEL_LEGAL:
            return "responsável legal"
        case Papel.PROCURADOR_ESPECIAL:
            return "procurador ou procuradora especial"
        case Papel.PROCURADOR | Papel.PROCURADOR_SIMPLES:
            return "procurador ou procuradora"
    assert_never(papel)


FILTERS = {"acontecido": tell, "papel": name_papel}
