"""The addresses of a processo, as a page has them and as a program is sent them."""

from urllib.parse import parse_qsl, urlsplit

import pytest

from portal.web.asked import Asked
from portal.web.links import CALENDARIO, DADOS, HISTORICO, Links, link_to

TWIN = Asked("1500.01/2026")
ASKED = TWIN._replace(oldest_first=True, main_only=False, before=7, contents_after=12)
LINKS = Links("1500012026", ASKED, "https://processos.example")
FROM_THE_START = TWIN._replace(main_only=False)


@pytest.mark.parametrize(
    ("address", "below", "asked"),
    [
        (LINKS.pagina(), "", TWIN),
        (LINKS.dados(), ".json", TWIN),
        (LINKS.qr(), "/qr.svg", TWIN),
        (LINKS.pacote(), "/documentos.zip", TWIN),
        (LINKS.feed(), "/historico.atom", FROM_THE_START),
        (LINKS.calendar(), "/historico.ics", FROM_THE_START),
        (LINKS.documento("0000123"), "/documentos/0000123", Asked()),
        (LINKS.documento("0000123", "/texto"), "/documentos/0000123/texto", Asked()),
        (LINKS.here(HISTORICO), "/historico.atom", ASKED),
        (LINKS.here(CALENDARIO), "/historico.ics", ASKED),
        (LINKS.in_order(True), "", FROM_THE_START._replace(oldest_first=True)),
        (LINKS.in_order(False), "", FROM_THE_START),
        (LINKS.as_much(True), "", TWIN._replace(oldest_first=True)),
        (LINKS.more_history(9, DADOS), ".json", ASKED._replace(before=9, contents_after=None)),
        (LINKS.more_contents(34), "", ASKED._replace(before=None, contents_after=34)),
    ],
)
def test_an_address_asks_for_one_part_of_one_processo(
    address: str, below: str, asked: Asked
) -> None:
    parts = urlsplit(address)
    assert f"{parts.scheme}://{parts.netloc}" == "https://processos.example"
    assert parts.path == f"/processos/1500012026{below}"
    assert Asked.of(dict(parse_qsl(parts.query))) == asked


def test_a_history_says_so_even_when_nothing_else_is_asked() -> None:
    for address in (Links("1").in_order(False), Links("1").as_much(True)):
        assert address == "/processos/1?ordem=recentes"
    assert Links("1").in_order(True) == "/processos/1?ordem=antigas"


def test_the_printed_form_is_only_in_the_address_where_the_reader_chooses() -> None:
    assert link_to("1500012026") == "/processos/1500012026"
    assert link_to("1500012026", "1500.01/2026") == "/processos/1500012026?formatado=1500.01/2026"
