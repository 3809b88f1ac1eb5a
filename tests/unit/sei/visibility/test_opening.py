"""When a listed document opens (4.3)."""

from datetime import date, datetime
from typing import Any

import pytest

from portal.sei import visibility
from portal.sei.values import EstadoProtocolo, Opening, StaDocumento
from tests.unit.sei.conftest import A_DAY, Scene
from tests.unit.sei.makers import make_facts, make_procedimento, make_rules
from tests.unit.sei.visibility.scenes import OPEN, PUBLICO, RESTRITO, SIGILOSO

RESTRITO_LOCAL = make_procedimento(nivel_acesso_local=RESTRITO, nivel_acesso_global=RESTRITO)
RESTRITO_GLOBAL = make_procedimento(nivel_acesso_global=RESTRITO)
IN_RESTRITO = make_facts(nivel_acesso_global=RESTRITO)
EMAIL, OUVIDORIA = 30, 86
SERIES = frozenset({EMAIL, OUVIDORIA})


def automatic_facts(id_serie: int) -> visibility.DocumentFacts:
    return make_facts(sta_documento=StaDocumento.AUTOMATICO, id_serie=id_serie)


def on(day: date) -> visibility.DocumentFacts:
    return make_facts(included_on=day)


CUT = date(2026, 3, 1)
SINCE = make_rules(data_corte=CUT)

OPENS = [
    pytest.param(make_facts(), {}, {}, Opening.OPENS, id="4.3 nothing against it"),
    pytest.param(
        IN_RESTRITO,
        {"processo": RESTRITO_GLOBAL},
        {"rules": OPEN},
        Opening.OPENS,
        id="4.3 local 0 in a local 0 whose global is 1, listed",
    ),
    pytest.param(automatic_facts(169), {}, {}, Opening.OPENS, id="4.2 A of another série"),
    pytest.param(
        make_facts(id_serie=EMAIL), {}, {}, Opening.OPENS, id="11(18) the série alone is not enough"
    ),
    pytest.param(on(CUT), {}, {"rules": SINCE}, Opening.OPENS, id="4.3 DATA_CORTE: on the day"),
    pytest.param(on(CUT + A_DAY), {}, {"rules": SINCE}, Opening.OPENS, id="4.3 DATA_CORTE: after"),
    *(
        pytest.param(
            make_facts(),
            {"processo": make_procedimento(estado=e)},
            {},
            Opening.OPENS,
            id=f"11(11) state is not secrecy: {e.name.lower()}",
        )
        for e in EstadoProtocolo
    ),
    pytest.param(
        make_facts(),
        {"processo": make_procedimento(eliminado=True)},
        {},
        Opening.ELIMINADO,
        id="4.1 eliminado",
    ),
    pytest.param(
        make_facts(nivel_acesso_local=RESTRITO, nivel_acesso_global=RESTRITO),
        {"processo": RESTRITO_GLOBAL},
        {"rules": OPEN},
        Opening.RESTRITO,
        id="4.3 local 1",
    ),
    pytest.param(
        make_facts(nivel_acesso_local=SIGILOSO, nivel_acesso_global=SIGILOSO),
        {},
        {"rules": OPEN},
        Opening.RESTRITO,
        id="4.3 local 2",
    ),
    pytest.param(
        IN_RESTRITO,
        {"processo": RESTRITO_LOCAL},
        {"rules": OPEN},
        Opening.PROCESSO_RESTRITO,
        id="4.3 the processo's local 1",
    ),
    pytest.param(
        IN_RESTRITO,
        {"processo": RESTRITO_GLOBAL},
        {},
        Opening.PROCESSO_RESTRITO,
        id="4.3 global 1 and LISTA_DOCUMENTO not S",
    ),
    pytest.param(
        make_facts(nivel_acesso_global=SIGILOSO),
        {},
        {"rules": OPEN},
        Opening.PROCESSO_RESTRITO,
        id="4.3 global 2",
    ),
    pytest.param(
        make_facts(),
        {"parent_closed": True},
        {},
        Opening.PROCESSO_RESTRITO,
        id="4.3 anexado to a restrito",
    ),
    pytest.param(
        IN_RESTRITO,
        {"processo": RESTRITO_GLOBAL, "parent_closed": True},
        {"rules": OPEN},
        Opening.PROCESSO_RESTRITO,
        id="4.3 anexado to a restrito, listed",
    ),
    pytest.param(
        automatic_facts(EMAIL),
        {},
        {"rules": OPEN},
        Opening.PERSONAL,
        id="11(18) A of ID_SERIE_EMAIL",
    ),
    pytest.param(
        automatic_facts(OUVIDORIA),
        {},
        {"rules": OPEN},
        Opening.PERSONAL,
        id="11(18) A of ID_SERIE_OUVIDORIA",
    ),
    pytest.param(
        automatic_facts(169),
        {"personal_series": None},
        {},
        Opening.PERSONAL,
        id="11(18) A of any série where SEI does not say which are personal",
    ),
    pytest.param(
        make_facts(),
        {"personal_series": None},
        {},
        Opening.OPENS,
        id="11(18) not A, whatever SEI does not say",
    ),
    pytest.param(
        make_facts(intimacao_pendente=True),
        {},
        {"rules": OPEN},
        Opening.UNREAD_INTIMACAO,
        id="10.2 intimação not fulfilled",
    ),
    pytest.param(
        on(CUT - A_DAY),
        {},
        {"rules": SINCE},
        Opening.BEFORE_DATA_CORTE,
        id="4.3 before DATA_CORTE",
    ),
]


def opens(facts: visibility.DocumentFacts, **changes: Any) -> Opening:
    usual = {
        "processo": make_procedimento(),
        "parent_closed": False,
        "personal_series": SERIES,
        "rules": make_rules(),
    }
    return visibility.judge_opening(facts, **(usual | changes))


@pytest.mark.parametrize(("facts", "around", "rules", "expected"), OPENS)
def test_whether_a_document_opens(
    facts: visibility.DocumentFacts,
    around: dict[str, Any],
    rules: dict[str, Any],
    expected: Opening,
) -> None:
    assert opens(facts, **around, **rules) is expected


def test_the_first_reason_is_the_one_that_is_told() -> None:
    """What the law says of a document goes before what a parameter does."""
    facts: dict[str, Any] = {
        "nivel_acesso_local": RESTRITO,
        "nivel_acesso_global": RESTRITO,
        "sta_documento": StaDocumento.AUTOMATICO,
        "id_serie": EMAIL,
        "included_on": CUT - A_DAY,
        "intimacao_pendente": True,
    }
    around: dict[str, Any] = {
        "processo": make_procedimento(nivel_acesso_local=RESTRITO, eliminado=True),
        "rules": SINCE,
    }
    told = [opens(make_facts(**facts), **around)]
    around["processo"] = make_procedimento(nivel_acesso_local=RESTRITO)
    told.append(opens(make_facts(**facts), **around))
    facts |= {"nivel_acesso_local": PUBLICO}
    told.append(opens(make_facts(**facts), **around))
    facts |= {"nivel_acesso_global": PUBLICO}
    around["processo"] = make_procedimento()
    for reason in ("sta_documento", "intimacao_pendente", "included_on"):
        told.append(opens(make_facts(**facts), **around))
        del facts[reason]
    told.append(opens(make_facts(**facts), **around))
    assert told == [
        Opening.ELIMINADO,
        Opening.RESTRITO,
        Opening.PROCESSO_RESTRITO,
        Opening.PERSONAL,
        Opening.UNREAD_INTIMACAO,
        Opening.BEFORE_DATA_CORTE,
        Opening.OPENS,
    ]


def test_a_reason_is_told_for_every_way_of_staying_closed() -> None:
    assert {param.values[-1] for param in OPENS} == set(Opening)


@pytest.mark.parametrize(
    ("destinatarios", "cumpridas", "opening"),
    [
        pytest.param(["Zuleica"], 0, Opening.UNREAD_INTIMACAO, id="10.2 not read"),
        pytest.param(["Zuleica"], 1, Opening.OPENS, id="10.2 read"),
        pytest.param(["Zuleica", "Rui"], 0, Opening.UNREAD_INTIMACAO, id="10.2 neither read it"),
        pytest.param(
            ["Zuleica", "Rui"], 1, Opening.UNREAD_INTIMACAO, id="10.2 fewer aceites than addressees"
        ),
        pytest.param(["Zuleica", "Rui"], 2, Opening.OPENS, id="10.2 both read it"),
    ],
)
def test_an_intimacao_keeps_its_documents_closed_until_everyone_has_read_it(
    scene: Scene, destinatarios: list[str], cumpridas: int, opening: Opening
) -> None:
    """10.2: principal and annexes are rows alike"""
    sei = scene.sei
    processo = sei.processo()
    main, anexo, other = sei.documento(processo), sei.externo(processo), sei.externo(processo)
    sei.intimacao([main, anexo], destinatarios, fulfilled=cumpridas)
    for documento in (main, anexo):
        found = scene.documento(processo, documento.numero)
        assert found.opening is opening
        assert (found.arquivo is None) or found.opening is Opening.OPENS
    assert scene.documento(processo, other.numero).opening is Opening.OPENS
    assert "Zuleica" not in repr(scene.track(processo))


def test_of_two_intimacoes_on_a_document_one_unread_closes_it(scene: Scene) -> None:
    """10.2"""
    processo = scene.sei.processo()
    documento = scene.sei.documento(processo)
    scene.sei.intimacao([documento], ["Zuleica"], fulfilled=1)
    scene.sei.intimacao([documento], ["Rui"])
    assert scene.documento(processo, documento.numero).opening is Opening.UNREAD_INTIMACAO


@pytest.mark.parametrize(
    "table", ["md_pet_int_protocolo", "md_pet_int_rel_dest", "md_pet_int_aceite"]
)
@pytest.mark.parametrize(
    ("installed", "opening"), [(True, Opening.UNREAD_INTIMACAO), (False, Opening.OPENS)]
)
def test_intimacoes_that_cannot_be_read_close_documents_where_there_may_be_any(
    scene: Scene, table: str, installed: bool, opening: Opening
) -> None:
    """10.2 tables absent, 9.4 the module's key"""
    processo = scene.sei.processo()
    documento = scene.sei.documento(processo)
    scene.alter(f"DROP TABLE {table}")
    if not installed:
        scene.alter("DELETE FROM infra_parametro WHERE nome = 'VERSAO_MODULO_PETICIONAMENTO'")
    assert scene.documento(processo, documento.numero).opening is opening


@pytest.mark.parametrize(
    ("serie", "opening"),
    [
        pytest.param("E-mail", Opening.PERSONAL, id="11(18) e-mail"),
        pytest.param("Formulário de Ouvidoria", Opening.PERSONAL, id="11(18) ouvidoria"),
        pytest.param("Recibo", Opening.OPENS, id="11(18) receipt"),
    ],
)
def test_what_citizens_wrote_to_ouvidoria_or_by_email_stays_closed(
    scene: Scene, serie: str, opening: Opening
) -> None:
    processo = scene.sei.processo()
    documento = scene.sei.automatico(processo, serie)
    assert scene.documento(processo, documento.numero).opening is opening


@pytest.mark.parametrize("nome", ["ID_SERIE_EMAIL", "ID_SERIE_OUVIDORIA"])
@pytest.mark.parametrize(
    "change",
    [
        pytest.param("DELETE FROM infra_parametro", id="no such row"),
        pytest.param("UPDATE infra_parametro SET valor = NULL", id="null"),
        pytest.param("UPDATE infra_parametro SET valor = 'E-mail'", id="no number"),
    ],
)
@pytest.mark.parametrize("serie", ["E-mail", "Formulário de Ouvidoria", "Recibo"])
def test_every_automatic_document_stays_closed_where_a_personal_serie_is_not_known(
    scene: Scene, nome: str, change: str, serie: str
) -> None:
    """11(18)"""
    processo = scene.sei.processo()
    automatico, interno = scene.sei.automatico(processo, serie), scene.sei.documento(processo)
    scene.alter(f"{change} WHERE nome = '{nome}'")
    assert scene.documento(processo, automatico.numero).opening is Opening.PERSONAL
    assert scene.documento(processo, interno.numero).opening is Opening.OPENS


@pytest.mark.parametrize(
    ("corte", "opening"),
    [
        pytest.param("2026-03-10", Opening.OPENS, id="4.3 on its day"),
        pytest.param("2026-03-11", Opening.BEFORE_DATA_CORTE, id="4.3 the day after"),
        pytest.param("2026-03-21", Opening.OPENS, id="4.3 future: ignored"),
        pytest.param("01/01/2020", Opening.BEFORE_DATA_CORTE, id="4.3 no date: nothing opens"),
    ],
)
@pytest.mark.parametrize("externo", [True, False])
def test_the_cut_off_is_compared_with_the_day_of_inclusion(
    scene: Scene, corte: str, opening: Opening, externo: bool
) -> None:
    """4.3, the last paragraph: not with the date on the paper nor that of the draft"""
    sei = scene.sei
    processo = sei.processo()
    tenth = datetime(2026, 3, 10, 11)
    if externo:
        documento = sei.externo(processo, dated=date(2019, 5, 4), when=tenth)
    else:
        documento = sei.minuta(processo, when=datetime(2026, 2, 20, 9))
        sei.sign(documento, when=tenth)
        sei.sign(documento, "Rui Sá", when=tenth + A_DAY)
    scene.publish(DATA_CORTE=corte)
    found = scene.documento(processo, documento.numero)
    assert found.opening is opening
    assert found.included_on == tenth.date()
    assert found.data == (date(2019, 5, 4) if externo else tenth.date())


def test_a_document_that_was_disposed_of_by_itself_does_not_open(scene: Scene) -> None:
    """1.3 `sin_eliminado`: "records disposal done, content gone" is a column of documents too"""
    processo = scene.sei.processo()
    documento = scene.sei.documento(processo)
    documento.row["sin_eliminado"] = "S"
    assert scene.documento(processo, documento.numero).opening is not Opening.OPENS


@pytest.mark.parametrize(
    ("parametros", "opening"),
    [
        pytest.param(None, Opening.BEFORE_DATA_CORTE, id="4.5 no table: the tenant's"),
        pytest.param({}, Opening.BEFORE_DATA_CORTE, id="4.5 no row, before 4.1.0: the tenant's"),
        pytest.param({"DATA_CORTE": None}, Opening.OPENS, id="4.5 null: the site has none"),
        pytest.param({"DATA_CORTE": "2026-01-01"}, Opening.OPENS, id="4.5 the site's wins"),
    ],
)
def test_the_tenant_s_cut_off_counts_unless_the_site_has_the_parameter(
    scene: Scene, parametros: dict[str, str | None] | None, opening: Opening
) -> None:
    processo = scene.sei.processo()
    documento = scene.sei.externo(processo, when=datetime(2026, 3, 10, 11))
    scene.configure(data_corte=date(2026, 3, 11))
    if parametros is not None:
        scene.publish(**parametros)
    assert scene.documento(processo, documento.numero).opening is opening
