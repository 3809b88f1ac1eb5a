"""What the audit says of a person, in words that they understand."""

from typing import assert_never

from portal.audit import Event, Happening

_ENDED = {"logout": "Você saiu", "one": "Uma sessão foi encerrada por você",
          "others": "As outras sessões foram encerradas por você"}  # fmt: skip
_REFUSED = {"form": "Um pedido foi recusado: não veio de uma página do portal",
            "session": "Um pedido foi recusado: a sessão não era sua"}  # fmt: skip


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
        case Event.DATA_EXPORTED:
            return "Uma cópia dos seus dados foi baixada"
        case Event.ACCOUNT_DELETED:
            return "A conta foi excluída"
    assert_never(happening.event)


FILTERS = {"acontecido": tell}
