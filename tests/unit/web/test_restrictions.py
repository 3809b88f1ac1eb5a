"""Whatever is closed says why."""

from dataclasses import replace
from datetime import date

import pytest

from portal.sei.values import (
    Documento,
    EmAndamento,
    HipoteseLegal,
    NaoInformada,
    NivelAcesso,
    Opening,
)
from portal.web.restrictions import explain_closed, explain_restrito, warn_restricted
from tests.unit.web.test_sentences import OBRAS, OUTRO, PESSOAL, PROCESSO, at, stay, tracking


def test_a_restrito_that_shows_its_history_is_still_called_one() -> None:
    here = EmAndamento((stay(OBRAS, at(12)),))
    restrito = replace(
        PROCESSO,
        nivel_acesso_local=NivelAcesso.RESTRITO,
        nivel_acesso_global=NivelAcesso.RESTRITO,
        hipotese_legal=HipoteseLegal("Segredo", ""),
    )
    by_document = replace(restrito, nivel_acesso_local=NivelAcesso.PUBLICO)
    assert warn_restricted(tracking(here)) is None
    assert warn_restricted(tracking(NaoInformada(), restrito)) is None
    assert warn_restricted(tracking(here, restrito)) == (
        "Este processo é restrito. Motivo previsto em lei: Segredo."
    )
    assert "documento restrito" in (warn_restricted(tracking(here, by_document)) or "")


@pytest.mark.parametrize("opening", Opening)
def test_a_document_that_does_not_open_says_why(opening: Opening) -> None:
    documento = Documento(
        numero_sei="0000001",
        serie="RG",
        numero=None,
        data=date(2026, 3, 1),
        externo=True,
        signatarios=(),
        opening=opening,
        hipotese_legal=PESSOAL,
    )
    words = explain_closed(documento)
    assert (words is None) is (opening is Opening.OPENS)
    if opening is Opening.RESTRITO:
        assert words == (
            "Documento restrito. Motivo previsto em lei: "
            "Informação Pessoal (Art. 31 da Lei nº 12.527/2011)."
        )


def test_another_processo_that_is_restrito_says_why() -> None:
    assert explain_restrito(OUTRO) is None
    assert explain_restrito(replace(OUTRO, hipotese_legal=PESSOAL)) == (
        "Processo restrito. Motivo previsto em lei: "
        "Informação Pessoal (Art. 31 da Lei nº 12.527/2011)."
    )
