"""Invented people, one for each case that a portal meets. No CPF here was ever given to anybody
who is known by it: most begin with 999."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Company:
    """A company, and what somebody is in it, as the empresas API says it."""

    cnpj: str
    razao_social: str
    atuacao: str | None = None
    """None for a colaborador, whom a representative has enrolled."""
    cadastrador: bool = False
    expira: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account."""

    cpf: str
    nome: str
    level: str
    """`bronze`, `silver` or `gold`."""
    about: str
    """Why this person is here, for the screen that chooses."""
    nome_social: str | None = None
    email: str | None = None
    email_verified: bool = True
    companies: tuple[Company, ...] = ()
    cnpj: str | None = None
    """Of the e-CNPJ certificate that the person enters with."""
    amr: tuple[str, ...] = ("passwd",)


ACME = Company("11222333000181", "Padaria Três Irmãos Ltda", "SOCIO", cadastrador=True)
BYGONE = Company("11444777000161", "Transportes Serra Azul S.A.", expira="2024-12-31T23:59:59-0300")

PEOPLE = (
    Person("99900001079", "Maria Aparecida Ferreira", "gold", "conta ouro, com processos",
           email="maria@pessoas.example", amr=("passwd", "mfa", "otp")),
    Person("99900002121", "José Carlos Moreira", "silver", "conta prata"),
    Person("99900003284", "Francisca Alves Nogueira", "bronze", "conta bronze"),
    Person("99900004337", "Paulo Henrique Ribeiro", "silver", "nome social",
           nome_social="Paula Ribeiro"),
    Person("00123456797", "João Batista de Souza", "bronze", "CPF que começa com zeros"),
    Person("99900005490", "Débora Magalhães", "silver", "e-mail que não foi confirmado",
           email="debora@pessoas.example", email_verified=False),
    Person("99900006542", "Antônio Teixeira", "gold", "sócio de uma empresa", companies=(ACME,)),
    Person("99900007603", "Camila Araújo", "silver", "ajudou uma empresa até 2024",
           companies=(BYGONE,)),
    Person("99900008677", "Vicente Carvalho", "gold", "entra com certificado de empresa (e-CNPJ)",
           companies=(ACME,), cnpj=ACME.cnpj, amr=("x509", "x509_token")),
    Person("99900009720", "Letícia Gonçalves", "gold", "conta ouro, sem nenhum processo"),
)  # fmt: skip


def find_person(cpf: str) -> Person | None:
    return next((person for person in PEOPLE if person.cpf == cpf), None)
