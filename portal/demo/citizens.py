"""Invented people whom both gov.br's simulator and the demo's SEI know, and what SEI has of each.

No CPF here was ever given to anybody who is known by it: most begin with 999.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Citizen:
    """Somebody who may enter the demo."""

    cpf: str
    """Eleven digits."""
    nome: str
    """As SEI has it."""


@dataclass(frozen=True, slots=True)
class Firm:
    """A company that somebody may act for."""

    cnpj: str
    """Fourteen characters."""
    nome: str


MARIA = Citizen("99900001079", "Maria Aparecida Ferreira")
"""Processos of every kind, one restrito by an acesso externo to the whole of it, intimações."""
JOSE = Citizen("99900002121", "José Carlos Moreira")
"""Two documents of a restrito, and an acesso externo that has ended."""
FRANCISCA = Citizen("99900003284", "Francisca Alves Nogueira")
"""One processo."""
PAULA = Citizen("99900004337", "Paulo Henrique Ribeiro")
"""Nome social Paula Ribeiro. Named on a document only, as its remetente."""
JOAO = Citizen("00123456797", "João Batista de Souza")
"""One processo, under a CPF that SEI keeps without its zeros."""
DEBORA = Citizen("99900005490", "Débora Magalhães")
"""An acesso externo that opens nothing: SEI has not released her registration."""
ANTONIO = Citizen("99900006542", "Antônio Teixeira")
"""Responsável legal of a company that has processos, and an intimação."""
CAMILA = Citizen("99900007603", "Camila Araújo")
"""Procuradora of a company in two processos, one restrito, and of a person in all; of another
company until she gave it up."""
VICENTE = Citizen("99900008677", "Vicente Carvalho")
"""Procurador especial of a company for some weeks more, and of another until some days ago."""
LETICIA = Citizen("99900009720", "Letícia Gonçalves")
"""Unknown to SEI."""

CITIZENS = (MARIA, JOSE, FRANCISCA, PAULA, JOAO, DEBORA, ANTONIO, CAMILA, VICENTE, LETICIA)

ACME = Firm("11222333000181", "Padaria Três Irmãos Ltda")
SERRA_AZUL = Firm("11444777000161", "Transportes Serra Azul S.A.")
