"""One processo far larger than any page: for benches of paging."""

from datetime import timedelta

from portal.demo.scene import Scene
from portal.demo.town import UNIDADES

ANDAMENTOS = 5000
DOCUMENTOS = 2000
APART = timedelta(minutes=371)
"""5 000 andamentos fit in a little under four years."""


def giant(s: Scene) -> None:
    """Five thousand andamentos, two thousand documents; most of both are public."""
    units = [u.sigla for u in UNIDADES if u.active and u.id_orgao == 0][1:12]
    s.sei.step = lambda: APART
    made = 1
    for number in range(DOCUMENTOS):
        if number % 4 == 0:
            s.receive("Anexo", f"Folha {number + 1} do processo físico.", conferencia=None)
            made += 1
        else:
            s.write("Despacho", f"Despacho de número {number + 1}.", numero=str(number + 1))
            made += 2
    while made < ANDAMENTOS:
        if made % 5 == 0 and made + 3 <= ANDAMENTOS:
            s.sei.forward(s.processo, units[made % len(units)])
            made += 3
        else:
            s.note(f"Andamento de número {made}: análise em curso na {s.unidade}.")
            made += 1
