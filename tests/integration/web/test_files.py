"""Files over HTTP: recognised, sent in part and whole, and missing."""

import os
import re
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from portal.sei.values import NivelAcesso
from portal.web.headers import FILE_POLICY
from tests.app import TENANTS, MakeApp, client_of
from tests.integration.web.papers import BASE, CHAVE, PDF, WITH_FILES, Scene, file_lines, problems


@pytest.fixture
def app(make_app: MakeApp) -> Flask:
    return make_app(WITH_FILES)


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
