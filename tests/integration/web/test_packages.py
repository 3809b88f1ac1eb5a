"""All documents of a processo in one file, over HTTP."""

import json
import os
import re
from hashlib import md5, sha256
from io import BytesIO
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy import update

from portal.content.package import INDEX, MANIFEST
from portal.sei import tables
from tests.app import MakeApp, Visitor, client_of
from tests.integration.web.papers import BASE, CHAVE, NUMERO, PDF, WITH_FILES, Scene


@pytest.fixture
def app(make_app: MakeApp) -> Flask:
    return make_app(WITH_FILES)


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
    assert "não coube aqui" in package.read(INDEX).decode()
    assert len(os.listdir("/proc/self/fd")) == before


def test_texts_count_too_and_one_without_room_is_left_out_and_said(
    make_app: MakeApp, scene: Scene
) -> None:
    for nome in ("Parecer", "Laudo"):
        documento = scene.sei.documento(scene.processo, nome)
        scene.set_page(documento, f"<p>{'x' * 700_000}</p>")
    scene.sei.documento(scene.processo, "Despacho")
    scene.save()
    client = client_of(make_app(f"{WITH_FILES}[acacias.limites]\nmegabytes_por_pacote = 1\n"))
    package = ZipFile(BytesIO(client.get(f"{BASE}/documentos.zip").data))
    names = [name.partition(" ")[2] for name in package.namelist()]
    assert names == ["Parecer.html", "Despacho.html", "", ""]
    [left_out] = re.findall(r"<li>(.*): não coube aqui", package.read(INDEX).decode())
    assert left_out.startswith("Laudo, nº SEI ")


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
    scene.save()
    assert "documentos.zip" not in scene.client.get(BASE).text
    scene.sei.documento(scene.processo)
    scene.save()
    assert offer(scene.client.get(BASE).text) == "(ZIP)"
    for _ in range(2):
        scene.externo()
    assert offer(scene.client.get(BASE).text) == "(ZIP, cerca de 205 KB)"


def test_the_package_s_size_is_said_when_the_page_has_all_of_it(scene: Scene) -> None:
    for _ in range(60):
        scene.sei.externo(scene.processo, content=PDF)
    scene.save()
    page = scene.client.get(BASE).text
    [more] = re.findall(r'href="([^"]*[?;]documentos=[^"]*)"', page)
    for text in (page, scene.client.get(more.replace("&amp;", "&")).text):
        assert offer(text) == "(ZIP)"


def offer(text: str) -> str:
    """What the link to the package says at its end."""
    [said] = re.findall(r'<a class="leve" href="[^"]*documentos\.zip">.*</span> (\(.*\))</a>', text)
    return str(said)


@pytest.mark.parametrize("below", ["documentos.zip", "documentos/1/texto", "documentos/1/arquivo"])
def test_a_printed_number_leads_to_what_is_below_it_too(scene: Scene, below: str) -> None:
    answer = scene.client.get(f"/processos/{NUMERO}/{below}")
    assert answer.status_code == 308
    assert answer.headers["Location"] == f"{BASE}/{below}"


def test_the_builder_stores_what_sei_says_it_stores(scene: Scene) -> None:
    scene.externo()
    [row] = scene.connection.execute(tables.anexo.select()).mappings()
    assert row["hash"] == md5(scene.path().read_bytes(), usedforsecurity=False).hexdigest()


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
