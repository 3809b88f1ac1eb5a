"""What happens to a whole processo: where it goes, what it waits for, what it is joined to."""

from datetime import datetime

from portal.demo.andamentos import Andamentos
from portal.demo.protocolos import Processo, highest, list_group
from portal.demo.town import Unidade
from portal.sei import tables
from portal.sei.values import Associacao, EstadoProtocolo


class Moves(Andamentos):
    """The part of the builder that moves processos."""

    def send(
        self,
        processo: Processo,
        to: str | int | Unidade,
        *,
        origem: str | int | Unidade | None = None,
        when: datetime | None = None,
        keep_open: bool = False,
    ) -> None:
        """Remessa (32) to a unit, not yet received there; `keep_open` keeps it open here too."""
        here = self.unidade(processo.unidade if origem is None else origem)
        self.andamento(processo, 32, unidade=to, origem=here, when=when, UNIDADE=here)
        if not keep_open:
            self.andamento(processo, 41, unidade=here, when=processo.clock)

    def receive(self, processo: Processo, when: datetime | None = None) -> None:
        """Recebimento (48) in the unit it was sent to last."""
        self.andamento(processo, 48, when=when)

    def forward(
        self,
        processo: Processo,
        to: str | int | Unidade,
        *,
        origem: str | int | Unidade | None = None,
        when: datetime | None = None,
        received: datetime | None = None,
        keep_open: bool = False,
    ) -> None:
        """Send and receive."""
        self.send(processo, to, origem=origem, when=when, keep_open=keep_open)
        self.receive(processo, received)

    def conclude(
        self,
        processo: Processo,
        unidade: str | int | Unidade | None = None,
        when: datetime | None = None,
    ) -> None:
        """Conclude it in a unit; without one, in every unit that has it open."""
        units = list(processo.open_in) if unidade is None else [self.unidade(unidade).id_unidade]
        for each in units:
            self.andamento(processo, 28, unidade=each, when=when)

    def reopen(
        self,
        processo: Processo,
        unidade: str | int | Unidade | None = None,
        when: datetime | None = None,
    ) -> None:
        """Reopen it in a unit, by default the one it began in."""
        self.andamento(processo, 29, unidade=unidade, when=when)

    def suspend(
        self,
        processo: Processo,
        motivo: str | None = "Aguardando documentos do interessado.",
        *,
        waiting_for: Processo | None = None,
        when: datetime | None = None,
    ) -> None:
        """Sobrestar: alone, or linked to the processo it waits for."""
        self._state(processo, EstadoProtocolo.SOBRESTADO)
        if waiting_for is None:
            self.andamento(processo, 20, when=when, MOTIVO=motivo)
            return
        when = self._meet(processo, waiting_for, when)
        self._contain(waiting_for, processo.id, Associacao.SOBRESTADO)
        self.andamento(waiting_for, 42, when=when, PROCESSO=processo, MOTIVO=motivo)
        self.andamento(processo, 43, when=when, PROCESSO=waiting_for, MOTIVO=motivo)

    def resume(
        self,
        processo: Processo,
        *,
        waiting_for: Processo | None = None,
        when: datetime | None = None,
    ) -> None:
        """Remove a sobrestamento."""
        self._state(processo, EstadoProtocolo.NORMAL)
        if waiting_for is None:
            self.andamento(processo, 21, when=when)
            return
        when = self._meet(processo, waiting_for, when)
        self._release(waiting_for, processo, Associacao.SOBRESTADO)
        self.andamento(waiting_for, 44, when=when, PROCESSO=processo)
        self.andamento(processo, 45, when=when, PROCESSO=waiting_for)

    def attach(self, processo: Processo, to: Processo, when: datetime | None = None) -> None:
        """Anexar: it is closed everywhere and inherits the level of the other's group."""
        when = self._meet(processo, to, when)
        original = highest(list_group(processo))
        self._state(processo, EstadoProtocolo.ANEXADO)
        self.target.change(tables.protocolo, processo.row, sta_nivel_acesso_original=original)
        processo.anexador = to
        to.anexados.append(processo)
        self._contain(to, processo.id, Associacao.ANEXADO)
        self._level(to)
        self.andamento(to, 101, when=when, PROCESSO=processo)
        self.andamento(processo, 102, when=when, PROCESSO=to)
        for unidade in list(processo.open_in):
            self.andamento(processo, 41, unidade=unidade, when=processo.clock)

    def detach(
        self,
        processo: Processo,
        motivo: str | None = "Matérias distintas.",
        when: datetime | None = None,
    ) -> None:
        """Desanexar: it regains its own level and is open again where it began."""
        parent = processo.anexador
        if parent is None:
            raise ValueError(f"{processo.numero} is not anexado")
        when = self._meet(processo, parent, when)
        trace = next(row for row in parent.contained if row["id_protocolo_2"] == processo.id)
        self.target.change(
            tables.rel_protocolo_protocolo, trace, sta_associacao=Associacao.DESANEXADO.value
        )
        parent.anexados.remove(processo)
        processo.anexador = None
        self._state(processo, EstadoProtocolo.NORMAL)
        self.target.change(tables.protocolo, processo.row, sta_nivel_acesso_original=None)
        self._level(parent)
        self._level(processo)
        self.andamento(parent, 103, when=when, PROCESSO=processo, MOTIVO=motivo)
        self.andamento(processo, 104, when=when, stays_open=True, PROCESSO=parent, MOTIVO=motivo)

    def relate(self, processo: Processo, to: Processo, when: datetime | None = None) -> None:
        """Relacionar two processos; each says so."""
        when = self._meet(processo, to, when)
        self._contain(processo, to.id, Associacao.RELACIONADO)
        self.andamento(processo, 18, when=when, PROCESSO=to)
        self.andamento(to, 18, when=when, PROCESSO=processo)

    def unrelate(self, processo: Processo, to: Processo, when: datetime | None = None) -> None:
        """Remove what `relate` did."""
        when = self._meet(processo, to, when)
        self._release(processo, to, Associacao.RELACIONADO)
        self.andamento(processo, 19, when=when, PROCESSO=to)
        self.andamento(to, 19, when=when, PROCESSO=processo)

    def lock(self, processo: Processo, when: datetime | None = None) -> None:
        """Bloquear by hand."""
        self._state(processo, EstadoProtocolo.BLOQUEADO)
        self.andamento(processo, 122, when=when)

    def unlock(self, processo: Processo, when: datetime | None = None) -> None:
        """Desbloquear."""
        self._state(processo, EstadoProtocolo.NORMAL)
        self.andamento(processo, 123, when=when)

    def dispose(self, processo: Processo) -> None:
        """Eliminar: its time in the archive ended and its content is gone (SEI 4.1)."""
        self.target.change(tables.protocolo, processo.row, sin_eliminado="S")
        for documento in processo.documentos:
            self.target.change(tables.protocolo, documento.row, sin_eliminado="S")

    def _state(self, processo: Processo, estado: EstadoProtocolo) -> None:
        self.target.change(tables.protocolo, processo.row, sta_estado=estado.value)

    def _release(self, processo: Processo, other: Processo, associacao: Associacao) -> None:
        row = next(
            row
            for row in processo.contained
            if row["id_protocolo_2"] == other.id and row["sta_associacao"] == associacao
        )
        processo.contained.remove(row)
        self.target.remove(tables.rel_protocolo_protocolo, row)
