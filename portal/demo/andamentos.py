"""Writing andamentos: their attributes, and what each opens and closes in its unit."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from portal.demo.protocolos import (
    Andamento,
    Documento,
    Processo,
    highest,
    list_group,
    search_columns,
)
from portal.demo.reference import Reference, install
from portal.demo.target import Row, Target
from portal.demo.town import HIPOTESES, INFORMACAO_PESSOAL, Unidade
from portal.sei import tables
from portal.sei.values import Associacao, EstadoProtocolo, NivelAcesso

Valor: TypeAlias = (
    "str | tuple[str | None, object] | Documento | Processo | Unidade | Sequence[Valor] | None"
)
"""An attribute: its text, or (text, `id_origem`), or what it names; a list makes several rows."""
USUAL = HIPOTESES[INFORMACAO_PESSOAL][0]
A_LITTLE_LATER = timedelta(minutes=47)


class Andamentos:
    """What everything else stands on: rows, the clock of each processo, its open units."""

    def __init__(self, target: Target, now: datetime) -> None:
        self.target = target
        self.now = now
        self.step: Callable[[], timedelta] = lambda: A_LITTLE_LATER
        """How much later than the previous one an event is, when nobody says."""
        self.reference: Reference = install(target, now)

    def unidade(self, unidade: str | int | Unidade) -> Unidade:
        """A unit by its sigla or its id."""
        if isinstance(unidade, Unidade):
            return unidade
        if isinstance(unidade, str):
            return self.reference.unidades[unidade]
        return next(u for u in self.reference.unidades.values() if u.id_unidade == unidade)

    def andamento(
        self,
        processo: Processo,
        tarefa: int | str | None,
        *,
        unidade: str | int | Unidade | None = None,
        origem: str | int | Unidade | None = None,
        when: datetime | None = None,
        stays_open: bool | None = None,
        **atributos: Valor,
    ) -> Andamento:
        """One more andamento, `when` by default a little after the last one.

        `tarefa` is an `id_tarefa`, an `id_tarefa_modulo`, or None for a row that has none.
        Attributes are written in the order given. `stays_open` overrides the tarefa's flags.
        """
        where = processo.unidade if unidade is None else self.unidade(unidade).id_unidade
        moment = self._tick(processo, when)
        row = self.target.add(
            tables.atividade,
            id_atividade=self.target.next_id(tables.atividade),
            id_protocolo=processo.id,
            id_unidade=where,
            id_unidade_origem=where if origem is None else self.unidade(origem).id_unidade,
            id_tarefa=None if tarefa is None else self.reference.tarefas[tarefa].id_tarefa,
            dth_abertura=moment,
            dth_conclusao=None,
        )
        processo.last_unit = where
        self._settle(processo, row, tarefa, stays_open)
        for nome, valor in atributos.items():
            self._add_atributos(row, nome, valor)
        return Andamento(row)

    def flush(self) -> None:
        """Write everything that is waiting. The caller commits."""
        self.target.flush()

    def _tick(self, processo: Processo, when: datetime | None) -> datetime:
        moment = when or min(processo.clock + self.step(), self.now)
        processo.clock = max(moment, processo.clock)
        return moment

    def _meet(self, one: Processo, other: Processo, when: datetime | None) -> datetime:
        """The moment of something that happens to two processos: after the last of either."""
        latest = max(one.clock, other.clock)
        return when or min(latest + self.step(), self.now)

    def _settle(
        self, processo: Processo, row: Row, tarefa: int | str | None, stays_open: bool | None
    ) -> None:
        """Close what the new andamento closes, and leave it open when it is to stay so."""
        unidade, when = row["id_unidade"], row["dth_abertura"]
        was_open = processo.open_in.get(unidade, [])
        kind = None if tarefa is None else self.reference.tarefas[tarefa]
        if kind is None:
            closes, stays = False, False
        else:
            closes = kind.closes
            stays = not kind.born_closed and (bool(was_open) or kind.opens)
        stays = stays if stays_open is None else stays_open
        if closes:
            for earlier in was_open:
                self.target.change(tables.atividade, earlier, dth_conclusao=when)
            was_open = []
        if stays:
            processo.open_in[unidade] = [*was_open, row]
        else:
            self.target.change(tables.atividade, row, dth_conclusao=when)
            if was_open:
                processo.open_in[unidade] = was_open
            else:
                processo.open_in.pop(unidade, None)
        self._date_conclusion(processo, when)

    def _date_conclusion(self, processo: Processo, when: datetime) -> None:
        concluded = None if processo.open_in else midnight(when)
        if processo.details["dta_conclusao"] != concluded:
            self.target.change(tables.procedimento, processo.details, dta_conclusao=concluded)

    def _add_atributos(self, andamento: Row, nome: str, valor: Valor) -> None:
        several = isinstance(valor, Sequence) and not isinstance(valor, str | tuple)
        for each in valor if several else (valor,):  # type: ignore[union-attr]  # narrowed above
            text, origin = attribute(each)
            self.target.add(
                tables.atributo_andamento,
                id_atributo_andamento=self.target.next_id(tables.atributo_andamento),
                id_atividade=andamento["id_atividade"],
                nome=nome,
                valor=text,
                id_origem=origin,
            )

    def _protocolo(
        self,
        key: int,
        formatado: str,
        sta: str,
        nivel: str,
        hipotese: str | None,
        unidade: int,
        when: datetime,
    ) -> Row:
        """The row that every processo and every document has."""
        return self.target.add(
            tables.protocolo,
            id_protocolo=key,
            **search_columns(formatado),
            sta_protocolo=str(sta),
            sta_estado=EstadoProtocolo.NORMAL.value,
            sta_nivel_acesso_local=str(nivel),
            sta_nivel_acesso_global=str(nivel),
            sta_nivel_acesso_original=None,
            id_hipotese_legal=self._hipotese(nivel, hipotese),
            id_unidade_geradora=unidade,
            dta_geracao=midnight(when),
            dta_inclusao=midnight(when),
            descricao=None,
            sin_eliminado="N",
        )

    def _contain(self, processo: Processo, other: int, associacao: Associacao) -> Row:
        """Put a document or another processo in `rel_protocolo_protocolo`, last in order."""
        row = self.target.add(
            tables.rel_protocolo_protocolo,
            id_rel_protocolo_protocolo=self.target.next_id(tables.rel_protocolo_protocolo),
            id_protocolo_1=processo.id,
            id_protocolo_2=other,
            sta_associacao=associacao.value,
            sequencia=len(processo.contained) + 1,
            dth_associacao=processo.clock,
        )
        processo.contained.append(row)
        return row

    def _hipotese(self, nivel: str, nome: str | None) -> int | None:
        """The hipótese legal of a level: none for público, and a usual one when unsaid."""
        if nivel == NivelAcesso.PUBLICO:
            return None
        return self.reference.hipoteses[nome or USUAL]

    def _level(self, processo: Processo) -> None:
        """Give everything in the group its global level again."""
        group = list_group(processo)
        level = highest(group)
        for row in group:
            if row["sta_nivel_acesso_global"] != level:
                self.target.change(tables.protocolo, row, sta_nivel_acesso_global=level)


def attribute(valor: Any) -> tuple[str | None, str | None]:
    """`valor` and `id_origem` as SEI stores them: `id_origem` is text even when it is a number."""
    match valor:
        case Documento() | Processo():
            return valor.numero, str(valor.id)
        case Unidade():
            return f"{valor.sigla}¥{valor.descricao}", str(valor.id_unidade)
        case (text, origin):
            return text, None if origin is None else str(origin)
        case _:
            return valor, None


def level_attributes(nivel: str, *, hipotese: int | None, **more: object) -> dict[str, Any]:
    """The attributes of a creation: level always, the rest when there is any."""
    named = {"HIPOTESE_LEGAL": hipotese, **more}
    return {
        "NIVEL_ACESSO": (None, nivel),
        **{nome: (None, origin) for nome, origin in named.items() if origin},
    }


def midnight(moment: datetime) -> datetime:
    """The day of a moment, as SEI's `dta_` columns hold it."""
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)
