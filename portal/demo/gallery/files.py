"""Documents of every kind that a reader may try to open, all public, in one processo."""

from random import Random

from portal.demo import people
from portal.demo.anexos import Fate
from portal.demo.odt import write_odt
from portal.demo.pdf import SMALL_LINES, write_listing
from portal.demo.png import draw_sketch
from portal.demo.scene import Scene

WIDE = tuple(
    tuple(row.split(" | "))
    for row in (
        "Item | Descrição | Un. | Qtd. | Cotação A | Cotação B | Cotação C | Mediana | Total",
        "1 | Areia média lavada | m³ | 40 | 148,00 | 155,00 | 139,90 | 148,00 | 5.920,00",
        "2 | Cimento CP II, 50 kg | saco | 320 | 38,50 | 41,20 | 39,00 | 39,00 | 12.480,00",
        "3 | Bloco de 14 × 19 × 39 cm | un. | 4.500 | 4,10 | 3,95 | 4,30 | 4,10 | 18.450,00",
        "4 | Tela soldada Q-138 | painel | 25 | 312,00 | 298,00 | 305,50 | 305,50 | 7.637,50",
    )
)
HEADING = (
    f"{'ÍNDICE':<10}{'LOGRADOURO':<30}{'Nº':>6}{'ÁREA (m²)':>12}"
    f"{'VALOR VENAL (R$)':>20}{'IPTU (R$)':>14}"
)
PAGES = 300


def of_every_kind(s: Scene) -> None:
    """Pages, scans and texts; one file is lost, another is not what it was."""
    s.receive("Requerimento", f"{s.name} requer a reforma da calçada e do muro, {s.address}.")
    s.receive(
        "Declaração",
        f"Declaro, para os devidos fins, que resido na {s.address}.",
        file_name='Declaração do "Zé" d\'Água & família (1ª via).pdf',
    )
    s.receive("Planta", file_name="croqui digitalizado.png", content=draw_sketch())
    s.receive(
        "Anexo",
        file_name="memorial descritivo.odt",
        content=write_odt("Memorial descritivo", ("Muro de arrimo em blocos, com dreno.",)),
        conferencia=None,
    )
    s.wait(1, 2)
    s.send("SEOBRAS-LIC")
    s.wait(1, 3)
    _papers_of_the_house(s)
    s.receive("Anexo", "Fotografias de 2019.", file_name="fotografias.pdf", fate=Fate.LOST)
    s.receive("Anexo", "Recibo da taxa.", file_name="recibo da taxa.pdf", fate=Fate.DAMAGED)
    s.receive(
        "Relatório",
        file_name="relação de imóveis da zona 3.pdf",
        content=write_listing("Relação de imóveis da zona fiscal 3", list_houses()),
        conferencia=None,
    )
    s.note("Documentos conferidos; o processo segue para decisão.")


def _papers_of_the_house(s: Scene) -> None:
    s.write(
        "Nota Técnica",
        "Segue o mapa de preços da reforma, com três cotações válidas por item.",
        "Adotou-se a mediana, por ser menos sensível a valores extremos.",
        table=WIDE,
        numero=f"31/{s.year}",
        signers=2,
    )
    s.write(
        "Termo",
        "O requerente declara estar ciente das condições abaixo.",
        items=(
            "Manter livre uma faixa de 1,20 m para a passagem de pedestres.",
            "Não lançar entulho na via pública nem na boca de lobo.",
            "Refazer o piso tátil onde ele já existe — “em bom estado”, diz a norma.",
        ),
        signers=3,
    )


def list_houses() -> list[str]:
    """Rows of the cadastre for three hundred pages, the same every time."""
    rng = Random("cadastro")
    lines = []
    for index in range(PAGES * SMALL_LINES):
        if index % SMALL_LINES == 0:
            lines.append(HEADING)
            continue
        street, number, area = (
            rng.choice(people.STREETS),
            rng.randint(2, 1900),
            rng.randint(40, 420),
        )
        value = area * rng.randint(900, 2600)
        lines.append(
            f"{30_000 + index:<10}{street:<30}{number:>6}{area:>12}"
            f"{_reais(value):>20}{_reais(value // 160):>14}"
        )
    return lines


def _reais(value: int) -> str:
    return f"{value:,},00".replace(",", ".", f"{value:,}".count(","))
