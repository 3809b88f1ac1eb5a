"""Words by id: kept a minute, asked for again when an id is too young to be among them."""

from datetime import datetime

import pytest

from portal.readonly import Kept, reading
from portal.sei.names import Names, NameTable, OrgaoName, UnidadeName
from portal.sei.queries.names import LIFETIME, PAUSE, list_names, names_of
from portal.sei.values import HipoteseLegal, Unidade
from tests.unit.sei.conftest import Scene, counting

OBRAS = 7
TABLE = NameTable(
    orgaos={0: OrgaoName("PMVA", "Prefeitura", True), 1: OrgaoName("CMVA", "Câmara", False)},
    unidades={OBRAS: UnidadeName(0, "SEOBRAS", "Secretaria de Obras")},
    former={
        OBRAS: (
            UnidadeName(1, "SMOSU", "Obras e Serviços", datetime(2010, 1, 1)),
            UnidadeName(0, "SEINFRA", "Infraestrutura", datetime(2015, 1, 5)),
        )
    },
    tarefas={1: "Processo @NIVEL_ACESSO@ gerado"},
    series={4: "Despacho"},
    tipos={100: "Alvará"},
    conferencias={2: "Cópia Simples"},
    hipoteses={3: HipoteseLegal("Informação Pessoal", "Art. 31")},
)


class StoppedClock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def names() -> Names:
    return Names(lambda renew: TABLE)


@pytest.mark.parametrize(
    ("moment", "unidade"),
    [
        (None, Unidade(OBRAS, "SEOBRAS", "Secretaria de Obras", "PMVA")),
        (datetime(2009, 12, 31), Unidade(OBRAS, "SEOBRAS", "Secretaria de Obras", "PMVA")),
        (datetime(2010, 1, 1), Unidade(OBRAS, "SMOSU", "Obras e Serviços", "CMVA")),
        (datetime(2015, 1, 4, 23), Unidade(OBRAS, "SMOSU", "Obras e Serviços", "CMVA")),
        (datetime(2015, 1, 5), Unidade(OBRAS, "SEINFRA", "Infraestrutura", "PMVA")),
    ],
)
def test_a_unit_has_the_name_of_the_moment(
    names: Names, moment: datetime | None, unidade: Unidade
) -> None:
    assert names.unidade(OBRAS, moment) == unidade


def test_what_nobody_knows_has_a_word_that_is_true_of_any(names: Names) -> None:
    assert names.unidade(99).nome == "unidade nova"
    assert names.unidade(99, datetime(2026, 1, 1)).orgao == ""
    assert names.orgao_of(99) == ""
    assert (names.serie(99), names.tipo(99)) == ("Documento", "Processo")
    assert (names.tarefa(99), names.conferencia(99), names.hipotese(99)) == (None, None, None)


def test_what_is_not_given_has_no_word(names: Names) -> None:
    assert (names.tarefa(None), names.conferencia(None), names.hipotese(None)) == (None,) * 3


def test_only_active_orgaos_share_a_sei(names: Names) -> None:
    assert not names.has_several_orgaos()


def test_nothing_is_asked_before_the_first_word_is_needed() -> None:
    asked: list[bool] = []

    def read(renew: bool) -> NameTable:
        asked.append(renew)
        return TABLE

    names = Names(read)
    assert asked == []
    names.serie(4)
    names.tipo(100)
    assert asked == [False]
    names.serie(99)
    assert asked == [False, True]


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock()


@pytest.fixture
def kept(clock: StoppedClock) -> Kept[NameTable]:
    return Kept(list_names, LIFETIME, clock)


def test_names_are_asked_once_a_minute(
    scene: Scene, kept: Kept[NameTable], clock: StoppedClock
) -> None:
    scene.save()
    costs = []
    with reading(scene.tenant.sei) as sei:
        names_of(sei, kept).has_several_orgaos()  # the first also asks what the installation has
        for clock.now in (59.0, 61.0, 62.0):
            with counting(scene.tenant.sei) as statements:
                names_of(sei, kept).has_several_orgaos()
            costs.append(len(statements))
    assert costs == [0, 1, 0]


def test_a_unit_younger_than_the_names_is_asked_for_but_not_by_every_page(
    scene: Scene, kept: Kept[NameTable], clock: StoppedClock
) -> None:
    scene.save()
    with reading(scene.tenant.sei) as sei:
        known = names_of(sei, kept)
        assert known.unidade(999).sigla == "unidade nova"
        scene.alter(
            "INSERT INTO unidade (id_unidade, id_orgao, sigla, descricao, sin_ativo)"
            " VALUES (999, 0, 'NOVA', 'Secretaria Nova', 'S')"
        )
        scene.save()
        assert names_of(sei, kept).unidade(999).sigla == "unidade nova"
        clock.now += PAUSE + 0.1
        assert names_of(sei, kept).unidade(999).sigla == "NOVA"
        with counting(scene.tenant.sei) as statements:
            for _ in range(20):
                names_of(sei, kept).unidade(12345)
        assert statements == []


def test_a_unit_s_name_is_never_older_than_a_minute(
    scene: Scene, kept: Kept[NameTable], clock: StoppedClock
) -> None:
    id_unidade = scene.sei.unidade("SEFAZ").id_unidade
    scene.save()
    with reading(scene.tenant.sei) as sei:
        assert names_of(sei, kept).unidade(id_unidade).sigla == "SEFAZ"
        scene.alter("UPDATE unidade SET sigla = 'SMF' WHERE sigla = 'SEFAZ'")
        scene.save()
        clock.now = LIFETIME + 0.1
        assert names_of(sei, kept).unidade(id_unidade).sigla == "SMF"
