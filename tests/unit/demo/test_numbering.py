"""Numbers the demo invents: right digits, and nobody's."""

from portal.demo.citizens import CITIZENS
from portal.demo.numbering import cpf, nup, sei_mg
from portal.demo.town import MASK, PREFEITURA
from portal.numero import Mascara, from_chave


def test_published_numbers_come_out_the_same():
    assert sei_mg("1500", 250326, 2023) == "1500.01.0250326/2023-04"
    assert nup("02019", 3483, 2018) == "02019.003483/2018-68"


def test_the_mask_that_the_orgao_declares_prints_its_own_numbers():
    numero = sei_mg(PREFEITURA.codigo, 73, 2026)
    read = from_chave("".join(c for c in numero if c.isdigit()), [Mascara.parse(MASK)])
    assert read is not None
    assert read.formatado == numero


def test_cpfs_have_right_digits_and_an_impossible_range():
    digits = [int(d) for d in f"{cpf(1234):011d}"]
    assert digits[:3] == [9, 9, 9]
    for size in (9, 10):
        total = sum(d * (size + 1 - n) for n, d in enumerate(digits[:size]))
        assert digits[size] == total * 10 % 11 % 10
    assert cpf(0) == cpf(900_000)
    assert not {f"{cpf(n):011d}" for n in range(20_000)} & {c.cpf for c in CITIZENS}
