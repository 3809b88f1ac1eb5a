"""What a SEI answers to everything the portal can ask of it, as values that can be compared."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from itertools import product
from typing import Any

from sqlalchemy import Connection, select

from portal.cpf import Cpf
from portal.errors import NotFound
from portal.numero import NumeroProtocolo
from portal.sei import service, tables, tramites
from portal.sei.documentos import get_documento
from portal.sei.installation import installation_of
from portal.sei.mine import list_mine
from portal.sei.people import recognize
from portal.sei.peticoes import list_peticionamento
from portal.sei.queries import andamentos, conteudos, documentos, matches, processos, signed
from portal.sei.queries.links import list_links
from portal.sei.queries.names import names_of
from portal.sei.queries.stays import list_stays
from portal.sei.values import Ambiguous, Documento, Tracking, Viewer
from portal.sei.vocabulary import read_vocabulary
from portal.tenancy import Tenant
from tests.integration.sei.statements import CLOSED, EVERY_ORGAO, OPEN
from tests.integration.sei.town import FUSO, NOW

SHARES = (
    (CLOSED, EVERY_ORGAO),
    (OPEN, EVERY_ORGAO),
    (OPEN, frozenset({0})),
    (CLOSED, frozenset({1})),
)
"""Rules, and órgãos of a shared SEI, that a list is asked with."""


def ask_queries(sei: Connection, chave: str) -> dict[str, Any]:
    """The answer of every function of `queries` about the processos under a key."""
    installation = installation_of(sei)
    answers: dict[str, Any] = {
        "matches": [matches.list_matches(sei, installation, (chave,), o) for _, o in SHARES[1:]],
        "signed": [
            signed.list_signed(sei, installation, _printed(sei, chave), o) for _, o in SHARES[1:]
        ],
        "records": [processos.list_records(sei, installation, chave, o) for _, o in SHARES[1:]],
    }
    for record in processos.list_records(sei, installation, chave, EVERY_ORGAO):
        key = record.processo.id_protocolo
        answers[f"procedimento {key}"] = record.tell(names_of(sei))
        answers[f"stays of {key}"] = list_stays(sei, names_of(sei), key, FUSO)
        answers[f"interessados of {key}"] = processos.list_interessados(sei, key)
        answers[f"links of {key}"] = list_links(sei, names_of(sei), key)
        answers[f"andamentos of {key}"] = list(_histories(sei, key))
        answers[f"itens of {key}"] = list(_contents(sei, key))
    return answers


def _printed(sei: Connection, chave: str) -> list[str]:
    """Numbers of the documents of the processos under a key, whether or not they are listed."""
    p, d = tables.protocolo, tables.documento
    owner = p.alias()
    rows = sei.scalars(
        select(p.c.protocolo_formatado)
        .join(d, d.c.id_documento == p.c.id_protocolo)
        .join(owner, owner.c.id_protocolo == d.c.id_procedimento)
        .where(owner.c.protocolo_formatado_pesquisa == chave)
        .order_by(p.c.id_protocolo)
        .limit(20)
    )
    return list(rows) or ["0"]


def _histories(sei: Connection, key: int) -> Iterator[Any]:
    words = read_vocabulary()
    for consulta, antigas in product((False, True), repeat=2):
        page, sent = andamentos.list_andamentos(
            sei,
            installation_of(sei),
            names_of(sei),
            key,
            FUSO,
            consulta_processual=consulta,
            oldest_first=antigas,
            after=None,
            without_tarefas=words.minor_tarefas if antigas else frozenset(),
            without_modulos=words.minor_modulos if antigas else frozenset(),
            tramites=tramites.MODULOS,
        )
        yield page, sent
        yield andamentos.list_referenced(sei, names_of(sei), {*page, *sent})


def _contents(sei: Connection, key: int) -> Iterator[Any]:
    for (rules, orgaos), holds in product(SHARES, (0, documentos.WALK + 1)):
        asked = documentos.Asked(
            sei, installation_of(sei), names_of(sei), FUSO, rules, orgaos, key, holds
        )
        itens = documentos.list_items(asked, None)
        yield itens
        for item in itens[:1]:
            yield documentos.find_item(asked, item.formatado)
        for item in itens:
            yield conteudos.find_conteudo(sei, rules, item.id_protocolo, with_page=True)


def ask_pages(tenant: Tenant, chave: str) -> dict[str, Any]:
    """What `service` says of a number: every page of its history and documents, each document."""
    numero = NumeroProtocolo(chave)
    answers: dict[str, Any] = {"find": service.list_hits(tenant, [numero], NOW)}
    for tudo in (False, True):
        order = "oldest first, all" if tudo else "newest first, main"
        before: int | None = None
        contents_after: int | None = None
        for page in range(200):
            found = _track(
                tenant,
                numero,
                oldest_first=tudo,
                main_only=not tudo,
                before=before,
                contents_after=contents_after,
            )
            answers[f"{order}, page {page}"] = found
            if not isinstance(found, Tracking):
                break
            before = found.history.next_cursor if found.history else None
            contents_after = found.contents.next_cursor if found.contents else None
            if before is None and contents_after is None:
                break
    return answers | {
        f"documento {numero_sei}": get_documento(tenant, numero, numero_sei, now=NOW)
        for numero_sei in _numbers(answers)
    }


def ask_person(tenant: Tenant, cpf: str) -> dict[str, Any]:
    """What there is of a person, and what they see of each processo in their list."""
    viewer = recognize(tenant, Cpf(cpf))
    assert isinstance(viewer, Viewer)
    found = list_mine(tenant, viewer, now=NOW)
    answers: dict[str, Any] = {
        "mine": found,
        "peticionamento": list_peticionamento(tenant, viewer, NOW),
    }
    for entry in found.entries:
        numero = NumeroProtocolo(entry.chave)
        tracking = _track(tenant, numero, viewer=viewer)
        answers[entry.formatado] = tracking
        answers[f"find {entry.formatado}"] = service.list_hits(tenant, [numero], NOW, viewer=viewer)
        for numero_sei in _numbers({"page": tracking}):
            answers[f"documento {numero_sei}"] = get_documento(
                tenant, numero, numero_sei, now=NOW, with_page=True, viewer=viewer
            )
    return answers


def _track(tenant: Tenant, numero: NumeroProtocolo, **options: Any) -> Tracking | Ambiguous | str:
    try:
        return service.track(tenant, numero, now=NOW, **options)
    except NotFound:
        return "not found"


def _numbers(answers: Mapping[str, Any]) -> list[str]:
    trackings = [a for a in answers.values() if isinstance(a, Tracking) and a.contents]
    itens = [item for c in trackings if c.contents for item in c.contents.items]
    return sorted({item.numero_sei for item in itens if isinstance(item, Documento)})[:3]


def as_latin1(value: Any) -> Any:
    """The value as a SEI keeps it whose texts are latin-1: SQLite's would hold any character."""
    match value:
        case str():
            kept = value.encode("latin-1", "ignore").decode("latin-1").strip()
            return type(value)(kept) if type(value) is str else value
        case tuple() | list() | frozenset():
            return type(value)(as_latin1(v) for v in value)
        case dict():
            return {as_latin1(k): as_latin1(v) for k, v in value.items()}
        case _ if is_dataclass(value) and not isinstance(value, type):
            return replace(
                value, **{f.name: as_latin1(getattr(value, f.name)) for f in fields(value)}
            )
        case _:
            return value
