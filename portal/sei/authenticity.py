"""Whether a paper is what it says: the two codes printed on it, against SEI's.

Whoever has both codes of a document may open it in SEI, restrito or not. The portal is no second
way in: of what is not public it says that it is authentic, and nothing else. What is sigiloso,
cancelled or unsigned answers as what does not exist, after the same single question.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest
from typing import TypeAlias

from portal.errors import NotFound
from portal.numero import NumeroProtocolo
from portal.readonly import reading
from portal.sei import documentos, visibility
from portal.sei.installation import installation_of
from portal.sei.queries.signed import Signed, list_signed
from portal.sei.values import ListedDocumento, Opening
from portal.tenancy import Tenant

NUMBER_LENGTH = 7
"""SEI writes a document's number with zeros up to here; longer ones need none."""


@dataclass(frozen=True, slots=True)
class Codes:
    """What is printed on a document: its *código verificador* and its *código CRC*."""

    numero_sei: str
    crc: str


@dataclass(frozen=True, slots=True)
class Genuine:
    """Authentic, and public: this is the document."""

    listed: ListedDocumento


@dataclass(frozen=True, slots=True)
class GenuineClosed:
    """Authentic. What it is, is for SEI to say."""


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """No such pair, whatever the reason is."""


Confirmation: TypeAlias = Genuine | GenuineClosed | Unconfirmed


def read_codes(codigo: str, crc: str) -> Codes | None:
    """The codes as somebody copied them from paper; None when they can be none.

    Spaces, dots and case do not matter. From a `v` on, a number says a version, which is dropped.
    """
    numero = re.sub(r"[\s.-]+", "", codigo).upper().partition("V")[0]
    digits = re.sub(r"[\s.-]+", "", crc).upper()
    if not re.fullmatch(r"[0-9]{1,20}", numero) or not re.fullmatch(r"[0-9A-F]{8}", digits):
        return None
    return Codes(numero.lstrip("0").zfill(NUMBER_LENGTH), digits)


def confirm(tenant: Tenant, codes: Codes, now: datetime) -> Confirmation:
    """Whether SEI has a document with both codes, and what it is when that is public.

    `now` is in the tenant's zone. Raises `Unavailable` when SEI does not answer.
    """
    # A site may have chosen to write its numbers without the zeros.
    spellings = {codes.numero_sei, codes.numero_sei.lstrip("0") or "0"}
    with reading(tenant.sei) as sei:
        found = list_signed(sei, installation_of(sei), sorted(spellings), tenant.orgaos)
    matching = [
        signed
        for signed in found
        if compare_digest(signed.crc.encode(), codes.crc.encode())
        and _may_confirm(tenant, signed, now)
    ]
    return _tell(tenant, matching[0], now) if matching else Unconfirmed()


def _tell(tenant: Tenant, signed: Signed, now: datetime) -> Confirmation:
    numero = NumeroProtocolo(signed.processo.chave)
    try:
        listed = documentos.get_documento(tenant, numero, signed.numero_sei, now=now)
    except NotFound:
        return GenuineClosed()
    return Genuine(listed) if listed.documento.opening is Opening.OPENS else GenuineClosed()


def _may_confirm(tenant: Tenant, signed: Signed, now: datetime) -> bool:
    rules = visibility.rules(
        tenant.visibilidade, signed.parametros, signed.unidade_teste, now.date()
    )
    return visibility.may_confirm(signed.processo, rules)
