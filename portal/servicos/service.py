"""The catalogue of a tenant: read by whoever asks, replaced as a whole by the prefeitura. Whoever
calls commits."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import Connection, exists, func, select
from sqlalchemy.orm import Session

from portal.errors import NotFound
from portal.servicos.models import ServicoVersao
from portal.servicos.values import Published, Servico, answers, fold


@dataclass(frozen=True, slots=True)
class Replaced:
    """What a new catalogue changed: slugs, each in one of the four."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    withdrawn: tuple[str, ...]


def list_servicos(session: Session, tenant: str, busca: str = "") -> tuple[Published, ...]:
    """Those that are offered and answer the search, by tema and name; all of them for no search."""
    found = (_published(row) for row in _offered(session, tenant).values())
    chosen = [p for p in found if answers(p.servico, busca)]
    return tuple(sorted(chosen, key=lambda p: (fold(p.servico.tema), fold(p.servico.nome))))


def has_servicos(connection: Connection, tenant: str) -> bool:
    """Whether anything is offered."""
    offered = exists().where(ServicoVersao.tenant == tenant, ServicoVersao.retirado.is_(None))
    return bool(connection.scalar(select(offered)))


def get_servico(session: Session, tenant: str, slug: str) -> Published:
    """As it is offered now. Raises NotFound."""
    row = session.scalar(
        select(ServicoVersao).where(
            ServicoVersao.tenant == tenant,
            ServicoVersao.slug == slug,
            ServicoVersao.retirado.is_(None),
        )
    )
    return _get(row)


def get_version(session: Session, tenant: str, version: UUID) -> Published:
    """The edition that something was begun with, offered still or not. Raises NotFound."""
    row = session.scalar(
        select(ServicoVersao).where(ServicoVersao.tenant == tenant, ServicoVersao.id == version)
    )
    return _get(row)


def replace_servicos(
    session: Session, tenant: str, servicos: Iterable[Servico], now: datetime
) -> Replaced:
    """Offer these and no others. What says the same as before stays the edition that it is."""
    offered = _offered(session, tenant)
    wanted = {servico.slug: msgspec.json.encode(servico) for servico in servicos}
    same = {slug for slug, content in wanted.items() if _says(offered.get(slug), content)}
    for slug, row in offered.items():
        if slug not in same:
            row.retirado, row.oferecido = now, None
    # The old edition leaves its place before the new one takes it.
    session.flush()
    last = _last_versions(session, tenant)
    for slug, content in wanted.items():
        if slug not in same:
            versao = last.get(slug, 0) + 1
            session.add(
                ServicoVersao(
                    tenant=tenant,
                    slug=slug,
                    versao=versao,
                    conteudo=content,
                    publicado=now,
                    oferecido=slug,
                )
            )
    session.flush()
    return Replaced(
        new=tuple(slug for slug in wanted if slug not in offered),
        changed=tuple(slug for slug in wanted if slug in offered and slug not in same),
        unchanged=tuple(slug for slug in wanted if slug in same),
        withdrawn=tuple(slug for slug in offered if slug not in wanted),
    )


def _offered(session: Session, tenant: str) -> dict[str, ServicoVersao]:
    rows = session.scalars(
        select(ServicoVersao)
        .where(ServicoVersao.tenant == tenant, ServicoVersao.retirado.is_(None))
        .order_by(ServicoVersao.slug)
    )
    return {row.slug: row for row in rows}


def _last_versions(session: Session, tenant: str) -> Mapping[str, int]:
    rows = session.execute(
        select(ServicoVersao.slug, func.max(ServicoVersao.versao).label("last"))
        .where(ServicoVersao.tenant == tenant)
        .group_by(ServicoVersao.slug)
    )
    return {row.slug: row.last for row in rows}


def _says(row: ServicoVersao | None, content: bytes) -> bool:
    """Compared as services: an edition of the portal that knows a field more says no more by it."""
    if row is None:
        return False
    return _published(row).servico == msgspec.json.decode(content, type=Servico)


def _get(row: ServicoVersao | None) -> Published:
    if row is None:
        raise NotFound("no such service")
    return _published(row)


def _published(row: ServicoVersao) -> Published:
    return Published(row.id, row.versao, msgspec.json.decode(row.conteudo, type=Servico))
