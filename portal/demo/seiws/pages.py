"""The page where the simulated SeiWS is made to fail, and a proxy's pages."""

from html import escape
from http import HTTPStatus

from portal.demo.seiws.faults import WORDS, Fault

STYLE = """
:root { color-scheme: light dark; font: 100%/1.5 system-ui, sans-serif; }
body { max-width: 40rem; margin: 0 auto; padding: 1rem; }
.faixa { background: #ffcd07; color: #292724; padding: .5rem 1rem; font-weight: 600; }
button, select { font: inherit; min-height: 2.75rem; padding: .4rem 1rem; margin-block: .25rem; }
li button { width: 100%; text-align: left; }
ul { list-style: none; padding: 0; }
"""


def control(fault: Fault | None, *, on: bool, operations: tuple[str, ...]) -> str:
    """What is set, and buttons for the rest."""
    now = WORDS[fault] if fault else "nenhuma"
    options = "".join(
        f'<li><button name="falha" value="{each}">{escape(WORDS[each])}</button></li>'
        for each in Fault
    )
    names = "".join(f"<option>{each}</option>" for each in operations)
    power = ("nao", "Tirar do ar") if on else ("sim", "Pôr no ar")
    return (
        '<!doctype html>\n<html lang="pt-BR"><head><meta charset="utf-8">'
        "<title>Fazer o SEI falhar — SEI simulado</title>"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{STYLE}</style></head><body>"
        '<p class="faixa">Simulação do web service do SEI: dados inventados.</p>'
        f"<main><h1>Fazer o SEI falhar</h1><p>O web service está {'no' if on else 'fora do'} ar."
        f" Falha ligada: <b>{escape(now)}</b>.</p>"
        '<form method="post" action="/">'
        f'<button name="ligado" value="{power[0]}">{power[1]}</button> '
        '<button name="falha" value="">Desligar a falha</button>'
        '<p><label for="em">Em qual operação</label><br><select id="em" name="em">'
        f'<option value="">todas</option>{names}</select></p>'
        '<p><label><input type="checkbox" name="uma" value="sim"> só na próxima chamada</label></p>'
        f"<ul>{options}</ul></form></main></body></html>\n"
    )


def proxy(status: int) -> str:
    """As nginx and Apache have them."""
    words = f"{status} {HTTPStatus(status).phrase}"
    return (
        f"<html>\n<head><title>{words}</title></head>\n<body>\n<center><h1>{words}</h1></center>\n"
        "<hr>\n</body>\n</html>\n"
    )
