"""What is open, and to whom."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.web.access import public
from tests.app import HOST, client_of

OPEN = {
    "acesso.comecar",
    "acesso.entrar",
    "acesso.retorno",
    "acesso.saiu",
    "autenticidade.autenticidade",
    "autenticidade.dados",
    "contraste.contraste",
    "dados.calendario",
    "dados.documento",
    "dados.historico",
    "dados.openapi",
    "dados.pesquisa",
    "dados.processo",
    "identidade.brasao",
    "identidade.favicon",
    "identidade.robots",
    "identidade.unbuilt",
    "indisponibilidades.certidao",
    "indisponibilidades.lista",
    "inicio.inicio",
    "institucional.acessibilidade",
    "institucional.dados_abertos",
    "institucional.entenda",
    "institucional.mapa",
    "institucional.privacidade",
    "operacao.saude",
    "pedidos.campos",
    "pedidos.comecar",
    "pedidos.excluir",
    "pedidos.pedido",
    "pedidos.salvar",
    "processos.arquivo",
    "processos.busca",
    "processos.documento",
    "processos.other_spelling",
    "processos.pacote",
    "processos.processo",
    "processos.qr",
    "processos.texto",
    "recibos.conferir",
    "recibos.formulario",
    "recibos.qr",
    "recibos.recibo",
    "servicos.lista",
    "servicos.servico",
}


PERSONAL = {
    "acesso.sair",
    "anexos.continuar",
    "anexos.enviar",
    "anexos.remover",
    "anexos.situacao",
    "anexos.subir",
    "conta.continuar",
    "conta.conta",
    "conta.encerrar",
    "conta.encerrar_outras",
    "conta.nivel",
    "envios.arquivo",
    "envios.envio",
    "envios.lista",
    "envios.recibo",
    "meus_dados.confirmar",
    "meus_dados.copia",
    "meus_dados.excluir",
    "meus_dados.meus_dados",
    "meus_processos.lista",
    "pedidos.enviar",
    "pedidos.lista",
    "pedidos.revisao",
    "representacao.comecar",
    "representacao.representacao",
    "representacao.sair",
}
"""Asked as nobody, as a stranger and at another tenant in `govbr/test_walk.py`."""


def test_what_is_open_is_what_this_list_says(app: Flask) -> None:
    """A new view that everybody may call gets `@public` and a line above; think before you add."""
    marked = {
        name for name, view in app.view_functions.items() if getattr(view, "is_public", False)
    }
    assert marked == OPEN


def test_what_is_a_persons_own_is_what_this_list_says(app: Flask) -> None:
    marked = {name for name, view in app.view_functions.items() if hasattr(view, "nivel")}
    assert marked == PERSONAL
    assert not marked & OPEN


def test_only_health_is_told_on_any_host(app: Flask) -> None:
    marked = {
        name for name, view in app.view_functions.items() if getattr(view, "is_hostless", False)
    }
    assert marked == {"operacao.saude"}


def test_a_view_that_nobody_opened_is_as_if_it_did_not_exist(app: Flask) -> None:
    app.add_url_rule("/fechada", "fechada", lambda: "secret")
    client = client_of(app)
    closed, absent = client.get("/fechada"), client.get("/inexistente")
    assert closed.status_code == absent.status_code == 404
    assert closed.text.replace("fechada", "") == absent.text.replace("inexistente", "")


def test_a_view_that_was_opened_answers(app: Flask) -> None:
    app.add_url_rule("/aberta", "aberta", public(lambda: "aberta"))
    assert client_of(app).get("/aberta").text == "aberta"


OURS = f"https://{HOST}"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Sec-Fetch-Site": "none"}, 303),
        ({"Sec-Fetch-Site": "cross-site"}, 400),
        ({"Sec-Fetch-Site": "same-site"}, 400),
        ({"Sec-Fetch-Site": "cross-site", "Origin": OURS}, 400),
        ({"Origin": OURS}, 303),
        ({"Origin": "https://evil.example"}, 400),
        ({"Origin": f"https://{HOST}.evil.example"}, 400),
        ({"Origin": "null"}, 400),
        ({}, 303),
    ],
)
def test_a_form_is_taken_from_our_own_pages_only(
    client: FlaskClient, headers: dict[str, str], status: int
) -> None:
    assert client.post("/contraste", headers=headers).status_code == status


def test_a_page_may_be_opened_from_anywhere(client: FlaskClient) -> None:
    assert client.get("/", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200
