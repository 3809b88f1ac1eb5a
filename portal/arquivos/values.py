"""What may be handed over, and what becomes of it when it is looked at."""

from dataclasses import dataclass
from enum import StrEnum

MIB = 1024 * 1024


class Kind(StrEnum):
    """What a person says they hand over; its bytes are asked, not its name."""

    PDF = "pdf"
    FOTO = "foto"
    """JPEG, PNG or HEIC. SEI gets a PDF made of it."""


class Reason(StrEnum):
    """Why a file is not taken. Its sentence is `web/pedidos.py`'s."""

    EMPTY = "empty"
    TOO_LARGE = "too-large"
    NOT_A_PDF = "not-a-pdf"
    DAMAGED = "damaged"
    """It is cut short, or nobody can tell what others would see in it."""
    PASSWORD = "password"
    TOO_MANY_PAGES = "too-many-pages"
    JAVASCRIPT = "javascript"
    LAUNCH = "launch"
    """It starts a program."""
    EMBEDDED = "embedded"
    """There are other files in it."""
    XFA = "xfa"
    """A form that only Adobe's program shows."""
    RICH_MEDIA = "rich-media"
    NOT_A_PHOTO = "not-a-photo"
    TOO_MANY_PIXELS = "too-many-pixels"
    TOO_MUCH_WORK = "too-much-work"
    """Looking at it takes more time or memory than any honest file does."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may have at most."""

    size: int = 30 * MIB
    pages: int = 1_000
    pixels: int = 60_000_000
    """Of one photo: more than a phone takes unless it is told to."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """A file that may be taken, as it is: no byte of it is ever changed."""

    size: int
    sha256: str
    md5: str
    """Both lower-case hex; SEI compares the second."""
    pages: int
    """One for a photo."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that is not taken."""

    reason: Reason
