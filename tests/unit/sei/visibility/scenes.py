"""Levels, what a city may have chosen, and processos with something to hide."""

from portal.demo.builder import SeiBuilder
from portal.demo.protocolos import Processo
from portal.demo.town import TEST_UNIT
from portal.sei.values import NivelAcesso
from tests.unit.sei.conftest import Scene
from tests.unit.sei.makers import make_rules

PUBLICO, RESTRITO, SIGILOSO = NivelAcesso
EVERYTHING = {
    "mostra_restritos": True,
    "documentos_de_restritos": True,
    "andamentos_de_restritos": True,
}
CLOSED = make_rules(restritos=False)
OPEN = make_rules(documentos_de_restritos=True, andamentos_de_restritos=True)


def of_another_orgao(sei: SeiBuilder) -> Processo:
    return sei.processo(unidade="CM-PROTOCOLO")


def of_the_test_unit(sei: SeiBuilder) -> Processo:
    return sei.processo(unidade=TEST_UNIT)


def show_all_tarefas(scene: Scene) -> None:
    """As a site may, in Administração → Histórico."""
    scene.alter("UPDATE tarefa SET sin_historico_resumido = 'S', sin_consulta_processual = 'S'")
