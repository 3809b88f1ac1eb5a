"""What documents hold, over HTTP: pages apart, files in part and whole, all of them in one."""

import json
import os
import re
from collections.abc import Iterator
from hashlib import md5, sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from flask import Flask
from prometheus_client import REGISTRY
from sqlalchemy import Connection, create_engine, update
from werkzeug.test import TestResponse

from portal.content.html import HTML_POLICY
from portal.content.package import INDEX, MANIFEST
from portal.demo.builder import SeiBuilder
from portal.demo.protocolos import Documento, Processo
from portal.sei import tables
from portal.sei.values import NivelAcesso
from portal.web.headers import FILE_POLICY
from tests.app import OTHER_HOST, OTHER_TENANT, TENANTS, MakeApp, Visitor, client_of
from tests.integration.web.test_headers import EXPECTED

NUMERO, CHAVE = "1500.01.0250326/2023-04", "1500010250326202304"
BASE = f"/processos/{CHAVE}"
PDF = b"%PDF-1.4 " + bytes(range(256)) * 400
WITH_FILES = TENANTS + 'repositorio = "repositorio"\n'


class Scene:
    """What is in SEI and in its repository, and somebody who reads it here."""

    def __init__(self, app: Flask, folder: Path, connection: Connection) -> None:
        self.folder = folder / "repositorio"
        self.connection = connection
        self.sei = SeiBuilder(connection, repositorio=self.folder)
        self.client = client_of(app)
        self.processo = self.sei.processo(NUMERO)

    def save(self) -> None:
        self.sei.flush()
        self.connection.commit()

    def externo(self, conteudo: bytes = PDF, arquivo: str = "Petição.pdf", **more: str) -> str:
        """The address of an external document that there is from now on."""
        documento = self.sei.externo(self.processo, content=conteudo, file_name=arquivo, **more)  # type: ignore[arg-type]
        return self.address(documento)

    def address(self, documento: Documento) -> str:
        self.save()
        return f"{BASE}/documentos/{documento.numero}"

    def path(self) -> Path:
        """The only file of the repository."""
        [path] = [p for p in self.folder.rglob("*") if not p.is_dir()]
        return path

    def set_page(self, documento: Documento, html: str) -> None:
        self.save()
        table = tables.documento_conteudo
        self.connection.execute(
            update(table)
            .where(table.c.id_documento == documento.id)
            .values(conteudo_assinatura=html)
        )
        self.connection.commit()


@pytest.fixture
def app(make_app: MakeApp) -> Flask:
    return make_app(WITH_FILES)


@pytest.fixture
def scene(app: Flask, tmp_path: Path) -> Iterator[Scene]:
    engine = create_engine(f"sqlite:///{tmp_path}/sei.db")
    with engine.connect() as connection:
        yield Scene(app, tmp_path, connection)
    engine.dispose()


def problems(problem: str) -> float:
    """How many of them have been counted."""
    labels = {"tenant": "acacias", "problem": problem}
    return REGISTRY.get_sample_value("portal_file_problems_total", labels) or 0


def file_lines(written: pytest.CaptureFixture[bytes]) -> list[dict[str, str]]:
    """What the log says of files."""
    said = [json.loads(line) for line in written.readouterr().out.splitlines()]
    return [line for line in said if line["event"] == "file"]


# Pages


def test_a_document_of_sei_is_shown_apart(scene: Scene) -> None:
    documento = scene.sei.documento(scene.processo, "Parecer", text=["Opino pelo deferimento."])
    address = scene.address(documento)
    outer = scene.client.get(address).text
    assert f'<iframe sandbox src="{address}/texto" title="Texto do documento Parecer"' in outer
    assert "Opino" not in outer
    inner = scene.client.get(f"{address}/texto")
    assert inner.status_code == 200
    assert inner.headers.getlist("Content-Security-Policy") == [HTML_POLICY]
    assert inner.headers["X-Robots-Tag"] == "noindex"
    assert inner.headers["Cache-Control"] == "no-cache"
    assert "<title>Parecer</title>" in inner.text
    assert "Opino pelo deferimento." in inner.text


def test_a_hostile_page_comes_out_harmless(scene: Scene) -> None:
    documento = scene.sei.documento(scene.processo, "Parecer")
    scene.set_page(
        documento, "<script>x()</script><p onclick=x()>a\x93o</p><form action=/contraste>"
    )
    text = scene.client.get(f"{scene.address(documento)}/texto").text
    assert "<p>a“o</p>" in text
    for sign in ("<script", "onclick", "<form"):
        assert sign not in text


def test_a_page_that_the_reader_has_is_not_sent_again_and_one_that_changed_is(
    scene: Scene,
) -> None:
    documento = scene.sei.documento(scene.processo, "Parecer")
    address = f"{scene.address(documento)}/texto"
    etag = {"If-None-Match": scene.client.get(address).headers["ETag"]}
    again = scene.client.get(address, headers=etag)
    assert (again.status_code, again.data) == (304, b"")
    scene.set_page(documento, "<p>outro</p>")
    assert scene.client.get(address, headers=etag).status_code == 200


def test_a_document_without_text_says_so(scene: Scene) -> None:
    address = scene.address(scene.sei.automatico(scene.processo, "Recibo"))
    assert "não tem texto para mostrar" in scene.client.get(address).text
    assert scene.client.get(f"{address}/texto").status_code == 404


def test_the_codes_that_are_printed_on_it_are_on_its_page(scene: Scene) -> None:
    documento = scene.sei.documento(scene.processo, "Parecer")
    address = scene.address(documento)
    crc = scene.connection.scalar(
        tables.documento_conteudo.select()
        .with_only_columns(tables.documento_conteudo.c.crc_assinatura)
        .where(tables.documento_conteudo.c.id_documento == documento.id)
    )
    text = scene.client.get(address).text
    assert f"<dt>Código CRC</dt><dd>{crc}</dd>" in text
    assert f"<dt>Código verificador</dt><dd>{documento.numero}</dd>" in text


def test_a_page_says_how_it_was_signed(scene: Scene) -> None:
    documento = scene.sei.documento(scene.processo, "Parecer", signers=())
    for nome, forma in (("Ana", "S"), ("Bia", "C"), ("Caio", "M"), ("Davi", "?")):
        scene.sei.sign(documento, f"{nome} Prado", "Fiscal", forma=forma)
    text = scene.client.get(scene.address(documento)).text
    for said in ("Assinou com login e senha em", "Assinou com certificado digital em"):
        assert text.count(said) == 1
    assert text.count("Assinou em") == 2


# Files


def test_a_file_is_shown_or_saved_as_the_reader_chooses(scene: Scene) -> None:
    address = scene.externo()
    page = scene.client.get(address).text
    which = '<span class="vh"> Requerimento (PDF, 102 KB)</span></a>'
    assert f'href="{address}/arquivo">Abrir{which}' in page
    assert f'href="{address}/arquivo?salvar=1">Salvar{which}' in page
    shown = scene.client.get(f"{address}/arquivo")
    assert shown.status_code == 200
    assert shown.data == PDF
    assert shown.headers["Content-Type"] == "application/pdf"
    assert shown.headers["Content-Length"] == str(len(PDF))
    assert shown.headers["Accept-Ranges"] == "bytes"
    assert shown.headers["Content-Disposition"] == (
        "inline; filename=\"Peticao.pdf\"; filename*=UTF-8''Peti%C3%A7%C3%A3o.pdf"
    )
    assert shown.headers.getlist("Content-Security-Policy") == [FILE_POLICY]
    saved = scene.client.get(f"{address}/arquivo?salvar=1")
    assert saved.headers["Content-Disposition"].startswith("attachment; ")


def test_the_list_says_kind_and_size_of_what_opens_and_of_nothing_else(scene: Scene) -> None:
    scene.sei.pesquisa("METADADOS_PROCESSO_RESTRITO", "S")
    scene.sei.pesquisa("LISTA_DOCUMENTO_PROCESSO_RESTRITO", "S")
    scene.sei.documento(scene.processo, "Parecer")
    scene.sei.externo(
        scene.processo, file_name="laudo.docx", content=PDF, nivel=NivelAcesso.RESTRITO
    )
    scene.externo()
    listed = scene.client.get(BASE).text.partition('id="itens"')[2].partition("</ol>")[0]
    items = listed.split("<li")[1:]
    said = [re.findall(r"· ([^·<]*KB|arquivo)", item) for item in items]
    assert said == [[], ["arquivo"], ["PDF, 102 KB"]]
    assert "DOCX" not in scene.client.get(BASE).text


@pytest.mark.parametrize(
    ("conteudo", "arquivo", "mimetype", "saved_as"),
    [
        (b"<html><script>x()</script>", "aviso.pdf", "text/plain", "aviso.pdf.txt"),
        (b"<svg onload='x()'/>", "planta.svg", "text/plain", "planta.svg.txt"),
        (b"MZ\0\0", "conta.pdf", "application/octet-stream", "conta.pdf"),
        (PDF, 'a"b\r\nSet-Cookie: x=1.pdf', "application/pdf", "a b Set-Cookie x_1.pdf"),
        (PDF, "../../etc/passwd", "application/pdf", "etc passwd.pdf"),
    ],
)
def test_a_file_is_what_its_bytes_are_and_not_what_it_calls_itself(
    scene: Scene, conteudo: bytes, arquivo: str, mimetype: str, saved_as: str
) -> None:
    answer = scene.client.get(f"{scene.externo(conteudo, arquivo)}/arquivo")
    assert answer.headers["Content-Type"] == mimetype
    assert f'filename="{saved_as}"' in answer.headers["Content-Disposition"]
    assert "Set-Cookie" not in answer.headers
    if mimetype != "application/pdf":
        assert answer.headers["Content-Disposition"].startswith("attachment; ")


@pytest.mark.parametrize(
    ("asked", "start", "stop"),
    [
        ("bytes=0-99", 0, 100),
        ("bytes=100-", 100, len(PDF)),
        ("bytes=-10", len(PDF) - 10, len(PDF)),
        ("bytes=5-999999999", 5, len(PDF)),
        ("bytes=-999999999", 0, len(PDF)),
    ],
)
def test_a_download_goes_on_where_it_stopped(
    scene: Scene, asked: str, start: int, stop: int
) -> None:
    answer = scene.client.get(f"{scene.externo()}/arquivo", headers={"Range": asked})
    assert answer.status_code == 206
    assert answer.data == PDF[start:stop]
    assert answer.headers["Content-Range"] == f"bytes {start}-{stop - 1}/{len(PDF)}"
    assert answer.headers["Content-Length"] == str(stop - start)


@pytest.mark.parametrize("asked", ["bytes=0-1,5-6", "bytes=x", "lines=0-1", "bytes=9-1", "bytes="])
def test_of_a_part_that_is_not_understood_all_is_sent(scene: Scene, asked: str) -> None:
    answer = scene.client.get(f"{scene.externo()}/arquivo", headers={"Range": asked})
    assert (answer.status_code, answer.data) == (200, PDF)


@pytest.mark.parametrize("asked", [f"bytes={len(PDF)}-", "bytes=999999999-", "bytes=-0"])
def test_a_part_that_is_not_there_is_refused(scene: Scene, asked: str) -> None:
    answer = scene.client.get(f"{scene.externo()}/arquivo", headers={"Range": asked})
    assert (answer.status_code, answer.data) == (416, b"")
    assert answer.headers["Content-Range"] == f"bytes */{len(PDF)}"


def test_a_part_of_another_file_is_not_sent_as_a_part_of_this_one(scene: Scene) -> None:
    address = f"{scene.externo()}/arquivo"
    etag = scene.client.get(address).headers["ETag"]
    part = {"Range": "bytes=0-9"}
    assert scene.client.get(address, headers={**part, "If-Range": etag}).status_code == 206
    weak = {"If-Range": f"W/{etag}"}
    assert scene.client.get(address, headers=part | weak).status_code == 200
    os.utime(scene.path(), ns=(1, 1))
    assert scene.client.get(address, headers={**part, "If-Range": etag}).status_code == 200
    when = {"If-Range": "Fri, 20 Mar 2026 12:00:00 GMT"}
    assert scene.client.get(address, headers=part | when).status_code == 200


def test_a_file_that_the_reader_has_is_not_sent_again(scene: Scene) -> None:
    address = f"{scene.externo()}/arquivo"
    etag = scene.client.get(address).headers["ETag"]
    assert not etag.startswith("W/")
    again = scene.client.get(address, headers={"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")


def test_who_asks_for_the_head_alone_gets_no_body_and_leaves_nothing_open(scene: Scene) -> None:
    address = f"{scene.externo()}/arquivo"
    scene.client.head(address)
    before = len(os.listdir("/proc/self/fd"))
    answer = scene.client.head(address)
    answer.close()
    assert answer.status_code == 200
    assert answer.headers["Content-Length"] == str(len(PDF))
    for headers in ({"Range": "bytes=999999999-"}, {"If-None-Match": answer.headers["ETag"]}):
        scene.client.get(address, headers=headers).close()
    assert len(os.listdir("/proc/self/fd")) == before


def test_a_file_that_is_not_the_one_sei_stored_is_said_logged_and_counted_once(
    scene: Scene, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    address = scene.externo()
    path = scene.path()
    path.write_bytes(PDF[:-1] + b"?")
    assert "mudou depois" not in scene.client.get(address).text
    assert "mudou depois" not in scene.client.get(address).text
    capsysbinary.readouterr()
    for _ in range(2):
        assert scene.client.get(f"{address}/arquivo").data == path.read_bytes()
    assert "mudou depois" in scene.client.get(address).text
    [line] = file_lines(capsysbinary)
    assert (line["problem"], line["tenant"]) == ("damaged", "acacias")
    assert "Peti" not in str(line)
    assert str(path.name) not in str(line["reason"])
    path.write_bytes(PDF)
    os.utime(path, ns=(5, 5))
    assert "mudou depois" not in scene.client.get(address).text


def test_a_file_of_another_size_is_known_at_once(scene: Scene) -> None:
    address = scene.externo()
    scene.path().write_bytes(PDF + b"?")
    assert "mudou depois" in scene.client.get(address).text


DAMAGED = "mudou depois de entrar no SEI"
UNCHECKED = "ainda não conferiu se este arquivo mudou"
CHECKED = "é o mesmo arquivo que entrou no SEI"


def test_a_page_says_whether_somebody_has_read_the_file_to_its_end(scene: Scene) -> None:
    address = scene.externo()
    assert UNCHECKED in scene.client.get(address).text
    scene.client.head(f"{address}/arquivo")
    cut = scene.client.get(f"{address}/arquivo", buffered=False)
    next(cut.iter_encoded())
    cut.close()
    assert UNCHECKED in scene.client.get(address).text
    scene.client.get(f"{address}/arquivo")
    page = scene.client.get(address).text
    assert CHECKED in page
    assert UNCHECKED not in page


@pytest.mark.parametrize("asked", ["bytes=0-9", "bytes=50-", "bytes=-1"])
def test_a_file_that_is_only_read_in_parts_is_checked_behind_the_first(
    scene: Scene, asked: str
) -> None:
    address = scene.externo()
    scene.path().write_bytes(PDF[:-1] + b"?")
    for _ in range(2):
        answer = scene.client.get(f"{address}/arquivo", headers={"Range": asked})
        assert len(answer.data) == int(answer.headers["Content-Length"]) < len(PDF)
        assert DAMAGED in scene.client.get(address).text


def test_a_file_is_read_behind_a_part_only_once(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"{scene.externo()}/arquivo"
    read = []
    pread = os.pread

    def count(descriptor: int, length: int, start: int) -> bytes:
        read.append(length)
        return pread(descriptor, length, start)

    monkeypatch.setattr("os.pread", count)
    amounts = []
    for _ in range(2):
        read.clear()
        scene.client.get(address, headers={"Range": "bytes=0-9"})
        amounts.append(sum(read))
    assert amounts[0] - amounts[1] == len(PDF)


def test_a_large_file_is_not_read_behind_a_part(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.web.files.CHECKED_APART", len(PDF) - 1)
    address = scene.externo()
    scene.client.get(f"{address}/arquivo", headers={"Range": "bytes=0-9"})
    assert UNCHECKED in scene.client.get(address).text


def test_what_a_process_found_out_holds_for_the_next(make_app: MakeApp, scene: Scene) -> None:
    address = scene.externo()
    scene.path().write_bytes(PDF[:-1] + b"?")
    scene.client.get(f"{address}/arquivo")
    assert DAMAGED in client_of(make_app(WITH_FILES)).get(address).text


def test_without_the_portal_s_database_files_are_had_and_checked(
    make_app: MakeApp, scene: Scene, tmp_path: Path
) -> None:
    address = scene.externo()
    scene.path().write_bytes(PDF[:-1] + b"?")
    client = client_of(make_app(WITH_FILES, database_url=f"sqlite:///{tmp_path}/other.db"))
    for path in tmp_path.glob("other.db*"):
        path.unlink()
    (tmp_path / "other.db").mkdir()
    answer = client.get(f"{address}/arquivo")
    assert (answer.status_code, answer.data) == (200, scene.path().read_bytes())
    assert client.get(f"{address}/arquivo", headers={"Range": "bytes=0-9"}).data == PDF[:10]
    assert DAMAGED in client.get(address).text


def test_a_file_that_is_not_there_is_said_with_where_to_ask(
    make_app: MakeApp, scene: Scene
) -> None:
    address = scene.externo()
    scene.path().unlink()
    text = scene.client.get(address).text
    assert "O arquivo não está disponível aqui. Peça uma cópia" in text
    assert "/arquivo" not in text
    answer = scene.client.get(f"{address}/arquivo")
    assert (answer.status_code, answer.headers["Location"]) == (303, address)
    contato = TENANTS + '[acacias.contato]\ntelefone = "(31) 5550-0100"\nemail = "a@b.example"\n'
    text = client_of(make_app(contato)).get(address).text
    assert "pelo telefone (31) 5550-0100 ou pelo e-mail" in text


@pytest.mark.parametrize("below", ["", "/arquivo"])
def test_a_file_that_is_not_there_is_logged_and_counted_wherever_it_is_looked_for(
    scene: Scene, below: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    address = scene.externo()
    scene.path().unlink()
    before = problems("missing")
    scene.client.get(f"{address}{below}")
    [line] = file_lines(capsysbinary)
    assert (line["problem"], line["tenant"]) == ("missing", "acacias")
    assert problems("missing") == before + 1


def test_a_link_and_a_pipe_in_the_repository_are_no_files(scene: Scene, tmp_path: Path) -> None:
    address = scene.externo()
    path = scene.path()
    (tmp_path / "segredo").write_bytes(PDF)
    path.unlink()
    path.symlink_to(tmp_path / "segredo")
    assert scene.client.get(f"{address}/arquivo").status_code == 303
    path.unlink()
    os.mkfifo(path)
    assert scene.client.get(f"{address}/arquivo").status_code == 303


@pytest.mark.parametrize("part", ["whole", "from the first byte", "package"])
def test_a_file_that_shrinks_while_it_is_sent_ends_the_connection_and_is_logged(
    scene: Scene, part: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    file = f"{scene.externo(PDF * 3)}/arquivo"
    address = f"{BASE}/documentos.zip" if part == "package" else file
    headers = {"Range": "bytes=0-"} if part == "from the first byte" else {}
    answer = scene.client.get(address, buffered=False, headers=headers)
    chunks = answer.iter_encoded()
    next(chunks)
    os.truncate(scene.path(), 10)
    before = problems("broken")
    with pytest.raises(ConnectionResetError):
        list(chunks)
    answer.close()
    [line] = file_lines(capsysbinary)
    assert (line["problem"], line["tenant"]) == ("broken", "acacias")
    assert CHAVE not in str(line)
    assert problems("broken") == before + 1


def test_nothing_that_goes_wrong_in_a_package_tells_the_server_its_address(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    def fail(*_: object) -> str:
        raise ValueError("unforeseen")

    monkeypatch.setattr("portal.web.packages.render", fail)
    scene.address(scene.sei.documento(scene.processo, "Parecer"))
    with pytest.raises(ConnectionResetError):
        scene.client.get(f"{BASE}/documentos.zip")
    said = [json.loads(line) for line in capsysbinary.readouterr().out.splitlines()]
    [line] = [line for line in said if line["event"] == "package"]
    assert line["error"] == "builtins.ValueError"
    assert CHAVE not in str(line)


def test_a_large_file_takes_no_memory(scene: Scene) -> None:
    address = scene.externo()
    with scene.path().open("r+b") as file:
        file.truncate(300_000_000)
    answer = scene.client.get(f"{address}/arquivo", buffered=False)
    assert answer.headers["Content-Length"] == "300000000"
    sizes = [len(chunk) for _, chunk in zip(range(200), answer.iter_encoded(), strict=False)]
    assert max(sizes) <= 65_536
    answer.close()


def test_downloads_leave_threads_for_the_rest(make_app: MakeApp, scene: Scene) -> None:
    address = f"{scene.externo()}/arquivo"
    client = client_of(make_app(WITH_FILES, threads=4))
    going = [client.get(address, buffered=False) for _ in range(2)]
    for below in (address, f"{BASE}/documentos.zip"):
        refused = client.get(below)
        assert refused.status_code == 429
        assert refused.headers["Retry-After"] == "30"
    assert client.get(BASE).status_code == 200
    going[0].close()
    going[0].close()
    assert client.get(address).status_code == 200
    assert client.get(f"{BASE}/documentos/9999999/arquivo").status_code == 404
    assert client.get(address).status_code == 200
    going[1].close()


def test_no_address_takes_the_room_of_all(make_app: MakeApp, scene: Scene) -> None:
    address = f"{scene.externo()}/arquivo"
    app = make_app(WITH_FILES, threads=8)

    def ask(who: str) -> TestResponse:
        return client_of(app, address=who).get(address, buffered=False)

    going = [ask("2001:db8::1"), ask("2001:db8::2")]
    assert ask("2001:db8::3").status_code == 429
    going += [ask("203.0.113.1"), ask("203.0.113.2")]
    assert [answer.status_code for answer in going] == [200] * 4
    assert ask("203.0.113.3").status_code == 429
    going.pop(0).close()
    assert ask("2001:db8::3").status_code == 200
    for answer in going:
        answer.close()


# Who may


def closed(scene: Scene, how: str) -> Documento:
    processo = scene.processo
    match how:
        case "restrito":
            return scene.sei.externo(processo, nivel=NivelAcesso.RESTRITO, content=PDF)
        case "draft":
            return scene.sei.minuta(processo)
        case "cancelled":
            documento = scene.sei.documento(processo)
            scene.sei.cancel(documento)
            return documento
        case "e-mail":
            return scene.sei.automatico(processo, "E-mail")
        case "unread intimação":
            documento = scene.sei.documento(processo)
            scene.sei.intimacao([documento], ["Fulana"], fulfilled=0)
            return documento
        case "disposed of":
            documento = scene.sei.documento(processo)
            scene.sei.dispose(processo)
            return documento
        case _:
            documento = scene.sei.documento(processo)
            scene.sei.restrict(processo, NivelAcesso.SIGILOSO)
            return documento


@pytest.mark.parametrize(
    "how",
    ["restrito", "draft", "cancelled", "e-mail", "unread intimação", "disposed of", "sigiloso"],
)
def test_what_does_not_open_has_no_content_at_any_address(scene: Scene, how: str) -> None:
    address = scene.address(closed(scene, how))
    for below in ("texto", "arquivo", "arquivo?salvar=1"):
        answer = scene.client.get(f"{address}/{below}")
        assert answer.status_code == 404
        assert answer.mimetype == "text/html"
    assert scene.client.get(f"{BASE}/documentos.zip").status_code in (404, 422)


def test_what_is_closed_while_it_is_read_is_gone_at_the_next_request(scene: Scene) -> None:
    documento = scene.sei.externo(scene.processo, content=PDF)
    address = f"{scene.address(documento)}/arquivo"
    etag = scene.client.get(address).headers["ETag"]
    scene.sei.restrict(documento)
    scene.save()
    assert scene.client.get(address, headers={"If-None-Match": etag}).status_code == 404


def test_a_document_is_not_found_through_another_processo(scene: Scene) -> None:
    other: Processo = scene.sei.processo("1500.01.0250327/2023-71")
    documento = scene.sei.documento(other)
    assert scene.client.get(f"{scene.address(documento)}/texto").status_code == 404


def test_another_tenants_files_are_not_this_ones(make_app: MakeApp, scene: Scene) -> None:
    address = scene.externo()
    app = make_app(WITH_FILES + OTHER_TENANT.replace("sei.db", "outro.db"))
    answer = client_of(app, OTHER_HOST).get(f"{address}/arquivo")
    assert answer.status_code in (404, 503)
    # The same SEI without a folder of its own: what is known, and no file.
    app = make_app(WITH_FILES + OTHER_TENANT)
    assert client_of(app, OTHER_HOST).get(f"{address}/arquivo").status_code == 303


@pytest.mark.parametrize("below", ["texto", "arquivo"])
def test_what_is_no_page_of_ours_sends_every_other_header(scene: Scene, below: str) -> None:
    documento = scene.sei.documento(scene.processo)
    address = scene.externo() if below == "arquivo" else scene.address(documento)
    answer = scene.client.get(f"{address}/{below}")
    assert answer.status_code == 200
    for name, value in EXPECTED.items():
        assert len(answer.headers.getlist(name)) == 1
        assert name == "Content-Security-Policy" or answer.headers[name] == value


# All of them


def test_all_that_opens_comes_in_one_file(scene: Scene) -> None:
    scene.sei.documento(scene.processo, "Parecer", numero="12/2026", text=["Opino."])
    scene.sei.externo(scene.processo, content=PDF, file_name="Petição.pdf")
    scene.sei.intimacao([scene.sei.externo(scene.processo)], ["Fulana"], fulfilled=0)
    scene.sei.minuta(scene.processo)
    scene.sei.automatico(scene.processo, "Recibo")
    scene.save()
    answer = scene.client.get(f"{BASE}/documentos.zip")
    assert answer.headers["Content-Type"] == "application/zip"
    assert f'filename="documentos-{CHAVE}.zip"' in answer.headers["Content-Disposition"]
    package = ZipFile(BytesIO(answer.data))
    assert package.testzip() is None
    page, file, index, manifest = package.namelist()
    assert page.endswith("Parecer 12-2026.html")
    assert file.endswith("Petição.pdf")
    assert "Opino." in package.read(page).decode()
    assert package.read(file) == PDF
    assert f"{sha256(PDF).hexdigest()}  {file}" in package.read(manifest).decode()
    assert f"Documentos do processo {NUMERO}" in package.read(index).decode()


def test_a_damaged_file_in_a_package_is_found_out_too(scene: Scene) -> None:
    address = scene.externo()
    scene.path().write_bytes(PDF[::-1])
    package = ZipFile(BytesIO(scene.client.get(f"{BASE}/documentos.zip").data))
    assert "mudou depois" in scene.client.get(address).text
    assert "</a>: este arquivo mudou depois de entrar no SEI" in package.read(INDEX).decode()
    assert "# este arquivo mudou depois de entrar no SEI" in package.read(MANIFEST).decode()


def test_a_package_says_of_no_sound_file_that_it_changed(scene: Scene) -> None:
    scene.externo()
    package = ZipFile(BytesIO(scene.client.get(f"{BASE}/documentos.zip").data))
    for name in (INDEX, MANIFEST):
        assert "mudou" not in package.read(name).decode()


def test_a_file_that_is_missing_does_not_spoil_the_package(scene: Scene) -> None:
    scene.externo(arquivo="falta.pdf")
    scene.path().unlink()
    scene.externo(arquivo="fica.pdf")
    package = ZipFile(BytesIO(scene.client.get(f"{BASE}/documentos.zip").data))
    assert [name.endswith("fica.pdf") for name in package.namelist()] == [True, False, False]
    assert "não estava disponível" in package.read("indice.html").decode()


@pytest.mark.parametrize("limit", ["documentos_por_pacote = 1", "megabytes_por_pacote = 1"])
def test_too_much_for_one_file_is_refused_with_advice(
    make_app: MakeApp, scene: Scene, limit: str
) -> None:
    scene.externo(PDF * 6, "um.pdf")
    scene.externo(PDF * 6, "dois.pdf")
    client: Visitor = client_of(make_app(f"{WITH_FILES}[acacias.limites]\n{limit}\n"))
    answer = client.get(f"{BASE}/documentos.zip")
    assert answer.status_code == 422
    assert "É muita coisa para baixar de uma vez" in answer.text
    assert "um a um" in answer.text


def test_a_file_without_a_name_is_called_as_its_document(scene: Scene) -> None:
    numero = scene.externo().rpartition("/")[2]
    scene.connection.execute(update(tables.anexo).values(nome=""))
    scene.connection.commit()
    package = ZipFile(BytesIO(scene.client.get(f"{BASE}/documentos.zip").data))
    assert package.namelist()[0] == f"{numero} Requerimento.pdf"


def test_a_file_larger_than_sei_says_is_left_out_and_said(make_app: MakeApp, scene: Scene) -> None:
    scene.externo(arquivo="grande.pdf")
    with scene.path().open("r+b") as file:
        file.truncate(3_000_000)
    scene.externo(arquivo="fica.pdf")
    client = client_of(make_app(f"{WITH_FILES}[acacias.limites]\nmegabytes_por_pacote = 2\n"))
    client.get(BASE)
    before = len(os.listdir("/proc/self/fd"))
    package = ZipFile(BytesIO(client.get(f"{BASE}/documentos.zip").data))
    assert [name.endswith("fica.pdf") for name in package.namelist()] == [True, False, False]
    assert "o arquivo não coube aqui" in package.read(INDEX).decode()
    assert len(os.listdir("/proc/self/fd")) == before


def test_a_processo_with_too_much_to_look_through_is_not_said_to_have_nothing(
    make_app: MakeApp, scene: Scene
) -> None:
    for _ in range(11):
        scene.sei.automatico(scene.processo, "E-mail")
    scene.externo()
    limit = "documentos_por_pacote = 1"
    client: Visitor = client_of(make_app(f"{WITH_FILES}[acacias.limites]\n{limit}\n"))
    answer = client.get(f"{BASE}/documentos.zip")
    assert answer.status_code == 422
    assert "É muita coisa para baixar de uma vez" in answer.text


def test_a_processo_without_anything_to_read_says_so(scene: Scene) -> None:
    scene.save()
    answer = scene.client.get(f"{BASE}/documentos.zip")
    assert answer.status_code == 422
    assert "Nenhum documento deste processo abre" in answer.text
    assert "documentos.zip" not in scene.client.get(BASE).text


def test_the_processo_offers_the_package_when_something_opens(scene: Scene) -> None:
    scene.externo()
    assert f'href="{BASE}/documentos.zip"' in scene.client.get(BASE).text


@pytest.mark.parametrize("below", ["documentos.zip", "documentos/1/texto", "documentos/1/arquivo"])
def test_a_printed_number_leads_to_what_is_below_it_too(scene: Scene, below: str) -> None:
    answer = scene.client.get(f"/processos/{NUMERO}/{below}")
    assert answer.status_code == 308
    assert answer.headers["Location"] == f"{BASE}/{below}"


def test_the_builder_stores_what_sei_says_it_stores(scene: Scene) -> None:
    scene.externo()
    [row] = scene.connection.execute(tables.anexo.select()).mappings()
    assert row["hash"] == md5(scene.path().read_bytes(), usedforsecurity=False).hexdigest()
