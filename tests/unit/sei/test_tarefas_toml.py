"""The file of plain sentences: whole, true to SEI's own attributes, and a city's to override."""

import csv
import re
from pathlib import Path
from typing import Any

import pytest

from portal.demo.tarefas import list_tarefas
from portal.errors import ConfigurationError
from portal.sei import tramites
from portal.sei.andamentos import narrate, narrate_tramite
from portal.sei.values import EstadoTramite, Tramite
from portal.sei.visibility import PERSONAL_MODULOS, PERSONAL_TAREFAS
from portal.sei.vocabulary import Words, read_vocabulary
from tests.shared import need_shared
from tests.unit.sei.conftest import NOW
from tests.unit.sei.makers import make_andamento, make_referenced

OURS = read_vocabulary()
TEMPLATES: dict[int | str, str] = {
    t.id_tarefa_modulo or t.id_tarefa: t.nome for t in list_tarefas()
}
TEMPLATES |= {138: "Solicitação Atendida Parcialmente"}  # of SEI 5.0
SENTENCES: list[tuple[int | str, Words]] = [*OURS.tarefa.items(), *OURS.modulo.items()]
ALL = pytest.mark.parametrize(
    ("tarefa", "words"), [pytest.param(tarefa, w, id=str(tarefa)) for tarefa, w in SENTENCES]
)

OF_THE_UNIT = {"unidade", "na_unidade", "para_unidade", "da_unidade"}
FREE_TEXT = {65}
"""SEI's text of it is what somebody typed: there is nothing to say instead."""
PARECER = make_referenced()
REFERENCED = {str(PARECER.id_protocolo): PARECER}
VALUES = {
    "DOCUMENTO": (PARECER.formatado, str(PARECER.id_protocolo)),
    "PROCESSO": ("9310.01.0000009/2026-31", "900"),
    "NIVEL_ACESSO": (None, "0"),
}


def placeholders(sentence: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", sentence))


def attributes_of(template: str) -> set[str]:
    return set(re.findall(r"@([A-Z_]+)@", template))


def andamento_of(tarefa: int | str, atributos: set[str]) -> Any:
    values = {nome: VALUES.get(nome, f"valor de {nome.lower()}") for nome in sorted(atributos)}
    modulo = tarefa if isinstance(tarefa, str) else None
    id_tarefa = 1001 if isinstance(tarefa, str) else tarefa
    return make_andamento(TEMPLATES[tarefa], id_tarefa, modulo=modulo, **values)


@ALL
def test_a_sentence_names_only_what_sei_writes_with_that_tarefa(
    tarefa: int | str, words: Words
) -> None:
    assert placeholders(words.sentence) - OF_THE_UNIT <= attributes_of(TEMPLATES[tarefa])


@ALL
def test_every_tarefa_with_all_its_attributes_is_told_in_our_words(
    tarefa: int | str, words: Words
) -> None:
    event = narrate(andamento_of(tarefa, attributes_of(TEMPLATES[tarefa])), REFERENCED, OURS)
    fixed = re.split(r"\{\w+\}", words.sentence)
    assert all(part in event.sentence for part in fixed)
    assert not re.search(r"[@{}]", event.sentence)
    assert (event.kind, event.main) == (words.kind, words.main)


@pytest.mark.parametrize(
    ("tarefa", "missing"),
    [
        pytest.param(tarefa, nome, id=f"{tarefa} without {nome}")
        for tarefa, words in SENTENCES
        for nome in sorted(placeholders(words.sentence) - OF_THE_UNIT)
    ],
)
def test_a_missing_attribute_leaves_sei_s_own_text(tarefa: int | str, missing: str) -> None:
    andamento = andamento_of(tarefa, attributes_of(TEMPLATES[tarefa]) - {missing})
    event = narrate(andamento, REFERENCED, OURS)
    assert event.sentence == event.sei_text
    assert "@" not in event.sentence


@ALL
def test_a_sentence_is_one_line_that_starts_with_a_capital_and_has_no_full_stop(
    tarefa: int | str, words: Words
) -> None:
    assert words.sentence == words.sentence.strip()
    assert words.sentence.isprintable()
    assert words.sentence[0].isupper() or words.sentence[0] == "{"
    assert not words.sentence.endswith(".")


def test_nothing_personal_has_a_sentence() -> None:
    assert OURS.tarefa.keys() & PERSONAL_TAREFAS == set()
    assert [m for m in OURS.modulo if m.startswith(PERSONAL_MODULOS)] == []


def test_no_sentence_names_who_did_it() -> None:
    named = {nome for _, words in SENTENCES for nome in placeholders(words.sentence)}
    assert not [n for n in named if n.startswith(("USUARIO", "INTERESSADO", "DESTINATARIO"))]


def test_what_makes_a_tramite_is_told_by_its_state_and_has_no_sentence_of_its_own() -> None:
    assert OURS.modulo.keys() & tramites.MODULOS == set()


@pytest.mark.parametrize("estado", EstadoTramite)
def test_every_state_of_a_tramite_names_the_other_body(estado: EstadoTramite) -> None:
    tramite = Tramite(estado, "TJMG", NOW, NOW)
    event = narrate_tramite(make_andamento("t", 1001), tramite, {}, OURS)
    assert "TJMG" in event.sentence
    assert "{" not in event.sentence


@pytest.mark.parametrize("flag", ["sin_historico_resumido", "sin_consulta_processual"])
def test_every_tarefa_that_sei_shows_to_the_public_has_a_sentence(flag: str) -> None:
    with need_shared("sei-tarefas-4.1.csv").open(encoding="utf-8") as file:
        public = {int(row["id_tarefa"]) for row in csv.DictReader(file) if row[flag] == "S"}
    assert public
    assert public - PERSONAL_TAREFAS - FREE_TEXT - OURS.tarefa.keys() == set()


def test_the_demo_has_sei_s_own_templates() -> None:
    """So that what is asserted above is true of SEI and not only of the demo."""
    with need_shared("sei-tarefas-4.1.csv").open(encoding="utf-8") as file:
        theirs = {int(row["id_tarefa"]): row["nome"] for row in csv.DictReader(file)}
    for id_tarefa, nome in theirs.items():
        assert attributes_of(TEMPLATES[id_tarefa]) == attributes_of(nome)


# A city's own file


def write(folder: Path, text: str) -> Path:
    file = folder / "frases.toml"
    file.write_text(text, "utf-8")
    return file


def test_a_city_changes_one_sentence_and_keeps_the_others(tmp_path: Path) -> None:
    file = write(tmp_path, '[tarefa.32]\nfrase = "Mandado {para_unidade}"\ntipo = "externo"\n')
    theirs = read_vocabulary(file)
    assert theirs.tarefa[32] == Words("Mandado {para_unidade}", "externo", True)
    assert {i: w for i, w in theirs.tarefa.items() if i != 32} == {
        i: w for i, w in OURS.tarefa.items() if i != 32
    }
    assert (theirs.modulo, theirs.tramite) == (OURS.modulo, OURS.tramite)


def test_a_city_tells_a_tarefa_that_we_do_not(tmp_path: Path) -> None:
    theirs = read_vocabulary(
        write(
            tmp_path,
            '[tarefa.65]\nfrase = "Nota: {DESCRICAO}"\n'
            '[modulo.MD_CIDADE_X]\nfrase = "Vistoria marcada"\nprincipal = false\n'
            '[tramite]\n"recusado" = "Voltou de {orgao}"\n',
        )
    )
    note = narrate(make_andamento("@DESCRICAO@", DESCRICAO="Vistoria feita"), {}, theirs)
    assert note.sentence == "Nota: Vistoria feita"
    module = narrate(make_andamento("t", 1009, modulo="MD_CIDADE_X"), {}, theirs)
    assert (module.sentence, module.main) == ("Vistoria marcada", False)
    assert "MD_CIDADE_X" in theirs.minor_modulos
    assert theirs.tramite[EstadoTramite.RECUSADO] == "Voltou de {orgao}"
    assert theirs.tramite[EstadoTramite.CANCELADO] == OURS.tramite[EstadoTramite.CANCELADO]


def test_a_city_s_misspelt_placeholder_shows_sei_s_text(tmp_path: Path) -> None:
    theirs = read_vocabulary(write(tmp_path, '[tarefa.28]\nfrase = "Concluído {na_unidad}"\n'))
    event = narrate(make_andamento("Conclusão do processo na unidade", 28), {}, theirs)
    assert event.sentence == "Conclusão do processo na unidade"


def test_the_main_steps_are_those_that_are_not_minor(tmp_path: Path) -> None:
    minor = {i for i, words in OURS.tarefa.items() if not words.main}
    assert OURS.minor_tarefas == minor
    assert {48, 18, 82} <= minor
    assert not minor & {1, 28, 29, 32, 65, 101, 102}
    theirs = read_vocabulary(write(tmp_path, '[tarefa.48]\nfrase = "Recebido"\n'))
    assert 48 not in theirs.minor_tarefas


@pytest.mark.parametrize(
    ("text", "named"),
    [
        pytest.param("[tarefa.32]\nfrase = Mandado", "line 2", id="not TOML"),
        pytest.param('[tarefa.32]\nfraze = "x"', "32", id="misspelt key"),
        pytest.param('[tarefa.32]\ntipo = "outro"', "32", id="no frase"),
        pytest.param("[tarefa.32]\nfrase = 7", "32", id="frase is no text"),
        pytest.param('[tarefa.32]\nfrase = "x"\ntipo = "coisa"', "32", id="tipo nobody knows"),
        pytest.param('[tarefa.32]\nfrase = "x"\nprincipal = "talvez"', "32", id="not a yes or no"),
        pytest.param('[tarefa.abc]\nfrase = "x"', "abc", id="tarefa without a number"),
        pytest.param('[tarefas.32]\nfrase = "x"', "tarefas", id="misspelt table"),
        pytest.param('[tramite]\n"perdido" = "x"', "perdido", id="state nobody knows"),
        pytest.param('[modulo.PEN_X]\nfrase = ["x"]', "PEN_X", id="frase is a list"),
    ],
)
def test_a_bad_file_is_refused_with_the_place_and_the_reason(
    tmp_path: Path, text: str, named: str
) -> None:
    with pytest.raises(ConfigurationError, match=r"frases\.toml") as caught:
        read_vocabulary(write(tmp_path, text))
    assert named in str(caught.value)
