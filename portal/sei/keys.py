"""SEI's keys, where they come as text: in an address, in an attribute, in a parameter."""

LONGEST = 18
"""Digits that fit into a column of 64 bits, whatever they are."""
SHORT = 9
"""The same for one of 32, which SEI declares `int`."""


def key_of(text: str | None, longest: int = LONGEST) -> int | None:
    """The key that stands there, with room around it or none; None for any other text."""
    text = (text or "").strip()
    whole = text.isascii() and text.isdecimal() and len(text) <= longest
    return int(text) if whole else None
