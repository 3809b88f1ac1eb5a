"""A person's name as people type it: without accents, in any case and order, cut short.

Decided here and not by a collation, since no two engines agree on which letters are one.
"""

import re
from collections.abc import Sequence
from unicodedata import combining, normalize

LEAST_WORDS, LEAST_LETTERS = 2, 2
_WORD = re.compile(r"[^\W\d_]+")


def read_words(text: str) -> tuple[str, ...]:
    """Its words, folded, in their order. What stands between letters ends a word."""
    letters = "".join(c for c in normalize("NFKD", text) if not combining(c))
    return tuple(_WORD.findall(letters.casefold()))


def may_search(words: Sequence[str]) -> bool:
    """Whether they are enough of a name to look for: a first name alone is half a town's."""
    return sum(len(word) >= LEAST_LETTERS for word in words) >= LEAST_WORDS


def is_named(words: Sequence[str], nome: str) -> bool:
    """Whether each of these words begins a word of the name, no two of them the same one."""
    left = list(read_words(nome))
    # The longest first: whatever a shorter one could take beside it is left for it then.
    for word in sorted(words, key=len, reverse=True):
        begun = next((own for own in left if own.startswith(word)), None)
        if begun is None:
            return False
        left.remove(begun)
    return True
