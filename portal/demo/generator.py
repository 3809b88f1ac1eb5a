"""Builds the demo: the gallery of named cases, ordinary stories, then as many more as asked for.

The same seed and `now` make the same rows. The moment given is written in `infra_parametro`, so
that `find_examples` can tell the numbers later.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

from sqlalchemy import Connection, func, select

from portal.demo import people, scale
from portal.demo.builder import SeiBuilder
from portal.demo.calendar import morning, workday_before
from portal.demo.examples import (
    EXAMPLES,
    FIRST_ORDINARY,
    PARAMETRO,
    READY,
    SLOTS,
    Example,
    day_of,
    find_examples,
    number_of,
    original_of,
)
from portal.demo.gallery.citizens import Register, settle
from portal.demo.numbering import sei_mg
from portal.demo.protocolos import Processo
from portal.demo.scene import Present, Scene
from portal.demo.stories import STORIES, Story
from portal.demo.town import CAMARA, PREFEITURA
from portal.errors import PortalError
from portal.sei import tables

GALLERY = 400
"""Processos told as stories, at least; those beyond are cheaper variations."""
TOGETHER = 50
"""Stories written at once: a statement for each would be most of the time on a server."""
PESQUISA = {
    "METADADOS_PROCESSO_RESTRITO": "S",
    "LISTA_ANDAMENTO_PROCESSO_PUBLICO": "S",
    "LISTA_ANDAMENTO_PROCESSO_RESTRITO": "N",
    "LISTA_DOCUMENTO_PROCESSO_PUBLICO": "S",
    "LISTA_DOCUMENTO_PROCESSO_RESTRITO": "N",
    "DATA_CORTE": None,
}


class NotEmpty(PortalError):
    """The database already has processos: a demo is never mixed with them."""


@dataclass(frozen=True, slots=True)
class Result:
    """What was built."""

    examples: Mapping[str, str]
    """Numbers of the named cases."""
    processos: int


def generate(
    connection: Connection,
    *,
    now: datetime,
    processos: int = GALLERY,
    seed: int = 1,
    repositorio: Path | None = None,
    giant: bool = False,
    modules: bool = True,
    progress: Callable[[int], object] = lambda made: None,
) -> Result:
    """Fill an empty SEI, creating the tables that are missing; commits as it goes.

    `now` is SEI's naive local time; nothing in the demo is later. At least 400 processos are
    built. `modules` creates the tables of modules that are not installed. `progress` is told how
    many processos were made since it was last called. Raises `NotEmpty`.
    """
    sei = SeiBuilder(connection, now=now, create=True, modules=modules, repositorio=repositorio)
    if connection.scalar(select(func.count()).select_from(tables.protocolo)):
        raise NotEmpty("the database already has protocolos")
    for nome, valor in PESQUISA.items():
        sei.pesquisa(nome, valor)
    sei.parametro(PARAMETRO, now.isoformat())
    Gallery(sei, Random(seed), progress).build(giant=giant)
    connection.commit()
    scale.fill(sei, Random(seed + 1), max(processos - GALLERY, 0), progress)
    sei.target.analyze()
    sei.parametro(READY, "S")
    sei.flush()
    connection.commit()
    return Result(find_examples(connection), max(processos, GALLERY))


class Gallery:
    """The processos that are told one by one."""

    def __init__(self, sei: SeiBuilder, rng: Random, progress: Callable[[int], object]) -> None:
        self.sei = sei
        self.rng = rng
        self.progress = progress
        self.told: dict[str, Processo] = {}
        self.made = 0
        self._slots: dict[tuple[str, date], int] = {}

    def build(self, *, giant: bool) -> None:
        """The examples in their order, then citizens' own, then stories drawn by weight."""
        unique = self.sei.target.is_unique(tables.protocolo, "protocolo_formatado_pesquisa")
        for index, example in enumerate(EXAMPLES):
            if (example.optional and not giant) or (example.repeats and unique):
                continue
            self._tell_example(index, example)
        register = Register(self.sei, Random("citizens"), self._next_number)
        settle(register)
        self.made += register.made
        self.progress(register.made)
        weights = [story.weight for story in STORIES]
        while self.made < GALLERY:
            self._tell_story(self.rng.choices(STORIES, weights)[0])
        self.sei.flush()

    def _tell_example(self, index: int, example: Example) -> None:
        name = people.name_person(self.rng)
        processo = self.sei.processo(
            number_of(index, example, self.sei.now),
            tipo=example.tipo,
            unidade=example.unidade,
            nivel=example.nivel,
            hipotese=example.hipotese,
            grau=example.grau,
            autuacao=self._start(day_of(example, self.sei.now)),
            interessados=[name] if example.interessado else (),
            descricao=example.descricao,
            original=original_of(example, self.sei.now),
            generated=example.generated,
        )
        self.told[example.name] = processo
        self._tell(example.tell, processo, name)

    def _tell_story(self, story: Story) -> None:
        day = self._some_day(story.days)
        name = (people.name_company if story.company else people.name_person)(self.rng)
        processo = self.sei.processo(
            self._next_number(story.unidade, day),
            tipo=story.tipo,
            unidade=story.unidade,
            nivel=story.nivel,
            hipotese=story.hipotese,
            autuacao=self._start(day),
            interessados=[
                self.sei.contato(name, natureza="J" if story.company else "F"),
            ],
            descricao=story.descricao,
        )
        self._tell(story.tell, processo, name)

    def _tell(self, tell: Callable[[Scene], None], processo: Processo, name: str) -> None:
        """Tell it until it ends or reaches the present, and write it."""
        scene = Scene(self.sei, self.rng, processo, name, self.told)
        with suppress(Present):
            tell(scene)
        self.made += 1
        self.progress(1)
        if self.made % TOGETHER == 0:
            self.sei.flush()

    def _start(self, day: date) -> datetime:
        return min(morning(self.rng, day), self.sei.now - timedelta(minutes=25))

    def _some_day(self, workdays: int) -> date:
        """Most began about as long ago as their story takes; some are of past years."""
        usual = workdays * 7 // 5
        days = self.rng.randint(1, usual)
        if self.rng.random() < 0.3:
            days = self.rng.randint(usual, usual + 800)
        return workday_before(self.sei.now.date() - timedelta(days=days))

    def _next_number(self, unidade: str, day: date) -> str:
        orgao = CAMARA if unidade.startswith("CM-") else PREFEITURA
        slot = self._slots.get((orgao.codigo, day), FIRST_ORDINARY)
        self._slots[(orgao.codigo, day)] = slot + 1
        return sei_mg(orgao.codigo, day.timetuple().tm_yday * SLOTS + slot, day.year)
