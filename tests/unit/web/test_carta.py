import msgspec
import pytest

from portal.web.carta import explain_files, paragraphs, title_found
from tests.unit.servicos.makers import read

[PODA] = read()


def test_an_empty_line_parts_paragraphs() -> None:
    assert paragraphs("Um\nsó  texto.\n\nOutro.") == ["Um só texto.", "Outro."]


@pytest.mark.parametrize(
    ("fotos", "muitos", "sentence"),
    [
        (True, False, "Pode ser foto ou PDF."),
        (True, True, "Pode ser foto ou PDF, um arquivo ou mais."),
        (False, False, "Precisa ser PDF."),
        (False, True, "Precisa ser PDF, um arquivo ou mais."),
    ],
)
def test_how_a_document_is_handed_over_is_told(fotos: bool, muitos: bool, sentence: str) -> None:
    documento = msgspec.structs.replace(PODA.documentos[0], fotos=fotos, muitos=muitos)
    assert explain_files(documento) == sentence


def test_what_was_searched_for_is_in_the_title() -> None:
    assert title_found((), "bolo") == "Nenhum serviço com “bolo”"
    assert title_found((object(),), "") == "1 serviço"  # type: ignore[arg-type] # it is counted only
