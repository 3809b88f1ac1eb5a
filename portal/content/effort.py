"""What reading a page would cost, told from its tags before anything of it is read.

A few kilobytes of HTML can stand for gigabytes: a `<b>` that is still open when its paragraph ends
is opened again in the next one, and so on, and nobody has to write it twice. What a parser makes of
a page is known only by parsing it, so this counts on the safe side: whatever looks like the start
of an element counts, also in a comment or inside quotation marks, and an end counts only where no
reading of the page can take it for anything else.
"""

import re
from collections import Counter

MOST_ELEMENTS = 600_000
"""Tags that are written, and elements that are opened again; some 200 bytes of memory each."""
DEEPEST = 1_000
"""Elements inside each other: each is looked for among all that are open."""

_TAG = re.compile(
    # From its `<` on, a tag is read in one way only: §13.2.5 of the HTML standard. A tag that never
    # ends is read, too. A parser compares each attribute with all before it: a hundred are enough.
    r"""(?ai)<(?:(/?)([a-z][^ \t\r\n/>]*+)
        (?=((?:[ \t\r\n/]*+ [^ \t\r\n/>][^ \t\r\n/>=]*+
            (?:[ \t\r\n]*+ = [ \t\r\n]*+ (?:"[^"]*+(?:"|\Z) | '[^']*+(?:'|\Z)
                                          | (?!["'])[^ \t\r\n>]*+))?+
        ){0,100}+)[ \t\r\n/]*+(>|\Z)?)
        |!--|!\[CDATA\[|[!?/])""",
    re.VERBOSE,
)
_ENDS = {"<!--": "--!?>", "<![CDATA[": "]]>"}
"""Of what is no tag; of the rest, as of `<!doctype`, the next `>`."""
_FORMATTING = frozenset(
    (
        "a",
        "b",
        "big",
        "code",
        "em",
        "font",
        "i",
        "nobr",
        "s",
        "small",
        "strike",
        "strong",
        "tt",
        "u",
    )
)
"""What is opened again. Of the same element with the same attributes, three at most."""
_INLINE = frozenset(("br", "img", "span", "sub", "sup"))
"""What changes nothing for the formatting around it."""
_SHALLOW = frozenset(
    ("br", "col", "dd", "dt", "hr", "img", "input", "li", "link", "meta", "option", "p", "td")
) | {"th", "tr", "wbr"}
"""No depth: they have no content, or end where the next one begins."""
_WALLS = frozenset(("applet", "marquee", "math", "object", "select", "svg", "table", "template"))
"""No end inside of them ends what began outside."""

_RAW = frozenset(("iframe", "noembed", "noframes", "noscript", "script", "style", "textarea"))
_RAW |= {"title", "xmp"}


def costs_too_much(text: str) -> bool:
    """Whether reading it could take more time or memory than a document may have."""
    count = _Count()
    return not all(count.admits(tag) for tag in _TAG.finditer(text))


class _Count:
    """What has been counted up to a place in the text."""

    def __init__(self) -> None:
        self._elements = 0
        self._doubtful = 0
        """Up to where ends do not count, being perhaps in a comment or an attribute."""
        self._depth = 0
        self._rooms: list[tuple[str, Counter[str]]] = [("", Counter())]
        """What is open within each of the `_WALLS`, which is named first."""
        self._open: list[tuple[str, str]] = []
        """Formatting that was opened since the last tag that is not inline."""
        self._left: Counter[tuple[str, str]] = Counter()
        """Formatting that may be opened again at any place from now on."""
        self._again = 0
        """What that costs each time; long attributes are written again, too."""

    def admits(self, tag: re.Match[str]) -> bool:
        """Count one tag; whether it was not too much."""
        slash, name, attributes, end = tag.groups()
        self._elements += 1
        if name is None:
            self._doubt(tag, _ENDS.get(tag[0], ">"))
            self._leave()
        elif end is None:
            return False
        else:
            name = name.lower() if name.isascii() else "?"
            certain = tag.start() >= self._doubtful and "<" not in attributes
            if not slash:
                self._rise(name)
            elif certain:
                self._sink(name)
            self._format(name, attributes, bool(slash), certain)
            if name in _RAW and not slash:
                self._doubt_raw(tag, name)
            self._doubtful = max(self._doubtful, tag.end() + len(attributes))
        return self._depth <= DEEPEST and self._elements <= MOST_ELEMENTS

    def _doubt(self, tag: re.Match[str], end: str) -> None:
        """Ends do not count before that one. What is in doubt already is not looked into."""
        if tag.start() >= self._doubtful:
            # The two hyphens that begin a comment may end it.
            found = re.compile(rf"(?i){end}|\Z").search(tag.string, max(tag.end() - 2, 0))
            self._doubtful = found.start() if found else len(tag.string)

    def _doubt_raw(self, tag: re.Match[str], name: str) -> None:
        """The text of a `<style>` and its like has no tags, unless it stands where it means nothing
        of the kind: then what is around it is taken to stay open."""
        wall, inside = self._rooms[-1]
        if wall not in ("", "table"):
            self._rooms[-1] = ("?", inside)
        if tag.start() < self._doubtful:
            return
        self._doubt(tag, f"</{name}")
        # A script may have another in a comment, and end at the second `</script>` only.
        if name in ("noscript", "script") and tag.string.count("<!--", tag.end(), self._doubtful):
            self._doubtful = len(tag.string)

    def _rise(self, name: str) -> None:
        if name in _SHALLOW:
            return
        self._depth += 1
        self._rooms[-1][1][name] += 1
        if name in _WALLS:
            self._rooms.append((name, Counter()))

    def _sink(self, name: str) -> None:
        wall, inside = self._rooms[-1]
        if name == wall:
            self._rooms.pop()
            self._depth -= inside.total()
            inside = self._rooms[-1][1]
        if inside[name]:
            inside[name] -= 1
            self._depth -= 1

    def _format(self, name: str, attributes: str, closes: bool, certain: bool) -> None:
        if not certain or name not in _FORMATTING | _INLINE:
            if name in _FORMATTING and not closes:
                self._open.append((name, attributes))
            self._leave()
        elif closes:
            if self._open and self._open[-1][0] == name:
                self._open.pop()
                return
            self._leave()
        elif name in _FORMATTING:
            self._open.append((name, attributes))
            if name not in ("a", "nobr"):  # those end the one before
                return
        else:
            return
        self._elements += self._again

    def _leave(self) -> None:
        """What is open now may have been left open."""
        for name, attributes in self._open:
            # An `<a>` ends the one before it, whatever that one says.
            which = (name, "" if name == "a" else attributes)
            if self._left[which] < (1 if name == "a" else 3):
                self._left[which] += 1
                self._again += 1 + len(attributes) // 100
        self._open.clear()
