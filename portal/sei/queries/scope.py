"""Whose processos a search may list."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement

from portal.sei import visibility
from portal.sei.installation import Installation


@dataclass(frozen=True, slots=True)
class Scope:
    """What there is to search, for a tenant."""

    installation: Installation
    orgaos: frozenset[int]
    teste: int | None
    """The unit whose processos are only tries."""

    @property
    def criterion(self) -> ColumnElement[bool]:
        return visibility.search_criterion(self.installation, self.orgaos, self.teste)
