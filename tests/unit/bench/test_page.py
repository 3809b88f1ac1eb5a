from bench.page import ON_USE, Page

TIMELINE = b"""
<ol><li>not one</li></ol>
<ol id="eventos">
<li class="dia"><h3>12 de mar\xc3\xa7o</h3><ol><li><svg><use href="#a"/></svg><p>One<br>line</li>
<li>Two</li></ol></li>
<li class="dia"><h3>11 de mar\xc3\xa7o</h3><ol><li>Three</li></ol></li>
<li class="mais"><a href="/processos/1?antes=3">Mais</a></li>
</ol>
<ol id="itens"><li><ol><li>not one either</li></ol></li></ol>
"""

HEAD = b"""
<link rel="canonical" href="https://example.org/processos/1"><link rel="stylesheet" href="/a.css">
<link rel="icon" href="/brasao"><script src="/a.js" data-htmx="/b.js" defer></script>
<img src="/brasao"><img src="/photo"><img src="/qr.svg" loading="lazy">
"""


def test_entries_are_counted_and_neither_days_nor_other_lists() -> None:
    assert Page(TIMELINE).entries == 3


def test_a_first_visit_asks_once_for_each_file_that_it_needs_at_once() -> None:
    urls = [file.url for file in Page(HEAD).files if file.role != ON_USE]
    assert urls == ["/a.css", "/brasao", "/a.js", "/photo"]


def test_what_is_fetched_on_use_is_told_apart() -> None:
    assert [file.url for file in Page(HEAD).files if file.role == ON_USE] == ["/b.js"]
