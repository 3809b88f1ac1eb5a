"""What is in a file decides whether it may be taken, and every reason has an example."""

from io import BytesIO

import pikepdf
import pytest

from portal.arquivos import pdf, photos
from portal.arquivos.values import Limits, Reason
from tests.unit.arquivos import papers

LIMITS = Limits(size=12_000_000, pages=3, pixels=2_000_000)


@pytest.fixture(autouse=True, scope="module")
def _limits() -> None:
    pdf.set_limits()


@pytest.mark.parametrize("pages", [1, 3])
def test_a_plain_pdf_is_taken(pages: int) -> None:
    assert pdf.judge(BytesIO(papers.make_pdf(pages)), LIMITS) == pages


def test_links_and_forms_are_no_reason_to_refuse() -> None:
    assert pdf.judge(BytesIO(papers.make_pdf(change=papers.with_form)), LIMITS) == 1


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK\x03\x04 a document of Word", Reason.NOT_A_PDF),
        (b"%PDF-1.7\n%%EOF", Reason.DAMAGED),
        (papers.polyglot(), Reason.NOT_A_PDF),
        (papers.make_pdf()[:-150], Reason.DAMAGED),
        (papers.make_pdf(pages=4), Reason.TOO_MANY_PAGES),
        (papers.make_pdf(change=papers.without_pages), Reason.DAMAGED),
        (papers.make_pdf(encryption=pikepdf.Encryption(user="a", owner="b")), Reason.PASSWORD),
        (papers.make_pdf(encryption=pikepdf.Encryption(user="", owner="b")), Reason.PASSWORD),
        (papers.make_pdf(change=papers.with_javascript), Reason.JAVASCRIPT),
        (papers.make_pdf(change=papers.with_named_javascript), Reason.JAVASCRIPT),
        (papers.make_pdf(change=papers.with_hidden_javascript), Reason.JAVASCRIPT),
        (
            papers.make_pdf(
                change=papers.with_javascript,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
            ),
            Reason.JAVASCRIPT,
        ),
        (papers.make_pdf(change=papers.with_launch), Reason.LAUNCH),
        (papers.make_pdf(change=papers.with_embedded), Reason.EMBEDDED),
        (papers.make_pdf(change=papers.with_attachment_note), Reason.EMBEDDED),
        (papers.make_pdf(change=papers.with_xfa), Reason.XFA),
        (papers.make_pdf(change=papers.with_movie), Reason.RICH_MEDIA),
        (papers.endless_pages(), Reason.DAMAGED),
    ],
    ids=lambda value: value.value if isinstance(value, Reason) else "",
)
def test_what_does_more_than_show_its_pages_is_refused(data: bytes, reason: Reason) -> None:
    assert pdf.judge(BytesIO(data), LIMITS) is reason


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "HEIF"])
def test_a_photo_of_any_phone_is_taken(kind: str) -> None:
    data = papers.make_photo(kind)
    assert photos.judge(BytesIO(data), LIMITS) == 1


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"GIF89a...", Reason.NOT_A_PHOTO),
        (papers.make_pdf(), Reason.NOT_A_PHOTO),
        (papers.make_photo("GIF"), Reason.NOT_A_PHOTO),
        (papers.make_photo()[:-500], Reason.DAMAGED),
        (papers.make_photo("PNG")[:-500], Reason.DAMAGED),
        (papers.make_photo(size=(2000, 1001)), Reason.TOO_MANY_PIXELS),
    ],
    ids=lambda value: value.value if isinstance(value, Reason) else "",
)
def test_what_is_no_photo_of_a_page_is_refused(data: bytes, reason: Reason) -> None:
    assert photos.judge(BytesIO(data), LIMITS) is reason
