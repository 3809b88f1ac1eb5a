"""The HTML of a document made in SEI's editor, as it is signed, and its CRC."""

from collections.abc import Sequence
from html import escape
from zlib import crc32

ESTILO = {
    "centro": "font-size:13pt;font-family:Calibri;text-align:center;text-transform:uppercase;"
    "font-weight:bold;word-wrap:normal;",
    "texto": "font-size:12pt;font-family:Calibri;text-align:justify;word-wrap:normal;"
    "text-indent:25mm;margin:6pt;",
    "celula": "font-size:11pt;font-family:Calibri;text-align:left;word-wrap:normal;margin:0 3pt;",
}


def render(
    orgao: str,
    titulo: str,
    paragrafos: Sequence[str],
    *,
    tabela: Sequence[Sequence[str]] = (),
    numero_processo: str = "",
) -> str:
    """A whole page; everything in it fits ISO-8859-1. The first row of `tabela` is its heading."""
    corpo = [_p("centro", orgao), _p("centro", titulo)]
    if numero_processo:
        corpo.append(_p("celula", f"Processo nº {numero_processo}"))
    corpo += [_p("texto", texto) for texto in paragrafos]
    if tabela:
        corpo.append(_table(tabela))
    return (
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" '
        '"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">\n'
        '<html lang="pt-br">\n<head>\n'
        '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1" />\n'
        f"<title>{escape(titulo)}</title>\n</head>\n<body>\n"
        + "\n".join(corpo)
        + "\n</body>\n</html>\n"
    )


def crc(conteudo: str) -> str:
    """SEI's código CRC: crc32b of the page's latin-1 bytes, 8 hexadecimal digits, upper case."""
    return format(crc32(conteudo.encode("latin-1", "replace")), "08X")


def crc_of_file(conteudo: bytes) -> str:
    """The same for the file of an external document."""
    return format(crc32(conteudo), "08X")


def _p(estilo: str, texto: str) -> str:
    return f'<p style="{ESTILO[estilo]}">{escape(texto, quote=False)}</p>'


def _table(linhas: Sequence[Sequence[str]]) -> str:
    out = ['<table border="1" cellspacing="0" style="border-collapse:collapse;width:100%;"><tbody>']
    for n, linha in enumerate(linhas):
        tag = "th" if n == 0 else "td"
        cells = "".join(f"<{tag}>{_p('celula', texto)}</{tag}>" for texto in linha)
        out.append(f"<tr>{cells}</tr>")
    return "\n".join([*out, "</tbody></table>"])
