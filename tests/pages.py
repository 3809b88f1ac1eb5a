"""What holds for every page, checked on each answer that a test sees."""

from html.parser import HTMLParser

VOID = ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr")


class Page(HTMLParser):
    """Reads a page or a part of one; `mistakes` is what is wrong with it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.whole = text.startswith("<!doctype html>")
        self.title = ""
        self.mistakes: list[str] = []
        self._ids: set[str] = set()
        self._open: list[str] = []
        self._headings = 0
        self.feed(text)
        self.close()
        self._check_end()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self._open.append(tag)
        self._check_tag(tag, dict(attrs))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._check_tag(tag, dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.mistakes.append(f"</{tag}> closes nothing, line {self.getpos()[0]}")

    def handle_data(self, data: str) -> None:
        if self._open[-1:] == ["title"]:
            self.title += data.strip()

    def _check_tag(self, tag: str, attributes: dict[str, str | None]) -> None:
        self._headings += tag == "h1"
        identity = attributes.get("id")
        if identity is not None:
            if identity in self._ids:
                self.mistakes.append(f"two elements are called {identity}")
            self._ids.add(identity)
        for name in attributes:
            if name == "style" or name.startswith(("on", "hx-", "data-hx-on")):
                self.mistakes.append(f"{name} on <{tag}>, which the content policy refuses")
        if tag == "style" or (tag == "script" and not attributes.get("src")):
            self.mistakes.append(f"inline <{tag}>")

    def _check_end(self) -> None:
        if self._open:
            self.mistakes.append(f"{self._open} never closed")
        if self.whole and not self.title:
            self.mistakes.append("no title")
        if self.whole and self._headings != 1:
            self.mistakes.append(f"{self._headings} main headings")
