"""Who a proved number is in SEI.

Since 4.1 an index finds a CPF at once, and nothing is kept. Before, each look-up reads all contatos
from one end to the other: so it is ended after the time that any statement has, and what it found
is kept for a short while. What is kept are ids, under a digest that nobody can undo: the key of it
is drawn at each start, and no number is in memory longer than its request.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from hashlib import blake2b
from secrets import token_bytes
from time import monotonic

from portal.cpf import Cpf
from portal.errors import TooSlow
from portal.readonly import reading
from portal.sei.installation import Installation, installation_of
from portal.sei.queries.contatos import list_contatos
from portal.sei.tables import protocolo
from portal.sei.values import Cnpj, Identity, Recognition, Slow, Viewer
from portal.tenancy import Tenant

LIFETIME = 120.0
"""Seconds that contatos are kept where finding them is slow."""
REST = 30.0
"""Seconds until SEI is asked again for somebody whom it could not find in time."""
MOST_KEPT = 2_000


class Acquaintances:
    """The last few people whom slow SEIs were asked for."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._key = token_bytes(32)
        self._lock = threading.Lock()
        self._known: OrderedDict[bytes, tuple[Recognition, float]] = OrderedDict()

    def find(self, tenant: Tenant, identity: Identity) -> Recognition | None:
        """What was found lately; None when nobody asked."""
        with self._lock:
            known = self._known.get(self._digest(tenant, identity))
        return known[0] if known is not None and self._clock() < known[1] else None

    def keep(self, tenant: Tenant, identity: Identity, found: Recognition) -> None:
        lifetime = REST if isinstance(found, Slow) else LIFETIME
        digest = self._digest(tenant, identity)
        with self._lock:
            self._known[digest] = (found, self._clock() + lifetime)
            self._known.move_to_end(digest)
            while len(self._known) > MOST_KEPT:
                self._known.popitem(last=False)

    def __len__(self) -> int:
        return len(self._known)

    def _digest(self, tenant: Tenant, identity: Identity) -> bytes:
        where = f"{tenant.slug}/{tenant.sei.url.render_as_string(hide_password=True)}"
        return blake2b(f"{where}/{_number(identity)}".encode(), key=self._key).digest()


ACQUAINTANCES = Acquaintances()


def recognize(
    tenant: Tenant, identity: Identity, acquaintances: Acquaintances = ACQUAINTANCES
) -> Recognition:
    """The person or company as a viewer, with no contato when SEI does not know them.

    `Slow` when SEI did not find out in time. Raises `Unavailable` when it does not answer at all.
    """
    kept = None
    try:
        with reading(tenant.sei) as sei:
            installation = installation_of(sei)
            indexed = _is_indexed(installation)
            kept = None if indexed else acquaintances.find(tenant, identity)
            found: Recognition = kept or Viewer(list_contatos(sei, installation, identity))
    except TooSlow:
        indexed, found = False, Slow()
    if not indexed and kept is None:
        acquaintances.keep(tenant, identity, found)
    return found


def _number(identity: Identity) -> str:
    match identity:
        case Cpf(digits):
            return digits
        case Cnpj(characters):
            return characters


def _is_indexed(installation: Installation) -> bool:
    """The index came with 4.1, as this column did."""
    return installation.has(protocolo.c.sin_eliminado)
