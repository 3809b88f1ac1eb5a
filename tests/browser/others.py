"""A second deployment, for what the first one cannot be.

There a município has let somebody ask too often, and has a long name and a colour that is hard to
read; another one's SEI is away; a third one's is no database at all, which nobody foresaw; and a
host is nobody's. One lets people be searched for by name, and another lets them enter.

A plugin of the tests that name it, so that all of them share one.
"""

from collections.abc import Iterator

import pytest

from tests.browser.conftest import Site, serving
from tests.browser.states import Portals, list_places

BRASAO = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48">
<path d="M4 4h40v22a20 20 0 0 1-40 0z" fill="#7a1f1f"/></svg>
"""

OTHERS = """
[limitada]
nome = "Prefeitura Municipal da Estância Hidromineral de São Sebastião da Vargem Alegre"
hosts = ["limitada.localhost"]
endereco = "{address}"
cor = "#ffcd07"
brasao = "brasao.svg"
encarregado = {{ nome = "Ana Lima", email = "a@b.example", telefone = "(31) 5550-0140" }}
sei = "sqlite:///sei.db"

[limitada.contato]
telefone = "(31) 5550-0100"
email = "protocolo-geral-e-atendimento-ao-cidadao@vargem-alegre-da-serra.example"
endereco = "Praça Governador Israel Pinheiro da Silva, 1.250, 2º andar, sala 4, Centro Histórico"
horario = "de segunda a sexta, das 8h às 11h30 e das 13h às 17h"

[limitada.limites]
pesquisas_por_minuto = 1
pesquisas_por_hora = 1

[pornome]
nome = "Câmara de Pedra Branca"
hosts = ["pornome.localhost"]
endereco = "{address}"
cor = "#1351b4"
encarregado = {{ nome = "Ana Lima", email = "a@b.example" }}
sei = "sqlite:///sei.db"
visibilidade = {{ pesquisa_por_interessado = true }}

[entrada]
nome = "Prefeitura de Campo das Flores"
hosts = ["entrada.localhost"]
endereco = "{address}"
cor = "#1351b4"
encarregado = {{ nome = "Ana Lima", email = "a@b.example" }}
sei = "sqlite:///sei.db"
contato = {{ telefone = "(31) 5550-0300" }}

[entrada.govbr]
issuer = "http://127.0.0.1:9/"
client_id = "h-campo.example"
client_secret = "env:GOVBR_SECRET"

[fora]
nome = "Câmara de Ipês"
hosts = ["fora.localhost"]
endereco = "{address}"
cor = "#7a1f1f"
encarregado = {{ nome = "Ana Lima", email = "a@b.example" }}
sei = "sqlite:///away.db"
contato = {{ telefone = "(31) 5550-0200" }}

[quebrada]
nome = "Prefeitura de Pedra Quebrada"
hosts = ["quebrada.localhost"]
endereco = "{address}"
cor = "#1351b4"
encarregado = {{ nome = "Ana Lima", email = "a@b.example" }}
sei = "sqlite:///brasao.svg"
"""


@pytest.fixture(scope="session")
def portals(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portals]:
    """The site and the second deployment, with their addresses."""
    instance = tmp_path_factory.mktemp("others")
    (instance / "brasao.svg").write_text(BRASAO, "utf-8")
    with serving(instance, OTHERS, {"GOVBR_SECRET": "an-invented-secret"}) as others:
        port = others.address.rpartition(":")[2]
        yield Portals(
            {
                "site": site.address,
                "limited": f"http://limitada.localhost:{port}",
                "entrance": f"http://entrada.localhost:{port}",
                "by name": f"http://pornome.localhost:{port}",
                "away": f"http://fora.localhost:{port}",
                "broken": f"http://quebrada.localhost:{port}",
                "nobody": others.address,
            },
            list_places(site),
        )
