"""One processo being told: its clock, its people, and the steps that every story takes."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from random import Random
from typing import Unpack

from portal.demo import calendar, people
from portal.demo.anexos import Fate
from portal.demo.builder import SeiBuilder
from portal.demo.documentos import Options
from portal.demo.protocolos import Documento, Processo
from portal.sei.values import StaDocumento

BREATH = timedelta(hours=2)
"""A step begins this long before now at the latest, so that it is over by then."""


class Present(Exception):
    """The story has reached the present; what comes next has not happened yet."""


class Scene:
    """A processo, and who and what it is about."""

    def __init__(
        self,
        sei: SeiBuilder,
        rng: Random,
        processo: Processo,
        name: str,
        others: Mapping[str, Processo] | None = None,
    ) -> None:
        self.sei = sei
        self.rng = rng
        self.processo = processo
        self.name = name
        self.others = others or {}
        """The examples told before this one, by name."""
        self.address = people.name_address(rng)
        self.cadastre = rng.randint(1000, 98999)
        self.sei.step = lambda: timedelta(minutes=rng.randint(1, 6), seconds=rng.randint(0, 59))

    @property
    def unidade(self) -> str:
        """Sigla of the unit that has it."""
        return self.sei.unidade(self.processo.unidade).sigla

    @property
    def year(self) -> int:
        """The year the story has come to."""
        return self.processo.clock.year

    def wait(self, least: int, most: int) -> None:
        """Let workdays pass; `Present` when they have not passed yet."""
        later = calendar.after_days(self.rng, self.processo.clock, least, most)
        if later > self.sei.now - BREATH:
            raise Present
        self.processo.clock = later

    def send(self, to: str, *, keep_open: bool = False) -> None:
        """Remessa now; recebimento within two days, when somebody there opens it."""
        self.sei.send(self.processo, to, keep_open=keep_open)
        self.wait(0, 2)
        self.sei.receive(self.processo)

    def note(self, text: str) -> None:
        """Atualizar Andamento (65): what a servidor types for the public to read."""
        self.sei.andamento(self.processo, 65, DESCRICAO=text)

    def write(
        self,
        serie: str,
        *text: str,
        items: Sequence[str] = (),
        table: Sequence[Sequence[str]] = (),
        signers: int = 1,
        sta: str = StaDocumento.INTERNO,
        **options: Unpack[Options],
    ) -> Documento:
        """A document of the unit that has the processo, signed by its people."""
        signing = [people.signer(self.unidade, place) for place in range(signers)]
        return self.sei.documento(
            self.processo,
            serie,
            text=text,
            items=items,
            table=table,
            signers=signing,
            sta=sta,
            **options,
        )

    def receive(
        self,
        serie: str,
        *text: str,
        file_name: str | None = None,
        content: bytes | None = None,
        conferencia: str | None = "Cópia Simples",
        fate: Fate = Fate.KEPT,
        **options: Unpack[Options],
    ) -> Documento:
        """A document that came from outside, scanned; the paper is a few days older."""
        paper = self.processo.clock.date() - timedelta(days=self.rng.randint(0, 12))
        return self.sei.externo(
            self.processo,
            serie,
            text=text,
            file_name=file_name,
            content=content,
            dated=paper,
            conferencia=conferencia,
            fate=fate,
            **options,
        )

    def conclude(self) -> None:
        """Conclude it where it is."""
        self.sei.conclude(self.processo)
