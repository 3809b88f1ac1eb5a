"""A text taken apart: runs of digits, words, and the stretches of both that may be one number."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, Self

from portal.numero.mascara import GROUP, LONGEST, compact

_PARTING = re.compile(r"[\s?&=@:;#()\[\]{}<>|\"']")
"""A sign that two atoms are not of one number; any other, or none, sticks them together."""
_LABEL = re.compile(
    "PROCESSOS?|PROC|PROTOCOLOS?|PROT|NUMEROS?|NUM|NRO?|NOS?|N|NUP|DOCUMENTOS?|DOC|CODIGO|COD|"
    "VERIFICADOR|PAGINA|PAG|PG|FOLHA|FLS?"
)
_SEI = "SEI"
"""A label in "SEI nº 0012345", letters of the number in "SEI-070002/013015/2024"."""


class Span(NamedTuple):
    """Atoms from `start` up to, and without, `end`."""

    start: int
    end: int

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end


class _Atom(NamedTuple):
    """A run of digits, or a word."""

    text: str
    """As it counts in a chave; empty for a word without ASCII letters, such as "é"."""
    word: str
    """In capitals without accents; empty for digits."""
    loose: bool
    """Whether a sign that parts, or nothing, comes before it."""
    capital: bool
    """Typed in capitals, as the sigla of an órgão is."""

    @property
    def is_label(self) -> bool:
        return _LABEL.fullmatch(self.word) is not None


@dataclass(frozen=True, slots=True)
class Text:
    """A normalised text as atoms, and where its numbers may be."""

    atoms: tuple[_Atom, ...]
    pieces: tuple[Span, ...]
    """With digits, cut where atoms are loose and around labels."""
    runs: tuple[Span, ...]
    """Neighbouring pieces, with no word between them, as one."""
    words: tuple[int, ...]
    """Places of the words that are in no piece, without the labels."""

    @classmethod
    def of(cls, text: str) -> Self:
        """Any text is some atoms, or none. It has to be normalised before."""
        atoms = tuple(_list_atoms(text))
        chunks = tuple(_list_chunks(atoms))
        pieces = tuple(c for c in chunks if not all(atom.word for atom in atoms[slice(*c)]))
        loose = (i for c in chunks if c not in pieces for i in range(*c))
        return cls(
            atoms,
            pieces=pieces,
            runs=_join(pieces),
            words=tuple(index for index in loose if not atoms[index].is_label),
        )

    def chave(self, span: Span) -> str:
        """The span as SEI would search it."""
        return "".join(self.groups(span))

    def groups(self, span: Span) -> tuple[str, ...]:
        """The span as typed, group by group."""
        return tuple(atom.text for atom in self.atoms[slice(*span)] if atom.text)

    def trim(self, span: Span) -> Span:
        """A span with digits, without the letters around them."""
        digits = [index for index in range(*span) if not self.atoms[index].word]
        return Span(digits[0], digits[-1] + 1)

    def list_windows(self, lengths: set[int]) -> Iterator[tuple[Span, str]]:
        """Every stretch of atoms with so many letters and digits, and what it is as a chave."""
        for start in range(len(self.atoms)):
            chave = ""
            for end in range(start + 1, len(self.atoms) + 1):
                chave += self.atoms[end - 1].text
                if len(chave) in lengths:
                    yield Span(start, end), chave
                if len(chave) > LONGEST:
                    break

    def list_with_letters(self, span: Span) -> list[Span]:
        """The span with the letters stuck to it, if any, and with the sigla before it."""
        start, end = span
        while start and not self.atoms[start].loose and self._is_word(start - 1):
            start -= 1
        while end < len(self.atoms) and not self.atoms[end].loose and self._is_word(end):
            end += 1
        spans = [Span(start, end)]
        if start and self.atoms[start].loose and self._is_word(start - 1):
            sigla = self.atoms[start - 1]
            if sigla.capital or sigla.word == _SEI:
                spans.append(Span(start - 1, end))
        return spans

    def list_with_only_word(self, span: Span) -> list[Span]:
        """The span with the word before it, when the text has no other word; else nothing."""
        before = span.start - 1
        if self.words != (before,) or self.atoms[before].word == _SEI:
            return []
        return [Span(before, span.end)]

    def stands_apart(self, span: Span) -> bool:
        """Whether no other digits are stuck to it. Zeros before it are, even at a distance: they
        do not change mod 11.
        """
        before = self.atoms[span.start - 1] if span.start else None
        after = self.atoms[span.end] if span.end < len(self.atoms) else None
        free_before = (
            before is None
            or before.word != ""
            or (self.atoms[span.start].loose and before.text.strip("0") != "")
        )
        return free_before and (after is None or after.word != "" or after.loose)

    def has_label(self, span: Span) -> bool:
        """Whether a word such as "processo", "nº" or "SEI" is before it."""
        before = self.atoms[span.start - 1] if span.start else None
        return before is not None and (before.is_label or before.word == _SEI)

    def _is_word(self, index: int) -> bool:
        """Whether the atom may be letters of a number."""
        return not self.atoms[index].is_label and self.atoms[index].text.isalpha()


def _list_atoms(text: str) -> Iterator[_Atom]:
    end = 0
    loose = True
    for match in GROUP.finditer(text):
        found = match.group()
        loose = loose or _PARTING.search(text, end, match.start()) is not None
        end = match.end()
        word = "" if found.isdecimal() else compact(unicodedata.normalize("NFKD", found))
        # Letters of other alphabets cannot be a number's: they part digits as punctuation does.
        if word or found.isdecimal():
            yield _Atom(compact(found), word, loose, found.isupper())
            loose = False


def _list_chunks(atoms: tuple[_Atom, ...]) -> Iterator[Span]:
    """All atoms, cut where they are loose and around labels."""
    start = 0
    for end, atom in enumerate(atoms, start=1):
        following = atoms[end] if end < len(atoms) else None
        if following is None or following.loose or following.is_label or atom.is_label:
            yield Span(start, end)
            start = end


def _join(pieces: tuple[Span, ...]) -> tuple[Span, ...]:
    runs: list[Span] = []
    for piece in pieces:
        if runs and runs[-1].end == piece.start:
            runs[-1] = Span(runs[-1].start, piece.end)
        else:
            runs.append(piece)
    return tuple(runs)
