"""Text as SEI can keep it: Latin-1, since its web service decodes to that and nothing else.

What Latin-1 lacks would not be refused there but kept as the text of an XML reference, `&#8211;`,
and in a file's name it makes the call fail. So it is replaced here, where a reader can still
recognise the word.
"""

import unicodedata

NAME = 255
"""Characters of a file's name."""

_TYPOGRAPHY = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−⁃", "-"),
        **dict.fromkeys("‘’‚‛′ʹʻʼˈ", "'"),
        **dict.fromkeys("“”„‟″", '"'),
        **dict.fromkeys("•∙‧●◦▪⋅", "·"),
        "‹": "<",
        "›": ">",
        "…": "...",
        "€": "EUR",
        "→": "->",
        "←": "<-",
        "≤": "<=",
        "≥": ">=",
        "≠": "<>",
        "≈": "~",
        "⁄": "/",
        "∕": "/",
        "✓": "v",
        "Œ": "OE",
        "œ": "oe",
        "Ł": "L",
        "ł": "l",
        "Đ": "D",
        "đ": "d",
        "Ħ": "H",
        "ħ": "h",
        "ı": "i",
        "ẞ": "SS",
    }
)
UNKNOWN = "?"


def to_latin1(text: str, *, lines: bool = False) -> str:
    """The nearest text in Latin-1 without control characters; with `lines`, line breaks stay.

    Runs of blanks become one space, and none is left at either end. What has no likeness becomes a
    question mark, one for each character.
    """
    text = unicodedata.normalize("NFC", text).translate(_TYPOGRAPHY)
    if not lines:
        return " ".join("".join(map(_nearest, text)).split())
    cleaned = (to_latin1(line) for line in text.splitlines())
    return "\n".join(cleaned).strip()


def fit(text: str, limit: int) -> str:
    """`to_latin1`, cut at a word when it is longer than the field: SEI counts after decoding."""
    text = to_latin1(text)
    if len(text) <= limit:
        return text
    head = text[: limit - 3]
    word, blank, _ = head.rpartition(" ")
    return f"{(word if blank and len(word) > limit // 2 else head).rstrip()}..."


def file_name(name: str) -> str:
    """A file's name that SEI takes: its extension kept, `&#` parted, at most 255 characters."""
    name = to_latin1(name).replace("&#", "& #")
    stem, dot, extension = name.rpartition(".")
    if not dot or len(name) <= NAME:
        return name[:NAME]
    return f"{stem[: NAME - len(dot + extension)].rstrip()}{dot}{extension}"[-NAME:]


def _nearest(character: str) -> str:
    if character.isspace():
        return " "
    if _is_kept(character):
        return character
    if unicodedata.category(character) in {"Cc", "Cf", "Mn", "Me", "Mc"}:
        # A control, or an accent or joiner whose letter stands before it.
        return ""
    nearest = ""
    for part in unicodedata.normalize("NFKD", character).translate(_TYPOGRAPHY):
        # Of a letter's accents, those that it has in Latin-1 too.
        composed = unicodedata.normalize("NFC", nearest + part)
        nearest = composed if all(map(_is_kept, composed)) else nearest
    return nearest.strip() or UNKNOWN


def _is_kept(character: str) -> bool:
    """Whether it is in Latin-1, and to be seen. A soft hyphen is not."""
    code = ord(character)
    return 0x20 <= code < 0x7F or (0xA0 < code <= 0xFF and code != 0xAD)
