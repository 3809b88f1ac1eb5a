"""Which part of a processo an address asks for, in the same words for people and for programs."""

from collections.abc import Mapping
from typing import NamedTuple, Self
from urllib.parse import urlencode


class Asked(NamedTuple):
    """What the address of a processo asks for beside its number: arguments of `service.track`."""

    formatado: str | None = None
    oldest_first: bool = False
    main_only: bool = True
    before: int | None = None
    contents_after: str | None = None

    @classmethod
    def of(cls, args: Mapping[str, str]) -> Self:
        """What is mangled in a query string counts as not asked."""
        return cls(
            formatado=args.get("formatado"),
            oldest_first=args.get("ordem") == "antigas",
            main_only=args.get("ver") != "tudo",
            before=_cursor(args.get("antes", "")),
            contents_after=args.get("documentos"),
        )

    def from_the_start(self) -> Self:
        """The same processo and as much of it, where its lists begin, newest first."""
        return self._replace(oldest_first=False, before=None, contents_after=None)

    @property
    def query(self) -> str:
        """The query string that asks for it, with its question mark; empty for what is asked
        without one."""
        words = {
            "formatado": self.formatado,
            "ordem": "antigas" if self.oldest_first else None,
            "ver": None if self.main_only else "tudo",
            "antes": self.before,
            "documentos": self.contents_after,
        }
        asked = {name: value for name, value in words.items() if value is not None}
        return f"?{urlencode(asked)}" if asked else ""


def _cursor(text: str) -> int | None:
    """A place in a list. What is not one counts as none: the page then starts where lists do."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None
