"""A tenant on a SEI that the demo filled, the demo's named cases, and counting what is asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo

from sqlalchemy import URL, Engine, event

from portal.demo.examples import EXAMPLES, examples
from portal.numero import from_chave
from portal.tenancy import Encarregado, Tenant, Visibilidade
from tests.integration.engines import WALL_CLOCK

FUSO = ZoneInfo("America/Sao_Paulo")
NOW = WALL_CLOCK.replace(tzinfo=FUSO)

CASES: dict[str, str] = {
    example.name: numero.chave
    for example in EXAMPLES
    if not example.optional and (numero := from_chave(examples(WALL_CLOCK)[example.name]))
}
"""The named cases of the demo, by the key of their number."""


@contextmanager
def town(
    url: URL, orgaos: frozenset[int] = frozenset(), **visibilidade: object
) -> Iterator[Tenant]:
    """A tenant on this SEI; its connections are closed at the end."""
    tenant = Tenant(
        slug="vale",
        nome="Prefeitura de Vale das Acácias",
        hosts=("protocolo.example",),
        endereco="https://protocolo.example",
        cor="#1351b4",
        encarregado=Encarregado("Encarregada", "encarregada@protocolo.example"),
        sei_url=url,
        orgaos=orgaos,
        visibilidade=Visibilidade(**visibilidade),  # type: ignore[arg-type] # keys are its own
    )
    try:
        yield tenant
    finally:
        tenant.close()


@contextmanager
def counting(engine: Engine) -> Iterator[list[str]]:
    """The SELECTs sent while inside, in their order."""
    sent: list[str] = []

    def note(connection, cursor, sql, parameters, context, many):  # type: ignore[no-untyped-def] # SQLAlchemy's own
        sent.append(sql)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)
