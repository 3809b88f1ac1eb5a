"""A document's HTML made harmless: what stays, what goes, and what is never tried."""

import re
from base64 import b64encode
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.content.effort import DEEPEST
from portal.content.html import HTML_POLICY, MOST, MOST_SPECIAL, render, sanitise

PNG = "data:image/png;base64,iVBORw0KGgo="


def clean(text: str) -> str:
    cleaned = sanitise(text)
    assert cleaned is not None
    return cleaned


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>roubar()</script>",
        "<SCRIPT SRC=//mau.example/x.js></SCRIPT>",
        '<p onclick="roubar()">x</p>',
        '<img src=x onerror="roubar()">',
        '<img src="https://mau.example/pixel.png">',
        '<img src="//mau.example/pixel.png">',
        '<img src="data:image/svg+xml;base64,PHN2Zz4=">',
        '<img src="data:text/html,roubar()">',
        '<img srcset="//mau.example/pixel.png 2x">',
        '<p style="background:url(//mau.example/pixel.png)">x</p>',
        '<p style="list-style-type:url(//mau.example/pixel.png)">x</p>',
        '<p style="text-align:center;position:fixed;top:0">x</p>',
        '<p style="te\\78t-align:center">x</p>',
        "<style>@import '//mau.example/x.css';</style>",
        '<link rel="stylesheet" href="//mau.example/x.css">',
        '<meta http-equiv="refresh" content="0;url=//mau.example">',
        '<base href="//mau.example/">',
        '<form action="//mau.example"><input name="senha"><button>Entrar</button></form>',
        '<a href="javascript:roubar()">x</a>',
        '<a href="controlador.php?acao=documento_visualizar&id=7">x</a>',
        '<svg><script>roubar()</script><a href="//mau.example">x</a></svg>',
        "<math><mtext><style><img src=x onerror=roubar()></style></mtext></math>",
        '<iframe src="//mau.example"></iframe>',
        '<iframe srcdoc="<script>roubar()</script>"></iframe>',
        '<object data="//mau.example/x.swf"></object><embed src="//mau.example/x.swf">',
        "<noscript><p title='</noscript><img src=x onerror=roubar()>'></noscript>",
        "<!--[if IE]><script>roubar()</script><![endif]-->",
        "<table background='//mau.example/pixel.png'><tr><td>x</td></tr></table>",
        '<p class="rolagem titulo" id="conteudo" data-hx-get="/">x</p>',
        "<template><script>roubar()</script></template>",
        "<video poster='//mau.example/x'><source src='//mau.example/x'></video>",
    ],
)
def test_nothing_in_it_acts_or_fetches(hostile: str) -> None:
    kept = clean(f"<p>antes</p>{hostile}<p>depois</p>")
    assert "antes" in kept
    assert "depois" in kept
    for sign in ("roubar", "mau.example", "href", " on", "position", " id=", "data-", "url("):
        assert sign not in kept
    assert not re.search(r'class="(rolagem titulo|titulo)', kept)


@pytest.mark.parametrize("comment", ["<!-->", "<!--->", "<!-- x --!>", "<!x>", "<!-- <p> -->"])
def test_a_comment_swallows_no_more_than_a_browser_has_it_swallow(comment: str) -> None:
    assert clean(f"<p>um{comment}</p><p>dois</p><!-- -->") == "<p>um</p><p>dois</p>"


def test_nothing_is_left_open_that_would_swallow_what_follows() -> None:
    kept = clean("<p>um<!-- nunca fecha <p>dois</p>")
    assert kept == "<p>um</p>"


def test_what_shapes_a_text_stays() -> None:
    shaped = (
        '<p style="text-align:center;font-weight:bold"><strong>Despacho</strong></p>'
        '<ol start="3"><li>um</li></ol><h2>Título</h2><blockquote>citação</blockquote>'
    )
    assert clean(shaped) == shaped


def test_a_style_keeps_only_what_has_a_meaning() -> None:
    kept = clean('<p style="FONT-SIZE:12pt; Text-Align: CENTER !important; color:#fff">x</p>')
    assert kept == '<p style="text-align:center">x</p>'


def test_the_styles_of_seis_editor_keep_their_names_and_no_others_do() -> None:
    kept = clean('<p class="Item_Nivel2 rolagem Citacao MsoNormal">x</p><p class="titulo">y</p>')
    assert kept == '<p class="Item_Nivel2 Citacao">x</p><p>y</p>'


def test_a_numbered_paragraph_gets_its_number_from_the_page() -> None:
    page = render('<p class="Item_Nivel1">Objeto</p>', "Edital")
    assert ".Item_Nivel1::before" in page


def test_an_image_of_the_document_itself_stays() -> None:
    assert clean(f'<img alt="Brasão" src="{PNG}">') == f'<img alt="Brasão" src="{PNG}">'


@pytest.mark.parametrize("image", [f'<img src="{PNG}">', "<img>", '<img width="9">'])
def test_an_image_that_nobody_described_says_so(image: str) -> None:
    assert clean(image).startswith('<img alt="Imagem sem descrição"')


def test_a_table_scrolls_by_itself_and_by_keyboard() -> None:
    kept = clean("<table><tr><td>a<table><tr><td>b</td></tr></table></td></tr></table>")
    assert kept.count('<div class="rolagem" role="group" tabindex="0" aria-label="Tabela">') == 2
    assert kept.count("</table></div>") == 2


def test_a_table_in_an_attribute_is_text() -> None:
    kept = clean('<img alt="<table></table>">')
    assert "<table" not in kept


def test_accents_are_right_however_they_were_written() -> None:
    assert clean("<p>a&ccedil;&atilde;o a&#231;&#xe3;o ação</p>") == "<p>ação ação ação</p>"


def test_windows_quotation_marks_kept_as_latin_1_are_read_as_such() -> None:
    broken = "“ação” – fim…".encode("cp1252").decode("latin-1")
    assert clean(f"<p>{broken}\x00\x81\x0b</p>") == "<p>“ação” – fim…</p>"


def test_the_page_is_whole_and_says_its_name() -> None:
    page = render("<html><head><title>x</title></head><body><p>Texto</p></body>", "Ofício <1>")
    assert page.startswith("<!doctype html>\n")
    assert '<html lang="pt-BR">' in page
    assert '<meta charset="utf-8">' in page
    assert "<title>Ofício &lt;1&gt;</title>" in page
    assert '<h1 class="titulo">Ofício &lt;1&gt;</h1>' in page
    assert "<p>Texto</p>" in page


def test_a_document_with_a_heading_of_its_own_gets_no_other() -> None:
    assert render("<h1>Edital</h1>", "Edital").count("<h1") == 1


def test_the_policy_names_the_stylesheet_that_the_page_has() -> None:
    style = re.search(r"<style>(.*)</style>", render("x", "x"), re.DOTALL)
    assert style is not None
    digest = b64encode(sha256(style[1].encode()).digest()).decode()
    assert f"style-src-elem 'sha256-{digest}'" in HTML_POLICY


def test_the_policy_gives_the_page_nothing() -> None:
    directives = HTML_POLICY.split("; ")
    assert directives[0] == "default-src 'none'"
    assert "img-src data:" in directives
    assert "frame-ancestors 'self'" in directives
    assert "sandbox" in directives
    assert not any(d.startswith(("script-src", "connect-src", "frame-src")) for d in directives)


def test_a_saved_page_keeps_its_policy() -> None:
    assert '<meta http-equiv="Content-Security-Policy" content="default-src \'none\';' in render(
        "x", "x"
    )


@pytest.mark.parametrize(
    "twisted",
    [
        "x" * (MOST + 1),
        "&" * (MOST_SPECIAL + 1),
        "\N{NO-BREAK SPACE}" * (MOST_SPECIAL + 1),
        "<div>" * (DEEPEST + 1),
        "<table><tr><td>" * (DEEPEST + 1),
        f"<p>{''.join(f'<b class={n}>' for n in range(900))}</p>" + "<p>x</p>" * 10_000,
    ],
    ids=["long", "ampersands", "hard spaces", "deep", "deep tables", "opened again"],
)
def test_what_would_take_too_long_is_not_tried_and_the_page_says_so(twisted: str) -> None:
    assert sanitise(twisted) is None
    assert "grande demais" in render(twisted, "Anexo")


def test_many_paragraphs_that_never_close_are_no_depth() -> None:
    assert clean("<p>x<br><li>y<td>z" * (DEEPEST + 1))


PIECES = re.findall(
    r"\S+",
    "< > / \" ' = & ; <p <img <table </table> <svg <style> </style> <script> <!-- --> src= style="
    " onload=x alt=' javascript: <math <title> </title> <noscript> a",
)


@given(st.lists(st.sampled_from([*PIECES, " "])))
def test_whatever_is_put_together_nothing_comes_out_that_acts(pieces: list[str]) -> None:
    kept = clean("".join(pieces))
    tags = re.findall(r"<[^>]*>", kept)
    assert not [t for t in tags if re.search(r"<(script|svg|math|style|title|noscript)", t)]
    assert not [t for t in tags if re.search(r'<\w[^"]* on\w+=', t)]
