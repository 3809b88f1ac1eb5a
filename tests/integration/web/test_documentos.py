"""Documents over HTTP: made in SEI and shown apart, and what opens to nobody."""

import pytest
from flask import Flask
from sqlalchemy import select

from portal.content.html import HTML_POLICY
from portal.demo.protocolos import Documento, Processo
from portal.sei import tables
from portal.sei.values import NivelAcesso
from tests.app import OTHER_HOST, OTHER_TENANT, MakeApp, client_of
from tests.integration.web.papers import BASE, PDF, WITH_FILES, Scene
from tests.integration.web.test_headers import EXPECTED


@pytest.fixture
def app(make_app: MakeApp) -> Flask:
    return make_app(WITH_FILES)


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
    assert f"<title>Parecer, nº SEI {documento.numero}</title>" in inner.text
    assert "Opino pelo deferimento." in inner.text


def test_a_printed_text_says_what_it_is_who_signed_it_and_how_it_is_checked(scene: Scene) -> None:
    documento = scene.sei.documento(scene.processo, "Parecer", signers=[("Ana <Lima>", "Fiscal")])
    address = scene.address(documento)
    said = scene.client.get(f"{address}/texto").text.partition('<footer class="origem">')[2]
    assert f"<p>Parecer, nº SEI {documento.numero}. Impresso de https://" in said
    assert f"{address}</p>" in said
    assert "<p>Ana &lt;Lima&gt;, Fiscal. Assinou com login e senha em " in said
    assert (
        f"<p>Código verificador {documento.numero} e código CRC {crc_of(scene, documento)}." in said
    )


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
    text = scene.client.get(address).text
    assert f"<dt>Código CRC</dt><dd>{crc_of(scene, documento)}</dd>" in text
    assert f"<dt>Código verificador</dt><dd>{documento.numero}</dd>" in text


def crc_of(scene: Scene, documento: Documento) -> str:
    """As SEI keeps it."""
    c = tables.documento_conteudo.c
    return str(
        scene.connection.scalar(select(c.crc_assinatura).where(c.id_documento == documento.id))
    )


def test_a_page_says_how_it_was_signed(scene: Scene) -> None:
    documento = scene.sei.documento(scene.processo, "Parecer", signers=())
    for nome, forma in (("Ana", "S"), ("Bia", "C"), ("Caio", "M"), ("Davi", "?")):
        scene.sei.sign(documento, f"{nome} Prado", "Fiscal", forma=forma)
    text = scene.client.get(scene.address(documento)).text
    for said in ("Assinou com login e senha em", "Assinou com certificado digital em"):
        assert text.count(said) == 1
    assert text.count("Assinou em") == 2


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
