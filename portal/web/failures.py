"""What a person is told when gov.br could not say who they are: four answers to all its ways."""

from enum import StrEnum
from typing import Self

from portal.errors import TooManyRequests
from portal.govbr.values import LoginFailed, Why


class Failure(StrEnum):
    """In the address of the page, so that nothing has to be remembered for it."""

    REFUSED = "recusada"
    OVER = "expirou"
    AWAY = "fora"
    OURS = "configuracao"
    TOO_MANY = "muitas"

    @classmethod
    def named(cls, name: str | None) -> Self | None:
        """None for a word that is none of them."""
        return next((failure for failure in cls if failure == name), None)


_FAMILIES = {
    Why.REFUSED: Failure.REFUSED,
    Why.STATE: Failure.OVER,
    Why.CODE: Failure.OVER,
    Why.EXPIRED: Failure.OVER,
    Why.AWAY: Failure.AWAY,
    Why.SLOW: Failure.AWAY,
    Why.BUSY: Failure.AWAY,
    Why.MALFORMED: Failure.AWAY,
    Why.PROVIDER_ERROR: Failure.AWAY,
}
"""All others are for whoever runs the portal: trying again does not help."""


def failure_of(error: LoginFailed | TooManyRequests) -> Failure:
    if isinstance(error, TooManyRequests):
        return Failure.TOO_MANY
    return _FAMILIES.get(error.why, Failure.OURS)
