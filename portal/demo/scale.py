"""Many processos fast: short stories told once by the builder, then copied with new ids and dates.

A copy is moved in time by whole weeks, so that working days and hours stay what they were.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any, TypeAlias

from portal.demo import people
from portal.demo.builder import SeiBuilder
from portal.demo.calendar import morning
from portal.demo.documentos import number_of
from portal.demo.numbering import cpf, sei_mg
from portal.demo.pages import crc
from portal.demo.protocolos import search_columns
from portal.demo.scene import Scene
from portal.demo.short_stories import SHORT_STORIES, ShortStory
from portal.demo.target import ORDER, Row, Target
from portal.demo.town import CAMARA, PREFEITURA
from portal.sei import tables

BATCH = 500
"""Processos written at once; some ten thousand rows."""
VARIANTS = 6
"""How many times each short story is told before it is copied."""
SPAN = timedelta(days=6 * 365)
"""How far back the oldest goes."""
FIRST_NUMBER = 100_000
"""Beyond every number of the gallery, in every year."""
CONTATOS = 20_000
A_WEEK = timedelta(weeks=1)
PAGE = (
    '<html><head><meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1" />'
    '<title>Documento</title></head><body><p style="font-size:12pt;">'
    "Manifestação registrada e encaminhada às providências cabíveis.</p></body></html>"
)
Batch: TypeAlias = dict[str, list[dict[str, Any]]]
KEYS = {
    "protocolo": ("id_protocolo",),
    "procedimento": ("id_procedimento",),
    "documento": ("id_documento", "id_procedimento"),
    "documento_conteudo": ("id_documento",),
    "rel_protocolo_protocolo": ("id_protocolo_1", "id_protocolo_2"),
    "atividade": ("id_protocolo",),
    "atributo_andamento": (),
    "assinatura": ("id_documento",),
}
"""Columns that hold an `id_protocolo`, in the tables that a short story writes."""
NAMING = frozenset({"DOCUMENTO", "PROTOCOLO_FORMATADO"})
"""Attributes that name a protocolo: its number in `valor`, its id in `id_origem`."""
TO_COME = "to come"
"""Stands in a mould for the number that each copy gets; no copy may keep it."""
OWN_KEYS = {
    "rel_protocolo_protocolo": tables.rel_protocolo_protocolo,
    "atividade": tables.atividade,
    "atributo_andamento": tables.atributo_andamento,
    "assinatura": tables.assinatura,
}
MOMENTS = {
    "protocolo": ("dta_geracao", "dta_inclusao"),
    "procedimento": ("dta_conclusao",),
    "rel_protocolo_protocolo": ("dth_associacao",),
    "atividade": ("dth_abertura", "dth_conclusao"),
}


@dataclass(frozen=True, slots=True)
class Mould:
    """A processo told once: its rows, with ids counted from zero."""

    protocolos: list[Row]
    """The processo, then its documents."""
    rows: dict[str, list[Row]]
    """Everything else, by table."""
    codigo: str
    begins: datetime
    lasts: timedelta
    weight: int


def fill(sei: SeiBuilder, rng: Random, processos: int, progress: Callable[[int], object]) -> None:
    """Add this many processos, oldest first; commits after each batch."""
    if not processos:
        return
    moulds = [cast(sei, rng, story) for story in SHORT_STORIES for _ in range(VARIANTS)]
    copier = Copier(sei.target, rng, moulds, sei.now)
    copier.add_contatos(min(CONTATOS, processos))
    for first in range(0, processos, BATCH):
        size = min(BATCH, processos - first)
        copier.copy([(first + n) / processos for n in range(size)])
        sei.target.connection.commit()
        progress(size)


def cast(sei: SeiBuilder, rng: Random, story: ShortStory) -> Mould:
    """Tell a short story and keep its rows instead of writing them."""
    sei.flush()
    begins = morning(rng, (sei.now - timedelta(days=200 + rng.randint(0, 6))).date())
    processo = sei.processo(
        TO_COME,
        tipo=story.tipo,
        unidade=story.unidade,
        nivel=story.nivel,
        grau=story.grau,
        autuacao=begins,
    )
    story.tell(Scene(sei, rng, processo, people.name_person(rng)))
    rows = sei.target.take()
    lasts = processo.clock - begins
    codigo = CAMARA.codigo if story.unidade.startswith("CM-") else PREFEITURA.codigo
    _count_from_zero(rows)
    _lighten(rows)
    return Mould(rows.pop("protocolo"), rows, codigo, begins, lasts, story.weight)


def _count_from_zero(rows: dict[str, list[Row]]) -> None:
    protocolo = rows["protocolo"][0]["id_protocolo"]
    atividade = rows["atividade"][0]["id_atividade"]
    for name, keys in KEYS.items():
        for place, row in enumerate(rows.get(name, ())):
            for key in keys:
                row[key] -= protocolo
            if name in OWN_KEYS:
                row[next(iter(OWN_KEYS[name].primary_key)).name] = place
    for name in ("atributo_andamento", "assinatura"):
        for row in rows.get(name, ()):
            row["id_atividade"] -= atividade
            if row.get("nome") in NAMING:
                row["id_origem"] = int(row["id_origem"]) - protocolo


def _lighten(rows: dict[str, list[Row]]) -> None:
    """Signed pages of a line: whole ones would be most of a large database."""
    for row in rows["documento_conteudo"]:
        del row["conteudo"]
        if row["crc_assinatura"]:
            row.update(conteudo_assinatura=PAGE, crc_assinatura=crc(PAGE))


class Copier:
    """Stamps copies of the moulds, a batch at a time."""

    def __init__(self, target: Target, rng: Random, moulds: list[Mould], now: datetime) -> None:
        self.target = target
        self.rng = rng
        self.now = now
        self.moulds = moulds
        self.weights = [mould.weight for mould in moulds]
        self.young = min(moulds, key=lambda mould: mould.lasts)
        self.contatos = range(0)
        self._sequencias: dict[tuple[str, int], int] = {}

    def add_contatos(self, many: int) -> None:
        """The people and companies that copies are about."""
        first = self.target.next_id(tables.contato, many)
        self.contatos = range(first, first + many)
        rows = []
        for key in self.contatos:
            company = self.rng.random() < 0.15
            rows.append(
                {
                    "id_contato": key,
                    "nome": (people.name_company if company else people.name_person)(self.rng),
                    "cpf": None if company else cpf(key),
                    "sta_natureza": "J" if company else "F",
                    "sin_ativo": "S",
                }
            )
        self.target.write(tables.contato, rows)

    def copy(self, places: list[float]) -> None:
        """One processo for each place in the span, 0 the oldest and 1 now."""
        batch: Batch = {table.name: [] for table in ORDER}
        picked = self.rng.choices(self.moulds, self.weights, k=len(places))
        for place, mould in zip(places, picked, strict=True):
            self._stamp(batch, mould, self.now - SPAN * (1 - place))
        for table in ORDER:
            self.target.write(table, batch[table.name])

    def _stamp(self, batch: Batch, mould: Mould, when: datetime) -> None:
        """Copy one processo into the batch, about `when`; a young one when the rest is to come."""
        if when + mould.lasts + A_WEEK > self.now:
            mould, when = self.young, when - A_WEEK
        shift = (when - mould.begins) // A_WEEK * A_WEEK
        first = self.target.next_id(tables.protocolo, len(mould.protocolos))
        protocolos = [_moved(row, "protocolo", first, shift) for row in mould.protocolos]
        self._name(protocolos, mould.codigo)
        batch["protocolo"] += protocolos
        atividade = 0
        for name, templates in mould.rows.items():
            made = [_moved(row, name, first, shift) for row in templates]
            if name in OWN_KEYS:
                table = OWN_KEYS[name]
                key = next(iter(table.primary_key)).name
                start = self.target.next_id(table, len(made))
                for row in made:
                    row[key] += start
                atividade = start if name == "atividade" else atividade
            if name in ("atributo_andamento", "assinatura"):
                _point(made, protocolos, atividade)
            batch[name] += made
        batch["participante"].append(self._interessado(protocolos[0]))

    def _name(self, protocolos: list[dict[str, Any]], codigo: str) -> None:
        """Give the copy its number, and its documents theirs."""
        processo, *documentos = protocolos
        year = processo["dta_geracao"].year
        sequencia = self._sequencias.get((codigo, year), FIRST_NUMBER) + 1
        self._sequencias[(codigo, year)] = sequencia
        processo.update(search_columns(sei_mg(codigo, sequencia, year)))
        for documento in documentos:
            documento.update(search_columns(number_of(documento["id_protocolo"])))

    def _interessado(self, processo: dict[str, Any]) -> dict[str, Any]:
        """Somebody whom the copy is about."""
        return {
            "id_participante": self.target.next_id(tables.participante),
            "id_protocolo": processo["id_protocolo"],
            "id_contato": self.rng.choice(self.contatos),
            "id_unidade": processo["id_unidade_geradora"],
            "sta_participacao": "I",
            "sequencia": 1,
        }


def _moved(template: Row, name: str, first: int, shift: timedelta) -> dict[str, Any]:
    """A copy whose protocolos count from `first` and whose moments are `shift` later."""
    row: dict[str, Any] = template.copy()
    for key in KEYS[name]:
        row[key] += first
    for moment in MOMENTS.get(name, ()):
        if row[moment] is not None:
            row[moment] += shift
    return row


def _point(rows: list[dict[str, Any]], protocolos: list[dict[str, Any]], atividade: int) -> None:
    """Point attributes and signatures at the copied andamentos and protocolos."""
    for row in rows:
        row["id_atividade"] += atividade
        if row.get("nome") in NAMING:
            named = protocolos[row["id_origem"]]
            row["id_origem"] = str(named["id_protocolo"])
            row["valor"] = named["protocolo_formatado"]
