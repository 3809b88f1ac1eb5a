"""Files of documents in words."""

from dataclasses import replace
from datetime import date

import pytest

from portal.sei.values import Documento, Opening
from portal.web.attachments import file_size, tell_file

EXTERNO = Documento(
    numero_sei="0000419",
    serie="Requerimento",
    numero=None,
    data=date(2026, 3, 2),
    externo=True,
    signatarios=(),
    opening=Opening.OPENS,
    hipotese_legal=None,
    arquivo="petição.pdf",
    tamanho=102_400,
)


@pytest.mark.parametrize(
    ("size", "written"),
    [(0, "1 KB"), (340_000, "340 KB"), (999_600, "1,0 MB"), (1_843_200, "1,8 MB")],
)
def test_sizes_are_written_as_brazilians_write_them(size: int, written: str) -> None:
    assert file_size(size) == written


@pytest.mark.parametrize(
    ("arquivo", "tamanho", "told"),
    [
        ("petição.pdf", 102_400, "PDF, 102 KB"),
        ("FOTO.JPG", 2_400_000, "imagem JPEG, 2,4 MB"),
        ("contas.xlsx", 900, "planilha XLSX, 1 KB"),
        ("ofício.antigo.doc", 51_000, "arquivo do Office antigo, 51 KB"),
        ("leia.txt", None, "texto"),
        ("planta.dwg", 8_000_000, "arquivo, 8,0 MB"),
        ("sem nome", 1_000, "arquivo, 1 KB"),
        ("pdf", 1_000, "arquivo, 1 KB"),
        (None, None, "arquivo"),
    ],
)
def test_a_list_says_what_sei_says_of_a_file(
    arquivo: str | None, tamanho: int | None, told: str
) -> None:
    assert tell_file(replace(EXTERNO, arquivo=arquivo, tamanho=tamanho)) == told
