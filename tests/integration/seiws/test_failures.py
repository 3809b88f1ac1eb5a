"""Every way in which a call may end, against a server that really listens."""

import logging
import re
import threading
from base64 import b64decode
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import create_server, socket

import pytest
from lxml import etree

from portal.seiws.client import CHUNK, LARGEST_INLINE, SeiWs
from portal.seiws.transport import Forbidden, Patience
from portal.seiws.values import (
    DocumentoExterno,
    DocumentoIncluido,
    NotAllowed,
    NotSent,
    ProcessoGerado,
    ProcessoNovo,
    Rejected,
    Unconfirmed,
    Versao,
    Why,
    WsdlUnusable,
)
from portal.seiws.wsdl import write_wsdl
from tests.integration.seiws.told import CHAVE, DAY, NOVO, UNIDADE, access_to, arquivo_of
from tests.patience import PATIENCE, ends_by_itself

ENVELOPE = (
    '<?xml version="1.0" encoding="UTF-8"?><SOAP-ENV:Envelope '
    'xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/" xmlns:ns1="Sei" '
    'xmlns:xsd="http://www.w3.org/2001/XMLSchema" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xmlns:SOAP-ENC="http://schemas.xmlsoap.org/soap/encoding/">'
    "<SOAP-ENV:Body>{body}</SOAP-ENV:Body></SOAP-ENV:Envelope>"
)
HTML = "<html><body><h1>502 Bad Gateway</h1></body></html>"


def fault(text: str, kind: str = "INFRA_VALIDACAO") -> str:
    item = f"<item><key>infra_tipo_excecao</key><value>{kind}</value></item>"
    return ENVELOPE.format(
        body="<SOAP-ENV:Fault><faultcode>SOAP-ENV:Client</faultcode>"
        f"<faultstring>{text}</faultstring><detail>{item}</detail></SOAP-ENV:Fault>"
    )


def reply(operation: str, inside: str) -> str:
    return ENVELOPE.format(body=f"<ns1:{operation}Response>{inside}</ns1:{operation}Response>")


INCLUDED = (
    "<item><IdDocumento>{0}</IdDocumento><DocumentoFormatado>000{0}</DocumentoFormatado>"
    '<LinkAcesso xsi:nil="true"/></item>'
)


def gerado(documentos: int = 2, more: str = "") -> str:
    items = "".join(INCLUDED.format(91 + n) for n in range(documentos))
    return reply(
        "gerarProcedimento",
        '<parametros xsi:type="ns1:RetornoGeracaoProcedimento"><IdProcedimento>77</IdProcedimento>'
        "<ProcedimentoFormatado>123</ProcedimentoFormatado><LinkAcesso></LinkAcesso>"
        f"<RetornoInclusaoDocumentos>{items}</RetornoInclusaoDocumentos>{more}</parametros>",
    )


def text(operation: str, value: str) -> str:
    return reply(operation, f'<parametros xsi:type="xsd:string">{value}</parametros>')


class Sei(ThreadingHTTPServer):
    """Answers each message with the next of `answers`: a status and a body, or what it does."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.endereco = f"http://127.0.0.1:{self.server_address[1]}/sei/ws/SeiWS.php"
        self.answers: list[tuple[int, str] | Callable[[Handler], None]] = []
        self.messages: list[etree._Element] = []
        self.paths: list[str] = []
        self.closing = threading.Event()
        self.reads_after = 0.0
        """Seconds that a message waits at the other end."""

    def says(self, *answers: tuple[int, str] | Callable[["Handler"], None]) -> None:
        self.answers = list(answers)

    def handle_error(self, *_: object) -> None:
        """Who asked has left: nothing to say."""


class Handler(BaseHTTPRequestHandler):
    server: Sei

    def do_POST(self) -> None:
        self.server.paths.append(self.path)
        self.server.closing.wait(self.server.reads_after)
        body = self.rfile.read(int(self.headers["Content-Length"]))
        assert self.headers["SOAPAction"] == '"SeiAction"'
        self.server.messages.append(etree.fromstring(body, etree.XMLParser(huge_tree=True)))
        answer = self.server.answers.pop(0)
        if callable(answer):
            answer(self)
        else:
            self.send(*answer)

    def do_GET(self) -> None:
        self.server.paths.append(self.path)
        if not self.path.endswith("?wsdl"):
            self.send(404, HTML)
            return
        self.send(200, write_wsdl(Versao.parse("4.1"), "http://10.255.255.1/").decode())

    def send(self, status: int, body: str, **headers: str) -> None:
        data = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/xml; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Not here."""


@pytest.fixture
def sei() -> Iterator[Sei]:
    server = Sei()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.closing.set()
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def seiws(sei: Sei, request: pytest.FixtureRequest) -> SeiWs:
    """Of little patience where nothing is to come."""
    called = getattr(request.node, "callspec", None)
    answer = called.params.get("answer") if called else None
    seconds = 2.0 if answer in (say_nothing, stall) else PATIENCE
    return SeiWs(access_to(sei.endereco), Patience(connect=5, read=seconds, write=seconds))


def hang_up(handler: Handler) -> None:
    handler.close_connection = True


def cut(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "5000")
    handler.end_headers()
    handler.wfile.write(gerado()[:300].encode())
    handler.close_connection = True


def say_nothing(handler: Handler) -> None:
    handler.server.closing.wait(PATIENCE)


def stall(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "5000")
    handler.end_headers()
    handler.wfile.write(b"<")
    handler.server.closing.wait(PATIENCE)


def drip_body(handler: Handler) -> None:
    handler.send_response(200)
    handler.end_headers()
    drip_head(handler)


def drip_head(handler: Handler) -> None:
    while not handler.server.closing.wait(0.05):
        handler.wfile.write(b"x")
        handler.wfile.flush()


def redirect(handler: Handler) -> None:
    handler.send(307, "", Location=f"{handler.server.endereco}?again")


def huge(handler: Handler) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(40):
        handler.wfile.write(b" " * 1024 * 1024)
    handler.close_connection = True


NO_ANSWERS: dict[str, tuple[int, str] | Callable[[Handler], None]] = {
    "hung up": hang_up,
    "cut": cut,
    "silent": say_nothing,
    "stalled": stall,
    "redirected": redirect,
    "huge": huge,
    "502 of a proxy": (502, HTML),
    "503 of a proxy": (503, "<html><body>fora do ar"),
    "504 without a word": (504, ""),
    "200 of a page": (200, HTML),
    "200 without a word": (200, ""),
    "202": (202, ""),
    "not XML": (200, "Fatal error: Allowed memory size of 1 bytes exhausted"),
    "XML cut": (200, gerado()[:-30]),
    "SOAP of another": (200, ENVELOPE.format(body="<x/>")),
    "an entity": (200, '<!DOCTYPE a [<!ENTITY b "c">]>' + gerado().partition("?>")[2]),
    "no number": (200, gerado().replace(">123<", "><")),
    "all nil": (200, reply("gerarProcedimento", '<parametros xsi:nil="true"/>')),
    "a shared reference": (200, reply("gerarProcedimento", '<parametros href="#ref1"/>')),
    "a documento too few": (200, gerado(1)),
    "an error of SEI's own": (500, fault("Erro no serviço de geração.", "INFRA_ERRO")),
    "an error of PHP's": (500, fault("SOAP-ERROR: Encoding: no property", "")),
}


@pytest.mark.parametrize("answer", NO_ANSWERS.values(), ids=list(NO_ANSWERS))
def test_a_write_that_may_have_been_done_is_unconfirmed(
    sei: Sei, seiws: SeiWs, answer: tuple[int, str] | Callable[[Handler], None]
) -> None:
    sei.says(answer)
    with ends_by_itself():
        ended = seiws.open_processo(NOVO)
    assert isinstance(ended, Unconfirmed)
    assert CHAVE not in ended.message
    assert len(sei.paths) == 1


@pytest.mark.parametrize("answer", NO_ANSWERS.values(), ids=list(NO_ANSWERS))
def test_a_question_without_an_answer_may_be_asked_again(
    sei: Sei, seiws: SeiWs, answer: tuple[int, str] | Callable[[Handler], None]
) -> None:
    sei.says(answer)
    with ends_by_itself():
        assert isinstance(seiws.find_processo(UNIDADE, "123"), NotSent)
    assert len(sei.paths) == 1


@pytest.mark.parametrize("drip", [drip_head, drip_body])
def test_an_answer_that_comes_byte_by_byte_ends_too(
    sei: Sei, seiws: SeiWs, monkeypatch: pytest.MonkeyPatch, drip: Callable[[Handler], None]
) -> None:
    """Each of them in time, and never the last."""
    monkeypatch.setattr("portal.seiws.transport.WHOLE", 2.0)
    sei.says(drip)
    with ends_by_itself():
        assert isinstance(seiws.open_processo(NOVO), Unconfirmed)


def test_every_write_knows_that_it_may_have_been_done(sei: Sei, seiws: SeiWs) -> None:
    documento = DocumentoExterno("64", "701", DAY)
    calls = (
        lambda: seiws.include_documento(UNIDADE, "123", documento),
        lambda: seiws.add_andamento(UNIDADE, "123", "Recebido pelo portal"),
        lambda: seiws.send_processo(UNIDADE, "123", ["110000107"], keep_open=True),
    )
    for call in calls:
        sei.says((502, HTML))
        assert isinstance(call(), Unconfirmed)


def test_an_answer_is_an_answer(sei: Sei, seiws: SeiWs) -> None:
    included = (DocumentoIncluido("91", "00091"), DocumentoIncluido("92", "00092"))
    sei.says((200, gerado()), (200, gerado(more="<SinNovo>S</SinNovo>")))
    assert seiws.open_processo(NOVO) == ProcessoGerado("77", "123", included)
    # A later SEI may tell more than we know.
    assert seiws.open_processo(NOVO) == ProcessoGerado("77", "123", included)
    sei.says((200, text("enviarProcesso", "1")), (200, text("enviarProcesso", "")))
    assert seiws.send_processo(UNIDADE, "123", ["1"], keep_open=True) is None
    assert isinstance(seiws.send_processo(UNIDADE, "123", ["1"], keep_open=True), Unconfirmed)


def test_a_fault_is_sorted_by_its_words(sei: Sei, seiws: SeiWs) -> None:
    sei.says((500, fault("Sistema em Manutenção")))
    assert seiws.open_processo(NOVO) == NotSent("Sistema em Manutenção")
    sei.says((200, fault("Acesso negado.", "INFRA_ERRO")))
    assert seiws.open_processo(NOVO) == NotAllowed("Acesso negado.")
    sei.says((500, fault("CPF do Interessado inválido.\\nHipótese Legal não informada.")))
    told = "CPF do Interessado inválido.\nHipótese Legal não informada."
    assert seiws.open_processo(NOVO) == Rejected(told)


def test_what_is_not_there_is_none(sei: Sei, seiws: SeiWs) -> None:
    sei.says((500, fault("Processo [123] não encontrado.", "INFRA_ERRO")))
    assert seiws.find_processo(UNIDADE, "123") is None
    sei.says((500, fault("Documento 0003934 não encontrado.")))
    assert seiws.find_documento(UNIDADE, "0003934") is None
    sei.says((500, fault("Processo [123] não encontrado.", "INFRA_ERRO")))
    assert seiws.find_documento_of(UNIDADE, "123", "701") is None
    sei.says((500, fault("Documento 0003934 foi cancelado.")))
    assert isinstance(seiws.find_documento(UNIDADE, "0003934"), Rejected)


# Before anything is sent


def test_a_refused_connection_is_nothing_sent() -> None:
    with closing(create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
    ended = SeiWs(access_to(f"http://127.0.0.1:{port}/")).open_processo(NOVO)
    assert ended == NotSent("Não houve conexão com o SEI (ConnectionRefusedError).")


def test_an_unknown_name_is_nothing_sent() -> None:
    ended = SeiWs(access_to("http://sei.invalid/")).open_processo(NOVO)
    assert isinstance(ended, NotSent)


def test_a_host_that_takes_no_connection_is_nothing_sent() -> None:
    """A listener whose queue is full lets callers wait."""
    with create_server(("127.0.0.1", 0), backlog=0) as listener:
        address = listener.getsockname()
        waiting = [_knock(address) for _ in range(8)]
        seiws = SeiWs(access_to(f"http://127.0.0.1:{address[1]}/"), Patience(connect=0.3))
        with ends_by_itself():
            ended = seiws.open_processo(NOVO)
        for each in waiting:
            each.close()
    assert isinstance(ended, NotSent)


def test_tls_that_fails_is_nothing_sent(sei: Sei) -> None:
    """A certificate that is none; what speaks no TLS at all."""
    secure = sei.endereco.replace("http://", "https://")
    ended = SeiWs(access_to(secure), Patience(connect=1)).open_processo(NOVO)
    assert isinstance(ended, NotSent)
    assert "SSL" in ended.message
    assert sei.messages == []


def test_a_redirect_is_not_followed(sei: Sei, seiws: SeiWs) -> None:
    sei.says(redirect, (200, gerado()))
    seiws.open_processo(NOVO)
    assert sei.paths == ["/sei/ws/SeiWS.php"]


# Files


def pieces_of(sei: Sei) -> list[bytes]:
    return [b64decode(message.findtext(".//Conteudo") or "") for message in sei.messages]


def test_pieces_come_one_after_the_other(sei: Sei, seiws: SeiWs) -> None:
    data = bytes(range(256)) * (CHUNK * 5 // 512)
    sei.says(
        (200, text("adicionarArquivo", "701")),
        (200, text("adicionarConteudoArquivo", "")),
        (200, text("adicionarConteudoArquivo", "1")),
    )
    assert seiws.upload(UNIDADE, arquivo_of(data, piece=1_000_003)) == "701"
    assert [len(piece) for piece in pieces_of(sei)] == [CHUNK, CHUNK, CHUNK // 2]
    assert b"".join(pieces_of(sei)) == data


@pytest.mark.parametrize("answer", NO_ANSWERS.values(), ids=list(NO_ANSWERS))
@pytest.mark.parametrize("piece", [0, 1])
def test_a_piece_is_never_sent_twice(
    sei: Sei, seiws: SeiWs, piece: int, answer: tuple[int, str] | Callable[[Handler], None]
) -> None:
    first: list[tuple[int, str]] = [(200, text("adicionarArquivo", "701"))]
    sei.says(*first[:piece], answer)
    with ends_by_itself():
        ended = seiws.upload(UNIDADE, arquivo_of(bytes(CHUNK * 2 + 1)))
    assert isinstance(ended, NotSent)
    assert len(sei.paths) == piece + 1


def test_a_file_that_sei_counts_otherwise_is_abandoned(sei: Sei, seiws: SeiWs) -> None:
    two = arquivo_of(bytes(CHUNK + 1))
    sei.says((200, text("adicionarArquivo", "701")), (200, text("adicionarConteudoArquivo", "")))
    assert isinstance(seiws.upload(UNIDADE, two), NotSent)
    three = arquivo_of(bytes(2 * CHUNK + 1))
    sei.says((200, text("adicionarArquivo", "702")), (200, text("adicionarConteudoArquivo", "1")))
    assert isinstance(seiws.upload(UNIDADE, three), NotSent)


def test_a_refused_file_is_refused(sei: Sei, seiws: SeiWs) -> None:
    sei.says((500, fault('Tipo do arquivo ".exe" não autorizado para inclusão via serviços.')))
    ended = seiws.upload(UNIDADE, arquivo_of(b"MZ", "a.exe"))
    assert isinstance(ended, Rejected)
    spoilt = (500, fault("Conteúdo do arquivo corrompido."))
    sei.says((200, text("adicionarArquivo", "701")), spoilt)
    assert isinstance(seiws.upload(UNIDADE, arquivo_of(bytes(CHUNK + 1))), Rejected)


def test_a_slow_line_has_its_time(sei: Sei) -> None:
    """Longer than a connection may take to open; the message is more than buffers hold."""
    sei.reads_after = 1.5
    sei.says((200, gerado(1)))
    seiws = SeiWs(access_to(sei.endereco), Patience(connect=0.5))
    large = DocumentoExterno("64", None, DAY, inline=arquivo_of(bytes(LARGEST_INLINE)))
    assert isinstance(seiws.open_processo(_with(large)), ProcessoGerado)


def test_too_much_for_one_message_is_not_sent(sei: Sei, seiws: SeiWs) -> None:
    half = arquivo_of(bytes(LARGEST_INLINE // 2 + 1))
    documento = DocumentoExterno("64", None, DAY, inline=half)
    large = arquivo_of(bytes(LARGEST_INLINE + 1))
    for ended in (
        seiws.open_processo(_with(documento, documento)),
        seiws.include_documento(UNIDADE, "1", DocumentoExterno("64", None, DAY, inline=large)),
    ):
        assert isinstance(ended, Rejected)
        assert ended.why is Why.TOO_LARGE
    assert sei.messages == []
    sei.says((200, gerado(1)))
    assert isinstance(seiws.open_processo(_with(documento)), ProcessoGerado)


# What nobody else may read


def test_key_and_contents_are_in_no_log_and_no_repr(
    sei: Sei, seiws: SeiWs, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    inline = DocumentoExterno("64", None, DAY, inline=arquivo_of(b"Segredo de um"))
    answers = [(200, gerado(1)), (500, fault(f"Serviço [{CHAVE}] inativo")), (200, "<a>" + CHAVE)]
    for answer in answers:
        sei.says(answer)
        ended = seiws.open_processo(_with(inline))
        assert CHAVE not in repr(ended)
    assert CHAVE not in repr(seiws)
    assert caplog.text
    for secret in (CHAVE, "U2VncmVkbyBkZSB1bQ==", "Maria Aparecida"):
        assert secret not in caplog.text
        assert secret not in repr(_with(inline))


# A WSDL of the tenant's own


def test_a_wsdl_may_be_a_file_or_an_address(sei: Sei, tmp_path: Path) -> None:
    """And says nothing about where the messages go."""
    file = tmp_path / "sei.wsdl"
    file.write_bytes(write_wsdl(Versao.parse("4.0"), "http://10.255.255.1/"))
    for source in (str(file), f"{sei.endereco}?wsdl"):
        sei.says((200, gerado()))
        seiws = SeiWs(access_to(sei.endereco, wsdl=source))
        assert isinstance(seiws.open_processo(NOVO), ProcessoGerado)
    assert sei.messages[0].find(".//Interessado/Cpf") is None
    assert sei.messages[1].findtext(".//Interessado/Cpf") == "99900001079"


def test_a_wsdl_leads_nowhere_else(sei: Sei, tmp_path: Path) -> None:
    file = tmp_path / "sei.wsdl"
    wsdl = write_wsdl(Versao.parse("4.1"))
    elsewhere = f'schemaLocation="{sei.endereco}" namespace="urn:x"/><xsd:import '.encode()
    file.write_bytes(wsdl.replace(b"<xsd:import ", b"<xsd:import " + elsewhere))
    with pytest.raises(WsdlUnusable) as raised:
        SeiWs(access_to(sei.endereco, wsdl=str(file)))
    assert isinstance(raised.value.__cause__, Forbidden)
    assert sei.paths == []
    # A WSDL that requires what must never be sent, as one of SEI 3.0 does.
    file.write_bytes(wsdl.replace(b'type="xsd:base64Binary" minOccurs="0"', b'type="xsd:string"'))
    sei.says((200, gerado()))
    seiws = SeiWs(access_to(sei.endereco, wsdl=str(file)))
    assert isinstance(seiws.open_processo(NOVO), ProcessoGerado)
    assert sei.messages[0].find(".//ConteudoMTOM") is None


@pytest.mark.parametrize("content", [b"", HTML.encode(), b"<definitions/>", b"<!DOCTYPE a><a/>"])
def test_what_is_no_wsdl_is_told(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "sei.wsdl"
    file.write_bytes(content)
    with pytest.raises(WsdlUnusable, match=re.escape(str(file))):
        SeiWs(access_to("http://127.0.0.1:1/", wsdl=str(file)))


def test_a_wsdl_that_cannot_be_had_is_told(sei: Sei, tmp_path: Path) -> None:
    with closing(create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
    for source in (f"http://127.0.0.1:{port}/", str(tmp_path / "none.wsdl"), f"{sei.endereco}?no"):
        with pytest.raises(WsdlUnusable):
            SeiWs(access_to(sei.endereco, wsdl=source))


def test_what_a_wsdl_lacks_is_said_before_anything_is_sent(sei: Sei, tmp_path: Path) -> None:
    file = tmp_path / "sei.wsdl"
    whole = write_wsdl(Versao.parse("4.1"))
    lacking = whole.replace(b"listarSeries", b"listarOutras")
    file.write_bytes(lacking.replace(b'name="Especificacao" type', b'name="Outra" type'))
    seiws = SeiWs(access_to(sei.endereco, wsdl=str(file)))
    assert seiws.list_series("") == NotAllowed("O WSDL deste SEI não tem listarSeries.")
    ended = seiws.open_processo(NOVO)
    assert isinstance(ended, NotAllowed)
    assert "Procedimento.Especificacao" in ended.message
    assert sei.paths == []


def _with(*documentos: DocumentoExterno) -> ProcessoNovo:
    return replace(NOVO, documentos=documentos)


def _knock(address: tuple[str, int]) -> socket:
    knocking = socket()
    knocking.setblocking(False)
    knocking.connect_ex(address)
    return knocking
