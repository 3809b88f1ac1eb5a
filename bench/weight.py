"""What a first visit costs somebody with prepaid data."""

from pathlib import Path
from tempfile import TemporaryDirectory

import brotli  # type: ignore[import-untyped] # it publishes no types

from bench import report
from bench.page import ON_USE, Page, find_forty
from bench.place import Server, install
from bench.town import SMALL, Town, building

PAGE_MOST = 14_000
READ_MOST = 12_300
VISIT_MOST = 25_000
REQUESTS_MOST = 5
LEAST_TIMES = 10

# What nginx and others do while a page waits; files are compressed ahead, as far as it goes.
QUALITY = 6

OTHERS = {
    "@govbr-ds/core": 283_000,
    "open-inwoner": 252_000,
    "GOV.UK Notify": 123_000,
}
"""Bytes of the same page with the assets of others, compressed too, as measured for issue 2. Theirs
are fetched at once, so what compares with them is what of ours is."""


def measure(full: bool, keep: bool) -> None:
    with (
        building("sqlite", SMALL, keep) as town,
        TemporaryDirectory(prefix="portal-bench-") as folder,
    ):
        place = install(Path(folder), {town.slug: str(town.url)})
        with place.serving((town.host, "/")) as server:
            _weigh(server, town)


def _weigh(server: Server, town: Town) -> None:
    path = find_forty(server, town)
    html = server.get(town.host, path).body
    sizes = [("page", "its HTML", len(html), len(brotli.compress(html, quality=QUALITY)))]
    for file in Page(html).files:
        plain = server.get(town.host, file.url).body
        sent = server.get(town.host, file.url, Accept_Encoding="br").body
        sizes.append((file.role, file.url, len(plain), len(sent)))
    report.show(
        "Weight: the first visit to a processo with 40 andamentos",
        ("what", "address", "bytes", "with brotli"),
        sizes,
    )
    page = sum(sent for role, _, _, sent in sizes if role in ("page", "style"))
    read = sum(sent for role, _, _, sent in sizes if role != ON_USE)
    visit = sum(sent for *_, sent in sizes)
    report.show(
        "Promised",
        ("what", "measured", "target"),
        [
            ("HTML and CSS, bytes", page, report.at_most(page, PAGE_MOST)),
            ("the first visit of who only reads, bytes", read, report.at_most(read, READ_MOST)),
            ("with htmx, which comes on use, bytes", visit, report.at_most(visit, VISIT_MOST)),
            ("its requests", len(sizes), report.at_most(len(sizes), REQUESTS_MOST)),
            *(
                (
                    f"{name}, times what is read",
                    f"{size / read:.1f}",
                    report.at_least(size / read, LEAST_TIMES),
                )
                for name, size in OTHERS.items()
            ),
        ],
    )
