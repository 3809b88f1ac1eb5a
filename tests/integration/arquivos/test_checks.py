"""Files that people hand over, looked at by the real process, with its bounds."""

import json
import subprocess
import sys
from hashlib import md5, sha256
from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from portal.arquivos.checks import check, make_pdf
from portal.arquivos.values import Accepted, Kind, Limits, Reason, Refused
from tests.unit.arquivos import papers

LIMITS = Limits(size=12_000_000, pages=3, pixels=2_000_000)
GPS = 0x8825


def judged(data: bytes, kind: Kind = Kind.PDF) -> Accepted | Refused:
    """In parts, as it comes from where it is kept."""
    return check([data[:1000], data[1000:]], kind, LIMITS)


def test_a_file_is_taken_as_it_is() -> None:
    for data, kind, pages in [
        (papers.make_pdf(pages=3), Kind.PDF, 3),
        (papers.make_photo("HEIF"), Kind.FOTO, 1),
    ]:
        digests = sha256(data).hexdigest(), md5(data).hexdigest()
        assert judged(data, kind) == Accepted(len(data), *digests, pages)


@pytest.mark.parametrize(
    ("data", "kind", "reason"),
    [
        (b"", Kind.PDF, Reason.EMPTY),
        (bytes(LIMITS.size + 1), Kind.PDF, Reason.TOO_LARGE),
        (papers.polyglot(), Kind.PDF, Reason.NOT_A_PDF),
        (papers.make_pdf(change=papers.with_launch), Kind.PDF, Reason.LAUNCH),
        (papers.object_bomb(), Kind.PDF, Reason.DAMAGED),
        (papers.huge_photo(), Kind.FOTO, Reason.TOO_MANY_PIXELS),
    ],
    ids=lambda value: value.value if isinstance(value, Reason) else "",
)
def test_what_is_refused_is_refused_with_its_reason(
    data: bytes, kind: Kind, reason: Reason
) -> None:
    assert judged(data, kind) == Refused(reason)


def test_what_is_too_much_for_its_process_is_refused_and_harms_nobody() -> None:
    """Seven hundred megabytes of pixels, which limits that are too wide would allow."""
    wide = Limits(pixels=10**10)
    photo = papers.huge_photo(13_300, 13_300)
    assert check([photo], Kind.FOTO, wide) == Refused(Reason.TOO_MUCH_WORK)
    assert isinstance(judged(papers.make_pdf()), Accepted)


def joined(*photos: bytes) -> bytes:
    made = make_pdf([[photo] for photo in photos])
    assert isinstance(made, bytes)
    return made


def test_photos_become_one_pdf_in_their_order_upright_and_on_a4() -> None:
    wide, high = papers.make_photo(size=(400, 300)), papers.make_photo("PNG", size=(300, 400))
    made = joined(wide, high, papers.make_photo("HEIF"))
    assert isinstance(judged(made), Accepted)
    with pikepdf.open(BytesIO(made)) as pdf:
        boxes = [[round(float(side)) for side in page.mediabox[2:]] for page in pdf.pages]
    assert boxes == [[842, 595], [595, 842], [842, 595]]


def test_the_same_photos_make_the_same_bytes() -> None:
    assert joined(papers.make_photo()) == joined(papers.make_photo())


def test_where_a_photo_was_taken_stays_behind() -> None:
    exif = Image.Exif()
    exif.get_ifd(GPS).update({1: "S", 2: (19.0, 55.0, 0.0)})
    exif[0x010F], exif[0x0112] = "MakerOfThePhone", 6
    photo = papers.make_photo(size=(400, 300), exif=exif)
    assert b"MakerOfThePhone" in photo
    made = joined(photo)
    assert b"MakerOfThePhone" not in made
    assert b"Exif" not in made
    with pikepdf.open(BytesIO(made)) as pdf:
        width, height = (float(side) for side in pdf.pages[0].mediabox[2:])
    # Orientation 6: the phone was held upright, and the page is.
    assert width < height


def test_what_is_transparent_is_white_on_paper() -> None:
    made = joined(papers.make_photo("PNG", mode="RGBA"))
    assert isinstance(judged(made), Accepted)


def test_the_process_that_looks_has_none_of_our_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor our place, nor our memory: it starts anew with what it is told."""
    asked: list[dict[str, object]] = []
    run = subprocess.run

    def watched(command: list[str], **options: object) -> object:
        asked.append({"command": command, **options})
        return run(command, **options)  # type: ignore[call-overload]

    monkeypatch.setenv("PORTAL_SECRET_KEY", "a secret of the portal")
    monkeypatch.setattr(subprocess, "run", watched)
    judged(papers.make_pdf())
    (call,) = asked
    assert call["env"] == {}
    assert call["cwd"] == "/"
    assert call["command"][:2] == [sys.executable, "-I"]  # type: ignore[index]
    assert "a secret of the portal" not in json.dumps(call["command"])
