"""Authenticity over HTTP: the form, the answers, and how often one may ask."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Connection, create_engine, select

from portal.demo.builder import SeiBuilder
from portal.demo.protocolos import Documento
from portal.sei import tables
from portal.sei.values import NivelAcesso
from tests.app import TENANTS, MakeApp, Visitor, client_of
from tests.integration.sei.town import counting

NUMERO, CHAVE = "1500.01.0250326/2023-04", "1500010250326202304"
WRONG = "00000000"
WITH_SEARCH = TENANTS + 'pesquisa = "https://sei.acacias.mg.gov.br/conferir"\n'


class Scene:
    """What is in SEI, and somebody with a paper."""

    def __init__(self, app: Flask, connection: Connection) -> None:
        self.app = app
        self.connection = connection
        self.sei = SeiBuilder(connection)
        self.client: Visitor = client_of(app)

    def codes(self, documento: Documento) -> dict[str, str]:
        self.sei.flush()
        self.connection.commit()
        c = tables.documento_conteudo.c
        crc = self.connection.scalar(select(c.crc_assinatura).where(c.id_documento == documento.id))
        return {"codigo": documento.numero, "crc": crc or WRONG}


@pytest.fixture
def app(make_app: MakeApp) -> Flask:
    return make_app(WITH_SEARCH)


@pytest.fixture
def scene(app: Flask, tmp_path: Path) -> Iterator[Scene]:
    engine = create_engine(f"sqlite:///{tmp_path}/sei.db")
    with engine.connect() as connection:
        yield Scene(app, connection)
    engine.dispose()


def test_the_form_is_had_without_asking_sei_and_without_limit(app: Flask, scene: Scene) -> None:
    for _ in range(25):
        answer = scene.client.get("/autenticidade")
    assert answer.status_code == 200
    assert 'name="codigo"' in answer.text
    assert 'name="crc"' in answer.text
    [tenant] = app.extensions["tenants"]
    assert not tenant.opened


def test_a_public_document_is_named_with_who_signed_it_and_opens(scene: Scene) -> None:
    processo = scene.sei.processo(NUMERO)
    documento = scene.sei.documento(
        processo, "Parecer", numero="12/2026", signers=[("Ana Prado", "Procuradora")]
    )
    codes = scene.codes(documento)
    answer = scene.client.get("/autenticidade", query_string=codes)
    assert answer.status_code == 200
    assert "É autêntico: <bdi>Parecer 12/2026</bdi>." in answer.text
    assert "<dt>Assinou com login e senha</dt><dd><bdi>Ana Prado</bdi>" in answer.text
    assert f'href="/processos/{CHAVE}/documentos/{documento.numero}"' in answer.text
    assert answer.headers["X-Robots-Tag"] == "noindex"
    typed = {"codigo": f" {documento.numero} v3", "crc": codes["crc"].lower()}
    assert "É autêntico" in scene.client.get("/autenticidade", query_string=typed).text


def test_the_documents_own_page_leads_here(scene: Scene) -> None:
    documento = scene.sei.documento(scene.sei.processo(NUMERO), "Parecer")
    codes = scene.codes(documento)
    page = scene.client.get(f"/processos/{CHAVE}/documentos/{documento.numero}").text
    [address] = re.findall(r'href="(/autenticidade\?[^"]*)"', page)
    assert address == f"/autenticidade?codigo={codes['codigo']}&amp;crc={codes['crc']}"


def test_of_a_restrito_nothing_is_said_but_that_it_is_authentic(scene: Scene) -> None:
    processo = scene.sei.processo(NUMERO, interessados=["Fulana de Tal"])
    documento = scene.sei.documento(
        processo, "Laudo", nivel=NivelAcesso.RESTRITO, signers=[("Ana Prado", "Médica")]
    )
    answer = scene.client.get("/autenticidade", query_string=scene.codes(documento))
    assert answer.status_code == 200
    assert "O documento com esses códigos é autêntico." in answer.text
    assert 'href="https://sei.acacias.mg.gov.br/conferir"' in answer.text
    for said in ("Laudo", "Ana Prado", NUMERO, CHAVE, "Fulana"):
        assert said not in answer.text


@pytest.mark.parametrize(
    ("contato", "said"),
    [
        ("", "use a conferência do próprio SEI, no endereço que está no papel."),
        ('[acacias.contato]\nemail = "a@b.example"\n', "fale com o atendimento: <span"),
    ],
)
def test_where_no_check_of_sei_is_given_it_is_said_where_to_go(
    make_app: MakeApp, scene: Scene, contato: str, said: str
) -> None:
    documento = scene.sei.documento(scene.sei.processo(NUMERO), "Laudo", nivel=NivelAcesso.RESTRITO)
    client = client_of(make_app(TENANTS + contato))
    codes = scene.codes(documento)
    text = client.get("/autenticidade", query_string=codes).text
    assert f"Para ver o texto, {said}" in text
    assert client.get("/autenticidade.json", query_string=codes).json["conferir_no_sei"] is None


def closed(scene: Scene, how: str) -> Documento:
    match how:
        case "sigiloso":
            return scene.sei.documento(scene.sei.processo(nivel=NivelAcesso.SIGILOSO, grau="S"))
        case "cancelled":
            documento = scene.sei.documento(scene.sei.processo())
            scene.sei.cancel(documento)
            return documento
        case _:
            return scene.sei.minuta(scene.sei.processo())


@pytest.mark.parametrize("how", ["sigiloso", "cancelled", "draft"])
def test_what_may_not_be_known_answers_as_what_does_not_exist(scene: Scene, how: str) -> None:
    documento = closed(scene, how)
    codes = scene.codes(documento)
    absent = {"codigo": "7654321", "crc": codes["crc"]}
    wrong = {"codigo": codes["codigo"], "crc": WRONG}
    [tenant] = scene.app.extensions["tenants"]
    scene.client.get("/autenticidade", query_string=absent)
    looks = []
    for pair in (codes, absent, wrong):
        with counting(tenant.sei) as sent:
            answer = scene.client.get("/autenticidade", query_string=pair)
        told = answer.text.replace(pair["codigo"], "…").replace(pair["crc"], "…")
        headers = [(k, v) for k, v in answer.headers if k != "Content-Length"]
        looks.append((answer.status_code, told, headers, len(sent)))
    assert looks[0] == looks[1] == looks[2]
    assert looks[0][0] == 404
    assert "Não encontramos um documento" in looks[0][1]


@pytest.mark.parametrize(
    "typed", [{"codigo": "abc", "crc": "x"}, {"codigo": "1234"}, {"crc": '"><script>'}]
)
def test_what_can_be_no_codes_is_given_back_with_advice(
    scene: Scene, typed: dict[str, str]
) -> None:
    answer = scene.client.get("/autenticidade", query_string=typed)
    assert answer.status_code == 422
    assert "copie os dois códigos do papel" in answer.text
    assert "<script>" not in answer.text


def test_codes_are_not_tried_one_after_another(make_app: MakeApp) -> None:
    limits = f"{TENANTS}[acacias.limites]\nconferencias_por_10_minutos = 2\n"
    client = client_of(make_app(limits))
    tries = [client.get(f"/autenticidade?codigo=123456{n}&crc=0A1B2C3D") for n in range(3)]
    assert [answer.status_code for answer in tries] == [404, 404, 429]
    assert "Retry-After" in tries[2].headers
    assert client.get("/autenticidade").status_code == 200


def test_htmx_gets_the_answer_alone(scene: Scene) -> None:
    answer = scene.client.get(
        "/autenticidade?codigo=1234567&crc=0A1B2C3D", headers={"HX-Request": "true"}
    )
    assert answer.text.startswith("<title>Não confirmado")
    assert "<html" not in answer.text


def test_it_is_found_from_every_page(scene: Scene) -> None:
    for path in ("/", "/mapa"):
        assert 'href="/autenticidade"' in scene.client.get(path).text


# For programs

JSON = "/autenticidade.json"


def test_a_program_is_told_of_a_public_document_what_its_own_address_tells(scene: Scene) -> None:
    documento = scene.sei.documento(scene.sei.processo(NUMERO), "Parecer")
    codes = scene.codes(documento)
    answer = scene.client.get(JSON, query_string=codes)
    assert answer.content_type == "application/json"
    said = answer.json
    own = scene.client.get(f"/processos/{CHAVE}/documentos/{documento.numero}.json").json
    assert (said["processo"], said["documento"]) == (own["processo"], own["documento"])
    assert said["conferir_no_sei"] is None
    page = scene.client.get("/autenticidade", query_string=codes).text
    assert f'href="{JSON}?codigo={codes["codigo"]}&amp;crc={codes["crc"]}"' in page
    again = scene.client.get(
        JSON, query_string=codes, headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert (again.status_code, again.data) == (304, b"")


def test_of_a_restrito_a_program_is_told_no_more_than_a_person(scene: Scene) -> None:
    documento = scene.sei.documento(
        scene.sei.processo(NUMERO),
        "Laudo",
        nivel=NivelAcesso.RESTRITO,
        signers=[("Ana Prado", "Médica")],
    )
    answer = scene.client.get(JSON, query_string=scene.codes(documento))
    assert answer.json == {
        "versao": "1.0",
        "processo": None,
        "documento": None,
        "conferir_no_sei": "https://sei.acacias.mg.gov.br/conferir",
    }


@pytest.mark.parametrize("how", ["sigiloso", "cancelled", "draft"])
def test_what_may_not_be_known_is_to_the_byte_what_does_not_exist(scene: Scene, how: str) -> None:
    codes = scene.codes(closed(scene, how))
    [tenant] = scene.app.extensions["tenants"]
    pairs = (codes, {**codes, "codigo": "7654321"}, {**codes, "crc": WRONG})
    scene.client.get(JSON, query_string=pairs[1])
    looks = []
    for pair in pairs:
        with counting(tenant.sei) as sent:
            answer = scene.client.get(JSON, query_string=pair)
        looks.append((answer.status, answer.headers.to_wsgi_list(), answer.data, len(sent)))
    assert looks[0] == looks[1] == looks[2]
    assert looks[0][0].startswith("404 ")


def test_a_program_that_sends_no_codes_is_told_what_they_are_like(scene: Scene) -> None:
    for typed in ({}, {"codigo": "abc", "crc": "x"}, {"codigo": "1234"}):
        answer = scene.client.get(JSON, query_string=typed)
        assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
        assert answer.json["erros"].keys() == {"codigo", "crc"}


def test_a_program_and_a_person_share_one_limit(make_app: MakeApp) -> None:
    limits = f"{TENANTS}[acacias.limites]\nconferencias_por_10_minutos = 2\n"
    client = client_of(make_app(limits))
    tries = [client.get(f"{path}?codigo=1234567&crc=0A1B2C3D") for path in
             (JSON, "/autenticidade", JSON)]  # fmt: skip
    assert [answer.status_code for answer in tries] == [404, 404, 429]
    assert tries[2].mimetype == "application/problem+json"


def test_pages_of_other_sites_have_nobody_try_codes_for_them(scene: Scene) -> None:
    """Not when the answer is found, nor when it is not, nor when a browser asks for leave."""
    codes = scene.codes(scene.sei.documento(scene.sei.processo(NUMERO), "Parecer"))
    origin = {"Origin": "https://other.example"}
    for pair in (codes, {**codes, "crc": WRONG}):
        for method in ("GET", "OPTIONS"):
            answer = scene.client.open(JSON, method=method, query_string=pair, headers=origin)
            assert not [name for name, _ in answer.headers if name.startswith("Access-")]
            assert answer.headers["X-Robots-Tag"] == "noindex"
