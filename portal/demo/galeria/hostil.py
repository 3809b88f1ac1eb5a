"""Text that people, or somebody worse, may have typed: a page must show it and not obey it."""

from portal.demo.cena import Cena

OVERRIDE = "\u202e"
"""Right-to-left override. Latin-1 has none, so it survives only where the charset holds it."""
TEXTOS: tuple[str | None, ...] = (
    "<script>alert('portal')</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }} {% raw %} ${7*7} #{7*7}",
    "javascript:alert(document.domain)",
    "&lt;b&gt;já escapado&lt;/b&gt; &amp;amp; &nbsp;",
    f"Nota {OVERRIDE}ao contrário",
    "zero\u200blargura e \u00adhífen invisível \ufeff",
    "Parecer favorável \U0001f44d",
    "'; DROP TABLE protocolo; --",
    "@UNIDADE@ @DOCUMENTO@ @USUARIO@ @NAO_EXISTE@ #DOCUMENTOS#",
    "Contato: maria@correio.example, CPF 999.000.012-34",
    "linha um\r\nlinha dois\n\tlinha três",
    "",
    None,
    "   ",
    "x" * 4000,
    "palavra " * 500,
    "A" + "\u0301" * 60,
)
UNIDADES = (
    "SEFAZ¥Secretaria Municipal de Fazenda",
    "SEFAZ ¥ Secretaria Municipal de Fazenda",
    "SEFAZ",
    "¥sem sigla",
    "SEFAZ¥duas¥vezes",
    "<b>SEFAZ</b>¥<script>",
    None,
)
NOMES = (
    "MARIA APARECIDA DA SILVA - CPF 999.000.012-34",
    "José <script>alert('nome')</script> da Silva",
    f"Ana {OVERRIDE}ateB Souza",
    "99900001234",
    "Condomínio " + "do Edifício " * 18 + "Sol",
)


def hostil(c: Cena) -> None:
    """Notes, units, names and titles as nobody should type them."""
    for nome in NOMES:
        c.sei.interessado(c.processo, nome)
    for texto in TEXTOS:
        c.sei.andamento(c.processo, 65, DESCRICAO=texto)
    for unidade in UNIDADES:
        c.sei.andamento(c.processo, 32, UNIDADE=unidade, aberto=False)
    c.sei.andamento(c.processo, 32, aberto=False)
    c.sei.andamento(c.processo, 20, MOTIVO=TEXTOS[0])
    c.sei.andamento(c.processo, 21)
    c.sei.andamento(c.processo, 7, MOTIVO=None, VEICULO=None, DATA="31/02/2026", TIPO=None)
    _papers(c)


def _papers(c: Cena) -> None:
    c.write("Despacho", *(texto for texto in TEXTOS[:5] if texto), numero='"><b>12/2026')
    c.sei.externo(c.processo, "Anexo", arquivo="../../etc/<script>.pdf", numero="  ")
    c.sei.externo(c.processo, "Anexo", arquivo="sem extensão", numero="9" * 50)
    c.sei.externo(c.processo, "Anexo", arquivo="planta.PDF.exe", conteudo=b"MZ isto nao e um PDF")
    c.sei.externo(c.processo, "Anexo", arquivo=f"foto{OVERRIDE}fdp.exe", conteudo=b"")
