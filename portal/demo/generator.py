"""Builds the demo: the gallery of named cases, ordinary stories, then as many more as asked for.

The same seed and `agora` make the same rows. The moment given is written in `infra_parametro`, so
that `find_exemplos` can tell the numbers later.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

from sqlalchemy import Connection, func, select

from portal.demo import escala, pessoas
from portal.demo.builder import SeiBuilder
from portal.demo.calendario import morning, workday_before
from portal.demo.cena import Cena, Presente
from portal.demo.exemplos import (
    EXEMPLOS,
    FIRST_ORDINARY,
    PARAMETRO,
    PRONTA,
    SLOTS,
    Exemplo,
    day_of,
    find_exemplos,
    number_of,
    original_of,
)
from portal.demo.historias import HISTORIAS, Historia
from portal.demo.municipio import CAMARA, PREFEITURA
from portal.demo.numeracao import sei_mg
from portal.demo.protocolos import Processo
from portal.errors import PortalError
from portal.sei import tables

GALERIA = 400
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
class Resultado:
    """What was built."""

    exemplos: Mapping[str, str]
    """Numbers of the named cases."""
    processos: int


def generate(
    connection: Connection,
    *,
    agora: datetime,
    processos: int = GALERIA,
    semente: int = 1,
    repositorio: Path | None = None,
    gigante: bool = False,
    modulos: bool = True,
    progress: Callable[[int], object] = lambda made: None,
) -> Resultado:
    """Fill an empty SEI, creating the tables that are missing; commits as it goes.

    `agora` is SEI's naive local time; nothing in the demo is later. At least 400 processos are
    built. `modulos` creates the tables of modules that are not installed. `progress` is told how
    many processos were made since it was last called. Raises `NotEmpty`.
    """
    sei = SeiBuilder(connection, agora=agora, create=True, modulos=modulos, repositorio=repositorio)
    if connection.scalar(select(func.count()).select_from(tables.protocolo)):
        raise NotEmpty("the database already has protocolos")
    for nome, valor in PESQUISA.items():
        sei.pesquisa(nome, valor)
    sei.parametro(PARAMETRO, agora.isoformat())
    Galeria(sei, Random(semente), progress).build(gigante=gigante)
    connection.commit()
    escala.fill(sei, Random(semente + 1), max(processos - GALERIA, 0), progress)
    sei.parametro(PRONTA, "S")
    sei.flush()
    connection.commit()
    return Resultado(find_exemplos(connection), max(processos, GALERIA))


class Galeria:
    """The processos that are told one by one."""

    def __init__(self, sei: SeiBuilder, rng: Random, progress: Callable[[int], object]) -> None:
        self.sei = sei
        self.rng = rng
        self.progress = progress
        self.told: dict[str, Processo] = {}
        self.made = 0
        self._slots: dict[tuple[str, date], int] = {}

    def build(self, *, gigante: bool) -> None:
        """The examples in their order, then stories drawn by weight."""
        unique = self.sei.target.is_unique(tables.protocolo, "protocolo_formatado_pesquisa")
        for index, exemplo in enumerate(EXEMPLOS):
            if (exemplo.opcional and not gigante) or (exemplo.repete and unique):
                continue
            self._tell_exemplo(index, exemplo)
        weights = [historia.peso for historia in HISTORIAS]
        while self.made < GALERIA:
            self._tell_historia(self.rng.choices(HISTORIAS, weights)[0])
        self.sei.flush()

    def _tell_exemplo(self, index: int, exemplo: Exemplo) -> None:
        nome = pessoas.name_person(self.rng)
        processo = self.sei.processo(
            number_of(index, exemplo, self.sei.agora),
            tipo=exemplo.tipo,
            unidade=exemplo.unidade,
            nivel=exemplo.nivel,
            hipotese=exemplo.hipotese,
            grau=exemplo.grau,
            autuacao=self._start(day_of(exemplo, self.sei.agora)),
            interessados=[nome] if exemplo.interessado else (),
            descricao=exemplo.descricao,
            original=original_of(exemplo, self.sei.agora),
            gerado=exemplo.gerado,
        )
        self.told[exemplo.nome] = processo
        self._tell(exemplo.tell, processo, nome)

    def _tell_historia(self, historia: Historia) -> None:
        day = self._some_day(historia.dias)
        nome = (pessoas.name_company if historia.empresa else pessoas.name_person)(self.rng)
        processo = self.sei.processo(
            self._next_number(historia.unidade, day),
            tipo=historia.tipo,
            unidade=historia.unidade,
            nivel=historia.nivel,
            hipotese=historia.hipotese,
            autuacao=self._start(day),
            interessados=[
                self.sei.contato(nome, natureza="J" if historia.empresa else "F"),
            ],
            descricao=historia.descricao,
        )
        self._tell(historia.tell, processo, nome)

    def _tell(self, tell: Callable[[Cena], None], processo: Processo, nome: str) -> None:
        """Tell it until it ends or reaches the present, and write it."""
        cena = Cena(self.sei, self.rng, processo, nome, self.told)
        with suppress(Presente):
            tell(cena)
        self.made += 1
        self.progress(1)
        if self.made % TOGETHER == 0:
            self.sei.flush()

    def _start(self, day: date) -> datetime:
        return min(morning(self.rng, day), self.sei.agora - timedelta(minutes=25))

    def _some_day(self, workdays: int) -> date:
        """Most began about as long ago as their story takes; some are of past years."""
        usual = workdays * 7 // 5
        days = self.rng.randint(1, usual)
        if self.rng.random() < 0.3:
            days = self.rng.randint(usual, usual + 800)
        return workday_before(self.sei.agora.date() - timedelta(days=days))

    def _next_number(self, unidade: str, day: date) -> str:
        orgao = CAMARA if unidade.startswith("CM-") else PREFEITURA
        slot = self._slots.get((orgao.codigo, day), FIRST_ORDINARY)
        self._slots[(orgao.codigo, day)] = slot + 1
        return sei_mg(orgao.codigo, day.timetuple().tm_yday * SLOTS + slot, day.year)
