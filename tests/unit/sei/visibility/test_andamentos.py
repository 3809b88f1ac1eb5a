"""Which andamentos may be told (3.1)."""

import pytest

from tests.unit.sei.conftest import Scene
from tests.unit.sei.visibility.scenes import show_all_tarefas

PESSOAIS = [50, 52, *range(61, 65), *range(66, 82), *range(86, 91), *range(117, 122), 127]
DE_PETICIONAMENTO = [
    "MD_PET_INTIMACAO_EXPEDIDA",
    "MD_PET_INTIMACAO_CUMPRIDA",
    "MD_PET_PETICIONAMENTO_EFETIVADO",
    "MD_PET_INTIMACAO_PRORROGACAO_AUTOMATICA_PRAZO_EXT",
]


@pytest.mark.parametrize("consulta_processual", [False, True])
@pytest.mark.parametrize(
    "tarefa",
    [
        *(pytest.param(t, id=f"3.1 personal {t}") for t in PESSOAIS),
        *(pytest.param(t, id=f"10.4 {t}") for t in DE_PETICIONAMENTO),
    ],
)
def test_a_personal_andamento_is_never_shown_whatever_its_flags(
    scene: Scene, tarefa: int | str, consulta_processual: bool
) -> None:
    processo = scene.sei.processo()
    scene.sei.andamento(
        processo,
        tarefa,
        **dict.fromkeys(
            ("USUARIO", "INTERESSADO", "DESTINATARIO_NOME", "USUARIO_EXTERNO_NOME", "MOTIVO"),
            "Ana Lima",
        ),
    )
    show_all_tarefas(scene)
    scene.configure(consulta_processual=consulta_processual)
    assert [e.sentence for e in scene.steps(processo)] == ["Processo aberto no Protocolo Geral"]


@pytest.mark.parametrize(
    ("modulo", "shown"),
    [
        pytest.param("MD_PET_INTIMACAO_RESPONDIDA", False, id="10.4 seen in code only"),
        pytest.param("MD_PET_DE_AMANHA", False, id="10.4 whatever Peticionamento adds"),
        pytest.param("MDXPETXOUTRO", True, id="10.4 an underscore is an underscore"),
        pytest.param("MD_PESQ_OUTRO", True, id="10.4 another module"),
        pytest.param("X_MD_PET_OUTRO", True, id="10.4 only at the beginning"),
    ],
)
def test_modules_are_told_apart_by_the_beginning_of_their_name(
    scene: Scene, modulo: str, shown: bool
) -> None:
    processo = scene.sei.processo()
    scene.sei.andamento(processo, 65, DESCRICAO="Da unidade")
    scene.alter(f"UPDATE tarefa SET id_tarefa_modulo = '{modulo}' WHERE id_tarefa = 65")
    assert ("Da unidade" in scene.told(processo)) is shown


@pytest.mark.parametrize("consulta_processual", [False, True])
def test_an_andamento_without_a_tarefa_is_shown(scene: Scene, consulta_processual: bool) -> None:
    """3.1(1), 3.1(3), 11(15)"""
    processo = scene.sei.processo()
    orphan = scene.sei.andamento(processo, None)
    scene.configure(consulta_processual=consulta_processual)
    assert orphan.id in [e.id_atividade for e in scene.steps(processo)]


FLAGS = pytest.mark.parametrize(
    ("resumido", "processual", "option", "shown"),
    [
        pytest.param("S", "N", False, True, id="3.1(1) resumido S"),
        pytest.param("N", "S", False, False, id="3.1(1) resumido N"),
        pytest.param("S", "N", True, False, id="3.1(3) consulta processual N"),
        pytest.param("N", "S", True, True, id="3.1(3) consulta processual S"),
        pytest.param("S", "S", True, True, id="3.1 both S"),
        pytest.param("N", "N", False, False, id="3.1 neither"),
        pytest.param("N", "N", True, False, id="3.1 neither, consulta processual"),
    ],
)


@FLAGS
def test_the_flags_are_read_from_the_table(
    scene: Scene, resumido: str, processual: str, option: bool, shown: bool
) -> None:
    processo = scene.sei.processo()
    scene.sei.andamento(processo, 65, DESCRICAO="Da unidade")
    scene.alter(
        f"UPDATE tarefa SET sin_historico_resumido = '{resumido}', "
        f"sin_consulta_processual = '{processual}' WHERE id_tarefa = 65"
    )
    scene.configure(consulta_processual=option)
    assert ("Da unidade" in scene.told(processo)) is shown


@pytest.mark.parametrize(
    ("modulo", "resumido", "processual", "option", "shown"),
    [
        pytest.param("PEN_X", "S", "N", True, True, id="9.3 a trâmite, consulta processual N"),
        pytest.param("PEN_X", "N", "S", True, True, id="9.3 a trâmite, consulta processual S"),
        pytest.param("PEN_X", "N", "N", True, False, id="9.3 a trâmite, neither"),
        pytest.param("PEN_X", "N", "S", False, False, id="9.3 a trâmite, resumido N"),
        pytest.param("PENX", "S", "N", True, False, id="9.3 another module"),
        pytest.param("X_PEN_X", "S", "N", True, False, id="9.3 only at the beginning"),
    ],
)
def test_a_tramite_is_in_the_resumed_history_whatever_the_tenant_uses(
    scene: Scene, modulo: str, resumido: str, processual: str, option: bool, shown: bool
) -> None:
    processo = scene.sei.processo()
    scene.sei.andamento(processo, 65, DESCRICAO="Da unidade")
    scene.alter(
        f"UPDATE tarefa SET id_tarefa_modulo = '{modulo}', sin_historico_resumido = '{resumido}', "
        f"sin_consulta_processual = '{processual}' WHERE id_tarefa = 65"
    )
    scene.configure(consulta_processual=option)
    assert ("Da unidade" in scene.told(processo)) is shown


@pytest.mark.parametrize(
    ("resumido", "option", "shown"),
    [
        pytest.param("S", True, True, id="3.1(3) column absent: resumido S"),
        pytest.param("N", True, False, id="3.1(3) column absent: resumido N"),
        pytest.param("S", False, True, id="3.1(1) column absent and not asked for"),
    ],
)
def test_without_the_column_of_consulta_processual_the_resumed_history_holds(
    scene: Scene, resumido: str, option: bool, shown: bool
) -> None:
    processo = scene.sei.processo()
    scene.sei.andamento(processo, 65, DESCRICAO="Da unidade")
    scene.alter(f"UPDATE tarefa SET sin_historico_resumido = '{resumido}' WHERE id_tarefa = 65")
    scene.alter("ALTER TABLE tarefa DROP COLUMN sin_consulta_processual")
    scene.configure(consulta_processual=option)
    assert ("Da unidade" in scene.told(processo)) is shown
