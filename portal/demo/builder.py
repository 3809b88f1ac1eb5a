"""Set up exact cases in a SEI database, in a few lines.

    with engine.begin() as connection:
        sei = SeiBuilder(connection, now=datetime(2026, 3, 20, 14, 10), create=True)
        p = sei.processo()                                  # público, just opened
        d = sei.documento(p, "Parecer")                     # signed
        m = sei.minuta(p)                                   # nobody signed it
        sei.externo(p, "RG", nivel=NivelAcesso.RESTRITO)    # so p's global is restrito
        sei.forward(p, "SEFAZ-TRIB")                        # remessa and recebimento
        sei.andamento(p, 65, DESCRICAO="Vistoria em 3/3")   # any tarefa, any attributes
        sei.flush()                                         # nothing is written before this

    assert p.chave and d.numero and m.id

Making:   processo, documento, minuta, automatico, externo, parametro, pesquisa.
People:   contato, interessado, usuario_externo, acesso_externo, intimacao, recibo.
Papers:   sign, cancel, restrict (document or processo), move.
Moving:   andamento, send, receive, forward, conclude, reopen, suspend, resume, attach, detach,
          relate, unrelate, lock, unlock, dispose.
Tramita:  functions of `portal.demo.tramites`.

- Moments are SEI's naive local time. An event happens 47 minutes after the processo's previous
  one unless `when` is given, and never after `now`.
- The builder keeps what SEI keeps: which atividades are open in which unit (from the flags of each
  tarefa), the global level of a group, `dta_conclusao`, `sequencia`. Whatever SEI would refuse can
  still be set by hand: `p.row` (protocolo), `p.details` (procedimento), `d.row`, `d.details`
  (documento) and `andamento.row` are dicts of columns, free to change before `flush`; after it,
  `sei.target.change(tables.protocolo, p.row, sta_estado="4")` and `flush` again.
- Ids start at 1 on an empty database and go on after the last one elsewhere, so several builders
  may follow each other on one database. Everything is deterministic.
- Columns and tables the database lacks (an older version, a module not installed) are left out.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from portal.demo.andamentos import level_attributes, midnight
from portal.demo.documentos import Documentos
from portal.demo.moves import Moves
from portal.demo.numbering import sei_mg
from portal.demo.peticoes import Peticoes
from portal.demo.protocolos import Processo
from portal.demo.target import Target
from portal.demo.town import ORGAOS, Unidade
from portal.sei import tables
from portal.sei.values import NivelAcesso, TipoProtocolo

NOW = datetime(2026, 3, 20, 14, 10)
A_MONTH = timedelta(days=30)


class SeiBuilder(Documentos, Moves, Peticoes):
    """A SEI under construction; see the module's text.

    `create` makes the tables that are missing, those of modules too unless `modules` is false.
    `repositorio` is the folder where files of external documents go; None writes no files.
    """

    def __init__(
        self,
        connection: Connection,
        *,
        now: datetime = NOW,
        create: bool = False,
        modules: bool = True,
        repositorio: Path | None = None,
    ) -> None:
        target = Target(connection)
        if create:
            target.create_missing(modules=modules)
        super().__init__(target, now, repositorio)
        self._sequencias: dict[tuple[str, int], int] = {}

    def processo(
        self,
        numero: str | None = None,
        *,
        tipo: str = "IPTU: Revisão de Lançamento",
        unidade: str | int | Unidade = "PROTOCOLO",
        nivel: str = NivelAcesso.PUBLICO,
        hipotese: str | None = None,
        grau: str | None = None,
        autuacao: datetime | None = None,
        interessados: Sequence[str | int] = (),
        descricao: str | None = None,
        original: date | None = None,
        generated: bool = True,
    ) -> Processo:
        """A processo, autuado a month ago and open in its first unit unless told otherwise.

        `interessados` are names or `id_contato`s. `grau` (U, S, R) is of a sigiloso. `original` is
        the date it brought from paper or from another body: then that is its autuação. Without
        `generated` there is no andamento 1, so it is open nowhere until an andamento opens it.
        """
        where = self.unidade(unidade)
        when = autuacao or midnight(self.now - A_MONTH) + timedelta(hours=9)
        numero = numero or self.next_number(where, when.year)
        key = self.target.next_id(tables.protocolo)
        row = self._protocolo(
            key, numero, TipoProtocolo.PROCESSO, nivel, hipotese, where.id_unidade, when
        )
        row.update(descricao=descricao, sta_grau_sigilo=grau)
        if original:
            row["dta_geracao"] = datetime.combine(original, time())
        details = self.target.add(
            tables.procedimento,
            id_procedimento=key,
            id_tipo_procedimento=self.reference.tipos[tipo],
            dta_conclusao=None,
        )
        processo = Processo(row, details, when, tipo=tipo)
        for interessado in interessados:
            self.interessado(processo, interessado)
        if generated:
            self._generate(processo, when, grau, original)
        return processo

    def next_number(self, unidade: Unidade, year: int) -> str:
        """The next number of the unit's órgão in a year."""
        codigo = next(o.codigo for o in ORGAOS if o.id_orgao == unidade.id_orgao)
        sequencia = self._sequencias.get((codigo, year), 0) + 1
        self._sequencias[(codigo, year)] = sequencia
        return sei_mg(codigo, sequencia, year)

    def parametro(self, nome: str, valor: str | None) -> None:
        """A new row of `infra_parametro`."""
        self.target.add(tables.infra_parametro, nome=nome, valor=valor)

    def pesquisa(self, nome: str, valor: str | None) -> None:
        """A new row of `md_pesq_parametro`, what the city chose for Pesquisa Pública."""
        self.target.add(tables.md_pesq_parametro, nome=nome, valor=valor)

    def _generate(
        self, processo: Processo, when: datetime, grau: str | None, original: date | None
    ) -> None:
        """Andamento 1, with the attributes that its level and its origin ask for."""
        brought: dict[str, Any] = {"DATA_AUTUACAO": f"{original:%d/%m/%Y}"} if original else {}
        self.andamento(
            processo,
            1,
            when=when,
            **level_attributes(
                processo.row["sta_nivel_acesso_local"],
                hipotese=processo.row["id_hipotese_legal"],
                GRAU_SIGILO=grau,
            ),
            **brought,
        )
