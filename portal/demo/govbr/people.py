"""The accounts of the demo's invented people, one for each case that a portal meets."""

from dataclasses import dataclass
from typing import Any

from portal.demo import citizens
from portal.demo.citizens import Citizen


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


ACME = Company(citizens.ACME.cnpj, citizens.ACME.nome, "SOCIO", cadastrador=True)
BYGONE = Company(
    citizens.SERRA_AZUL.cnpj, citizens.SERRA_AZUL.nome, expira="2024-12-31T23:59:59-0300"
)


def _person(citizen: Citizen, level: str, about: str, **more: Any) -> Person:
    return Person(citizen.cpf, citizen.nome, level, about, **more)


PEOPLE = (
    _person(citizens.MARIA, "gold", "conta ouro, com processos",
            email="maria@pessoas.example", amr=("passwd", "mfa", "otp")),
    _person(citizens.JOSE, "silver", "conta prata"),
    _person(citizens.FRANCISCA, "bronze", "conta bronze"),
    _person(citizens.PAULA, "silver", "nome social", nome_social="Paula Ribeiro"),
    _person(citizens.JOAO, "bronze", "CPF que começa com zeros"),
    _person(citizens.DEBORA, "silver", "e-mail que não foi confirmado",
            email="debora@pessoas.example", email_verified=False),
    _person(citizens.ANTONIO, "gold", "sócio de uma empresa, também no SEI", companies=(ACME,)),
    _person(citizens.CAMILA, "silver", "procuradora de uma empresa e de uma pessoa, no SEI",
            companies=(BYGONE,)),
    _person(citizens.VICENTE, "gold", "entra com certificado de empresa (e-CNPJ)",
            companies=(ACME,), cnpj=ACME.cnpj, amr=("x509", "x509_token")),
    _person(citizens.LETICIA, "gold", "conta ouro, sem nenhum processo"),
)  # fmt: skip


def find_person(cpf: str) -> Person | None:
    return next((person for person in PEOPLE if person.cpf == cpf), None)
