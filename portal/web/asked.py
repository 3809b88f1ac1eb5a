"""Which part of a processo an address asks for, in the same words for people and for programs."""

from collections.abc import Mapping
from typing import Final, NamedTuple, Self
from urllib.parse import urlencode

from portal.sei.keys import key_of

LONGEST_FORMATADO: Final = 50
"""Characters of SEI's `protocolo_formatado`."""


class Asked(NamedTuple):
    """What the address of a processo asks for beside its number: arguments of `service.track`."""

    formatado: str | None = None
    oldest_first: bool = False
    main_only: bool = True
    before: int | None = None
    contents_after: int | None = None

    @classmethod
    def of(cls, args: Mapping[str, str]) -> Self:
        """What is mangled in a query string counts as not asked."""
        return cls(
            formatado=_formatado(args.get("formatado")),
            oldest_first=args.get("ordem") == "antigas",
            main_only=args.get("ver") != "tudo",
            before=key_of(args.get("antes")),
            contents_after=key_of(args.get("documentos")),
        )

    def from_the_start(self) -> Self:
        """The same processo and as much of it, where its lists begin, newest first."""
        return self._replace(oldest_first=False, before=None, contents_after=None)

    @property
    def words(self) -> dict[str, str]:
        """What a query string must say to ask for it, by name."""
        words = {
            "formatado": self.formatado,
            "ordem": "antigas" if self.oldest_first else None,
            "ver": None if self.main_only else "tudo",
            "antes": None if self.before is None else str(self.before),
            "documentos": None if self.contents_after is None else str(self.contents_after),
        }
        return {name: value for name, value in words.items() if value is not None}

    @property
    def query(self) -> str:
        """The query string that asks for it, with its question mark; empty for what is asked
        without one."""
        words = self.words
        return f"?{urlencode(words, safe='/')}" if words else ""


NOTHING: Final = Asked()
"""What an address without a query asks for."""


def _formatado(text: str | None) -> str | None:
    """A number as SEI prints it; what is longer is none."""
    return text if text is None or len(text) <= LONGEST_FORMATADO else None
