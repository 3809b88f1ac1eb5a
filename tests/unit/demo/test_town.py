"""What the invented município says of itself fits SEI's columns."""

from portal.demo.gallery.hostile import NAMES, TEXTS
from portal.demo.town import HIPOTESES, ORGAOS, SERIES, TIPOS, UNIDADES


def test_names_fit_sei_s_columns():
    assert all(len(u.sigla) <= 30 and len(u.descricao) <= 250 for u in UNIDADES)
    assert max(len(u.descricao) for u in UNIDADES) > 230
    assert all(len(nome) <= 100 for nome in TIPOS)
    assert all(len(nome) <= 50 for nome in SERIES.values())
    assert all(len(nome) <= 50 and len(lei) <= 50 for nome, lei in HIPOTESES.values())
    assert all(len(text or "") <= 4000 for text in TEXTS)
    assert max(len(text or "") for text in TEXTS) == 4000
    assert all(len(nome) <= 250 for nome in NAMES)


def test_there_are_two_orgaos_and_the_first_is_zero():
    assert [orgao.id_orgao for orgao in ORGAOS] == [0, 1]
    assert {unidade.id_orgao for unidade in UNIDADES} == {0, 1}


def test_no_two_units_share_a_sigla_or_an_id():
    assert (
        len({u.sigla for u in UNIDADES}) == len({u.id_unidade for u in UNIDADES}) == len(UNIDADES)
    )
