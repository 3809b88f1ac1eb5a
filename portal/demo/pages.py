"""The HTML of a document made in SEI's editor, as it is signed, and its CRC."""

from collections.abc import Sequence
from html import escape
from zlib import crc32

STYLE = {
    "centro": "font-size:13pt;font-family:Calibri;text-align:center;text-transform:uppercase;"
    "font-weight:bold;word-wrap:normal;",
    "texto": "font-size:12pt;font-family:Calibri;text-align:justify;word-wrap:normal;"
    "text-indent:25mm;margin:6pt;",
    "celula": "font-size:11pt;font-family:Calibri;text-align:left;word-wrap:normal;margin:0 3pt;",
}


def render(
    orgao: str,
    title: str,
    paragraphs: Sequence[str],
    *,
    table: Sequence[Sequence[str]] = (),
    numero_processo: str = "",
) -> str:
    """A whole page; everything in it fits ISO-8859-1. The first row of `table` is its heading."""
    body = [_p("centro", orgao), _p("centro", title)]
    if numero_processo:
        body.append(_p("celula", f"Processo nº {numero_processo}"))
    body += [_p("texto", text) for text in paragraphs]
    if table:
        body.append(_table(table))
    return (
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" '
        '"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">\n'
        '<html lang="pt-br">\n<head>\n'
        '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1" />\n'
        f"<title>{escape(title)}</title>\n</head>\n<body>\n"
        + "\n".join(body)
        + "\n</body>\n</html>\n"
    )


def crc(page: str) -> str:
    """SEI's código CRC: crc32b of the page's latin-1 bytes, 8 hexadecimal digits, upper case."""
    return format(crc32(page.encode("latin-1", "replace")), "08X")


def crc_of_file(file: bytes) -> str:
    """The same for the file of an external document."""
    return format(crc32(file), "08X")


def _p(style: str, text: str) -> str:
    return f'<p style="{STYLE[style]}">{escape(text, quote=False)}</p>'


def _table(rows: Sequence[Sequence[str]]) -> str:
    out = ['<table border="1" cellspacing="0" style="border-collapse:collapse;width:100%;"><tbody>']
    for n, row in enumerate(rows):
        tag = "th" if n == 0 else "td"
        cells = "".join(f"<{tag}>{_p('celula', text)}</{tag}>" for text in row)
        out.append(f"<tr>{cells}</tr>")
    return "\n".join([*out, "</tbody></table>"])
