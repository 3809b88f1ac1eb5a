"""Photos, and the PDF that is made of them. Runs in the child process of `checks.py` alone.

What a phone writes beside the picture (where it was taken, by which device) stays behind: the PDF
goes into a processo that others read.
"""

import warnings
from collections.abc import Sequence
from io import BytesIO
from typing import BinaryIO

import img2pdf
import pillow_heif
from PIL import Image, ImageOps, UnidentifiedImageError

from portal.arquivos.values import Limits, Reason

FORMATS = ("JPEG", "PNG", "HEIF")
LONGEST_SIDE = 3508
"""Pixels: A4 at 300 dpi, beyond which print does not get sharper, and files only larger."""
QUALITY = 85

A4 = (img2pdf.mm_to_pt(210), img2pdf.mm_to_pt(297))
MARGIN = img2pdf.mm_to_pt(10)


def judge(file: BinaryIO, limits: Limits) -> Reason | int:
    """One, as it will be one page, or why it is not taken."""
    pillow_heif.register_heif_opener()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(file, formats=FORMATS) as photo:
                if photo.width * photo.height > limits.pixels:
                    return Reason.TOO_MANY_PIXELS
                photo.load()
    except UnidentifiedImageError:
        return Reason.NOT_A_PHOTO
    except Image.DecompressionBombError:
        return Reason.TOO_MANY_PIXELS
    except (OSError, ValueError, SyntaxError, EOFError, RuntimeError):
        # Each decoder has its own word for a picture that ends in the middle.
        return Reason.DAMAGED
    return 1


def make_pdf(photos: Sequence[BinaryIO]) -> bytes:
    """One PDF, a photo on each page of A4, upright, in their order. They have been judged."""
    pillow_heif.register_heif_opener()
    layout = img2pdf.get_layout_fun(A4, border=(MARGIN, MARGIN), auto_orient=True)
    # No date and no program: the same photos make the same bytes.
    made = img2pdf.convert(
        [_page(photo) for photo in photos],
        layout_fun=layout,
        nodate=True,
        producer="",
        engine=img2pdf.Engine.internal,
    )
    return bytes(made)


def _page(file: BinaryIO) -> bytes:
    """A JPEG that has the picture and nothing else."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Image.open(file, formats=FORMATS) as photo:
            photo.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(photo)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    page = BytesIO()
    _on_white(upright).save(page, "JPEG", quality=QUALITY, optimize=True)
    return page.getvalue()


def _on_white(photo: Image.Image) -> Image.Image:
    """Paper has no transparency."""
    if photo.mode in ("L", "RGB"):
        return photo
    if "A" not in photo.getbands() and "transparency" not in photo.info:
        return photo.convert("RGB")
    seen = photo.convert("RGBA")
    paper = Image.new("RGB", seen.size, "white")
    paper.paste(seen, mask=seen.getchannel("A"))
    return paper
