"""Filling SEI's templates (sei-database 3.2), and the sentence beside them."""

from typing import Any

import pytest

from portal.sei.andamentos import fill, narrate, narrate_tramite
from portal.sei.values import EstadoTramite, Tramite
from portal.sei.vocabulary import Vocabulary, Words
from tests.unit.sei.conftest import NOW
from tests.unit.sei.makers import make_andamento, make_other_processo, make_referenced

PARECER = make_referenced()
REFERENCED = {"501": PARECER, PARECER.formatado: PARECER}
NO_WORDS = Vocabulary({}, {}, {})

GERADO = "Processo @NIVEL_ACESSO@@GRAU_SIGILO@ gerado@DATA_AUTUACAO@@HIPOTESE_LEGAL@"
EXTERNO = "Registro de documento externo @NIVEL_ACESSO@ @DOCUMENTO@@TIPO_CONFERENCIA@"
ACESSO = (
    "Disponibilizado acesso externo para @DESTINATARIO_NOME@ (@DESTINATARIO_EMAIL@)@VALIDADE@."
    "@VISUALIZACAO@\n@MOTIVO@"
)
FEDERACAO = "Processo enviado para @ORGAO_DESTINATARIO@ por @ORGAO_REMETENTE@\n@MOTIVO@"


def filled(nome: str | None, id_tarefa: int | None = 65, **atributos: Any) -> str:
    return fill(make_andamento(nome, id_tarefa, **atributos), REFERENCED)


def words_of(text: str) -> str:
    """The text as a browser shows it, blanks run together."""
    return " ".join(text.split())


# One row of the table of 3.2 after the other


@pytest.mark.parametrize(
    ("valor", "shown"),
    [
        pytest.param("SEFAZ¥Secretaria Municipal de Fazenda", "SEFAZ", id="3.2 SIGLA¥DESCRICAO"),
        pytest.param("SEFAZ ¥ Secretaria de Fazenda", "SEFAZ", id="3.2 blanks around the yen"),
        pytest.param("SEFAZ", "SEFAZ", id="3.2 no yen at all"),
        pytest.param("  SEFAZ  ", "SEFAZ", id="3.2 strip"),
        pytest.param("SEFAZ¥", "SEFAZ", id="3.2 nothing after the yen"),
        pytest.param("SEFAZ¥Fazenda¥Tributos", "SEFAZ", id="3.2 two yens"),
        pytest.param("¥Secretaria", "", id="3.2 nothing before the yen"),
        pytest.param("", "", id="3.2 empty valor"),
        pytest.param(None, "", id="3.2 null valor"),
    ],
)
def test_a_unidade_is_told_by_its_sigla(valor: str | None, shown: str) -> None:
    text = filled("Processo remetido pela unidade @UNIDADE@", 32, UNIDADE=valor)
    assert text == f"Processo remetido pela unidade {shown}".strip()


@pytest.mark.parametrize(
    "nome",
    [
        pytest.param("USUARIO", id="3.1 No user"),
        pytest.param("USUARIO_ANULACAO", id="3.2 USUARIO_ANULACAO"),
        pytest.param("USUARIO_EMULADOR", id="3.2 USUARIO_EMULADOR must never be shown"),
        pytest.param("INTERESSADO", id="3.1 personal: tarefa 52"),
        pytest.param("DESTINATARIO_NOME", id="3.1 personal: tarefas 50, 89, 90"),
        pytest.param("DESTINATARIO_EMAIL", id="3.1 personal: tarefas 50, 89, 90 (e-mail)"),
        pytest.param("USUARIO_EXTERNO_NOME", id="3.1 personal: tarefas 86-88"),
        pytest.param("USUARIO_EXTERNO_SIGLA", id="3.1 personal: tarefas 86-88 (login)"),
    ],
)
@pytest.mark.parametrize(
    "valor", ["bnlopes¥Beatriz Nogueira Lopes", "bnlopes ¥ Beatriz", "bnlopes"]
)
def test_who_did_it_or_was_written_to_is_never_printed(nome: str, valor: str) -> None:
    andamento = make_andamento(f"Feito por @{nome}@ hoje", **{nome: valor})
    event = narrate(andamento, {}, Vocabulary({65: Words("Feito por {" + nome + "}")}, {}, {}))
    for text in (fill(andamento, {}), event.sentence, event.sei_text):
        assert "Beatriz" not in text
        assert "bnlopes" not in text


def test_a_documento_is_told_with_its_serie() -> None:
    assert filled("Assinado @DOCUMENTO@", DOCUMENTO=("0000501", "501")) == (
        "Assinado 0000501 (Parecer)"
    )


def test_a_documento_without_id_origem_is_found_by_its_number() -> None:
    assert filled("Assinado @DOCUMENTO@", DOCUMENTO="0000501") == "Assinado 0000501 (Parecer)"


def test_a_documento_that_no_longer_exists_is_told_by_its_number_alone() -> None:
    assert filled("Excluído @DOCUMENTO@", DOCUMENTO=("0000777", "777")) == "Excluído 0000777"


def test_a_documento_without_anything_leaves_no_trace() -> None:
    assert filled("Assinado @DOCUMENTO@", DOCUMENTO=None) == "Assinado"


def test_a_processo_is_told_as_it_is_printed() -> None:
    outro = make_other_processo()
    andamento = make_andamento("Anexado ao @PROCESSO@", 102, PROCESSO=(outro.formatado, "900"))
    assert fill(andamento, {"900": outro}) == "Anexado ao 9310.01.0000009/2026-31"


@pytest.mark.parametrize(
    ("nome", "id_origem", "shown"),
    [
        pytest.param("NIVEL_ACESSO", "0", "público", id="3.2 NIVEL_ACESSO 0"),
        pytest.param("NIVEL_ACESSO", "1", "restrito", id="3.2 NIVEL_ACESSO 1"),
        pytest.param("NIVEL_ACESSO", "2", "sigiloso", id="3.2 NIVEL_ACESSO 2"),
        pytest.param("NIVEL_ACESSO", None, "", id="3.2 NIVEL_ACESSO without origin"),
        pytest.param("NIVEL_ACESSO", "9", "", id="3.2 NIVEL_ACESSO nobody knows"),
        pytest.param("GRAU_SIGILO", "U", " (ultrassecreto)", id="3.2 GRAU_SIGILO U"),
        pytest.param("GRAU_SIGILO", "S", " (secreto)", id="3.2 GRAU_SIGILO S"),
        pytest.param("GRAU_SIGILO", "R", " (reservado)", id="3.2 GRAU_SIGILO R"),
        pytest.param("GRAU_SIGILO", None, "", id="3.2 GRAU_SIGILO without origin"),
    ],
)
def test_a_code_becomes_its_word(nome: str, id_origem: str | None, shown: str) -> None:
    assert filled(f"Nível:@{nome}@.", **{nome: (None, id_origem)}) == f"Nível:{shown}."


PERSONAL = "Informação Pessoal (Art. 31)"


@pytest.mark.parametrize(
    ("id_tarefa", "template", "descricao", "shown"),
    [
        pytest.param(1, "gerado@H@", PERSONAL, f"gerado, {PERSONAL}", id="3.2"),
        pytest.param(1, "gerado@H@", None, "gerado", id="3.2 without one"),
        pytest.param(111, "gerado@H@", PERSONAL, f"gerado, {PERSONAL}", id="3.2 111 is outside"),
        *(
            pytest.param(
                tarefa, "para @H@", descricao, f"para {shown}", id=f"3.2 in {tarefa}: {shown}"
            )
            for tarefa in range(105, 111)
            for descricao, shown in ((PERSONAL, PERSONAL), (None, "não informada"))
        ),
    ],
)
def test_a_hipotese_legal_follows_a_comma_but_where_it_is_the_news(
    id_tarefa: int, template: str, descricao: str | None, shown: str
) -> None:
    origin = None if descricao is None else "4"
    template = template.replace("@H@", "@HIPOTESE_LEGAL@")
    assert filled(template, id_tarefa, HIPOTESE_LEGAL=(None, origin, descricao)) == shown


@pytest.mark.parametrize(
    ("id_tarefa", "template", "shown"),
    [
        pytest.param(13, "doc@TIPO_CONFERENCIA@", "doc, conferido com Cópia Simples", id="3.2"),
        pytest.param(111, "para @TIPO_CONFERENCIA@", "para Cópia Simples", id="3.2 in 111"),
    ],
)
def test_a_tipo_de_conferencia_is_spelled_out(id_tarefa: int, template: str, shown: str) -> None:
    assert filled(template, id_tarefa, TIPO_CONFERENCIA=(None, "4", "Cópia Simples")) == shown


def test_a_date_of_autuacao_goes_in_brackets() -> None:
    assert filled("gerado@DATA_AUTUACAO@", 1, DATA_AUTUACAO="02/03/2026") == (
        "gerado (autuado em 02/03/2026)"
    )


@pytest.mark.parametrize(
    ("valor", "shown"),
    [
        pytest.param("20/03/2026 14:10:59", "20/03/2026 14:10", id="3.2 first 16 characters"),
        pytest.param("20/03/2026 14:10", "20/03/2026 14:10", id="3.2 already short"),
        pytest.param("20/03/2026", "20/03/2026", id="3.2 a day only"),
        pytest.param(None, "", id="3.2 null"),
    ],
)
def test_data_hora_loses_its_seconds(valor: str | None, shown: str) -> None:
    assert filled("em @DATA_HORA@", DATA_HORA=valor) == f"em {shown}".strip()


@pytest.mark.parametrize(
    ("atributos", "shown"),
    [
        pytest.param(
            {"VALIDADE": "até 31/12/2026 (30 dias)"}, " até 31/12/2026 (30 dias)", id="3.2"
        ),
        pytest.param({"VALIDADE": " até 31/12/2026"}, " até 31/12/2026", id="3.2 with its blank"),
        pytest.param({"VALIDADE": None}, "", id="3.2 null"),
        pytest.param({"VALIDADE": ""}, "", id="3.2 empty"),
        pytest.param({}, "", id="3.2 [X] unfilled"),
    ],
)
def test_a_validade_follows_a_blank(atributos: dict[str, str | None], shown: str) -> None:
    assert filled("aberto@VALIDADE@.", **atributos) == f"aberto{shown}."


def test_the_validade_of_sei_3_1_is_filled_too() -> None:
    assert filled(
        "aberto até @DATA_VALIDADE@ (@DIAS_VALIDADE@ dias)",
        DATA_VALIDADE="31/12/2026",
        DIAS_VALIDADE="30",
    ) == ("aberto até 31/12/2026 (30 dias)")


@pytest.mark.parametrize(
    ("nome", "valor"),
    [
        ("VISUALIZACAO", "Integral"),
        ("MOTIVO", "Falta a planta"),
        ("DESCRICAO", "Vistoria feita"),
        ("VEICULO", "Diário Oficial"),
        ("UNIDADE_DESTINO", "Segunda Promotoria"),
        ("QUALQUER_OUTRO", "coisa"),
    ],
)
def test_anything_else_is_its_valor(nome: str, valor: str) -> None:
    assert filled(f"[@{nome}@]", **{nome: valor}) == f"[{valor}]"


@pytest.mark.parametrize(
    ("template", "valores", "shown"),
    [
        pytest.param("de #DOCUMENTOS#.", [], "de .", id="3.2 none"),
        pytest.param("de #DOCUMENTOS#.", ["1"], "de 1.", id="3.2 a"),
        pytest.param("de #DOCUMENTOS#.", ["1", "2"], "de 1 e 2.", id="3.2 a e b"),
        pytest.param("de #DOCUMENTOS#.", ["1", "2", "3"], "de 1, 2 e 3.", id="3.2 a, b e c"),
        pytest.param(
            "de #DOCUMENTOS#.",
            [("0000501", "501"), "2"],
            "de 0000501 (Parecer) e 2.",
            id="3.2 série",
        ),
    ],
)
def test_several_documentos_are_told_in_a_row(template: str, valores: Any, shown: str) -> None:
    assert filled(template, 84, DOCUMENTO=valores) == shown


def test_several_usuarios_are_told_without_a_name() -> None:
    text = filled("a #USUARIOS#.", 84, USUARIO=["ana¥Ana Lima", "rui¥Rui Sá"])
    assert "Ana" not in text
    assert "Rui" not in text
    assert "ana" not in text


@pytest.mark.parametrize("nome", ["ORGAO", "ORGAO_DESTINATARIO", "ORGAO_REMETENTE"])
def test_no_yen_is_ever_printed(nome: str) -> None:
    assert filled(f"para @{nome}@", 134, **{nome: "CIRC¥Consórcio do Ribeirão"}) == "para CIRC"


# Afterwards


@pytest.mark.parametrize(
    "nome",
    [
        "NIVEL_ACESSO",
        "GRAU_SIGILO",
        "TIPO_CONFERENCIA",
        "DATA_AUTUACAO",
        "HIPOTESE_LEGAL",
        "VISUALIZACAO",
        "VALIDADE",
        "MOTIVO",
        "USUARIO_EMULADOR",
        "QUALQUER_OUTRO",
    ],
)
def test_no_placeholder_without_an_attribute_is_left_over(nome: str) -> None:
    assert filled(f"Processo@{nome}@.") == "Processo."


def test_a_processo_publico_says_nothing_of_secrecy() -> None:
    assert words_of(filled(GERADO, 1, NIVEL_ACESSO=(None, "0"))) == "Processo público gerado"


def test_everything_that_an_abertura_may_say_is_in_order() -> None:
    assert filled(
        GERADO,
        1,
        NIVEL_ACESSO=(None, "2"),
        GRAU_SIGILO=(None, "S"),
        DATA_AUTUACAO="02/03/2026",
        HIPOTESE_LEGAL=(None, "4", "Informação Pessoal (Art. 31)"),
    ) == (
        "Processo sigiloso (secreto) gerado (autuado em 02/03/2026), Informação Pessoal (Art. 31)"
    )


BREAKS = [
    pytest.param("\r\n", id="3.1 CR LF"),
    pytest.param("\n", id="3.1 LF"),
    pytest.param("\\r\\n", id="CR LF spelled out, as in the CSV"),
    pytest.param("\\n", id="LF spelled out, as in the CSV"),
]


@pytest.mark.parametrize("end", BREAKS)
def test_a_template_of_two_lines_keeps_them_apart(end: str) -> None:
    assert filled(f"Sobrestamento.{end}@MOTIVO@", 20, MOTIVO="Falta a planta") == (
        "Sobrestamento.\nFalta a planta"
    )


@pytest.mark.parametrize("end", BREAKS)
@pytest.mark.parametrize("motivo", [None, "", "  "])
def test_the_line_of_an_empty_motivo_goes(end: str, motivo: str | None) -> None:
    assert filled(f"Sobrestamento.{end}@MOTIVO@", 20, MOTIVO=motivo) == "Sobrestamento."


def test_an_absent_motivo_takes_its_line_along_from_the_middle() -> None:
    template = f"{FEDERACAO}\n(cancelado em @DATA_HORA@)"
    assert filled(template, 135, ORGAO_DESTINATARIO="CIRC", ORGAO_REMETENTE="PMVA") == (
        "Processo enviado para CIRC por PMVA\n(cancelado em )"
    )


def test_an_access_that_lacks_everything_optional_is_one_line() -> None:
    text = filled(ACESSO, 50, DESTINATARIO_NOME="Ana Lima", DESTINATARIO_EMAIL="ana@ex.org")
    assert "\n" not in text
    assert "@" not in text
    assert "Ana" not in text


# What people type


@pytest.mark.parametrize(
    "typed",
    [
        "fale com @UNIDADE@ antes",
        "@MOTIVO@",
        "#DOCUMENTOS#",
        "{unidade} {DOCUMENTO} %s %(a)s {0}",
        r"\1 \g<0> \\ $1",
        "100% ¥ <b>negrito</b> &amp; {{ 7*7 }}",
    ],
)
def test_what_a_person_typed_into_a_value_is_not_filled(typed: str) -> None:
    text = filled("Motivo: @MOTIVO@ (@UNIDADE@)", MOTIVO=typed, UNIDADE="SEFAZ¥x", DOCUMENTO="1")
    assert text == f"Motivo: {typed} (SEFAZ)"


def test_a_person_s_own_paragraphs_are_kept_apart() -> None:
    assert filled("@DESCRICAO@", DESCRICAO="Primeiro.\r\nSegundo.") == "Primeiro.\nSegundo."


def test_of_several_attributes_with_one_name_the_first_counts() -> None:
    assert filled("de @DATA@", DATA=["01/03/2026", "02/03/2026"]) == "de 01/03/2026"


def test_a_value_of_4000_characters_is_told_whole() -> None:
    typed = "Vistoria feita. " * 249 + "Fim do texto!"
    assert filled("@DESCRICAO@", DESCRICAO=typed) == typed


@pytest.mark.parametrize("sentence", [None, "Nota: {DESCRICAO}"])
def test_a_free_text_is_masked_and_cleaned_in_both_of_its_places(sentence: str | None) -> None:
    typed = "\u202eAna\u202c\x07, CPF 123.456.789-09, ana@exemplo.com"
    words = NO_WORDS if sentence is None else Vocabulary({65: Words(sentence)}, {}, {})
    event = narrate(make_andamento("@DESCRICAO@", DESCRICAO=typed), {}, words)
    for text in (event.sentence, event.sei_text):
        assert "Ana, CPF ***.456.789-**, (e-mail omitido)" in text


@pytest.mark.parametrize("nome", [None, "", "   ", "@MOTIVO@", "\r\n"])
def test_an_andamento_without_any_text_still_says_something(nome: str | None) -> None:
    event = narrate(make_andamento(nome, None), {}, NO_WORDS)
    assert event.sentence == "Andamento sem descrição no SEI"
    assert event.sei_text == ""


# The refusal's reason is a machine's (tramita 13)


@pytest.mark.parametrize("motivo", ["/var/www/anexo de Ana.pdf: hash inválido", None])
def test_the_reason_of_a_refusal_is_never_shown_raw(motivo: str | None) -> None:
    andamento = make_andamento(
        "O processo foi recusado pelo orgão @UNIDADE_DESTINO@ pelo seguinte motivo: @MOTIVO@",
        1002,
        modulo="PEN_PROCESSO_RECUSADO",
        UNIDADE_DESTINO="TJMG",
        MOTIVO=motivo,
    )
    assert fill(andamento, {}) == (
        "O processo foi recusado pelo orgão TJMG pelo seguinte motivo: motivo técnico"
    )


def test_whoever_cancelled_a_tramite_is_not_named() -> None:
    andamento = make_andamento(
        "Trâmite externo do processo cancelado em @DATA_HORA@ pelo Usuário @USUARIO@",
        1003,
        modulo="PEN_PROCESSO_CANCELADO",
        DATA_HORA="20/03/2026 14:10:59",
        USUARIO="Beatriz Nogueira Lopes",
    )
    assert fill(andamento, {}).startswith(
        "Trâmite externo do processo cancelado em 20/03/2026 14:10 "
    )
    assert "Beatriz" not in fill(andamento, {})


# The sentence beside it


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Enviado {para_unidade}", "Enviado para a Secretaria Municipal de Obras e Urbanismo"),
        ("Aberto {na_unidade}", "Aberto na Secretaria Municipal de Obras e Urbanismo"),
        ("Saiu {da_unidade}", "Saiu da Secretaria Municipal de Obras e Urbanismo"),
        ("Em {unidade}", "Em Secretaria Municipal de Obras e Urbanismo"),
        ("Nível {NIVEL_ACESSO}", "Nível restrito"),
        ("Documento {DOCUMENTO} assinado", "Documento 0000501 (Parecer) assinado"),
    ],
)
def test_a_sentence_names_the_unit_and_the_attributes(sentence: str, said: str) -> None:
    andamento = make_andamento(
        "Texto do SEI", 32, NIVEL_ACESSO=(None, "1"), DOCUMENTO=("0000501", "501")
    )
    event = narrate(andamento, REFERENCED, Vocabulary({32: Words(sentence, "movimento")}, {}, {}))
    assert event.sentence == said
    assert event.sei_text == "Texto do SEI"
    assert event.kind == "movimento"


@pytest.mark.parametrize("valor", [None, "", "   ", "\u200b"])
def test_a_sentence_that_lacks_an_attribute_gives_way_to_sei_s_text(valor: str | None) -> None:
    words = Vocabulary({101: Words("O processo {PROCESSO} foi juntado")}, {}, {})
    for atributos in ({"PROCESSO": valor}, {}):
        event = narrate(make_andamento("Processo @PROCESSO@ anexado", 101, **atributos), {}, words)
        assert words_of(event.sentence) == "Processo anexado"
        assert event.sentence == event.sei_text


def test_braces_typed_by_a_person_are_not_filled_in_a_sentence() -> None:
    words = Vocabulary({65: Words("{DESCRICAO} {na_unidade}")}, {}, {})
    event = narrate(make_andamento("@DESCRICAO@", DESCRICAO="{unidade} {0}"), {}, words)
    assert event.sentence == "{unidade} {0} na Secretaria Municipal de Obras e Urbanismo"


def test_an_unknown_tarefa_is_told_by_sei_and_counts_as_a_main_step() -> None:
    event = narrate(make_andamento("Algo novo em @DATA@", 777, DATA="hoje"), {}, NO_WORDS)
    assert (event.sentence, event.kind, event.main) == ("Algo novo em hoje", "outro", True)


def test_a_module_s_tarefa_is_told_by_its_name_and_never_by_its_number() -> None:
    words = Vocabulary({1001: Words("Errado")}, {"PEN_X": Words("Certo")}, {})
    assert narrate(make_andamento("t", 1001, modulo="PEN_X"), {}, words).sentence == "Certo"
    assert narrate(make_andamento("t", 1001, modulo="MD_OUTRO"), {}, words).sentence == "t"


@pytest.mark.parametrize(("orgao", "said"), [("TJMG", "Com TJMG"), ("", "Com outro órgão")])
def test_a_tramite_is_told_by_its_state_and_the_other_body(orgao: str, said: str) -> None:
    words = Vocabulary({}, {}, {EstadoTramite.RECEBIDO_LA: "Com {orgao}"})
    tramite = Tramite(EstadoTramite.RECEBIDO_LA, orgao, None, NOW)
    event = narrate_tramite(make_andamento("Texto do SEI", 1001), tramite, {}, words)
    assert (event.sentence, event.sei_text) == (said, "Texto do SEI")
    assert (event.kind, event.main, event.tramite) == ("externo", True, tramite)
