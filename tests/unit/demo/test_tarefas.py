"""The kinds of andamento that the demo knows, as SEI 4.1 has them."""

import re

from portal.demo.gallery.backstage import PLACEHOLDER
from portal.demo.tarefas import FIRST_OF_MODULES, list_tarefas


def test_there_are_the_118_of_sei_and_those_of_two_modules():
    tarefas = list_tarefas()
    core = [t for t in tarefas if t.id_tarefa < FIRST_OF_MODULES]
    assert len(core) == 118
    assert max(t.id_tarefa for t in core) == 137
    names = {t.id_tarefa_modulo for t in tarefas if t.id_tarefa_modulo}
    assert len(names) == 14
    assert {name.split("_")[0] for name in names} == {"PEN", "MD"}


def test_ids_and_templates_fit_their_columns():
    tarefas = list_tarefas()
    assert len({t.id_tarefa for t in tarefas}) == len(tarefas)
    assert all(len(t.nome) <= 250 for t in tarefas)
    assert all(len(t.id_tarefa_modulo or "") <= 50 for t in tarefas)


def test_flags_are_sei_s_own_columns():
    by_id = {t.id_tarefa: t for t in list_tarefas()}
    assert by_id[1].flags["sin_historico_resumido"] == "S"
    assert by_id[2].flags["sin_historico_resumido"] == "N"
    assert by_id[28].closes
    assert by_id[28].born_closed
    assert not by_id[28].opens
    assert by_id[32].opens
    assert not by_id[32].closes
    assert {n for n, t in by_id.items() if t.flags["sin_consulta_processual"] == "S"} == {
        *(1, 7, 18, 19, 28, 29, 32),
        *(101, 102, 103, 104, 126, 132, 133, 137),
    }


def test_a_template_that_sei_breaks_in_two_lines_does():
    by_id = {t.id_tarefa: t for t in list_tarefas()}
    assert by_id[20].nome == "Sobrestamento.\r\n@MOTIVO@"
    assert "\n@MOTIVO@" in by_id[50].nome
    assert PLACEHOLDER.findall(by_id[84].nome)[:2] == ["DOCUMENTOS", "USUARIOS"]
    assert not re.search(r"\\[rn]", "".join(t.nome for t in by_id.values()))
