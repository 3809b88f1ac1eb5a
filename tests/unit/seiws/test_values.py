"""What is told to SEI, before anything is."""

from datetime import date

import pytest

from portal.seiws.contract import get_contract
from portal.seiws.values import Access, ArquivoEnviado, DocumentoExterno, Versao


def test_versions_compare_as_numbers() -> None:
    assert Versao.parse("4.1") == Versao(4, 1, 0)
    assert Versao.parse("4.1.10") > Versao.parse("4.1.9") > Versao.parse("4.1")
    assert str(Versao.parse("5.0.4")) == "5.0.4"


@pytest.mark.parametrize("text", ["", "4", "4.1.2.3", "v4.1", "4.1b", "2.6.1", "4.¹", "4.1\n"])
def test_what_is_no_version_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"version of SEI|no upload"):
        Versao.parse(text)


def test_the_first_that_takes_files_by_their_id() -> None:
    assert not Versao.parse("4.1.2").takes_id_arquivo
    assert not Versao.parse("4.1").takes_id_arquivo
    assert Versao.parse("4.1.3").takes_id_arquivo
    assert Versao.parse("5.0").takes_id_arquivo


def test_a_documento_has_one_file() -> None:
    file = ArquivoEnviado("a.pdf", 1, "0" * 32, lambda: [b"x"])
    day = date(2026, 3, 4)
    for id_arquivo, inline in ((None, None), ("7", file)):
        with pytest.raises(ValueError, match="one only"):
            DocumentoExterno("64", id_arquivo, day, inline=inline)


def test_the_key_is_in_no_repr() -> None:
    access = Access("https://sei.example/sei/ws/SeiWS.php", "PORTAL", "secret", Versao(4, 1))
    assert "secret" not in repr(access)


def test_what_each_version_adds() -> None:
    """As the WSDLs of SEI 3.0, 4.0, 4.1 and 5.0 have it."""
    parts = {}
    members = {}
    for text in ("3.0", "4.0", "4.1", "5.0"):
        contract = get_contract(Versao.parse(text))
        parts[text] = len(contract.operations["gerarProcedimento"].parts)
        members[text] = {name: len(fields) for name, fields in contract.structs.items()}
    assert parts == {"3.0": 14, "4.0": 17, "4.1": 17, "5.0": 17}
    assert [members[text]["Documento"] for text in members] == [20, 22, 25, 25]
    assert [members[text]["Interessado"] for text in members] == [2, 2, 5, 5]
    assert [members[text]["TipoProcedimento"] for text in members] == [2, 2, 2, 3]
