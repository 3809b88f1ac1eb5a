"""What the module Peticionamento keeps between a person and the órgão: intimações and recibos."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from portal.sei.values.processos import Neighbour


class Resposta(StrEnum):
    """`tipo_resposta_aceita`: whether an intimação asks for an answer."""

    EXIGIDA = "E"
    FACULTATIVA = "F"
    SEM_RESPOSTA = "S"

    @classmethod
    def _missing_(cls, value: object) -> "Resposta":
        """Of a code that nobody has documented SEI itself must tell."""
        return cls.FACULTATIVA


class TipoPeticao(StrEnum):
    """`sta_tipo_peticionamento`."""

    PROCESSO_NOVO = "N"
    INTERCORRENTE = "I"
    RESPOSTA = "R"
    RESPONSAVEL_LEGAL = "V"
    ALTERACAO = "A"
    ATOS_CONSTITUTIVOS = "C"
    PROCURACAO = "P"
    REVOGACAO = "G"
    RENUNCIA = "U"
    OUTRA = ""

    @classmethod
    def _missing_(cls, value: object) -> "TipoPeticao":
        return cls.OUTRA


class Contagem(StrEnum):
    """What a deadline is counted in: `tipo_prazo_externo`, and of days `tipo_dia`."""

    DIAS = "dias"
    DIAS_UTEIS = "dias úteis"
    MESES = "meses"
    ANOS = "anos"


@dataclass(frozen=True, slots=True)
class Prazo:
    """How long there is for one kind of answer, from the day the intimação was read."""

    resposta: str
    """The kind, as the site calls it."""
    many: int | None
    """None when there is no end."""
    unit: Contagem


@dataclass(frozen=True, slots=True)
class Intimacao:
    """That there is an intimação, and until when; never what is in it.

    To open it in SEI is to have been notified, and starts its deadline.
    """

    tipo: str
    expedida: datetime
    resposta: Resposta
    pending: bool
    """The person has not read it. False: read, or taken for read, and waiting for an answer."""
    tacit_on: date | None
    """When it is taken for read, where SEI says the day."""
    tacit_days: int | None
    """After how many days it is, where SEI says only that."""
    prazos: tuple[Prazo, ...]
    """How long there will be to answer, where SEI says it; empty once the deadline runs."""
    due: date | None
    """Until when SEI takes the answer, once the deadline runs; None when without end."""
    processo: Neighbour | None
    """None when the person may not see it here; they may in SEI."""
    documento: str | None
    """Número SEI, as far as anybody may read it in the list of the processo."""

    @property
    def exigencia(self) -> bool:
        """It was read, and the órgão demands an answer that has not come."""
        return not self.pending and self.resposta is Resposta.EXIGIDA

    @property
    def day(self) -> date | None:
        """By which something has to be done."""
        return self.tacit_on or self.due


@dataclass(frozen=True, slots=True)
class Recibo:
    """A petição that SEI took in."""

    tipo: TipoPeticao
    moment: datetime
    processo: Neighbour | None
    """None when the person may not see it here."""


@dataclass(frozen=True, slots=True)
class Peticionamento:
    """What there is of a person. Each is None where SEI has no such table to read."""

    intimacoes: tuple[Intimacao, ...] | None
    recibos: tuple[Recibo, ...] | None
    more_intimacoes: bool = False
    """SEI has older ones than were looked at."""
    more_recibos: bool = False
