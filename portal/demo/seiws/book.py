"""The demo's builder on a SEI that goes on: processos that are there are found and continued."""

from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import ColumnElement, Connection, Table, func, select

from portal.demo.anexos import folder_of
from portal.demo.builder import SeiBuilder
from portal.demo.documentos import Options
from portal.demo.pages import crc_of_file
from portal.demo.protocolos import Documento, Processo
from portal.demo.target import Row
from portal.sei import tables
from portal.sei.values import EstadoProtocolo, StaDocumento, TipoProtocolo

# Only what every version of SEI has.
_PROTOCOLO = (
    "id_protocolo", "protocolo_formatado", "protocolo_formatado_pesquisa", "sta_protocolo",
    "sta_estado", "sta_nivel_acesso_local", "sta_nivel_acesso_global", "id_hipotese_legal",
    "id_unidade_geradora", "dta_geracao", "descricao",
)  # fmt: skip
_DOCUMENTO = ("id_documento", "id_procedimento", "id_serie", "numero", "sta_documento")
_ANEXO = ("id_anexo", "id_protocolo", "nome", "tamanho", "hash", "dth_inclusao", "sin_ativo")


class Book(SeiBuilder):
    """One transaction's view of SEI. Everything happens at `now`."""

    def __init__(self, connection: Connection, now: datetime, repositorio: Path) -> None:
        super().__init__(connection, now=now, repositorio=repositorio)
        self.step = timedelta
        self.folder = repositorio

    @property
    def connection(self) -> Connection:
        return self.target.connection

    def find_processo(self, numero: str) -> Processo | None:
        """By its number, whatever the punctuation; of what is sigiloso nobody is told."""
        chave = "".join(each for each in numero if each.isascii() and each.isalnum())
        p = tables.protocolo.c
        found = self._rows(
            tables.protocolo,
            _PROTOCOLO,
            p.protocolo_formatado_pesquisa == chave,
        )
        rows = [row for row in found if row["sta_protocolo"] == TipoProtocolo.PROCESSO]
        if not rows or rows[0]["sta_nivel_acesso_global"] == "2":
            return None
        (row, *_) = rows
        key = row["id_protocolo"]
        (details,) = self._rows(
            tables.procedimento,
            ("id_procedimento", "id_tipo_procedimento"),
            tables.procedimento.c.id_procedimento == key,
        )
        # Whatever it is, what is counted next is written.
        details["dta_conclusao"] = datetime.min
        return self._continue(Processo(row, details, self.now, tipo=self.tipo_of(details)))

    def tipo_of(self, details: Row) -> str:
        """The name of a processo's tipo."""
        by_id = {key: nome for nome, key in self.reference.tipos.items()}
        return by_id.get(details["id_tipo_procedimento"], "")

    def find_documento(self, numero: str) -> tuple[Row, Row, str] | None:
        """A document by its number as it is written: its rows, and its processo's number."""
        p = tables.protocolo.c
        found = self._rows(tables.protocolo, _PROTOCOLO, p.protocolo_formatado == numero)
        rows = [row for row in found if row["sta_protocolo"] != TipoProtocolo.PROCESSO]
        if not rows:
            return None
        key = rows[0]["id_protocolo"]
        (details,) = self._rows(
            tables.documento, _DOCUMENTO, tables.documento.c.id_documento == key
        )
        query = select(p.protocolo_formatado).where(p.id_protocolo == details["id_procedimento"])
        return rows[0], details, str(self.connection.scalar(query))

    def _continue(self, processo: Processo) -> Processo:
        """With its documents, and what is open where."""
        d, p, a = tables.documento.c, tables.protocolo.c, tables.atividade.c
        for details in self._rows(tables.documento, _DOCUMENTO, d.id_procedimento == processo.id):
            same = p.id_protocolo == details["id_documento"]
            (row,) = self._rows(tables.protocolo, _PROTOCOLO, same)
            processo.documentos.append(Documento(row, details, processo))
        processo.contained = self._rows(
            tables.rel_protocolo_protocolo,
            ("id_rel_protocolo_protocolo", "id_protocolo_2", "sta_associacao"),
            tables.rel_protocolo_protocolo.c.id_protocolo_1 == processo.id,
        )
        columns = ("id_atividade", "id_unidade", "dth_abertura", "dth_conclusao")
        for row in self._rows(tables.atividade, columns, a.id_protocolo == processo.id):
            processo.last_unit = row["id_unidade"]
            if row["dth_conclusao"] is None:
                processo.open_in.setdefault(row["id_unidade"], []).append(row)
        return processo

    def has_passed(self, processo: Processo, id_unidade: int) -> bool:
        """Whether a unidade made the processo or has had it."""
        a = tables.atividade.c
        query = select(func.count()).where(
            a.id_protocolo == processo.id, a.id_unidade == id_unidade
        )
        made = processo.row["id_unidade_geradora"] == id_unidade
        return made or bool(self.connection.scalar(query))

    # Files

    def add_anexo(self, nome: str, tamanho: int, md5: str) -> Row:
        """A file that belongs to no document yet."""
        return self.target.add(
            tables.anexo,
            id_anexo=self.target.next_id(tables.anexo),
            id_protocolo=None,
            nome=nome,
            tamanho=tamanho,
            hash=md5,
            dth_inclusao=self.now,
            sin_ativo="N",
        )

    def find_anexo(self, id_anexo: str) -> Row | None:
        key = int(id_anexo) if id_anexo.isascii() and id_anexo.isdigit() else -1
        found = self._rows(tables.anexo, _ANEXO, tables.anexo.c.id_anexo == key)
        return found[0] if found else None

    def list_unused(self, before: datetime) -> list[Row]:
        """Files that have waited for a document since then."""
        a = tables.anexo.c
        return self._rows(
            tables.anexo,
            _ANEXO,
            a.id_protocolo.is_(None) & (a.dth_inclusao < before),
        )

    def path_of(self, anexo: Row) -> Path:
        folder = folder_of(self.folder, anexo["dth_inclusao"])
        folder.mkdir(parents=True, exist_ok=True)
        return folder / str(anexo["id_anexo"])

    def register(
        self, processo: Processo, serie: str, anexo: Row, dated: datetime, options: Options
    ) -> Documento:
        """A document from outside, of a file that is in the repository already, with the
        andamentos that SEI writes for both."""
        documento = self._new(
            processo, serie, TipoProtocolo.RECEBIDO, StaDocumento.EXTERNO, options
        )
        documento.row["dta_geracao"] = dated
        self.target.change(tables.anexo, anexo, id_protocolo=documento.id, sin_ativo="S")
        documento.id_anexo = anexo["id_anexo"]
        crc = crc_of_file(self.path_of(anexo).read_bytes())
        self.target.add(tables.documento_conteudo, id_documento=documento.id, crc_assinatura=crc)
        self._announce(documento, 13, options)
        self.andamento(
            processo,
            30,
            unidade=options.get("unidade"),
            when=self.now,
            ANEXO=(anexo["nome"], anexo["id_anexo"]),
            DOCUMENTO=documento,
        )
        return documento

    def _rows(self, table: Table, names: tuple[str, ...], where: ColumnElement[bool]) -> list[Row]:
        """Rows that are there, in the order of their keys, free to be changed."""
        query = select(*(table.c[name] for name in names)).where(where)
        rows = []
        for found in self.connection.execute(query.order_by(*table.primary_key)).mappings():
            row = Row(**{str(name): value for name, value in found.items()})
            row.written = True
            rows.append(row)
        return rows


def is_normal(processo: Processo) -> bool:
    """Whether SEI lets anything be done with it."""
    return bool(processo.row["sta_estado"] == EstadoProtocolo.NORMAL.value)
