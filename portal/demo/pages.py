"""The HTML of a document made in SEI's editor, as it is signed, and its CRC."""

import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from html import escape
from html.entities import codepoint2name
from zlib import crc32

from portal.demo.png import draw_brasao
from portal.demo.town import NAME

STYLE = {
    "centro": "font-size:13pt;font-family:Calibri;text-align:center;text-transform:uppercase;"
    "font-weight:bold;word-wrap:normal;",
    "cabecalho": "font-size:11pt;font-family:Calibri;text-align:center;word-wrap:normal;margin:0;",
    "texto": "font-size:12pt;font-family:Calibri;text-align:justify;word-wrap:normal;"
    "text-indent:25mm;margin:6pt;",
    "lista": "font-size:12pt;font-family:Calibri;text-align:justify;margin:6pt;",
    "celula": "font-size:11pt;font-family:Calibri;text-align:left;word-wrap:normal;margin:0 3pt;",
    "data": "font-size:12pt;font-family:Calibri;text-align:right;word-wrap:normal;margin:12pt 6pt;",
    "assina": "font-size:12pt;font-family:Calibri;text-align:center;word-wrap:normal;margin:6pt;",
}
MONTHS = (
    "janeiro", "fevereiro", "março", "abril", "maio", "junho",
    "julho", "agosto", "setembro", "outubro", "novembro", "dezembro",
)  # fmt: skip
DOCTYPE = (
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" '
    '"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">\n'
)


@dataclass(frozen=True, slots=True)
class Page:
    """What a document says, and what SEI prints around it."""

    titulo: str
    paragraphs: Sequence[str]
    items: Sequence[str] = ()
    """A numbered list, after the paragraphs."""
    table: Sequence[Sequence[str]] = ()
    """The first row is its heading."""
    orgao: str = ""
    unidade: str = ""
    processo: str = ""
    """The processo's number."""
    assunto: str = ""
    numero: str = ""
    """The número SEI."""
    day: date | None = None
    signers: Sequence[tuple[str, str]] = ()
    """Name and cargo, as typed at its foot."""


def render(page: Page) -> str:
    """A whole page, which fits ISO-8859-1.

    The editor writes accents as entities; what SEI adds around its text comes as it is.
    """
    body = [*_head(page)]
    body += [_p("texto", text) for text in page.paragraphs]
    if page.items:
        rows = "".join(f"<li>{_p('lista', text)}</li>" for text in page.items)
        body.append(f"<ol>{rows}</ol>")
    if page.table:
        body.append(_table(page.table))
    if page.day:
        day = page.day
        body.append(_p("data", f"{NAME}, {day.day} de {MONTHS[day.month - 1]} de {day.year}."))
    for nome, cargo in page.signers:
        strong = f"<strong>{_entities(nome)}</strong><br />{_entities(cargo)}"
        body.append(f'<p style="{STYLE["assina"]}">{strong}</p>')
    if page.numero:
        body.append(
            '<hr style="border:none;border-top:1px solid #808080;" />'
            '<table style="width:100%;"><tbody><tr>'
            f"<td>{_p('celula', f'Referência: Processo nº {page.processo}')}</td>"
            f"<td>{_p('celula', f'SEI nº {page.numero}')}</td></tr></tbody></table>"
        )
    return (
        f'{DOCTYPE}<html lang="pt-br">\n<head>\n'
        '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1" />\n'
        f"<title>{_latin1(page.titulo)}</title>\n</head>\n<body>\n"
        + "\n".join(body)
        + "\n</body>\n</html>\n"
    )


def crc(page: str) -> str:
    """SEI's código CRC: crc32b of the page's latin-1 bytes, 8 hexadecimal digits, upper case."""
    return format(crc32(page.encode("latin-1", "replace")), "08X")


def crc_of_file(file: bytes) -> str:
    """The same for the file of an external document."""
    return format(crc32(file), "08X")


def _head(page: Page) -> list[str]:
    head = [_brasao(), _raw("centro", page.orgao)] if page.orgao else []
    if page.unidade:
        head.append(_raw("cabecalho", page.unidade))
    head.append(_raw("centro", page.titulo))
    if page.processo:
        head.append(_raw("celula", f"Processo nº {page.processo}"))
    if page.assunto:
        head.append(_raw("celula", f"Assunto: {page.assunto}"))
    return head


@cache
def _brasao() -> str:
    picture = b64encode(draw_brasao()).decode()
    return (
        f'<p style="{STYLE["cabecalho"]}"><img alt="Brasão" height="56" width="48" '
        f'src="data:image/png;base64,{picture}" /></p>'
    )


def _raw(style: str, text: str) -> str:
    return f'<p style="{STYLE[style]}">{_latin1(text)}</p>'


def _p(style: str, text: str) -> str:
    return f'<p style="{STYLE[style]}">{_entities(text)}</p>'


def _latin1(text: str) -> str:
    """Escaped, with a reference for what ISO-8859-1 lacks."""
    plain = escape(text, quote=False)
    return plain.encode("latin-1", "xmlcharrefreplace").decode("latin-1")


def _entities(text: str) -> str:
    """Escaped, with a named entity for each accent, as the editor writes them."""
    return re.sub(r"[^\x00-\x7f]", _entity, escape(text, quote=False))


def _entity(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"&{codepoint2name[code]};" if code in codepoint2name else f"&#{code};"


def _table(rows: Sequence[Sequence[str]]) -> str:
    out = ['<table border="1" cellspacing="0" style="border-collapse:collapse;width:100%;"><tbody>']
    for n, row in enumerate(rows):
        tag = "th" if n == 0 else "td"
        cells = "".join(f"<{tag}>{_p('celula', text)}</{tag}>" for text in row)
        out.append(f"<tr>{cells}</tr>")
    return "\n".join([*out, "</tbody></table>"])
