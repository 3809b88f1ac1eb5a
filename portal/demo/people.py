"""People and places of Vale das Acácias, composed from common names: any likeness is chance."""

from random import Random

WOMEN = (
    "Maria Aparecida",
    "Ana Paula",
    "Francisca",
    "Juliana",
    "Adriana",
    "Luciana",
    "Sandra Regina",
    "Patrícia",
    "Vera Lúcia",
    "Conceição",
    "Débora",
    "Eliane",
    "Fernanda",
    "Rosângela",
    "Terezinha",
    "Camila",
    "Letícia",
    "Sônia",
)
MEN = (
    "José Carlos",
    "João Batista",
    "Antônio",
    "Francisco",
    "Sebastião",
    "Geraldo",
    "Luís Fernando",
    "Marcos Vinícius",
    "Paulo Roberto",
    "Raimundo",
    "Rodrigo",
    "Thiago",
    "Wagner",
    "Célio",
    "Adão",
    "Eduardo",
    "Gabriel",
    "Vicente",
)
SURNAMES = (
    "Silva",
    "Santos",
    "Oliveira",
    "Souza",
    "Pereira",
    "Ferreira",
    "Alves",
    "Gonçalves",
    "Ribeiro",
    "Carvalho",
    "Araújo",
    "Magalhães",
    "Nogueira",
    "Teixeira",
    "Moreira",
    "Assunção",
    "Guimarães",
    "Vieira",
    "Fonseca",
    "Drumond",
)
TRADES = (
    "Construtora",
    "Padaria e Confeitaria",
    "Comércio de Materiais de Construção",
    "Auto Mecânica",
    "Papelaria",
    "Distribuidora de Alimentos",
    "Clínica Odontológica",
    "Transportes",
)
STREETS = (
    "Rua das Quaresmeiras",
    "Rua Ipê-Amarelo",
    "Avenida das Acácias",
    "Rua do Rosário Velho",
    "Travessa Pedra Sabão",
    "Rua Sabiá-Laranjeira",
    "Avenida Ribeirão Claro",
    "Rua Jatobá",
    "Praça da Matriz Nova",
)
NEIGHBOURHOODS = ("Centro", "Alto da Serra", "Jardim das Acácias", "Vila Operária", "Boa Esperança")
CARGOS = (
    ("Analista Municipal", "Analista Municipal"),
    ("Assistente Administrativa", "Assistente Administrativo"),
    ("Técnica de Nível Superior", "Técnico de Nível Superior"),
    ("Chefe de Divisão", "Chefe de Divisão"),
    ("Coordenadora", "Coordenador"),
    ("Assessora Técnica", "Assessor Técnico"),
)
"""Of a woman, and of a man."""


def name_person(rng: Random) -> str:
    """A first name and two surnames."""
    first = rng.choice(WOMEN if rng.random() < 0.55 else MEN)
    return f"{first} {' '.join(rng.sample(SURNAMES, 2))}"


def name_company(rng: Random) -> str:
    """A small company of the place."""
    ending = rng.choice(("Ltda.", "Ltda. - ME", "EIRELI", "S.A."))
    return f"{rng.choice(TRADES)} {rng.choice(SURNAMES)} {ending}"


def name_address(rng: Random) -> str:
    """Street, number and bairro."""
    return f"{rng.choice(STREETS)}, {rng.randint(10, 1900)}, bairro {rng.choice(NEIGHBOURHOODS)}"


def signer(unidade: str, place: int = 0) -> tuple[str, str]:
    """Who signs in a unit, always the same people: name and cargo."""
    rng = Random(f"{unidade}/{place}")
    nome = name_person(rng)
    hers, his = rng.choice(CARGOS)
    return nome, hers if nome.startswith(WOMEN) else his


def email(nome: str) -> str:
    """An address in a domain that can never exist."""
    return f"{_short(nome)}@correio.example"


def login(nome: str) -> str:
    """A user as SEI writes one in an attribute: `sigla¥name`."""
    return f"{_short(nome)}¥{nome}"


def _short(nome: str) -> str:
    plain = nome.lower().translate(str.maketrans("áàâãéêíóôõúüç", "aaaaeeiooouuc"))
    first, *_, last = plain.split()
    return f"{first}.{last}"
