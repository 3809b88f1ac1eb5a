"""Whom SEI takes a sender for: the first contact that the first filled field finds."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, select
from stdnum.br import cnpj as cnpj_numbers

from portal.cpf import is_cpf
from portal.demo.seiws.book import Book
from portal.demo.seiws.soap import Refusal
from portal.sei.tables import contato


def find_contato(book: Book, who: Mapping[str, Any] | None, role: str) -> int:
    """An `id_contato`; somebody nobody knows becomes a temporary contact, which needs a name."""
    told = {name: str(value) for name, value in (who or {}).items() if value}
    if not told:
        raise Refusal(f"{role} vazio ou nulo.", error=True)
    cpf, cnpj = (_digits(told.get(name, "")) for name in ("Cpf", "Cnpj"))
    if cpf and not is_cpf(cpf):
        raise Refusal(f"CPF do {role} inválido.")
    if cnpj and not cnpj_numbers.is_valid(cnpj):
        raise Refusal(f"CNPJ do {role} inválido.")
    nome = told.get("Nome", "")
    c = contato.c
    if "IdContato" in told:
        found = _find(book, c.id_contato == int(told["IdContato"]))
    elif cpf:
        found = _find(book, c.cpf == int(cpf))
    elif cnpj:
        found = _find(book, c.cnpj == int(cnpj))
    else:
        found = _find(book, c.nome == nome)
    return found if found is not None else _add(book, nome, cpf, cnpj, role)


def _find(book: Book, where: ColumnElement[bool]) -> int | None:
    query = select(contato.c.id_contato).where(where).order_by(contato.c.id_contato)
    return book.connection.scalar(query.limit(1))


def _add(book: Book, nome: str, cpf: str, cnpj: str, role: str) -> int:
    if not nome:
        raise Refusal(f"Nome do {role} vazio ou nulo.", error=True)
    key = book.target.next_id(contato)
    book.target.add(
        contato,
        id_contato=key,
        nome=nome,
        cpf=int(cpf) if cpf else None,
        cnpj=int(cnpj) if cnpj else None,
        sta_natureza="J" if cnpj else "F",
        sin_ativo="S",
    )
    # The next one in this call finds it.
    book.flush()
    return key


def _digits(text: str) -> str:
    return "".join(each for each in text if each.isdigit())
