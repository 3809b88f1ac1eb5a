"""Documents of a processo: made in SEI, received, automatic, signed, cancelled, moved."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import TypedDict, Unpack

from portal.demo.andamentos import level_attributes
from portal.demo.anexos import Anexos, Fate
from portal.demo.assinaturas import SIGNER, Assinaturas
from portal.demo.pages import Page, crc_of_file, render
from portal.demo.pdf import write_pdf
from portal.demo.protocolos import Documento, Processo
from portal.demo.town import ORGAOS, Unidade
from portal.sei import tables
from portal.sei.values import (
    Associacao,
    EstadoProtocolo,
    NivelAcesso,
    StaDocumento,
    TipoProtocolo,
)

AHEAD = 417
"""Numbers of documents run ahead of ids by this much: nobody can take one for the other."""
TEXT = (
    "Trata-se de manifestação nos autos do processo em referência.",
    "À consideração superior.",
)


def number_of(id_documento: int) -> str:
    """The número SEI that the demo gives to a document."""
    return f"{id_documento + AHEAD:07d}"


class Options(TypedDict, total=False):
    """What may be said of any document."""

    nivel: str
    """Local level: NivelAcesso, público when unsaid."""
    hipotese: str | None
    """Name of the hipótese legal of a level above público."""
    numero: str | None
    """Number in the tree, as `12/2026`."""
    descricao: str | None
    unidade: str | int | Unidade | None
    """Where it is made; the unit that has the processo, when unsaid."""
    when: datetime | None


class Documentos(Anexos, Assinaturas):
    """The part of the builder that puts documents in processos."""

    def documento(
        self,
        processo: Processo,
        serie: str = "Despacho",
        *,
        text: Sequence[str] = TEXT,
        items: Sequence[str] = (),
        table: Sequence[Sequence[str]] = (),
        signers: Sequence[tuple[str, str]] = (SIGNER,),
        sta: str = StaDocumento.INTERNO,
        **options: Unpack[Options],
    ) -> Documento:
        """A document made in SEI and signed by `signers`, (name, cargo) each; none: a minuta."""
        documento = self._new(processo, serie, TipoProtocolo.GERADO, sta, options)
        numero = options.get("numero")
        unidade = self.unidade(int(documento.row["id_unidade_geradora"]))
        documento.page = render(
            Page(
                f"{serie} nº {numero}" if numero else serie,
                text,
                items,
                table,
                orgao=self._orgao(unidade),
                unidade=unidade.descricao,
                processo=processo.numero,
                assunto=processo.tipo,
                numero=documento.numero,
                day=processo.clock.date(),
                signers=signers,
            )
        )
        self._write(documento, documento.page)
        self._announce(documento, 2, options)
        for nome, cargo in signers:
            self.sign(documento, nome, cargo, unidade=options.get("unidade"))
        return documento

    def minuta(
        self,
        processo: Processo,
        serie: str = "Parecer",
        *,
        text: Sequence[str] = TEXT,
        sta: str = StaDocumento.INTERNO,
        **options: Unpack[Options],
    ) -> Documento:
        """A draft that nobody has signed: the public must never learn of it."""
        return self.documento(processo, serie, text=text, sta=sta, signers=(), **options)

    def automatico(
        self,
        processo: Processo,
        serie: str = "E-mail",
        *,
        text: Sequence[str] = TEXT,
        **options: Unpack[Options],
    ) -> Documento:
        """An automatic form (e-mail, ouvidoria, recibo): it has content and no signature."""
        documento = self._new(
            processo, serie, TipoProtocolo.GERADO, StaDocumento.AUTOMATICO, options
        )
        self._write(documento, render(Page(serie, text, processo=processo.numero)))
        if serie == "E-mail":
            self.andamento(processo, 12, unidade=options.get("unidade"), DOCUMENTO=documento)
        return documento

    def externo(
        self,
        processo: Processo,
        serie: str = "Requerimento",
        *,
        file_name: str | None = None,
        content: bytes | None = None,
        text: Sequence[str] = TEXT,
        dated: date | None = None,
        conferencia: str | None = None,
        fate: Fate = Fate.KEPT,
        **options: Unpack[Options],
    ) -> Documento:
        """A document from outside, with its file; `dated` is the day on the paper.

        Without `content` the file is a small PDF of `text`. It goes to the repository when the
        builder has one.
        """
        documento = self._new(
            processo, serie, TipoProtocolo.RECEBIDO, StaDocumento.EXTERNO, options
        )
        tipo_conferencia = conferencia and self.reference.conferencias[conferencia]
        documento.details["id_tipo_conferencia"] = tipo_conferencia
        if dated is not None:
            documento.row["dta_geracao"] = datetime.combine(dated, time())
        file = write_pdf(serie, text) if content is None else content
        self._store(documento, file_name or f"{serie.lower().replace(' ', '-')}.pdf", file, fate)
        self.target.add(
            tables.documento_conteudo, id_documento=documento.id, crc_assinatura=crc_of_file(file)
        )
        self._announce(documento, 13, options)
        return documento

    def cancel(self, documento: Documento, motivo: str | None = "Juntado por engano.") -> None:
        """Cancel a document: SEI keeps it in the tree, struck out, without content."""
        self.target.change(
            tables.protocolo, documento.row, sta_estado=EstadoProtocolo.CANCELADO.value
        )
        self.andamento(documento.processo, 51, DOCUMENTO=documento, MOTIVO=motivo)

    def restrict(
        self,
        what: Documento | Processo,
        nivel: str = NivelAcesso.RESTRITO,
        hipotese: str | None = None,
    ) -> None:
        """Change the local level of a document or processo, and the global of its whole group."""
        processo = what.processo if isinstance(what, Documento) else what
        before = processo.row["sta_nivel_acesso_global"]
        self.target.change(
            tables.protocolo,
            what.row,
            sta_nivel_acesso_local=str(nivel),
            id_hipotese_legal=self._hipotese(nivel, hipotese),
        )
        self._level(processo)
        if isinstance(what, Documento):
            self.andamento(processo, 108, DOCUMENTO=what, NIVEL_ACESSO=(None, nivel))
        else:
            self.andamento(processo, 105, NIVEL_ACESSO=(None, nivel))
        after = processo.row["sta_nivel_acesso_global"]
        if after != before:
            self.andamento(processo, 58, NIVEL_ACESSO=(None, after))

    def move(self, documento: Documento, to: Processo, motivo: str | None = None) -> None:
        """Move a document to another processo; the old one keeps a trace of it."""
        origin = documento.processo
        trace = next(row for row in origin.contained if row["id_protocolo_2"] == documento.id)
        self.target.change(
            tables.rel_protocolo_protocolo, trace, sta_associacao=Associacao.MOVIDO.value
        )
        self.target.change(tables.documento, documento.details, id_procedimento=to.id)
        origin.documentos.remove(documento)
        documento.processo = to
        to.documentos.append(documento)
        self._contain(to, documento.id, Associacao.DOCUMENTO)
        self._level(origin)
        self._level(to)
        when = self._meet(origin, to, None)
        self.andamento(origin, 113, when=when, DOCUMENTO=documento, PROCESSO=to, MOTIVO=motivo)
        self.andamento(to, 114, when=when, DOCUMENTO=documento, PROCESSO=origin, MOTIVO=motivo)

    def _new(
        self, processo: Processo, serie: str, protocolo: str, sta: str, options: Options
    ) -> Documento:
        when = self._tick(processo, options.get("when"))
        where = options.get("unidade")
        unidade = processo.unidade if where is None else self.unidade(where).id_unidade
        key = self.target.next_id(tables.protocolo)
        nivel = str(options.get("nivel", NivelAcesso.PUBLICO))
        row = self._protocolo(
            key, number_of(key), protocolo, nivel, options.get("hipotese"), unidade, when
        )
        row["descricao"] = options.get("descricao")
        details = self.target.add(
            tables.documento,
            id_documento=key,
            id_procedimento=processo.id,
            id_serie=self.reference.series[serie],
            id_tipo_conferencia=None,
            id_unidade_responsavel=unidade,
            numero=options.get("numero"),
            sta_documento=str(sta),
        )
        documento = Documento(row, details, processo)
        processo.documentos.append(documento)
        self._contain(processo, key, Associacao.DOCUMENTO)
        if nivel > processo.row["sta_nivel_acesso_global"]:
            self._level(processo)
        else:
            row["sta_nivel_acesso_global"] = processo.row["sta_nivel_acesso_global"]
        return documento

    def _write(self, documento: Documento, page: str) -> None:
        """The page as the editor saved it; it becomes what was signed when somebody signs."""
        documento.content = self.target.add(
            tables.documento_conteudo,
            id_documento=documento.id,
            conteudo=page,
            conteudo_assinatura=None,
            crc_assinatura=None,
        )

    def _announce(self, documento: Documento, tarefa: int, options: Options) -> None:
        """The andamento of a document's creation, with the attributes SEI gives it."""
        self.andamento(
            documento.processo,
            tarefa,
            unidade=options.get("unidade"),
            when=documento.processo.clock,
            DOCUMENTO=documento,
            **level_attributes(
                documento.row["sta_nivel_acesso_local"],
                hipotese=documento.row["id_hipotese_legal"],
                TIPO_CONFERENCIA=documento.details["id_tipo_conferencia"],
            ),
        )

    def _orgao(self, unidade: Unidade) -> str:
        return next(o.descricao for o in ORGAOS if o.id_orgao == unidade.id_orgao)
