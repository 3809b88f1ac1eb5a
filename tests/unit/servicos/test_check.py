"""What is said of a catalogue when SEI has, has not, or does not tell what it names."""

from dataclasses import dataclass, field

import msgspec
import pytest

from portal.sei.checkup import Level
from portal.sei.values import NivelAcesso
from portal.servicos.check import Listed, check_servicos
from portal.servicos.values import Servico
from tests.unit.servicos.makers import read

[PODA] = read()
RESTRITO = msgspec.structs.replace(
    PODA,
    slug="restrito",
    sei=msgspec.structs.replace(
        PODA.sei, nivel_acesso=NivelAcesso.RESTRITO, id_hipotese_legal="4",
        unidades_envio=("110000113",),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    id: str
    nome: str
    detalhe: str = ""


@dataclass(frozen=True)
class Silence:
    message: str


@dataclass
class Sei:
    """SEI's lists, by hand."""

    unidades: Listed = (Row("110000101", "PROTOCOLO"), Row("110000113", "SEMMA-ARB"))
    tipos: Listed = (Row("100000509", "Poda"),)
    series: Listed = (Row("64", "Requerimento", "T"), Row("263", "Anexo", "E"))
    hipoteses: Listed = (Row("4", "Informação Pessoal"),)
    extensoes: Listed = (Row("1", "PDF"),)
    asked: list[str] = field(default_factory=list)

    def list_unidades(self) -> Listed:
        self.asked.append("unidades")
        return self.unidades

    def list_tipos_procedimento(self, id_unidade: str) -> Listed:
        self.asked.append(f"tipos {id_unidade}")
        return self.tipos

    def list_series(self, id_unidade: str) -> Listed:
        self.asked.append(f"series {id_unidade}")
        return self.series

    def list_hipoteses_legais(self, id_unidade: str) -> Listed:
        self.asked.append(f"hipoteses {id_unidade}")
        return self.hipoteses

    def list_extensoes(self, id_unidade: str) -> Listed:
        self.asked.append(f"extensoes {id_unidade}")
        return self.extensoes


def check(sei: Sei, *servicos: Servico) -> list[tuple[Level, str, str]]:
    found = check_servicos(servicos or (RESTRITO,), sei)
    return [(finding.level, finding.subject, finding.text) for finding in found]


def test_what_sei_has_is_told_by_its_names() -> None:
    assert check(Sei(), PODA, RESTRITO) == [
        (Level.OK, "poda", "unidade PROTOCOLO, tipo Poda, série Requerimento"),
        (
            Level.OK,
            "restrito",
            "unidade PROTOCOLO, tipo Poda, série Requerimento, restrito por Informação Pessoal",
        ),
    ]


@pytest.mark.parametrize(
    ("sei", "said"),
    [
        (Sei(unidades=(Row("110000101", "P"),)), "não deixa o portal usar a unidade 110000113"),
        (Sei(tipos=()), "não há, para o portal, o tipo de processo 100000509"),
        (Sei(series=(Row("64", "R"),)), "não há, para o portal, a série 263"),
        (Sei(series=(Row("64", "R"), Row("263", "Anexo", "I"))), "a série 263 (Anexo) não é para"),
        (Sei(hipoteses=(Row("5", "X"),)), "não há a hipótese legal 4"),
        (Sei(extensoes=(Row("1", "odt"),)), "o SEI não aceita PDF"),
    ],
)
def test_what_sei_has_not_is_a_failure(sei: Sei, said: str) -> None:
    [(level, subject, text)] = check(sei)
    assert (level, subject, said in text) == (Level.FAIL, "restrito", True)


def test_a_list_that_sei_does_not_give_is_told_once_and_nothing_is_called_well() -> None:
    found = check(Sei(series=Silence("O SEI não respondeu.")), PODA, RESTRITO)
    assert [(level, subject) for level, subject, _ in found] == [
        (Level.FAIL, "lista de séries"),
        (Level.WARN, "poda"),
        (Level.WARN, "restrito"),
    ]
    assert found[0][2] == "O SEI não respondeu."


def test_each_list_is_asked_for_once() -> None:
    sei = Sei()
    check(sei, PODA, RESTRITO, PODA)
    assert len(sei.asked) == len(set(sei.asked)) == 5


def test_documents_for_a_processo_that_exists_need_no_tipo() -> None:
    added = msgspec.structs.replace(
        PODA, intercorrente=True, sei=msgspec.structs.replace(PODA.sei, id_tipo_procedimento="")
    )
    [(level, _, text)] = check(Sei(tipos=()), added)
    assert (level, text) == (Level.OK, "unidade PROTOCOLO, série Requerimento")
