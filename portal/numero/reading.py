"""What people type, read as the numbers it may be: off a slip, in a sentence, under a page.

Stretches of the text that a mask recognises are numbers; without any, the runs of digits are.
Words count only where they may be a number's own letters, as in `SEI-070002/013015/2024`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from portal.numero.mascara import FAMILIES, LONGEST, Completion, Family, Mascara
from portal.numero.protocolo import LONGEST_TEXT, NumeroProtocolo, normalise, recognise
from portal.numero.text import Span, Text

_MOST = 8
_PROSE = 200
"""Characters above which a text is prose, where only a number that a mask knows is looked for."""
_NUMERO_SEI = 7
"""Digits to which SEI pads the number of a document."""
_SHORTEST_PIECE = 5
_FEW_ZEROS = 2


@dataclass(frozen=True, slots=True)
class Reading:
    """The numbers a text may be, and what to tell the person when none of them is found."""

    candidates: tuple[NumeroProtocolo, ...] = ()
    """At most eight, without repeats, best first; the first is as typed, nothing added."""
    suggestion: NumeroProtocolo | None = None
    """With the check digits it should have, when those typed do not hold. Only to be shown: the
    slip may be anywhere in the number, and this one somebody else's. It is not searched."""
    completion: NumeroProtocolo | None = None
    """With what had been left out (check digits, zeros, letters); it is among `candidates`."""


class _Find(NamedTuple):
    """A span that a mask recognises."""

    span: Span
    numero: NumeroProtocolo
    printed: bool
    """Typed in the groups in which the mask prints it."""
    holds: bool
    """Its check digits are right, and are known to be."""
    solid: bool
    """Not part of a longer number, as far as one can tell."""


class _Likelihood(IntEnum):
    """How much speaks for a number that was completed."""

    PROVEN = 0
    """Check digits were typed and hold, or it was typed in the groups of the tenant's own mask."""
    BY_GROUPS = 1
    """It was typed in the groups of a family, with few zeros missing."""
    BY_LENGTH = 2
    GUESSED = 3
    """It has the length of a family's with a zero before it, which nothing bears out."""


class _Completed(NamedTuple):
    """What a span becomes with what it lacks put back."""

    likelihood: _Likelihood
    numero: NumeroProtocolo
    how: Completion


def read(text: str, mascaras: Iterable[Mascara] = ()) -> Reading:
    """Every number the text may be. Never raises; empty when there is nothing to look for.

    `mascaras` are the tenant's own, preferred to the families that every SEI meets. Only the first
    500 characters are read.
    """
    return _Reader(normalise(text[:LONGEST_TEXT]), tuple(mascaras)).read()


class _Reader:
    """One text on its way to a Reading."""

    def __init__(self, text: str, mascaras: tuple[Mascara, ...]) -> None:
        self.prose = len(text) > _PROSE
        self.text = Text.of(text)
        self.mascaras = mascaras
        self.masks = (*mascaras, *FAMILIES)

    def read(self) -> Reading:
        finds = self._list_finds()
        if any(find.holds and find.solid for find in finds):
            return self._certain(finds)
        return self._doubtful(finds)

    def _certain(self, finds: Sequence[_Find]) -> Reading:
        """Check digits hold, so the text's other numbers are dates and telephones.

        A zero at the left does not change mod 11: what holds for Rondônia may be a federal NUP.
        And what was typed without groups may be another family's without check digits.
        """
        found: list[NumeroProtocolo] = []
        for find in finds:
            found += self._list_readings(find)
            found += (
                numero
                for _, numero, how in self._list_completed(find.span)
                if how.by_groups is find.printed and how.zeros == (1 if how.verified else 0)
            )
        return Reading(_first(found))

    def _doubtful(self, finds: Sequence[_Find]) -> Reading:
        """No check digits hold: what was typed, then what it becomes with what it may lack."""
        recognised = {find.span: find for find in finds}
        solid = any(find.solid for find in finds)
        completed = {
            span: self._list_completed(span)
            for span in (*recognised, *(() if solid else self._list_literals()))
        }
        for find in finds:
            if find.printed:
                completed[find.span] = [c for c in completed[find.span] if c.how.by_groups]
        fit = {span: [c for c in completed[span] if _is_fit(c)] for span in completed}
        known = [span for span in completed if span in recognised or fit[span]]
        if self.prose and not known:
            return Reading()
        found: list[NumeroProtocolo] = []
        for span in completed:
            if known and not any(span.overlaps(other) for other in known):
                continue
            if span in recognised:
                found += self._list_readings(recognised[span])
            else:
                found += self._list_spellings(span)
            found += (numero for _, numero, _ in completed[span])
        if not known:
            found[1:1] = self._list_numeros_sei()
        candidates = _first(found)
        offers = {completion.numero for span in known for completion in fit[span]}
        check = finds[0].numero.check if solid else None
        return Reading(
            candidates,
            suggestion=check.right if check else None,
            completion=next((numero for numero in candidates if numero in offers), None),
        )

    def _list_finds(self) -> list[_Find]:
        """What masks recognise: the surer first, then as they stand in the text. Of two that
        overlap only the better one, unless the check digits of both hold.
        """
        finds: list[_Find] = []
        for _, find in sorted(self._rank_finds(), key=lambda ranked: ranked[0]):
            if find.holds or not any(find.span.overlaps(better.span) for better in finds):
                finds.append(find)
        return sorted(
            finds,
            key=lambda find: (not find.solid, not find.holds, not find.printed, find.span.start),
        )

    def _rank_finds(self) -> Iterator[tuple[tuple[int, ...], _Find]]:
        runs = {*self.text.runs, *map(self.text.trim, self.text.runs)}
        entire = {*runs, *self.text.pieces, *map(self.text.trim, self.text.pieces)}
        lengths = {length for mask in self.masks for length in mask.lengths}
        for span, chave in self.text.list_windows(lengths):
            apart, whole = self.text.stands_apart(span), span in entire
            for order, mask, printed in self._list_fitting(span, chave):
                if not printed and not (apart and mask.recognises(chave)):
                    continue
                holds = mask.correct(chave) == chave
                if holds or (apart if printed else whole):
                    rank = (not holds, not apart, not printed, order, not whole, span.start)
                    solid = printed or span in runs or (whole and holds)
                    yield rank, _Find(span, NumeroProtocolo(chave, mask), printed, holds, solid)

    def _list_fitting(self, span: Span, chave: str) -> list[tuple[int, Mascara, bool]]:
        """The masks that may print it, with their place and whether it was typed in their groups.

        Only those where it was, if there are any: another's check digits then hold by chance.
        """
        groups = self.text.groups(span)
        fitting = [
            (order, mask, mask.prints(chave, groups))
            for order, mask in enumerate(self.masks)
            if mask.fits(chave)
        ]
        return [fit for fit in fitting if fit[2]] or fitting

    def _list_completed(self, span: Span) -> list[_Completed]:
        """What the span may lack put back, the likelier first. Of two that are proven the order
        of the masks decides, since a zero at the left proves nothing.
        """
        ranked: list[tuple[tuple[int, ...], _Completed]] = []
        groups, typed = self.text.groups(self.text.trim(span)), self.text.chave(span)
        for order, mask in enumerate(self.masks):
            for how in mask.list_completions(groups):
                numero = NumeroProtocolo(how.chave, mask)
                likelihood = _weigh(how, numero)
                if likelihood is not None and how.chave != typed:
                    proven = likelihood is _Likelihood.PROVEN
                    rank = (likelihood, 0 if proven else how.zeros, order, how.zeros)
                    ranked.append((rank, _Completed(likelihood, numero, how)))
        return [completed for _, completed in sorted(ranked, key=lambda pair: pair[0])]

    def _list_literals(self) -> list[Span]:
        """Runs of digits, and their pieces where one has several: those after a label first, then
        the longest.
        """
        sizes = {span: len(self.text.chave(span)) for span in (*self.text.runs, *self.text.pieces)}
        return sorted(
            (
                span
                for span, size in sizes.items()
                if size <= LONGEST and (size >= _SHORTEST_PIECE or span in self.text.runs)
            ),
            key=lambda span: (not self.text.has_label(span), -sizes[span], span),
        )

    def _list_readings(self, find: _Find) -> list[NumeroProtocolo]:
        """What a mask recognises, and with its letters: those first, if it only might be that."""
        readings = self._list_numeros(self.text.list_with_letters(find.span))
        return [find.numero, *readings] if find.printed else [*readings, find.numero]

    def _list_spellings(self, span: Span) -> list[NumeroProtocolo]:
        """What no mask recognises, with its letters and without."""
        return self._list_numeros(
            [
                *self.text.list_with_only_word(span),
                span,
                self.text.trim(span),
                *self.text.list_with_letters(span),
            ]
        )

    def _list_numeros_sei(self) -> list[NumeroProtocolo]:
        """Documents whose zeros were left out, of a text with one number or a label before it."""
        runs = self.text.runs
        chaves = (
            self.text.chave(run) for run in runs if len(runs) == 1 or self.text.has_label(run)
        )
        return [
            NumeroProtocolo(chave.zfill(_NUMERO_SEI))
            for chave in chaves
            if chave.isdecimal() and len(chave) < _NUMERO_SEI
        ]

    def _list_numeros(self, spans: Iterable[Span]) -> list[NumeroProtocolo]:
        chaves = (self.text.chave(span) for span in spans)
        return [
            NumeroProtocolo(chave, recognise(chave, self.mascaras))
            for chave in chaves
            if len(chave) <= LONGEST
        ]


def _weigh(how: Completion, numero: NumeroProtocolo) -> _Likelihood | None:
    """None for a coincidence: too many zeros, or check digits typed that do not hold.

    In a mask's own groups those may pass, where the zeros have one place only: numbers are typed
    into SEI by hand, and may be in it with wrong check digits.
    """
    if how.verified or (how.by_groups and numero.family is Family.MASCARA):
        return _Likelihood.PROVEN
    if how.by_groups:
        most = 1 if _is_wrong(numero) else _FEW_ZEROS
        return _Likelihood.BY_GROUPS if how.zeros <= most else None
    if _is_wrong(numero):
        return None
    return _Likelihood.GUESSED if how.zeros else _Likelihood.BY_LENGTH


def _is_fit(completed: _Completed) -> bool:
    """Whether it is more than a guess, and so worth telling the person about."""
    return completed.likelihood < _Likelihood.GUESSED and not _is_wrong(completed.numero)


def _is_wrong(numero: NumeroProtocolo) -> bool:
    return numero.check is not None and not numero.check.holds


def _first(found: Iterable[NumeroProtocolo]) -> tuple[NumeroProtocolo, ...]:
    return tuple(dict.fromkeys(found))[:_MOST]
