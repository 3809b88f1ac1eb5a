"""What was typed into a form, and what is wrong with it. Nothing typed is ever thrown away."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date

from portal.cpf import is_cpf
from portal.protocolo.values import DraftView, FileState, Missing, Mistake
from portal.servicos.values import Campo, Servico, TipoCampo

LONGEST = {TipoCampo.TEXTO: 300, TipoCampo.TEXTO_LONGO: 10_000, TipoCampo.ENDERECO: 500}
"""Characters."""
KEPT = 20_000
"""Characters of a field that are kept though they are too many."""

_NOISE = re.compile(r"[\s./-]+")
_DATE = re.compile(r"(?P<day>[0-9]{1,2})/(?P<month>[0-9]{1,2})/(?P<year>[0-9]{4})")


def normalize(text: str) -> str:
    """One way of writing what looks the same; without blanks around it and control characters."""
    one = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(c for c in one if c in "\n\t" or unicodedata.category(c) != "Cc").strip()[:KEPT]


def find_mistake(campo: Campo, text: str) -> Mistake | None:
    """What is wrong; None when nothing is, and for what is empty, which may be wanted later."""
    if not text:
        return None
    match campo.tipo:
        case TipoCampo.CPF:
            return None if is_cpf(_NOISE.sub("", text)) else Mistake.CPF
        case TipoCampo.CNPJ:
            return None if _is_cnpj(_NOISE.sub("", text)) else Mistake.CNPJ
        case TipoCampo.DATA:
            return None if find_date(text) else Mistake.DATE
        case TipoCampo.ESCOLHA:
            return None if text in campo.opcoes else Mistake.CHOICE
        case TipoCampo.TEXTO | TipoCampo.TEXTO_LONGO | TipoCampo.ENDERECO as tipo:
            return Mistake.TOO_LONG if len(text) > LONGEST[tipo] else None


def find_date(text: str) -> date | None:
    """`dd/mm/aaaa`, or what a date field of a browser sends (`aaaa-mm-dd`); None for no day of the
    calendar."""
    match = _DATE.fullmatch(text)
    try:
        if match:
            return date(int(match["year"]), int(match["month"]), int(match["day"]))
        return date.fromisoformat(text)
    except ValueError:
        return None


def list_mistakes(servico: Servico, fields: Mapping[str, str]) -> dict[str, Mistake]:
    """By key, in the order of the form."""
    found = {c.chave: find_mistake(c, fields.get(c.chave, "")) for c in servico.campos}
    return {chave: mistake for chave, mistake in found.items() if mistake}


def find_missing(servico: Servico, draft: DraftView) -> Missing:
    """What keeps the draft from being sent; false when nothing does."""
    there = {f.documento for f in draft.files if f.state is FileState.READY}
    return Missing(
        campos=tuple(
            c.chave for c in servico.campos if c.obrigatorio and not draft.fields.get(c.chave)
        ),
        documentos=tuple(
            d.chave for d in servico.documentos if d.obrigatorio and d.chave not in there
        ),
        mistakes=tuple(list_mistakes(servico, draft.fields).items()),
        unfinished=tuple(f.id for f in draft.files if f.state is not FileState.READY),
    )


def _is_cnpj(text: str) -> bool:
    # Imported here: only forms that ask for a company need it.
    from stdnum.br import cnpj

    return len(text) == 14 and cnpj.is_valid(text.upper())
