"""Why something is closed, in a sentence: a processo, a document, another processo.

A hipótese legal is named as SEI has it; nobody's name is in these sentences.
"""

from collections.abc import Callable, Mapping
from typing import Final, assert_never

from portal.sei.values import (
    Documento,
    HipoteseLegal,
    NaoInformada,
    Neighbour,
    NivelAcesso,
    Opening,
    Tracking,
)


def warn_restricted(tracking: Tracking) -> str | None:
    """What to say beside the answer when a restrito shows more than its number; else None."""
    p = tracking.procedimento
    if isinstance(tracking.situacao, NaoInformada) or p.nivel_acesso_global is NivelAcesso.PUBLICO:
        return None
    if p.nivel_acesso_local is NivelAcesso.PUBLICO:
        return "Há documento restrito neste processo: por isso aparece menos do que o comum."
    return _sentence("Este processo é restrito", p.hipotese_legal)


def explain_closed(documento: Documento) -> str | None:
    """Why the document's content does not open here, as one sentence; None when it opens."""
    match documento.opening:
        case Opening.OPENS:
            return None
        case Opening.RESTRITO:
            return _sentence("Documento restrito", documento.hipotese_legal)
        case Opening.PROCESSO_RESTRITO:
            return _sentence("O processo é restrito", documento.hipotese_legal)
        case Opening.UNREAD_INTIMACAO:
            return "Não abre enquanto houver aviso (intimação) à espera de leitura."
        case Opening.BEFORE_DATA_CORTE:
            return "Documento antigo: peça uma cópia no atendimento."
        case Opening.PERSONAL:
            return "Tem dados pessoais: só a própria pessoa pode ler."
        case Opening.ELIMINADO:
            return "Eliminado do arquivo, como manda a lei."
        case _:
            assert_never(documento.opening)


def explain_restrito(neighbour: Neighbour) -> str | None:
    """Why another processo that is named here is restrito; None when it is not."""
    hipotese = neighbour.hipotese_legal
    return None if hipotese is None else _sentence("Processo restrito", hipotese)


def give_reason(hipotese: HipoteseLegal) -> str:
    """The hipótese legal, in a sentence."""
    base = f" ({hipotese.base_legal})" if hipotese.base_legal else ""
    return f"Motivo previsto em lei: {hipotese.nome}{base}."


def _sentence(start: str, hipotese: HipoteseLegal | None) -> str:
    return f"{start}." if hipotese is None else f"{start}. {give_reason(hipotese)}"


FILTERS: Final[Mapping[str, Callable[..., object]]] = {
    "explain_closed": explain_closed,
    "explain_restrito": explain_restrito,
    "warn_restricted": warn_restricted,
}
"""What `create_app` adds to the Jinja environment."""
