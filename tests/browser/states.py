"""Every page of the portal and every state of one, by name, for the tests that judge them all."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import TypeAlias
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Response

from portal.demo.numbering import sei_mg
from portal.demo.town import PREFEITURA
from tests.browser.conftest import Site
from tests.patience import PATIENCE

Origin: TypeAlias = str
"""`site`, or one of the second deployment: `limited`, `by name`, `entrance`, `away`, `broken`,
`nobody`."""


@dataclass(frozen=True)
class State:
    """A page as somebody may find it."""

    path: str
    """With the demo's named cases, and places inside of them, in braces."""
    status: int = 200
    origin: Origin = "site"
    fragments: tuple[str, ...] = ("",)
    """What htmx may ask to add to the address to get each of the page's parts."""


PROCESSO = ("", "?ver=tudo", "?documentos=")

STATES: Mapping[str, State] = {
    "home": State("/"),
    "home of another município": State("/", origin="limited"),
    "home where people enter": State("/", origin="entrance"),
    "accessibility": State("/acessibilidade"),
    "privacy": State("/privacidade"),
    "privacy of another município": State("/privacidade", origin="limited"),
    "map": State("/mapa"),
    "open data": State("/dados-abertos"),
    "what words mean": State("/entenda"),
    "not found": State("/processos?numero={missing}", 404),
    "not found, wrong digits": State("/processos?numero={wrong}", 404),
    "not found, incomplete": State("/processos?numero={incomplete}", 404),
    "not found, very long": State(f"/processos?numero={'9' * 400}", 422),
    "unreadable": State("/processos?numero=bom+dia", 422),
    "empty": State("/processos?numero=", 422),
    "ambiguous": State("/processos?numero={ambiguo}"),
    "search": State("/processos"),
    "search, found": State(
        "/processos?situacao=andamento", fragments=("", "&depois=2199-01-01~0~0")
    ),
    "search, more found": State("{more_found}"),
    "search, nothing left": State("/processos?situacao=andamento&depois=1990-01-01~0~0"),
    "search, nothing found": State("/processos?ate=1990-01-01"),
    "search, to be corrected": State("/processos?final=12&de=31/02/2026&ate=2026-01-01", 422),
    "search by name": State("/processos", origin="by name"),
    "search by name, found": State("/processos?interessado=maria+aparecida", origin="by name"),
    "search by name, to be corrected": State("/processos?interessado=maria", 422, "by name"),
    "in progress": State("/processos/{principal}", fragments=PROCESSO),
    "everything": State("/processos/{principal}?ver=tudo&ordem=antigas"),
    "one step": State("/processos/{recem_criado}"),
    "no steps": State("/processos/{sem_andamentos}"),
    "in several units": State("/processos/{varias_unidades}"),
    "done": State("/processos/{concluido}"),
    "waiting": State("/processos/{sobrestado}"),
    "waiting for another": State("/processos/{sobrestado_vinculado}"),
    "joined": State("/processos/{anexado}"),
    "locked": State("/processos/{bloqueado}"),
    "destroyed": State("/processos/{eliminado}"),
    "on its way elsewhere": State("/processos/{tramita}"),
    "elsewhere": State("/processos/{tramite_recebido}"),
    "came from elsewhere": State("/processos/{tramite_chegou}"),
    "refused elsewhere": State("/processos/{tramite_recusado}?ver=tudo"),
    "restricted": State("/processos/{restrito}"),
    "restricted, of another município": State("/processos/{restrito}", origin="limited"),
    "documents that do not open": State("/processos/{formularios}"),
    "forty steps": State("/processos/{quarenta}?ver=tudo"),
    "hostile": State("/processos/{hostil}?ver=tudo", fragments=PROCESSO),
    "giant": State("/processos/{gigante}?ver=tudo", fragments=PROCESSO),
    "giant, more steps": State("{more_steps}"),
    "giant, more documents": State("{more_documents}"),
    "document": State("{document}"),
    "document that does not open": State("{closed_document}"),
    "document made in SEI": State("{made_document}"),
    "document in a file": State("{external_document}"),
    "too many documents for one file": State("/processos/{gigante}/documentos.zip", 422),
    "is it authentic?": State("/autenticidade"),
    "authentic": State("{codes}"),
    "not confirmed": State("/autenticidade?codigo=9999999&crc=0A1B2C3D", 404),
    "no codes": State("/autenticidade?codigo=abc&crc=", 422),
    "document with hostile names": State("{hostile_document}"),
    "entering": State("/entrar", origin="entrance"),
    "entering, refused": State("/entrar?falha=recusada&voltar=/mapa", origin="entrance"),
    "entering, too late": State("/entrar?falha=expirou", origin="entrance"),
    "entering, gov.br away": State("/entrar?falha=fora", origin="entrance"),
    "entering, our mistake": State("/entrar?falha=configuracao", origin="entrance"),
    "entering, too often": State("/entrar?falha=muitas", origin="entrance"),
    "entering, not kept": State("/entrar?falha=ocupado&voltar=/mapa", 503, "entrance"),
    "left, with the session open": State("/saiu?sessao=aberta", origin="entrance"),
    "account deleted": State("/saiu?conta=excluida", origin="entrance"),
    "left": State("/saiu", origin="entrance"),
    "privacy where people enter": State("/privacidade", origin="entrance"),
    "services": State("/servicos", fragments=("", "?busca=")),
    "services, found": State("/servicos?busca=galhos"),
    "services, nothing found": State("/servicos?busca=passaporte"),
    "service": State("/servicos/isencao-de-iptu"),
    "service without documents": State("/servicos/troca-de-lampada"),
    "no such service": State("/servicos/passaporte", 404),
    "receipt to check": State("/recibos"),
    "receipt, no code": State("/recibos?codigo=abc", 422),
    "receipt": State("/recibos/{recibo}"),
    "no such receipt": State("/recibos/0000-0000-0000-0000", 404),
    "no such page": State("/nada", 404),
    "no such document": State("/processos/{principal}/documentos/9999999", 404),
    "too many attempts": State("/processos?numero=1234567", 429, "limited"),
    "SEI away": State("/processos/{principal}", 503, "away"),
    "our own mistake": State("/processos/{principal}", 500, "broken"),
    "asked the wrong way": State("/contraste", 405),
    "nobody's host": State("/", 400, "nobody"),
}

MAIN = (
    "home",
    "in progress",
    "hostile",
    "giant",
    "ambiguous",
    "unreadable",
    "search, found",
    "search, to be corrected",
    "document",
    "restricted",
)
"""Those that are looked at in more ways than the others."""


@dataclass(frozen=True)
class Portals:
    """Both deployments."""

    origins: Mapping[Origin, str]
    names: Mapping[str, str]
    """What stands for a name in braces in a state's path."""

    def address(self, name: str) -> str:
        state = STATES[name]
        return self.origins[state.origin] + state.path.format_map(self.names)

    def show(self, page: Page, name: str) -> Response:
        """Open a state's page; the whole of a limit is used up first, if that is the state."""
        for _ in range(3):
            response = page.goto(self.address(name))
            assert response is not None
            if response.status == STATES[name].status:
                return response
        pytest.fail(f"{name}: {response.status} {response.url}")


def numero_only(numero: str) -> str:
    """Its letters and digits, as they are in an address."""
    return "".join(c for c in numero if c.isalnum())


@dataclass(frozen=True)
class Answer:
    """What a server says to somebody who is not a browser."""

    status: int
    text: str


def ask(address: str, **headers: str) -> Answer:
    """One request; `HX_Request="true"` is the header `HX-Request`.

    Names that end in `.localhost` are this machine's, which browsers know and resolvers may not.
    """
    parts = urlsplit(address)
    connection = HTTPConnection("127.0.0.1", parts.port, timeout=PATIENCE)
    sent = {"Host": parts.netloc, **{k.replace("_", "-"): v for k, v in headers.items()}}
    connection.request("GET", parts._replace(scheme="", netloc="").geturl(), headers=sent)
    response = connection.getresponse()
    answer = Answer(response.status, response.read().decode("utf-8"))
    connection.close()
    return answer


def list_places(site: Site) -> Mapping[str, str]:
    """What the names in braces stand for: the demo's named cases, and places inside of them."""
    giant = ask(f"{site.processo('gigante')}?ver=tudo").text
    numero = site.numeros["principal"]
    found = ask(f"{site.address}/processos?situacao=andamento").text
    return {
        **{name: numero_only(numero) for name, numero in site.numeros.items()},
        "recibo": site.recibo,
        "missing": sei_mg(PREFEITURA.codigo, 9_999_999, 2026),
        "incomplete": sei_mg(PREFEITURA.codigo, 9_999_999, 2026).rpartition("-")[0],
        "wrong": numero[:-1] + str((int(numero[-1]) + 1) % 10),
        "more_found": _find(r'href="(/[^"]*depois=[^"]*)#', found).replace("&amp;", "&"),
        "more_steps": _find(r'href="(/[^"]*[?;]antes=[^"]*)"', giant).replace("&amp;", "&"),
        "more_documents": _find(r'href="(/[^"]*[?;]documentos=[^"]*)"', giant).replace(
            "&amp;", "&"
        ),
        "document": _document(site, "principal"),
        "made_document": _document(site, "principal", "Despacho"),
        "external_document": _document(site, "principal", "· PDF, "),
        "codes": _find(
            r'href="(/autenticidade\?[^"]*)"', ask(site.address + _document(site, "principal")).text
        ).replace("&amp;", "&"),
        "closed_document": _document(site, "formularios", 'class="fechado"'),
        "hostile_document": _document(site, "hostil", "12/2026"),
    }


def _document(site: Site, processo: str, mark: str = "") -> str:
    """The address of the first document of a processo whose row has the mark."""
    rows = ask(site.processo(processo)).text.split("<li")
    row = next(row for row in rows if "/documentos/" in row and mark in row)
    return _find(r'href="(/[^"]*/documentos/[^"]*)"', row)


def _find(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    assert match, pattern
    return match[1]
