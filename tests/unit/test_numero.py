"""Numbers as people type them: read, printed, checked and completed."""

import csv
import re
from itertools import combinations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from portal.numero import (
    Check,
    Family,
    Mascara,
    NumeroProtocolo,
    Reading,
    from_chave,
    read,
)
from portal.numero.mascara import FAMILIES, dv_mod11, dv_mod97
from portal.numero.protocolo import normalise
from tests.shared import need_shared

SEI_MG = "1500.01.0250326/2023-04"
NUP = "02019.003483/2018-68"
NIPE = "17.137001.000001/2026-21"
NUP_21 = "0000123.00004567/2016-22"
GDF = "00060-00511305/2018-66"
RONDONIA = "0046.072494/2018-35"
PRINTED = {
    Family.SEI_MG: SEI_MG,
    Family.NUP_FEDERAL: NUP,
    Family.NIPE: NIPE,
    Family.NUP_21: NUP_21,
    Family.GDF: GDF,
    Family.RONDONIA: RONDONIA,
}

RIO = Mascara.parse("SEI-@cod_unidade_sei_06d@/@seq_anual_cod_unidade_sei_06d@/@ano_4d@")
PMJ = Mascara.parse("PMJ.@seq_anual_cod_orgao_sei_07d@/@ano_4d@")
MOD_11 = "@dv_mod11_executivo_federal_2d@"
MOD_97 = "@dv_mod97_base10_executivo_federal_2d@"


def digits(text: str) -> str:
    return "".join(c for c in text if c.isdecimal())


def chaves(reading: Reading) -> list[str]:
    return [numero.chave for numero in reading.candidates]


def formatados(reading: Reading) -> list[str]:
    return [numero.formatado for numero in reading.candidates]


# Check digits


@pytest.mark.parametrize(("body", "dv"), [("020190034832018", "68"), ("171370010000012026", "21")])
def test_mod_11_gives_the_digits_of_the_published_examples(body, dv):
    assert dv_mod11(body) == dv


@pytest.mark.parametrize(("body", "dv"), [("15000102503262023", "04"), ("13700100492452021", "40")])
def test_mod_97_gives_the_digits_of_the_published_examples(body, dv):
    assert dv_mod97(body) == dv


def test_mod_97_holds_when_the_whole_number_leaves_one():
    assert int(digits(SEI_MG)) % 97 == 1
    assert int(digits("1370.01.0049245/2021-40")) % 97 == 1


bodies = st.text("0123456789", min_size=14, max_size=19)


@st.composite
def altered(draw, rule):
    """A whole number and the same with one digit changed, check digits included."""
    body = draw(bodies)
    whole = body + rule(body)
    place = draw(st.integers(0, len(whole) - 1))
    other = draw(st.sampled_from([c for c in "0123456789" if c != whole[place]]))
    return whole, whole[:place] + other + whole[place + 1 :]


@given(altered(dv_mod97))
def test_mod_97_notices_every_altered_digit(pair):
    _, wrong = pair
    assert dv_mod97(wrong[:-2]) != wrong[-2:]


@given(bodies, st.data())
def test_mod_97_notices_every_two_digits_that_change_places(body, data):
    whole = body + dv_mod97(body)
    one, other = data.draw(st.sampled_from(list(combinations(range(len(whole)), 2))))
    assume(whole[one] != whole[other])
    swapped = list(whole)
    swapped[one], swapped[other] = swapped[other], swapped[one]
    wrong = "".join(swapped)
    assert dv_mod97(wrong[:-2]) != wrong[-2:]


@given(altered(dv_mod11))
def test_mod_11_notices_every_altered_digit_unless_a_check_digit_is_one(pair):
    """Remainders 0 and 10 both give 1, so a 1 may hide a change; any other check digits do not."""
    whole, wrong = pair
    assume("1" not in whole[-2:])
    assert dv_mod11(wrong[:-2]) != wrong[-2:]


@given(bodies, st.data())
def test_mod_11_notices_neighbours_that_change_places_unless_both_check_digits_are_one(body, data):
    whole = body + dv_mod11(body)
    place = data.draw(st.integers(0, len(body) - 2))
    assume(body[place] != body[place + 1] and whole[-2:] != "11")
    wrong = body[:place] + body[place + 1] + body[place] + body[place + 2 :]
    assert dv_mod11(wrong) != whole[-2:]


def test_mod_11_does_let_some_altered_digits_pass():
    """The published rule's own limit: here remainder 0 became 10 and the other stayed."""
    pairs = (
        (f"{body:015d}", f"{body:015d}"[:6] + str(int(f"{body:015d}"[6]) + 1) + f"{body:015d}"[7:])
        for body in range(20_190_034_832_018, 20_190_034_833_018)
    )
    assert any(dv_mod11(body) == dv_mod11(wrong) for body, wrong in pairs)


def test_mod_97_is_only_between_02_and_98():
    assert {dv_mod97(str(body)) for body in range(97)} == {f"{n:02d}" for n in range(2, 99)}


# The families


@pytest.mark.parametrize(("family", "printed"), PRINTED.items())
def test_a_number_of_each_family_is_recognised_printed_and_checked(family, printed):
    numero = NumeroProtocolo(digits(printed))
    assert numero.family is family
    assert numero.formatado == printed
    assert numero.check == Check(True, numero)


@pytest.mark.parametrize(
    "printed",
    [
        "00060-00095918/2017-61",
        "00080-00104765/2019-48",
        "00001-00045375/2024-56",
        "0043.002757/2019-50",
        "1370.01.0049245/2021-40",
        "95190.000001/2021-11",
    ],
)
def test_other_published_numbers_hold_too(printed):
    assert NumeroProtocolo(digits(printed)).check.holds


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("1370.01.0049245/2021-51", "1370.01.0049245/2021-40"),
        ("1500.01.0012345/2021-67", "1500.01.0012345/2021-23"),
        ("23112.102303/2019-38", "23112.102303/2019-12"),
        ("17.137001.000001/2026-12", "17.137001.000001/2026-21"),
    ],
)
def test_a_wrong_check_digit_comes_with_the_right_one(typed, right):
    check = NumeroProtocolo(digits(typed)).check
    assert not check.holds
    assert check.right.formatado == right
    assert check.right.check.holds


def test_nineteen_digits_are_of_the_family_whose_check_digits_hold():
    assert NumeroProtocolo(digits(SEI_MG)).family is Family.SEI_MG
    assert NumeroProtocolo(digits(GDF)).family is Family.GDF


def test_nineteen_digits_that_hold_nowhere_are_taken_for_minas_gerais():
    assert NumeroProtocolo(digits(SEI_MG)[:-1] + "5").family is Family.SEI_MG


@pytest.mark.parametrize("chave", ["0001234", "PMJ00198772026", "1", "A1"])
def test_a_number_of_no_family_is_printed_as_its_letters_and_digits(chave):
    numero = NumeroProtocolo(chave)
    assert (numero.formatado, numero.family, numero.check) == (chave, None, None)


def test_a_year_nobody_has_lived_in_is_no_number_of_a_family():
    assert NumeroProtocolo("02019003483721868").family is None


def test_two_numbers_are_the_same_however_they_were_recognised():
    chave = "PMJ00198772026"
    assert NumeroProtocolo(chave, PMJ) == NumeroProtocolo(chave)
    assert len({NumeroProtocolo(chave, PMJ), NumeroProtocolo(chave)}) == 1
    assert repr(NumeroProtocolo(chave, PMJ)) == f"NumeroProtocolo(chave={chave!r})"


@pytest.mark.parametrize("chave", ["", "1-2", "abc1", "1 ", "é1", "1" * 51, "１", "1\n"])
def test_what_is_not_capitals_and_digits_is_not_a_number(chave):
    with pytest.raises(ValueError, match="not a number"):
        NumeroProtocolo(chave)


# The published numbers


@pytest.fixture(scope="module")
def published() -> list[dict[str, str]]:
    """Real, illustrative and altered numbers, where the team's shared files are at hand."""
    with need_shared("protocol-numbers.csv").open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


KINDS = {
    "sei-mg": Family.SEI_MG,
    "nup-federal": Family.NUP_FEDERAL,
    "nipe": Family.NIPE,
}


def test_every_published_number_is_read_as_what_it_is(published):
    assert published
    for row in published:
        reading = read(row["number"])
        numero = reading.candidates[0]
        assert numero.chave == digits(row["number"])
        assert numero.family is KINDS[row["kind"]], row
        assert numero.formatado == row["number"]
        assert numero.check.holds is (row["valid"] == "true"), row


def test_every_invalid_published_number_is_searched_and_its_digits_suggested(published):
    for row in published:
        reading = read(row["number"])
        assert (reading.suggestion is not None) is (row["valid"] == "false"), row
        if reading.suggestion is not None:
            assert reading.suggestion not in reading.candidates
            assert reading.suggestion.formatado[:-2] == row["number"][:-2]


def test_every_valid_published_number_is_found_without_its_check_digits(published):
    for row in published:
        if row["valid"] == "true":
            assert read(row["number"][:-3]).completion.formatado == row["number"]


# Masks


SEED = (
    "@cod_orgao_sei_03d@@cod_unidade_sei_02d@.@seq_anual_cod_unidade_sei_06d@/@ano_4d@"
    "-@dv_mod11_executivo_federal_2d@"
)


@pytest.mark.parametrize(
    ("mask", "printed"),
    [
        (SEED, "99990.000123/2024-88"),
        (
            "17.@cod_orgao_sei_03d@@cod_unidade_sei_03d@.@seq_anual_cod_unidade_sei_06d@"
            "/@ano_4d@-@dv_mod11_executivo_federal_2d@",
            NIPE,
        ),
        (
            "@ano_2d@.@cod_orgao_sip@.@seq_anual_cod_orgao_sip_09d@-@dv_mod11_1d@",
            "12.1.000000077-4",
        ),
        (
            "@ano_2d@.@cod_orgao_sip@.@seq_anual_cod_orgao_sip_09d@-@dv_mod11_1d@",
            "12.345.000000077-4",
        ),
        (
            "@seq_anual_cod_orgao_sip_07d@-@dv_mod97_base10_cnj_2d@.@ano_4d@.4.04.8000",
            "0001234-56.2024.4.04.8000",
        ),
        (
            "SEI-@cod_unidade_sei_06d@/@seq_anual_cod_unidade_sei_06d@/@ano_4d@",
            "SEI-070002/013015/2024",
        ),
        ("PMJ.@seq_anual_cod_orgao_sei_07d@/@ano_4d@", "PMJ.0019877/2026"),
        ("@seq_anual_cod_unidade_sip_010d@", "0000000001"),
        ("@seq_anual_cod_orgao_sei_05d@/@ano_2d@ - Câmara", "00012/26 - Câmara"),
    ],
)
def test_a_mask_prints_a_number_from_its_letters_and_digits(mask, printed):
    mascara = Mascara.parse(f" {mask}\n")
    numero = from_chave(printed, [mascara])
    assert numero.formatado == printed
    assert numero.family in (Family.MASCARA, Family.NIPE)
    assert mascara.recognises(numero.chave)
    assert read(printed, [mascara]).candidates[0].formatado == printed


@pytest.mark.parametrize(
    ("mask", "reason"),
    [
        ("", "falta a sequência"),
        ("00000.000000/0000-00", "falta a sequência"),
        ("@ano_4d@-@dv_mod11_1d@", "falta a sequência"),
        ("@seq_anual_cod_orgao_sei_06d@/@ano_4d", '"@ano_4d" não foi fechado'),
        ("@seq_anual_cod_orgao_sei_06d@@", '"@" não foi fechado'),
        ("@seq_anual_cod_orgao_sei_06d@/@@", "@@ não é uma variável"),
        ("@seq_anual_cod_orgao_sei_06d@/@ano@", "@ano@ não é uma variável"),
        ("@SEQ_ANUAL_COD_ORGAO_SEI_06D@", "@SEQ_ANUAL_COD_ORGAO_SEI_06D@ não é uma"),
        ("@cod_orgao_sei_3@", "@cod_orgao_sei_3@ não é uma variável"),
        ("@dv_mod10_1d@", "@dv_mod10_1d@ não é uma variável"),
        ("@seq_anual_cod_orgao_sei@", "@seq_anual_cod_orgao_sei@: falta a largura"),
        ("@seq_anual_cod_orgao_sei_00d@", "@seq_anual_cod_orgao_sei_00d@: a largura vai"),
        ("@seq_anual_cod_orgao_sei_99d@", "@seq_anual_cod_orgao_sei_99d@: a largura vai"),
        (
            "@seq_anual_cod_orgao_sei_06d@@dv_mod11_1d@@dv_mod97_base10_cnmp_2d@",
            "@dv_mod11_1d@ e @dv_mod97_base10_cnmp_2d@: só um dígito verificador",
        ),
        (
            "@cod_orgao_sip@@cod_unidade_sip@@seq_anual_cod_orgao_sei_06d@",
            "@cod_orgao_sip@ e @cod_unidade_sip@: só uma variável",
        ),
        ("X" * 45 + "@seq_anual_cod_orgao_sei_06d@", "teria 51 caracteres"),
        ("X" * 251, "tem 251 caracteres"),
    ],
)
def test_a_bad_mask_is_refused_with_a_reason_that_names_the_variable(mask, reason):
    with pytest.raises(ValueError, match=re.escape(reason)):
        Mascara.parse(mask)


@pytest.mark.parametrize(
    ("ending", "dv"),
    [
        (MOD_11, dv_mod11("0001232024")),
        (MOD_97, dv_mod97("0001232024")),
        ("@dv_mod11_1d@", None),
        ("@dv_mod97_base10_cnj_2d@", None),
        ("@dv_mod97_base10_cnmp_2d@", None),
        ("", None),
    ],
)
def test_a_mask_says_nothing_of_check_digits_whose_rule_is_not_known(ending, dv):
    mascara = Mascara.parse(f"@seq_anual_cod_orgao_sei_06d@/@ano_4d@-{ending}")
    typed = "0001232024" + "0" * (mascara.lengths[0] - 10)
    assert mascara.recognises(typed)
    assert mascara.correct(typed) == (dv and "0001232024" + dv)


@pytest.mark.parametrize(
    "mask",
    [
        f"PMJ-@seq_anual_cod_orgao_sei_06d@/@ano_4d@-{MOD_11}",
        f"@seq_anual_cod_orgao_sei_06d@-{MOD_11}/@ano_4d@",
    ],
)
def test_a_mask_says_nothing_of_check_digits_after_letters_or_before_the_end(mask):
    mascara = Mascara.parse(mask)
    chave = "PMJ" * mask.startswith("PMJ") + "000123202400"
    assert mascara.fits(chave)
    assert mascara.correct(chave) is None


def test_a_mask_refuses_to_print_what_does_not_fit():
    with pytest.raises(ValueError, match="não cabe"):
        PMJ.format("00198772026")
    with pytest.raises(ValueError, match="não cabe"):
        PMJ.correct("00198772026")


def test_the_tenants_mask_comes_before_a_family_of_the_same_width():
    mascara = Mascara.parse(
        "@cod_unidade_sei_06d@-@seq_anual_cod_unidade_sei_07d@/@ano_4d@-@dv_mod97_base10_cnmp_2d@"
    )
    assert from_chave("1500010250326202305", [mascara]).formatado == "150001-0250326/2023-05"
    assert from_chave("1500010250326202305").formatado == "1500.01.0250326/2023-05"


def test_masks_are_equal_by_their_text():
    assert Mascara.parse(SEED) == Mascara.parse(SEED)
    assert len({Mascara.parse(SEED), Mascara.parse(SEED), PMJ}) == 2


# Addresses


@pytest.mark.parametrize(
    ("text", "chave"),
    [
        (SEI_MG, "1500010250326202304"),
        ("sei-070002/013015/2024", "SEI0700020130152024"),
        ("PMJ.0019877/2026", "PMJ00198772026"),
        ("１５００．０１", "150001"),
        ("\u202e12\u200b34\ufeff", "1234"),
        ("٠١٢٣", "0123"),
        ("nº 12", "N12"),
        ("ação-7", "AO7"),
        ("1" * 50, "1" * 50),
    ],
)
def test_an_address_names_a_number_however_it_is_spelt(text, chave):
    assert from_chave(text).chave == chave


@pytest.mark.parametrize("text", ["", "abc", "çã", "--", "1" * 51, "x1" * 26, "1-" * 400])
def test_an_address_without_digits_or_too_long_names_none(text):
    assert from_chave(text) is None


@given(st.text(max_size=5000))
def test_any_address_is_a_number_or_none(text):
    numero = from_chave(text)
    assert numero is None or from_chave(numero.chave) == numero


# What people type


@pytest.mark.parametrize(
    "typed",
    [
        SEI_MG,
        "1500010250326202304",
        "15000102503262023 04",
        "1500 01 0250326 2023 04",
        "1500.01.0250326/2023 - 04",
        "1500–01—0250326−2023‑04",
        "1500．01．0250326／2023－04",
        "１５００.０１.０２５０３２６/２０２３-０４",
        "𝟏𝟓𝟎𝟎.𝟎𝟏.𝟎𝟐𝟓𝟎𝟑𝟐𝟔/𝟐𝟎𝟐𝟑-𝟎𝟒",
        "\u202a1500.01.0250326/2023-04\u202c",
        "15\u200b00.0\u20601.025\u00ad0326/2023-04\ufeff",
        "  1500.01.0250326/2023-04\t\r\n",
        "Processo nº 1500.01.0250326/2023-04",
        "PROCESSO N° 1500.01.0250326/2023-04.",
        "Nº1500.01.0250326/2023-04",
        "№ 1500.01.0250326/2023-04",
        "n.º: 1500.01.0250326/2023-04",
        "SEI nº 1500.01.0250326/2023-04",
        "SEI!MG 1500.01.0250326/2023-04",
        "sei:1500.01.0250326/2023-04",
        "protocolo1500.01.0250326/2023-04",
        "(1500.01.0250326/2023-04)",
        "Olá! Queria saber do processo 1500.01.0250326/2023-04, de 12/03/2024. Meu telefone é "
        "(31) 99999-8888 e meu CPF 123.456.789-09.",
        "Despacho 12 (1234567)         SEI 1500.01.0250326/2023-04 / pg. 1",
        "https://protocolo.cidade.mg.gov.br/processos/1500010250326202304?ordem=antigas",
        "1500.01.0250326/2023-04/2",
        "12/03/2024 1500.01.0250326/2023-04",
    ],
)
def test_a_number_is_read_however_it_is_typed(typed):
    reading = read(typed)
    assert reading.candidates[0].formatado == SEI_MG
    assert reading.suggestion is None
    assert reading.completion is None


@pytest.mark.parametrize("printed", PRINTED.values())
def test_what_was_typed_comes_first(printed):
    assert read(printed).candidates[0].formatado == printed
    assert read(digits(printed)).candidates[0].formatado == printed


def test_two_numbers_are_read_in_the_order_of_the_text():
    assert formatados(read(f"{SEI_MG} e {NUP}")) == [SEI_MG, NUP]
    assert formatados(read(f"{NUP} e {SEI_MG}")) == [NUP, SEI_MG]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("SEI-070002/013015/2024", ["SEI0700020130152024", "0700020130152024"]),
        ("sei070002/013015/2024", ["SEI0700020130152024", "0700020130152024"]),
        ("processo SEI-070002/013015/2024", ["SEI0700020130152024", "0700020130152024"]),
        ("PMJ.0019877/2026", ["PMJ00198772026", "00198772026"]),
        ("pmj 0019877/2026", ["PMJ00198772026", "00198772026"]),
        ("Processo nº PMJ 0019877/2026", ["PMJ00198772026", "00198772026"]),
        ("o processo PMJ 0019877/2026 sumiu", ["00198772026", "PMJ00198772026"]),
        ("0019877/2026-A", ["00198772026A", "00198772026"]),
        ("2026.PMJ.0019877", ["2026PMJ0019877"]),
    ],
)
def test_letters_of_a_number_count_and_in_doubt_it_is_read_both_ways(typed, expected):
    assert [c for c in chaves(read(typed)) if c in expected] == expected
    assert chaves(read(typed))[0] == expected[0]


def test_sei_before_a_space_is_a_label_or_letters():
    found = chaves(read("SEI 070002/013015/2024"))
    assert found[0] == "0700020130152024"
    assert "SEI0700020130152024" in found


@pytest.mark.parametrize("typed", ["SEI nº 070002/013015/2024", "nº 070002/013015/2024"])
def test_labels_are_not_letters_of_a_number(typed):
    assert not [chave for chave in chaves(read(typed)) if not chave.isdecimal()]


@pytest.mark.parametrize(
    "typed",
    [
        "SEI-070002/013015/2024",
        "SEI 070002/013015/2024",
        "SEI nº 070002/013015/2024",
        "070002/013015/2024",
        "70002/13015/2024",
        "0700020130152024",
        "o processo sei 070002 013015 2024",
    ],
)
def test_the_tenants_mask_puts_back_letters_that_were_left_out(typed):
    numero = NumeroProtocolo("SEI0700020130152024")
    reading = read(typed, [RIO])
    assert numero in reading.candidates
    found = next(c for c in reading.candidates if c == numero)
    assert found.formatado == "SEI-070002/013015/2024"
    assert reading.completion in (None, numero)
    assert reading.candidates[0] == numero or reading.completion == numero


def test_labels_before_a_sentences_number_tell_it_from_the_others():
    assert chaves(read("Meu telefone é 31 99999-8888, processo 123/2024"))[0] == "1232024"


# What is missing


@pytest.mark.parametrize(("family", "printed"), PRINTED.items())
def test_missing_check_digits_are_completed_and_offered(family, printed):
    reading = read(f"processo {printed[:-3]}")
    assert chaves(reading)[0] == digits(printed)[:-2]
    assert reading.completion.formatado == printed
    assert reading.completion.family is family
    assert reading.completion in reading.candidates


@pytest.mark.parametrize(
    ("typed", "whole"),
    [
        ("2019.003483/2018-68", NUP),
        ("2019003483201868", NUP),
        ("2019.003483/2018", NUP),
        ("20190034832018", NUP),
        ("190.101896/2025-10", "00190.101896/2025-10"),
        ("190101896202510", "00190.101896/2025-10"),
        ("60-511305/2018-66", GDF),
        ("46.72494/2018-35", RONDONIA),
        ("1500.01.250326/2023-04", SEI_MG),
        ("1500.1.250326/2023-4", SEI_MG),
        ("53500.124/2024-04", "53500.000124/2024-04"),
        ("123.4567/2016-22", NUP_21),
    ],
)
def test_missing_zeros_are_put_back(typed, whole):
    reading = read(typed)
    assert chaves(reading)[0] == digits(typed)
    assert whole in formatados(reading)


def test_missing_zeros_are_put_back_even_when_the_check_digits_are_wrong():
    assert "02019.003483/2018-86" in formatados(read("2019.003483/2018-86"))


@pytest.mark.parametrize("typed", ["19877/2026", "PMJ 19877/2026", "pmj.19877/2026"])
def test_the_tenants_own_groups_say_where_its_zeros_go(typed):
    assert "PMJ.0019877/2026" in formatados(read(typed, [PMJ]))


def test_a_date_is_not_a_number_that_lacks_zeros():
    assert formatados(read("12/03/2024")) == ["12032024"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("1234567", ["1234567"]),
        ("0001234", ["0001234"]),
        ("1234", ["1234", "0001234"]),
        ("123456789", ["123456789"]),
        ("documento 1234", ["1234", "0001234"]),
        ("SEI 1234", ["1234", "0001234", "SEI1234"]),
        ("SEI nº 0012345", ["0012345"]),
        ("Doc. nº 0.012.345", ["0012345"]),
    ],
)
def test_the_number_of_a_document_is_read_without_its_zeros_too(typed, expected):
    assert chaves(read(typed)) == expected


# What is wrong


@pytest.mark.parametrize("printed", PRINTED.values())
@pytest.mark.parametrize("template", ["{}", "Processo nº {}", "o processo {} de 12/03/2024"])
def test_wrong_check_digits_are_searched_and_the_right_ones_suggested(printed, template):
    wrong = printed[:-1] + str((int(printed[-1]) + 1) % 10)
    reading = read(template.format(wrong))
    assert reading.candidates[0].formatado == wrong
    assert reading.suggestion.formatado == printed
    assert reading.suggestion not in reading.candidates


def test_a_wrong_digit_of_the_year_is_noticed_in_a_number_typed_as_printed():
    assert read("1500.01.0250326/3023-04").suggestion is not None


def test_a_wrong_digit_typed_without_punctuation_is_noticed():
    assert read("1500010250327202304").suggestion.formatado[:-2] == "1500.01.0250327/2023-"


@pytest.mark.parametrize("typed", [SEI_MG, "1234567", "PMJ.0019877/2026", SEI_MG[:-3], ""])
def test_nothing_is_suggested_when_no_check_digits_are_wrong(typed):
    assert read(typed).suggestion is None


def test_a_number_of_the_courts_is_not_taken_for_one_of_a_family():
    reading = read("0001234-56.2024.8.13.0024")
    assert formatados(reading) == ["00012345620248130024"]
    assert reading.suggestion is None


# What cannot be read


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "onde está meu processo?",
        "çãé",
        "\u200b\u202e",
        "\ud800",
        "1" * 51,
        "1" * 500,
        "Em 2024 pedi uma certidão na rua 7, número 45, e até hoje nada. " * 5,
    ],
)
def test_a_hopeless_text_gives_nothing(text):
    assert read(text) == Reading()


def test_a_number_is_found_in_prose_that_is_long():
    assert formatados(read("Bom dia. " * 30 + SEI_MG + " Obrigado. " * 15)) == [SEI_MG]


def test_what_comes_after_the_first_five_hundred_characters_is_not_read():
    assert read(" " * 500 + SEI_MG) == Reading()
    assert read(SEI_MG + " " * 480 + NUP) == read(SEI_MG)


@pytest.mark.parametrize(
    "unit", ["1 ", "1.", "1a", "a1-", "2024 ", "20/", "@1@", "1½", "ﷺ", "1500.01.0250326/2023-05 "]
)
def test_a_text_made_to_be_slow_is_read_all_the_same(unit):
    """The suite's timeout is the measure; five thousand of the worst are ten times the limit."""
    text = unit * 5000
    assert read(text, [RIO, PMJ]) == read(text[:500], [RIO, PMJ])


# Properties


MASKS = (*FAMILIES, RIO, PMJ, Mascara.parse(SEED))


@st.composite
def numbers(draw, masks=MASKS):
    """A number some mask prints, of a believable year, with the check digits it should have."""
    mask = draw(st.sampled_from(masks))
    printed = re.sub(
        r"@([a-z_0-9]+?)(?:_0?(\d+)d)?@",
        lambda variable: (
            str(draw(st.integers(1988, 2039)))
            if variable[1] == "ano"
            else draw(st.text("0123456789", min_size=int(variable[2]), max_size=int(variable[2])))
        ),
        mask.text,
    )
    chave = from_chave(printed).chave
    return NumeroProtocolo(mask.correct(chave) or chave, mask)


@given(numbers())
def test_a_printed_number_is_read_back(numero):
    for mascaras in ([], [RIO, PMJ]):
        assert read(numero.formatado, mascaras).candidates[0] == numero
    assert from_chave(numero.formatado) == numero
    assert from_chave(numero.chave) == numero


@given(numbers())
def test_a_number_that_holds_is_printed_as_its_mask_says(numero):
    found = read(numero.formatado, [RIO, PMJ, Mascara.parse(SEED)]).candidates[0]
    assert found.formatado == numero.formatado


SCRIPTS = ("0123456789", "０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩", "०१२३४५६७८९", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗")
SIGNS = st.sampled_from(
    (*("",) * 8, *"./-_,·\\‐‑–—−－ \u00a0\u200b\u202e\u00ad", " - ", " / ", ". ")
)
BEFORE = st.sampled_from(
    (
        *("", "(", "\u202b", "nº", "Nº ", "№ ", "SEI ", "SEI nº ", "NUP: ", "Proc. "),
        *("Processo ", "processo nº ", "PROTOCOLO: ", "o número é ", "Olá, é o "),
    )
)
AFTER = st.sampled_from(["", ".", ")", "?", " por favor", "\n", ", obrigada", "\u202c", "!"])


@st.composite
def decorated(draw, missing=(False, True)):
    """A family's number, and a way somebody may type it."""
    numero = draw(numbers(FAMILIES))
    typed = numero.chave
    if draw(st.sampled_from(missing)):
        typed = typed[:-2]
    if draw(st.sampled_from(missing)) and typed[0] == "0":
        typed = typed[1:]
    script = draw(st.sampled_from(SCRIPTS))
    signs = draw(st.lists(SIGNS, min_size=len(typed) - 1, max_size=len(typed) - 1))
    spelt = script[int(typed[0])]
    for sign, digit in zip(signs, typed[1:], strict=True):
        spelt += sign + script[int(digit)]
    return numero, typed, draw(BEFORE) + spelt + draw(AFTER)


@given(decorated())
def test_a_number_is_among_the_candidates_however_it_is_decorated(case):
    numero, typed, text = case
    reading = read(text)
    assert numero in reading.candidates
    assert reading.candidates[0].chave in typed


@given(decorated(missing=(False,)), st.data())
def test_an_altered_digit_never_stops_the_search(case, data):
    numero, _, _ = case
    place = data.draw(st.integers(0, len(numero.chave) - 1))
    wrong = list(numero.chave)
    wrong[place] = str((int(wrong[place]) + data.draw(st.integers(1, 9))) % 10)
    typed = "".join(wrong)
    assert read(typed).candidates[0].chave == typed
    assert read(numero.mascara.format(typed)).candidates[0].chave == typed


@given(numbers([mask for mask in FAMILIES if "mod97" in mask.text]), st.data())
def test_every_altered_digit_of_a_number_with_mod_97_gets_a_suggestion(numero, data):
    place = data.draw(st.integers(0, len(numero.chave) - 1))
    digit = data.draw(st.sampled_from([c for c in "0123456789" if c != numero.chave[place]]))
    wrong = numero.chave[:place] + digit + numero.chave[place + 1 :]
    reading = read(numero.mascara.format(wrong))
    assert reading.candidates[0].chave == wrong
    assert reading.suggestion is not None
    assert reading.suggestion.check.holds
    assert reading.suggestion.chave[:-2] == wrong[:-2]


PIECES = st.one_of(
    st.text(max_size=20),
    st.sampled_from(["SEI", "nº", "Processo", "PMJ", "/", "-", ".", " ", "2024", "07", "@", "ª"]),
    st.integers(0, 10**22).map(str),
)
TEXTS = st.one_of(st.text(max_size=5000), st.lists(PIECES, max_size=60).map("".join))


@given(TEXTS, st.sampled_from([(), (RIO,), (PMJ, RIO), (Mascara.parse(SEED),)]))
def test_any_text_is_read_to_at_most_eight_numbers_without_repeats(text, mascaras):
    reading = read(text, mascaras)
    found = chaves(reading)
    assert len(found) <= 8
    assert len(set(found)) == len(found)
    assert all(re.fullmatch("[0-9A-Z]{1,50}", chave) for chave in found)
    assert all(any(c.isdecimal() for c in chave) for chave in found)
    assert reading.completion is None or reading.completion in reading.candidates
    assert reading.suggestion is None or reading.candidates
    assert reading == read(text, mascaras)
    for numero in reading.candidates:
        assert from_chave(numero.formatado) == numero


@given(decorated(), TEXTS)
def test_the_first_candidate_is_spelt_in_the_text(case, text):
    for spelling in (text, case[2], case[2] + text):
        for numero in read(spelling, (PMJ, RIO)).candidates[:1]:
            left = iter(c for c in normalise(spelling[:500]).upper() if c.isalnum())
            assert all(character in left for character in numero.chave)
