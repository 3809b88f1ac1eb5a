"""Asks SeiWS and tells it, and says of every call how it ended.

zeep is heavy: whoever needs this module imports it when there is something to deliver.
"""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import TypeVar

from portal.seiws import answers, messages
from portal.seiws.calls import Calls
from portal.seiws.latin1 import file_name, to_latin1
from portal.seiws.transport import Patience
from portal.seiws.values import (
    Access,
    AndamentoListado,
    ArquivoEnviado,
    DocumentoEncontrado,
    DocumentoExterno,
    DocumentoIncluido,
    Failure,
    Item,
    NotSent,
    ProcessoEncontrado,
    ProcessoGerado,
    ProcessoNovo,
    Rejected,
    Safe,
    Why,
)

CHUNK = 2 * 1024 * 1024
"""Bytes of a file in one message."""
LARGEST_INLINE = 12 * 1024 * 1024
"""Bytes of all files in one message: in Base64, what proxies are known to let pass."""
ARQUIVO_ANEXADO = "30"
ATUALIZACAO = "65"
"""Tarefas of SEI's: a file became a documento; somebody's own words."""

Answer = TypeVar("Answer")


class SeiWs:
    """One SeiWS. Loads its WSDL when made: raises `WsdlUnusable`."""

    def __init__(self, access: Access, patience: Patience | None = None) -> None:
        self.access = access
        self._calls = Calls(access, patience or Patience())

    def __repr__(self) -> str:
        return f"SeiWs({self.access!r})"

    # Writing

    def open_processo(self, novo: ProcessoNovo) -> ProcessoGerado | Failure:
        """One processo with all its documentos, or none of it (`gerarProcedimento`)."""
        if (large := _too_large(novo.documentos)) is not None:
            return large
        return self._calls.write(
            "gerarProcedimento",
            partial(answers.read_processo_gerado, documentos=len(novo.documentos)),
            IdUnidade=novo.id_unidade,
            Procedimento=messages.write_processo(novo),
            Documentos=[messages.write_documento(each) for each in novo.documentos],
            UnidadesEnvio=novo.unidades_envio,
            SinManterAbertoUnidade=messages.write_flag(novo.manter_aberto),
            SinEnviarEmailNotificacao=messages.write_flag(False),
        )

    def include_documento(
        self, id_unidade: str, processo: str, documento: DocumentoExterno
    ) -> DocumentoIncluido | Failure:
        """One more documento in the processo of that formatted number (`incluirDocumento`).

        In a unidade where the processo is concluded, this opens it again.
        """
        if (large := _too_large([documento])) is not None:
            return large
        struct = messages.write_documento(documento) | {"ProtocoloProcedimento": processo}
        return self._calls.write(
            "incluirDocumento",
            answers.read_documento_incluido,
            IdUnidade=id_unidade,
            Documento=struct,
        )

    def add_andamento(
        self, id_unidade: str, processo: str, text: str
    ) -> AndamentoListado | Failure:
        """Words of ours in the processo's history (`lancarAndamento`, tarefa 65)."""
        described = {"Nome": "DESCRICAO", "Valor": to_latin1(text, lines=True)}
        return self._calls.write(
            "lancarAndamento",
            answers.read_andamento,
            IdUnidade=id_unidade,
            ProtocoloProcedimento=processo,
            IdTarefa=ATUALIZACAO,
            Atributos=[described],
        )

    def send_processo(
        self, id_unidade: str, processo: str, unidades: Iterable[str], *, keep_open: bool
    ) -> Failure | None:
        """Remessa to other unidades (`enviarProcesso`); None when it was sent."""
        return self._calls.write(
            "enviarProcesso",
            answers.read_done,
            IdUnidade=id_unidade,
            ProtocoloProcedimento=processo,
            UnidadesDestino=tuple(unidades),
            SinManterAbertoUnidade=messages.write_flag(keep_open),
            SinRemoverAnotacao=messages.write_flag(False),
            SinEnviarEmailNotificacao=messages.write_flag(False),
            SinReabrir=messages.write_flag(False),
        )

    # Files

    def upload(self, id_unidade: str, arquivo: ArquivoEnviado) -> str | Safe:
        """Hand a file over, piece after piece: its `IdArquivo`, for the same unidade and a day.

        Of a piece that was not answered nobody knows whether SEI has appended it, so nothing is
        sent twice: the file is abandoned, SEI deletes it, and a new upload is safe.
        """
        pieces = _cut(arquivo.read())
        first = next(pieces, b"")
        id_arquivo = self._calls.ask(
            "adicionarArquivo",
            answers.read_id_arquivo,
            IdUnidade=id_unidade,
            Nome=file_name(arquivo.nome),
            Tamanho=arquivo.size,
            Hash=arquivo.md5,
            Conteudo=messages.encode(first),
        )
        if not isinstance(id_arquivo, str):
            return id_arquivo
        sent = len(first)
        for piece in pieces:
            sent += len(piece)
            complete = self._calls.ask(
                "adicionarConteudoArquivo",
                answers.read_flag,
                IdUnidade=id_unidade,
                IdArquivo=id_arquivo,
                Conteudo=messages.encode(piece),
            )
            if not isinstance(complete, bool):
                return complete
            if complete != (sent == arquivo.size):
                return NotSent(f"O SEI contou mal os bytes do arquivo {id_arquivo}.")
        return id_arquivo

    # Looking

    def find_processo(self, id_unidade: str, processo: str) -> ProcessoEncontrado | Safe | None:
        """A processo by its formatted number; None when this unidade sees no such one."""
        return _none_when_not_found(
            self._calls.ask(
                "consultarProcedimento",
                answers.read_processo_encontrado,
                IdUnidade=id_unidade,
                ProtocoloProcedimento=processo,
                SinRetornarUnidadesProcedimentoAberto=messages.write_flag(True),
            )
        )

    def find_documento(self, id_unidade: str, numero: str) -> DocumentoEncontrado | Safe | None:
        """A documento by its number, zeros included; None when this unidade sees no such one.

        To be asked as the unidade that made it: SEI takes any other's question for a reading.
        """
        return _none_when_not_found(
            self._calls.ask(
                "consultarDocumento",
                answers.read_documento_encontrado,
                IdUnidade=id_unidade,
                ProtocoloDocumento=numero,
            )
        )

    def list_andamentos(
        self, id_unidade: str, processo: str, tarefas: Iterable[str]
    ) -> tuple[AndamentoListado, ...] | Safe:
        """The andamentos of some tarefas, with their attributes."""
        return self._calls.ask(
            "listarAndamentos",
            answers.read_andamentos,
            IdUnidade=id_unidade,
            ProtocoloProcedimento=processo,
            SinRetornarAtributos=messages.write_flag(True),
            Tarefas=tuple(tarefas),
        )

    def find_documento_of(
        self, id_unidade: str, processo: str, id_arquivo: str
    ) -> DocumentoIncluido | Safe | None:
        """The documento that an uploaded file became in a processo; None when it became none."""
        listed = self.list_andamentos(id_unidade, processo, (ARQUIVO_ANEXADO,))
        if not isinstance(listed, tuple):
            return _none_when_not_found(listed)
        for andamento in listed:
            anexo, documento = andamento.find("ANEXO"), andamento.find("DOCUMENTO")
            if anexo and documento and anexo.id_origem == id_arquivo:
                return DocumentoIncluido(documento.id_origem, documento.valor)
        return None

    # SEI's lists, as far as the portal's Serviço may use what is in them

    def list_unidades(self) -> tuple[Item, ...] | Safe:
        read = partial(answers.read_items, key="IdUnidade", nome="Sigla", detalhe="Descricao")
        return self._calls.ask("listarUnidades", read)

    def list_tipos_procedimento(self, id_unidade: str) -> tuple[Item, ...] | Safe:
        read = partial(answers.read_items, key="IdTipoProcedimento", nome="Nome")
        return self._calls.ask("listarTiposProcedimento", read, IdUnidade=id_unidade)

    def list_series(self, id_unidade: str) -> tuple[Item, ...] | Safe:
        read = partial(answers.read_items, key="IdSerie", nome="Nome", detalhe="Aplicabilidade")
        return self._calls.ask("listarSeries", read, IdUnidade=id_unidade)

    def list_hipoteses_legais(self, id_unidade: str) -> tuple[Item, ...] | Safe:
        read = partial(answers.read_items, key="IdHipoteseLegal", nome="Nome", detalhe="BaseLegal")
        return self._calls.ask("listarHipotesesLegais", read, IdUnidade=id_unidade)

    def list_extensoes(self, id_unidade: str) -> tuple[Item, ...] | Safe:
        read = partial(answers.read_items, key="IdArquivoExtensao", nome="Extensao")
        return self._calls.ask("listarExtensoesPermitidas", read, IdUnidade=id_unidade)


def _too_large(documentos: Iterable[DocumentoExterno]) -> Rejected | None:
    """A refusal of ours, of more files than one message may carry."""
    size = sum(each.inline.size for each in documentos if each.inline)
    if size <= LARGEST_INLINE:
        return None
    return Rejected(
        f"Este SEI recebe os arquivos numa só mensagem, e {size} bytes não cabem nela.",
        Why.TOO_LARGE,
    )


def _cut(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces of `CHUNK`, the last one shorter."""
    waiting = bytearray()
    for piece in pieces:
        waiting += piece
        while len(waiting) >= CHUNK:
            yield bytes(waiting[:CHUNK])
            del waiting[:CHUNK]
    if waiting:
        yield bytes(waiting)


def _none_when_not_found(ended: Answer | Safe) -> Answer | Safe | None:
    if isinstance(ended, Rejected) and ended.why is Why.NOT_FOUND:
        return None
    return ended
