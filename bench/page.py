"""What is counted in a page: its entries, and the files a browser asks for to show it."""

from dataclasses import dataclass
from html.parser import HTMLParser

from bench.place import Server
from bench.town import Town

ENTRIES = 40
"""Andamentos on the page that the promises are about."""

# Those with so many andamentos, since not each of them becomes an entry.
CANDIDATES = (
    "SELECT p.protocolo_formatado_pesquisa FROM protocolo p"
    " JOIN atividade a ON a.id_protocolo = p.id_protocolo"
    " WHERE p.sta_protocolo = 'P' AND p.sta_nivel_acesso_global = '0'"
    " GROUP BY p.protocolo_formatado_pesquisa"
    f" HAVING count(*) BETWEEN {ENTRIES} AND {3 * ENTRIES} ORDER BY count(*)"
)
ON_USE = "on use"
"""The role of what `portal.js` fetches when somebody is about to press something."""

VOID = {"br", "hr", "img", "input", "link", "meta", "path", "circle", "rect", "use", "source"}


@dataclass(frozen=True)
class File:
    """Something a page makes a browser ask for, at once or on use."""

    role: str
    url: str


class Page(HTMLParser):
    """A page of the portal, read."""

    def __init__(self, html: bytes) -> None:
        super().__init__()
        self.files: list[File] = []
        self.links: list[str] = []
        self.entries = 0
        """Of the timeline, whose list is called `eventos`: items of the list of each day."""
        self._open: list[tuple[str, str]] = []
        self.feed(html.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        ids = [name for _, name in self._open]
        if tag == "li" and "eventos" in ids:
            inside = self._open[ids.index("eventos") :]
            self.entries += any(name == "li" for name, _ in inside)
        self._note_file(tag, values)
        if tag == "a":
            self.links.append(values.get("href", ""))
        if tag not in VOID:
            self._open.append((tag, values.get("id", "")))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """As in SVG: nothing stays open."""

    def handle_endtag(self, tag: str) -> None:
        # HTML lets a few end tags out; what they would close is closed with what holds it.
        while self._open and self._open.pop()[0] != tag:
            pass

    def _note_file(self, tag: str, values: dict[str, str]) -> None:
        match tag, values:
            case "link", {"rel": ("stylesheet" | "icon" | "preload") as rel, "href": url}:
                self._add("style" if rel == "stylesheet" else rel, url)
            case "script", {"src": url}:
                self._add("script", url)
                if "data-htmx" in values:
                    self._add(ON_USE, values["data-htmx"])
            case "img", {"src": url} if values.get("loading") != "lazy":
                self._add("image", url)

    def _add(self, role: str, url: str) -> None:
        # The same address twice is one request.
        if all(file.url != url for file in self.files):
            self.files.append(File(role, url))


def find_forty(server: Server, town: Town) -> str:
    """The address of a processo's page with exactly forty entries. LookupError when none has."""
    for (numero,) in town.ask(CANDIDATES):
        path = f"/processos/{numero}?ver=tudo"
        reply = server.get(town.host, path)
        if reply.status == 200 and Page(reply.body).entries == ENTRIES:
            return path
    raise LookupError(f"no page of {town.title} has {ENTRIES} entries")
