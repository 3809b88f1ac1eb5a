"""Names of files on their way to somebody's computer (RFC 6266), accents and all."""

import re
from unicodedata import normalize
from urllib.parse import quote

from portal.content.kinds import Kind

LONGEST = 120
"""Characters; every system of files takes so many, also in UTF-8."""

# What separates folders, quotes, or means something to Windows or to a command line.
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f-\x9f/\\:*?"<>|;\u200b-\u200f\u2028-\u202e\u2060-\u2069]+')


def safe_name(name: str, kind: Kind) -> str:
    """The name without what could harm, ending as its kind does.

    Whatever it calls itself, a page is text here, and no browser or desktop opens it as a page.
    """
    name = _FORBIDDEN.sub(" ", normalize("NFC", name))
    name = re.sub(r"\s+", " ", name).strip(" .") or "documento"
    stem, dot, ending = name.rpartition(".")
    ending = f".{ending}" if dot and len(ending) <= 5 else ""
    if not ending:
        stem = name
    if kind.endings and ending.lower() not in kind.endings:
        stem, ending = name, kind.endings[0]
    return stem[: LONGEST - len(ending)].rstrip() + ending


def content_disposition(name: str, attachment: bool) -> str:
    """The header for a `safe_name`: once in ASCII, for what knows no better, and once in full."""
    how = "attachment" if attachment else "inline"
    plain = normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^\w .()-]", "_", plain).strip(" .")
    return f"{how}; filename=\"{plain or 'documento'}\"; filename*=UTF-8''{quote(name, safe='')}"
