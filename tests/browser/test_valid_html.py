"""The Nu HTML checker on every page, and on every part of one that htmx may ask for."""

from collections.abc import Callable, Iterator, Mapping

from tests.browser.states import STATES, Portals, ask

pytest_plugins = ("tests.browser.others",)

FOREIGN = "Unicode Normalization Form C"
"""A warning about text that SEI has so; a person's name is shown as it was written."""


def test_the_checker_finds_no_error_in_any_page_or_part_of_one(
    portals: Portals, check_html: Callable[[Mapping[str, str]], list[str]]
) -> None:
    found = check_html(dict(list_pages(portals)))
    assert [line for line in found if FOREIGN not in line] == []


def list_pages(portals: Portals) -> Iterator[tuple[str, str]]:
    for name, state in STATES.items():
        address = portals.address(name)
        for _ in range(3):
            page = ask(address)
            if page.status == state.status:
                break
        assert page.status == state.status, name
        yield name, page.text
        for query in state.fragments:
            part = ask(address.partition("?")[0] + query if query else address, HX_Request="true")
            assert not part.text.startswith("<!doctype"), name
            yield f"{name}, part {query}", wrap(part.text)


def wrap(part: str) -> str:
    """A part in the least page that may hold it: with the title and the heading it has, or others
    in their place."""
    head, title, body = part.rpartition("</title>")
    if not title:
        head, title = "<title>Part", "</title>"
    if "<h1" not in body:
        body = f"<h1>Part</h1>\n{body}"
    return f'<!doctype html>\n<html lang="pt-BR">\n{head}{title}\n{body}\n</html>\n'
