"""What a citizen reads about a processo: plain Portuguese sentences from what SEI knows.

Pure: the same values and the same instant give the same words. Sentences about a trâmite follow
the vocabulary of the SEI–Tramita module's states; nobody's name and no reason of refusal is in
them. The text is plain (Lei 15.263/2025): direct order, one idea per sentence, the technical word
between parentheses the first time it is needed.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple, assert_never

from portal.portugues import preposition
from portal.sei.values import (
    Abertura,
    Anexado,
    Bloqueado,
    ComOutroOrgao,
    Concluido,
    Consulta,
    Documento,
    Eliminado,
    EmAndamento,
    EstadoTramite,
    HipoteseLegal,
    NaoInformada,
    NivelAcesso,
    Passagem,
    Sobrestado,
    Tramite,
    Unidade,
    Vizinho,
)
from portal.web.dates import clock, day, on, since, weekday


class Marca(StrEnum):
    """The drawing that goes with the word, so that colour is never the only sign."""

    ANDAMENTO = "andamento"
    CONCLUIDO = "fim"
    ESPERA = "espera"
    ANEXADO = "anexado"
    EXTERNO = "externo"
    TRANCADO = "trancado"
    ELIMINADO = "eliminado"


@dataclass(frozen=True, slots=True)
class Frase:
    """The answer to "where is my processo?"."""

    marca: Marca
    palavra: str
    """The state in one or two words, for the mark."""
    frase: str
    """One sentence; for the title of a message too."""
    lugares: tuple[str, ...] = ()
    """When it is in several units at once: where, one phrase each, the latest arrival first."""
    complementos: tuple[str, ...] = ()
    """Sentences that follow: why, what it means, what the person can do."""
    ligacao: Vizinho | None = None
    """Another processo to go to; it has a `chave`."""


class Passo(NamedTuple):
    """One entry of the timeline, ready to print. A tuple because a page has dozens."""

    id_atividade: int
    tipo: str
    hora: str
    onde: str
    """The unit; empty when `frase` names it already."""
    frase: str
    """A whole sentence, with its full stop."""
    texto_sei: str | None
    """SEI's own text; None when it says just what `frase` says."""
    nota: str | None
    """When a trâmite that has ended had been sent; the sentence tells the rest."""


class Dia(NamedTuple):
    """The entries of one day, in the order of the page."""

    data: date
    titulo: str
    """`12 de março`."""
    semana: str
    """`quinta-feira`, or `hoje, quinta-feira`."""
    passos: tuple[Passo, ...]


def describe(consulta: Consulta, agora: datetime) -> Frase:
    """Where the processo is. `agora` is in the tenant's zone."""
    hoje = agora.date()
    situacao = consulta.situacao
    match situacao:
        case EmAndamento(passagens):
            return _in_progress(passagens, hoje, consulta)
        case Concluido(unidade, em):
            quando = "" if em is None else " " + on(em, hoje)
            return Frase(
                Marca.CONCLUIDO,
                "Concluído",
                f"Concluído{_place(unidade, consulta)}{quando}.",
                complementos=(
                    "Nenhuma unidade está trabalhando nele agora. Ele pode ser reaberto.",
                    *_origin(consulta.veio_de, hoje),
                ),
            )
        case Sobrestado(unidade, desde, por):
            quando = "" if desde is None else " " + since(desde.date(), hoje)
            if por is None:
                espera = "Ele espera outra providência (sobrestado) e volta a andar depois dela."
            elif por.chave is None:
                espera = f"Ele espera o processo {por.formatado} (sobrestado)."
            else:
                espera = "Ele espera outro processo (sobrestado) e volta a andar depois dele."
            return Frase(
                Marca.ESPERA,
                "Parado, esperando",
                f"Parado{_place(unidade, consulta)}{quando}.",
                complementos=(espera, *_origin(consulta.veio_de, hoje)),
                ligacao=_reachable(por),
            )
        case Anexado(outro):
            return _joined(outro)
        case ComOutroOrgao(tramite):
            return _away(tramite, hoje)
        case Bloqueado(unidade):
            return Frase(
                Marca.TRANCADO,
                "Bloqueado",
                f"Bloqueado{_place(unidade, consulta)}.",
                complementos=("Por enquanto, ninguém pode incluir documentos nem enviá-lo.",),
            )
        case Eliminado():
            return Frase(
                Marca.ELIMINADO,
                "Eliminado do arquivo",
                "O prazo de guarda terminou e os documentos foram eliminados, como manda a lei.",
                complementos=("O número e os dados principais continuam registrados.",),
            )
        case NaoInformada():
            return _restricted(consulta.procedimento.hipotese_legal)
        case _:
            assert_never(situacao)


def warn_restricted(consulta: Consulta) -> str | None:
    """What to say beside the answer when a restrito shows more than its number; else None."""
    p = consulta.procedimento
    if isinstance(consulta.situacao, NaoInformada) or p.nivel_acesso_global is NivelAcesso.PUBLICO:
        return None
    if p.nivel_acesso_local is NivelAcesso.PUBLICO:
        return "Há documento restrito neste processo: por isso aparece menos do que o comum."
    return _sentence("Este processo é restrito", p.hipotese_legal)


def group_by_day(consulta: Consulta, agora: datetime) -> tuple[Dia, ...]:
    """This page of the timeline as days of ready-made entries, in the order given.

    Done here and not in the template: Python is several times faster at it, and this is the one
    loop whose length the page's speed depends on.
    """
    if consulta.historico is None:
        return ()
    hoje = agora.date()
    dias: list[Dia] = []
    passos: list[Passo] = []
    data: date | None = None
    named: set[int] = set()
    for evento in consulta.historico.eventos:
        momento = evento.momento
        if momento.date() != data:
            if data is not None:
                dias.append(_make_dia(data, hoje, passos))
            data, passos = momento.date(), []
        frase, texto = evento.frase, evento.texto_sei
        onde = _where(evento.unidade, consulta, named)
        passos.append(
            Passo(
                evento.id_atividade,
                evento.tipo,
                clock(momento),
                "" if _names(frase, evento.unidade.nome) else onde,
                frase if frase.endswith(_STOPS) else frase + ".",
                None if texto == frase else texto,
                _sent(evento.tramite, hoje),
            )
        )
    if data is not None:
        dias.append(_make_dia(data, hoje, passos))
    return tuple(dias)


def explain_closed(documento: Documento) -> str | None:
    """Why the document's content does not open here, as one sentence; None when it opens."""
    match documento.abertura:
        case Abertura.ABRE:
            return None
        case Abertura.RESTRITO:
            return _sentence("Documento restrito", documento.hipotese_legal)
        case Abertura.PROCESSO_RESTRITO:
            return _sentence("O processo é restrito", documento.hipotese_legal)
        case Abertura.AVISO_PENDENTE:
            return "Abre depois que a pessoa avisada (intimada) ler o aviso."
        case Abertura.ANTES_DA_DATA_DE_CORTE:
            return "Documento antigo: peça uma cópia no atendimento."
        case Abertura.PESSOAL:
            return "Tem dados pessoais: só a própria pessoa pode ler."
        case Abertura.ELIMINADO:
            return "Eliminado do arquivo, como manda a lei."
        case _:
            assert_never(documento.abertura)


def explain_restrito(vizinho: Vizinho) -> str | None:
    """Why another processo that is named here is restrito; None when it is not."""
    hipotese = vizinho.hipotese_legal
    return None if hipotese is None else _sentence("Processo restrito", hipotese)


def unidade_name(unidade: Unidade, com_orgao: bool = False) -> str:
    """The unit in full, with its órgão's sigla when several órgãos share the SEI."""
    return f"{unidade.nome} ({unidade.orgao})" if com_orgao and unidade.orgao else unidade.nome


def file_size(size: int) -> str:
    """`1 KB`, `340 KB`, `1,2 MB`: bytes as Brazilian programs write them."""
    kilobytes = max(1, round(size / 1000))
    if kilobytes < 1000:
        return f"{kilobytes} KB"
    return f"{size / 1_000_000:.1f} MB".replace(".", ",")


@lru_cache(maxsize=4096)
def _names(frase: str, nome: str) -> bool:
    """Whether the sentence names it as a word of its own: "TI" is not in "Notificação"."""
    return re.search(rf"(?<!\w){re.escape(nome)}(?!\w)", frase, re.IGNORECASE) is not None


def _place(unidade: Unidade | None, consulta: Consulta) -> str:
    return "" if unidade is None else " " + preposition("em", _name(unidade, consulta))


def _in_progress(passagens: tuple[Passagem, ...], hoje: date, consulta: Consulta) -> Frase:
    origem = _origin(consulta.veio_de, hoje)
    lugares = [
        (preposition("em", _name(p.unidade, consulta)), since(p.desde.date(), hoje))
        for p in passagens
    ]
    if len(lugares) == 1:
        onde, quando = lugares[0]
        frase = f"Em análise {onde} {quando}."
        return Frase(Marca.ANDAMENTO, "Em andamento", frase, complementos=origem)
    return Frase(
        Marca.ANDAMENTO,
        "Em andamento",
        f"Em análise em {len(lugares)} unidades ao mesmo tempo.",
        lugares=tuple(f"{onde} {quando}" for onde, quando in lugares),
        complementos=origem,
    )


def _origin(veio_de: Tramite | None, hoje: date) -> tuple[str, ...]:
    if veio_de is None:
        return ()
    quando = "" if veio_de.decidido_em is None else " " + on(veio_de.decidido_em.date(), hoje)
    return (f"Recebido de outro órgão{quando}: {veio_de.orgao}.",)


def _joined(outro: Vizinho | None) -> Frase:
    if outro is None:
        depois = "O outro processo não pode ser mostrado aqui."
    elif outro.chave is None:
        depois = f"O outro é o processo {outro.formatado}."
    else:
        depois = "É pelo outro processo que se acompanha o pedido."
    return Frase(
        Marca.ANEXADO,
        "Anexado",
        "Juntado a outro processo, e continua nele.",
        complementos=(depois,),
        ligacao=_reachable(outro),
    )


def _away(tramite: Tramite, hoje: date) -> Frase:
    orgao = tramite.orgao or "outro órgão"
    enviado, decidido = tramite.enviado_em, tramite.decidido_em
    desde = "" if enviado is None else " " + since(enviado.date(), hoje)
    quando = "" if decidido is None else " " + on(decidido.date(), hoje)
    match tramite.estado:
        case EstadoTramite.EM_TRANSITO:
            palavra = "A caminho de outro órgão"
            frase = f"A caminho {preposition('de', orgao)}{desde}."
            depois = "Falta esse órgão confirmar que recebeu. Você não precisa fazer nada."
        case EstadoTramite.EM_VERIFICACAO:
            palavra = "Envio sem confirmação"
            quando = "" if enviado is None else " " + on(enviado.date(), hoje)
            frase = f"Enviado {preposition('para', orgao)}{quando}."
            depois = "Falta a confirmação, que está demorando. Consulte de novo em alguns dias."
        case EstadoTramite.RECEBIDO_LA:
            palavra = "Com outro órgão"
            frase = f"Recebido {preposition('em', orgao)}{quando}."
            depois = "Agora ele é tratado lá. Para saber do andamento, procure esse órgão."
        case EstadoTramite.RECUSADO:
            palavra = "Envio devolvido"
            frase = f"Voltou {preposition('de', orgao)}{quando}."
            depois = "Isso não quer dizer que o pedido foi negado. Aguarde novo envio."
        case EstadoTramite.CANCELADO | EstadoTramite.NAO_SAIU:
            palavra = "Envio cancelado"
            frase = f"O envio {preposition('para', orgao)} foi cancelado{quando}."
            depois = "O processo continua aqui. Aguarde novo envio."
        case EstadoTramite.RECEBIDO_AQUI:
            palavra = "Recebido de outro órgão"
            frase = f"Recebido {preposition('de', orgao)}{quando}."
            depois = "Agora ele é tratado aqui."
        case _:
            assert_never(tramite.estado)
    return Frase(Marca.EXTERNO, palavra, frase, complementos=(depois,))


def _restricted(hipotese: HipoteseLegal | None) -> Frase:
    motivo = () if hipotese is None else (_reason(hipotese),)
    return Frase(
        Marca.TRANCADO,
        "Restrito",
        "Este processo é restrito: só quem participa dele pode acompanhar.",
        complementos=(
            *motivo,
            "Se ele é seu, peça para ver no atendimento, com um documento com foto.",
        ),
    )


def _reason(hipotese: HipoteseLegal) -> str:
    base = f" ({hipotese.base_legal})" if hipotese.base_legal else ""
    return f"Motivo previsto em lei: {hipotese.nome}{base}."


def _sentence(start: str, hipotese: HipoteseLegal | None) -> str:
    return f"{start}." if hipotese is None else f"{start}. {_reason(hipotese)}"


def _reachable(vizinho: Vizinho | None) -> Vizinho | None:
    return vizinho if vizinho is not None and vizinho.chave is not None else None


def _sent(tramite: Tramite | None, hoje: date) -> str | None:
    if tramite is None or tramite.enviado_em is None or tramite.decidido_em is None:
        return None
    return f"Enviado em {day(tramite.enviado_em.date(), hoje)}."


def _name(unidade: Unidade, consulta: Consulta) -> str:
    """The unit's name, with its órgão when that is not the one the processo is of."""
    geradora = consulta.procedimento.unidade_geradora
    abroad = geradora is None or unidade.orgao != geradora.orgao
    return unidade_name(unidade, consulta.varios_orgaos and abroad)


def _where(unidade: Unidade, consulta: Consulta, named: set[int]) -> str:
    """The unit's name; a very long one only once on a page, by its sigla from then on."""
    nome = _name(unidade, consulta)
    if len(nome) <= _LONG:
        return nome
    if unidade.id_unidade in named:
        return unidade.sigla
    named.add(unidade.id_unidade)
    return f"{nome} ({unidade.sigla})"


def _make_dia(data: date, hoje: date, passos: list[Passo]) -> Dia:
    near = {0: "hoje, ", 1: "ontem, "}.get((hoje - data).days, "")
    return Dia(data, day(data, hoje), near + weekday(data), tuple(passos))


_LONG: Final = 64
"""Characters of a unit's name that still read as a quiet line on a phone: two of them."""
_STOPS: Final = (".", "!", "?", "…")

FILTERS: Final[Mapping[str, Callable[..., object]]] = {
    "describe": describe,
    "explain_closed": explain_closed,
    "explain_restrito": explain_restrito,
    "file_size": file_size,
    "group_by_day": group_by_day,
    "unidade_name": unidade_name,
    "warn_restricted": warn_restricted,
}
"""What `create_app` adds to the Jinja environment."""
