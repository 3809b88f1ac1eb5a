"""What is believed of every SEI, asked of this one.

SEI's rules were learnt from open modules and from its reference database; some were told and never
seen. A value that nobody foresaw is a warning: the portal closes what it does not understand, and
its makers want to know. Only counts and codes are read.
"""

from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias
from zlib import crc32

from sqlalchemy import Connection, Select, case, func, literal, select
from sqlalchemy.exc import DBAPIError

from portal.sei.checkup.findings import Finding, amount, fail, listing, ok, warn
from portal.sei.installation import Installation
from portal.sei.tables import (
    acesso_externo,
    assinatura,
    documento,
    documento_conteudo,
    orgao,
    participante,
    protocolo,
    rel_protocolo_protocolo,
)
from portal.sei.values import (
    Associacao,
    EstadoProtocolo,
    NivelAcesso,
    StaDocumento,
    TipoProtocolo,
)
from portal.tenancy import Tenant

Belief: TypeAlias = Callable[[Connection], Iterator[Finding]]

TELL_US = "o portal não conhece isto; avise quem o mantém"

_PARENT = protocolo.alias("processo")
_FIRST, _SECOND = protocolo.alias("um"), protocolo.alias("dois")
_PROCESSO = TipoProtocolo.PROCESSO.value
_DOCUMENTOS = (TipoProtocolo.GERADO.value, TipoProtocolo.RECEBIDO.value)
_ESTADOS = {
    (_PROCESSO, estado.value)
    for estado in EstadoProtocolo
    if estado is not EstadoProtocolo.CANCELADO
} | {
    (kind, estado.value)
    for kind in _DOCUMENTOS
    for estado in (EstadoProtocolo.NORMAL, EstadoProtocolo.CANCELADO)
}
_NIVEIS = {
    (local.value, total.value)
    for local in NivelAcesso
    for total in NivelAcesso
    if total.value >= local.value
}
_KINDS = {(StaDocumento.EXTERNO.value, TipoProtocolo.RECEBIDO.value)} | {
    (kind.value, TipoProtocolo.GERADO.value)
    for kind in StaDocumento
    if kind is not StaDocumento.EXTERNO
}
_ASSOCIACOES = {
    (code.value, _PROCESSO, kind)
    for code in Associacao
    for kind in (
        _DOCUMENTOS
        if code in (Associacao.DOCUMENTO, Associacao.MOVIDO, Associacao.CIRCULAR)
        else (_PROCESSO,)
    )
}


@dataclass(frozen=True, slots=True)
class Codes:
    """Columns that should hold nothing but these combinations; the last column of the statement is
    how many rows have each."""

    subject: str
    statement: Select[*tuple[Any, ...]]
    known: Set[tuple[str, ...]]


def _counted(*columns: Any) -> Select[*tuple[Any, ...]]:
    return select(*columns, func.count()).group_by(*columns).order_by(*columns)


CODES = (
    Codes(
        "estados dos protocolos",
        _counted(protocolo.c.sta_protocolo, protocolo.c.sta_estado),
        _ESTADOS,
    ),
    Codes(
        "níveis de acesso dos processos",
        _counted(protocolo.c.sta_nivel_acesso_local, protocolo.c.sta_nivel_acesso_global).where(
            protocolo.c.sta_protocolo == _PROCESSO
        ),
        _NIVEIS,
    ),
    Codes(
        "espécies de documento",
        _counted(documento.c.sta_documento, protocolo.c.sta_protocolo).join_from(
            documento, protocolo, protocolo.c.id_protocolo == documento.c.id_documento
        ),
        _KINDS,
    ),
    Codes(
        "associações entre protocolos",
        _counted(
            rel_protocolo_protocolo.c.sta_associacao,
            _FIRST.c.sta_protocolo,
            _SECOND.c.sta_protocolo,
        )
        .join_from(
            rel_protocolo_protocolo,
            _FIRST,
            _FIRST.c.id_protocolo == rel_protocolo_protocolo.c.id_protocolo_1,
        )
        .join(_SECOND, _SECOND.c.id_protocolo == rel_protocolo_protocolo.c.id_protocolo_2),
        _ASSOCIACOES,
    ),
    Codes(
        "participações",
        _counted(participante.c.sta_participacao),
        {("I",), ("R",), ("D",), ("A",)},
    ),
    Codes(
        "acessos externos",
        _counted(acesso_externo.c.sta_tipo),
        {("I",), ("E",), ("D",), ("S",), ("A",)},
    ),
)


def _check_codes(codes: Codes, sei: Connection) -> Iterator[Finding]:
    rows = sei.execute(codes.statement).all()
    strange = [row for row in rows if tuple(row[:-1]) not in codes.known]
    total = amount(sum(row[-1] for row in rows))
    if strange:
        seen = listing(f"{'/'.join(map(str, row[:-1]))} em {amount(row[-1])}" for row in strange)
        yield warn(codes.subject, f"{seen}: {TELL_US}")
    else:
        yield ok(codes.subject, f"como esperado em {total}")


def _check_levels(sei: Connection) -> Iterator[Finding]:
    """All of a processo's group should carry one global level."""
    apart = sei.scalar(
        select(func.count())
        .select_from(documento)
        .join(protocolo, protocolo.c.id_protocolo == documento.c.id_documento)
        .join(_PARENT, _PARENT.c.id_protocolo == documento.c.id_procedimento)
        .where(protocolo.c.sta_nivel_acesso_global != _PARENT.c.sta_nivel_acesso_global)
    )
    if apart:
        yield warn(
            "níveis de acesso dos documentos",
            f"{amount(apart)} têm nível global diferente do de seu processo: {TELL_US}",
        )
    else:
        yield ok("níveis de acesso dos documentos", "iguais ao de seu processo")


def _check_numbers(sei: Connection) -> Iterator[Finding]:
    """Since 4.0 two processos may share their letters and digits; the page then asks which."""
    p = protocolo.c
    twice = (
        select(p.protocolo_formatado_pesquisa)
        .where(p.sta_protocolo == _PROCESSO)
        .group_by(p.protocolo_formatado_pesquisa)
        .having(func.count() > 1)
        .subquery()
    )
    found = sei.scalar(select(func.count()).select_from(twice)) or 0
    yield ok("números", f"repetidos: {amount(found)}" if found else "nenhum repetido")


def _check_assinaturas(sei: Connection) -> Iterator[Finding]:
    """A signature without its andamento has no date."""
    a = assinatura.c
    row = sei.execute(
        select(func.count(), func.count(case((a.id_atividade.is_(None), literal(1)))))
    ).one()
    undated = f", {amount(row[1])} sem data" if row[1] else ""
    yield ok("assinaturas", f"{amount(row[0])}{undated}")


def _check_crc(sei: Connection) -> Iterator[Finding]:
    """The newest signed público, whose CRC can be told from what was signed."""
    c = documento_conteudo.c
    row = sei.execute(
        select(c.conteudo_assinatura, c.crc_assinatura)
        .join(documento, documento.c.id_documento == c.id_documento)
        .join(protocolo, protocolo.c.id_protocolo == c.id_documento)
        .where(
            documento.c.sta_documento == StaDocumento.INTERNO.value,
            protocolo.c.sta_nivel_acesso_global == NivelAcesso.PUBLICO.value,
            c.conteudo_assinatura.is_not(None),
            c.crc_assinatura.is_not(None),
        )
        .order_by(c.id_documento.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        yield ok("código CRC", "nenhum documento interno assinado para conferir")
        return
    content, expected = str(row[0]), str(row[1]).strip().upper()
    # MySQL's latin1 is windows-1252.
    if any(_crc(content, charset) == expected for charset in ("latin-1", "cp1252", "utf-8")):
        yield ok("código CRC", "confere em um documento assinado")
    else:
        yield warn("código CRC", f"não confere em um documento assinado: {TELL_US}")


def _crc(content: str, charset: str) -> str:
    return format(crc32(content.encode(charset, "replace")), "08X")


BELIEFS: tuple[tuple[str, Belief], ...] = (
    ("níveis de acesso dos documentos", _check_levels),
    ("números", _check_numbers),
    ("assinaturas", _check_assinaturas),
    ("código CRC", _check_crc),
)


def check_data(sei: Connection, _installation: Installation, _tenant: Tenant) -> Iterator[Finding]:
    """A finding for each belief."""
    for codes in CODES:
        yield from _attempt(codes.subject, partial(_check_codes, codes), sei)
    for subject, ask in BELIEFS:
        yield from _attempt(subject, ask, sei)


def _attempt(subject: str, ask: Belief, sei: Connection) -> Iterator[Finding]:
    """A table that the account may not read, or that is too large to count, is no failure."""
    try:
        yield from ask(sei)
    except DBAPIError as error:
        if error.connection_invalidated:
            raise
        yield warn(subject, f"não foi possível contar ({' '.join(str(error.orig).split())[:120]})")


def check_orgaos(sei: Connection, _installation: Installation, tenant: Tenant) -> Iterator[Finding]:
    """The órgãos of this SEI, and whether the tenant's choice among them exists. 0 is one."""
    o = orgao.c
    rows = sei.execute(
        select(o.id_orgao, o.sigla, o.numeracao, o.sin_ativo).order_by(o.id_orgao)
    ).all()
    known = {row[0] for row in rows}
    unknown = sorted(tenant.orgaos - known)
    if unknown:
        yield fail("órgãos", f"orgaos = {unknown} não existe; há {listing(sorted(known))}")
    shown = [row for row in rows if not tenant.orgaos or row[0] in tenant.orgaos]
    masks = {mascara.text for mascara in tenant.mascaras}
    for row in shown:
        state = "" if row[3] == "S" else ", inativo"
        found = f"{row[0]}: {row[1]}{state}, numeração {row[2] or 'não informada'}"
        if row[2] and row[3] == "S" and row[2].strip() not in masks:
            yield warn("órgãos", f"{found}: ponha-a em mascaras, para completar números digitados")
        else:
            yield ok("órgãos", found)
