import pytest

from portal.portuguese import calm
from portal.sei.values import Unidade
from portal.web.sentences import name_unidade


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("SECRETARIA MUNICIPAL DE FAZENDA", "Secretaria Municipal de Fazenda"),
        ("COORDENADORIA DE TI E RH", "Coordenadoria de TI e RH"),
        ("ESCOLA MUNICIPAL PIO XII", "Escola Municipal PIO XII"),
        ("PROCURADORIA-GERAL DO MUNICÍPIO", "Procuradoria-Geral do Município"),
        ("POSTO DE SAÚDE DE SÃO SEBASTIÃO", "Posto de Saúde de São Sebastião"),
        ("GERÊNCIA DO SNPC", "Gerência do SNPC"),
        ("Gabinete do Prefeito", "Gabinete do Prefeito"),
        ("Núcleo de TI", "Núcleo de TI"),
        ("SEMOB", "SEMOB"),
        ("", ""),
    ],
)
def test_a_name_in_capitals_is_not_shouted_and_siglas_stay(typed: str, shown: str) -> None:
    assert calm(typed) == shown


def test_a_unit_without_a_name_goes_by_its_sigla() -> None:
    assert name_unidade(Unidade(1, "SEMOB", " ", "PMVA")) == "SEMOB"


def test_the_orgao_is_named_where_several_share_a_sei() -> None:
    unidade = Unidade(1, "GAB", "Gabinete", "PMVA")
    assert name_unidade(unidade) == "Gabinete"
    assert name_unidade(unidade, True) == "Gabinete (PMVA)"
