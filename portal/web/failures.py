"""What a person is told when they could not enter: one answer for each family of reasons."""

from enum import StrEnum
from typing import Self, TypeAlias

from sqlalchemy.exc import SQLAlchemyError

from portal.errors import TooManyRequests
from portal.govbr.values import LoginFailed, Why


class Failure(StrEnum):
    """In the address of the page, so that nothing has to be remembered for it."""

    REFUSED = "recusada"
    OVER = "expirou"
    AWAY = "fora"
    OURS = "configuracao"
    TOO_MANY = "muitas"
    NOT_KEPT = "ocupado"
    """gov.br may have said who it is; our own database could not keep it."""

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


Reason: TypeAlias = LoginFailed | TooManyRequests | SQLAlchemyError


def failure_of(error: Reason) -> Failure:
    if isinstance(error, SQLAlchemyError):
        return Failure.NOT_KEPT
    if isinstance(error, TooManyRequests):
        return Failure.TOO_MANY
    return _FAMILIES.get(error.why, Failure.OURS)
