"""Text that people, or somebody worse, may have typed: a page must show it and not obey it."""

from portal.demo.scene import Scene

OVERRIDE = "\u202e"
"""Right-to-left override. Latin-1 has none, so it survives only where the charset holds it."""
TEXTS: tuple[str | None, ...] = (
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
NAMES = (
    "MARIA APARECIDA DA SILVA - CPF 999.000.012-34",
    "José <script>alert('nome')</script> da Silva",
    f"Ana {OVERRIDE}ateB Souza",
    "99900001234",
    "Condomínio " + "do Edifício " * 18 + "Sol",
)


def hostile(s: Scene) -> None:
    """Notes, units, names and titles as nobody should type them."""
    for nome in NAMES:
        s.sei.interessado(s.processo, nome)
    for text in TEXTS:
        s.sei.andamento(s.processo, 65, DESCRICAO=text)
    for unidade in UNIDADES:
        s.sei.andamento(s.processo, 32, UNIDADE=unidade, stays_open=False)
    s.sei.andamento(s.processo, 32, stays_open=False)
    s.sei.andamento(s.processo, 20, MOTIVO=TEXTS[0])
    s.sei.andamento(s.processo, 21)
    s.sei.andamento(s.processo, 7, MOTIVO=None, VEICULO=None, DATA="31/02/2026", TIPO=None)
    _papers(s)


def _papers(s: Scene) -> None:
    s.write("Despacho", *(text for text in TEXTS[:5] if text), numero='"><b>12/2026')
    s.sei.externo(s.processo, "Anexo", file_name="../../etc/<script>.pdf", numero="  ")
    s.sei.externo(s.processo, "Anexo", file_name="sem extensão", numero="9" * 50)
    s.sei.externo(s.processo, "Anexo", file_name="planta.PDF.exe", content=b"MZ isto nao e um PDF")
    s.sei.externo(s.processo, "Anexo", file_name=f"foto{OVERRIDE}fdp.exe", content=b"")
