import pytest

from portal.servicos.values import answers
from tests.unit.servicos.makers import read


@pytest.mark.parametrize(
    "busca",
    ["", "  ", "poda", "PODA DE ARVORE", "árvores", "poda da árvore", "podas", "fiacao", "galhos",
     "meio ambiente", "prefeitura", "árv", "a\u0301rvore", "de poda!"],
)  # fmt: skip
def test_a_search_finds_it(busca: str) -> None:
    assert answers(read()[0], busca)


@pytest.mark.parametrize("busca", ["lâmpada", "poda de grama", "rvore", "?!", "de", "100000509"])
def test_a_search_does_not(busca: str) -> None:
    assert not answers(read()[0], busca)
