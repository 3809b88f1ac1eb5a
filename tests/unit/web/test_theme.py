import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import portal
from portal.web import theme
from portal.web.theme import Colour, contrast, make_theme, parse_hex, render_css, tidy_js

CSS = Path(portal.__file__).with_name("static").joinpath("portal.css").read_text("utf-8")

colours = st.tuples(*[st.integers(0, 255)] * 3)


def painted(block: str, name: str) -> Colour:
    """A token as `portal.css` has it."""
    match = re.search(rf"--{name}: (#[0-9a-f]+)", block)
    assert match is not None, f"portal.css says nothing of --{name}"
    return parse_hex(match[1])


LIGHT, DARK = CSS.split("prefers-color-scheme: dark", 1)
DARK = DARK.split("@media", 1)[0]


@pytest.mark.parametrize(
    ("text", "colour"),
    [("#1351b4", (19, 81, 180)), ("#FFF", (255, 255, 255)), ("#0a0", (0, 170, 0))],
)
def test_a_colour_is_read(text: str, colour: Colour) -> None:
    assert parse_hex(text) == colour


@pytest.mark.parametrize(
    "text", ["", "#12", "1351b4", "#1351b4;}", "#1351b4\n", "red", "#ggg", "#12345", "#１２３"]
)
def test_what_is_no_colour_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a colour"):
        parse_hex(text)


def test_contrast_is_that_of_wcag() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((255, 255, 255), (0, 0, 0)) == pytest.approx(21)
    assert contrast((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.01)


@given(colours)
def test_whatever_the_colour_links_and_buttons_can_be_read(colour: Colour) -> None:
    made = make_theme(colour)
    link, on_link = parse_hex(made.tema), painted(LIGHT, "cor-texto")
    for ground in (*theme.DAY, parse_hex(made.tema_suave)):
        assert contrast(link, ground) >= 7
        assert contrast(parse_hex(made.tema_forte), ground) >= 7
    assert contrast(on_link, link) >= 7
    assert contrast(on_link, parse_hex(made.tema_forte)) >= 11
    clear, on_clear = parse_hex(made.tema_claro), painted(DARK, "cor-texto")
    for ground in (*theme.NIGHT, parse_hex(made.tema_noite)):
        assert contrast(clear, ground) >= 7
    assert contrast(on_clear, clear) >= 7


@given(colours)
def test_whatever_the_colour_text_can_be_read_on_the_ground_it_tints(colour: Colour) -> None:
    made = make_theme(colour)
    for ground, block in ((made.tema_suave, LIGHT), (made.tema_noite, DARK)):
        for name in ("texto", "quieto", "erro"):
            assert contrast(painted(block, name), parse_hex(ground)) >= 7


@pytest.mark.parametrize(
    ("block", "grounds"), [(LIGHT, theme.DAY), (DARK, theme.NIGHT)], ids=["light", "dark"]
)
def test_the_grounds_a_theme_is_checked_on_are_those_that_are_painted(
    block: str, grounds: tuple[Colour, ...]
) -> None:
    assert (painted(block, "papel"), painted(block, "fundo")) == grounds
    for name in ("texto", "quieto", "erro"):
        for ground in grounds:
            assert contrast(painted(block, name), ground) >= 7
    for ground in grounds:
        assert contrast(painted(block, "borda"), ground) >= 3


def test_a_colour_that_reads_already_is_left_as_it_is() -> None:
    assert make_theme(parse_hex("#0c326f")).tema == "#0c326f"


def test_a_colour_keeps_its_hue() -> None:
    r, g, b = parse_hex(make_theme(parse_hex("#ffcd07")).tema)
    assert r > g > b


def test_every_property_of_a_theme_is_used_and_explained_in_the_stylesheet() -> None:
    written, _, rest = render_css("#1351b4", CSS).partition("}\n")
    for name in re.findall(r"(--tema[a-z-]*):", written):
        assert f"var({name})" in rest
        assert re.search(rf"{name}\s", CSS.partition("*/")[0])


def test_the_stylesheet_is_sent_without_comments_and_room_and_otherwise_whole() -> None:
    sent = render_css(
        "#1351b4",
        """/* one */
a > b :hover, p + p { width: calc(1px + 2px);
  font: 1em "Segoe UI", serif; }
/* two
*/
@media (min-width: 1em) { d::before { content: "› " / ""; } }
""",
    )
    assert sent.partition("\n")[2] == (
        'a>b :hover,p + p{width:calc(1px + 2px);font:1em "Segoe UI",serif;}'
        '@media (min-width:1em){d::before{content:"› " / "";}}'
    )


def test_a_colour_is_text_from_a_file_and_cannot_become_a_rule() -> None:
    with pytest.raises(ValueError, match="not a colour"):
        render_css("red}body{display:none", CSS)


def test_a_script_is_sent_without_its_comments_and_its_indentation() -> None:
    script = '/* Why. */\n(d => {\n  // How.\n  const a = "//b"; // Not alone.\n\n})(document);\n'
    assert tidy_js(script) == '(d => {\nconst a = "//b"; // Not alone.\n})(document);'
