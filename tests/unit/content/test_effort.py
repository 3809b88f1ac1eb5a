"""What a page would cost: whatever grows when it is read is found out, and no real page is."""

import pytest

from portal.content.effort import DEEPEST, costs_too_much

MANY = range(900)
DISTINCT = "".join(f"<b class={n}>" for n in MANY)


def after(opened: str, paragraphs: int = 1_000) -> str:
    """Paragraphs after one in which that was opened."""
    return f"<p>{opened}</p>" + "<p>x</p>" * paragraphs


@pytest.mark.parametrize(
    "page",
    [
        after(DISTINCT),
        after(DISTINCT, 10_000),
        after("".join(f'<b class={n} title="</b>">' for n in MANY)),
        after("".join(f"<b class={n}><!--</b>-->" for n in MANY)),
        after("".join(f"<b class={n}><!--><!--</b>--!>" for n in MANY)),
        after("".join(f"<b class={n}><style></b></style>" for n in MANY)),
        after("".join(f"<b class={n}><table><td></b></table>" for n in MANY)),
        f"<style><!--</style>{after(DISTINCT)}-->",
        f'<style><i title="</style>{after(DISTINCT)}">',
        after(f"<b class={'x' * 100_000}>"),
        after("<b><big><code><em><font><i><s><small><strike><strong><tt><u>" * 3, 20_000),
        "<p>" * 600_001,
    ],
    ids=[
        *("distinct", "a hundred kilobytes", "quoted ends", "ends in comments", "empty comments"),
        *("ends in a style", "ends in a table", "a comment in a style", "a style in quotes"),
        *("long", "alike", "many"),
    ],
)
def test_what_would_be_opened_again_and_again_is_not_read(page: str) -> None:
    assert costs_too_much(page)


@pytest.mark.parametrize("attribute", ["a{}=1", "<a{}=1", 'a{}=">"', "a{}='<'"])
@pytest.mark.parametrize("end", [">", ""])
def test_a_tag_has_no_hundreds_of_attributes(attribute: str, end: str) -> None:
    def tag(attributes: int) -> str:
        return f"<p {' '.join(attribute.format(n) for n in range(attributes))}{end}"

    assert costs_too_much(tag(101))
    assert not costs_too_much(tag(100))


@pytest.mark.parametrize(
    "level",
    [
        *('<div title="</div>">', "<div><!--</div>-->", "<div/</div>"),
        *("<div><!x</div>", "<div><style></div></style>", "<div><table><td></div></table>"),
        "<div><svg><style><!--</style></svg></div>--></style>",
        "<div><svg><![CDATA[></svg></div>]]>",
        "<div><select><style><!--</style></select></div>-->",
        "<div><script><!--<script></script></div></script>",
        *("<b><div></b>", "<DIV></p title='</div>'>"),
    ],
)
def test_no_end_that_a_parser_would_not_see_hides_the_depth(level: str) -> None:
    assert costs_too_much(level * (DEEPEST + 1))
    assert not costs_too_much(level * 100)


@pytest.mark.parametrize(
    "page",
    [
        "<style><!-- p {} --></style>" + "<div><p>x</p></div>" * 9_000,
        "<!--[if mso]><xml><o:p>x</o:p></xml><![endif]-->" + "<div><b><p>x</p></b></div>" * 9_000,
        "".join(f"<td><b><font size=2>{n}</b></font></td>" for n in range(9_000)),
        "".join(f"<p><a href=x{n}><b>y<span>z</span></b></a>" for n in range(9_000)),
        "<div><svg><path d=1></svg></div>" * 9_000,
        "<" * 1_000_000,
        f'<p><img src="data:image/png;base64,{"A" * 11_000_000}"></p>',
    ],
    ids=["style", "Word", "crossed", "links", "drawings", "signs", "image"],
)
def test_what_hands_and_editors_write_is_read(page: str) -> None:
    assert not costs_too_much(page)
