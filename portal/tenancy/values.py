"""Tenants: the municípios a portal serves, and who answers on which host.

A tenant is one SEI database, or some of the órgãos of a shared one.
"""

import os
import re
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import Engine
from sqlalchemy.engine import URL

from portal.errors import ConfigurationError, NotFound
from portal.numero import Mascara
from portal.readonly import open_readonly

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")

_HOST = re.compile(
    r"(?P<name>\[[0-9a-f:.]{2,45}\]|[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?)\.?(?::[0-9]{1,5})?"
)


class Encarregado(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who answers for personal data (LGPD art. 41)."""

    nome: str
    email: str
    telefone: str | None = None


class Contato(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where people are served by people. All of it is optional."""

    telefone: str | None = None
    email: str | None = None
    endereco: str | None = None
    horario: str | None = None


@dataclass(frozen=True, slots=True)
class Brasao:
    """The coat of arms, as it is sent."""

    conteudo: bytes = field(repr=False)
    mimetype: str
    digest: str
    """Hexadecimal; in the address, so that the image may be kept for ever."""


class Visibilidade(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the município decides where its SEI has not: the module Pesquisa Pública's own
    parameters win where it is installed. Every default is the closed side but the first."""

    mostra_restritos: bool = True
    """A restrito may be named, with its tipo and hipótese legal."""
    documentos_de_restritos: bool = False
    andamentos_de_restritos: bool = False
    mostra_descricao: bool = False
    pesquisa_por_interessado: bool = False
    """Públicos may be found by the name of who asked for them."""
    consulta_processual: bool = False
    """The history is the one of SEI's Consulta Processual (4.1 on), not the resumed one."""
    data_corte: date | None = None
    """Documents included before this day do not open."""


class Limites(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How often one address, and the whole tenant, may ask, and how much at once. The defaults are
    generous, since a town hall or a mobile operator shows thousands of people as one address."""

    pesquisas_por_minuto: int = 30
    pesquisas_por_hora: int = 300
    interessados_por_minuto: int = 10
    """Searches by a person's name, which count as searches too."""
    interessados_por_hora: int = 60
    faltas_por_10_minutos: int = 20
    """Numbers that led to nothing; after so many, nothing more is answered."""
    consultas_por_minuto: int = 120
    conferencias_por_10_minutos: int = 20
    """Pairs of codes that were looked up, right or wrong; and as many codes of receipts."""
    entradas_por_minuto: int = 10
    """Logins started; twice as many may come back."""
    envios_por_hora: int = 200
    """Files begun, from one address."""
    total_por_minuto: int = 1200
    """Of the whole tenant, sized to its SEI."""
    documentos_por_pacote: int = 100
    megabytes_por_pacote: int = 200
    """Of all documents of a processo in one file; beyond either, they are had one by one."""


@dataclass(frozen=True, slots=True)
class Govbr:
    """How the tenant is registered at the provider that says who people are."""

    issuer: str
    """Compared to the last character: gov.br's own ends with a slash."""
    client_id: str
    client_secret: str = field(repr=False)
    scopes: tuple[str, ...]
    logout: str
    """Where a browser ends the provider's session."""
    authorization_endpoint: str | None = None
    """With the two below, discovery is not asked."""
    token_endpoint: str | None = None
    jwks_uri: str | None = None
    catalogo: str | None = None
    """Where people raise their level; None where nobody can."""
    api: str | None = None
    """Where its interfaces begin, of which we ask one: whom a person may act for."""

    @property
    def asks_companies(self) -> bool:
        return "govbr_empresa" in self.scopes

    @property
    def form_targets(self) -> str:
        """The origins that the forms of entering and leaving are answered with, for the content
        policy: browsers check the whole way of a form."""
        addresses = (self.issuer, self.authorization_endpoint, self.logout)
        parts = [urlsplit(address) for address in addresses if address]
        return " ".join(dict.fromkeys(f"{p.scheme}://{p.netloc}" for p in parts))

    @property
    def local(self) -> bool:
        """Whether it is on this very machine, and so an invented one."""
        return self.issuer.startswith("http://")


@dataclass(frozen=True, slots=True)
class Protocolo:
    """How the tenant's SEI takes what people file: as a Sistema that its administrator has set up,
    by SEI's web service."""

    endereco: str
    """Of the service itself (`…/sei/ws/SeiWS.php`), whatever its WSDL says."""
    sigla: str
    """`SiglaSistema`."""
    chave: str = field(repr=False)
    """`IdentificacaoServico`: the Chave de Acesso."""
    versao: str
    wsdl: str | None = None
    """Address or path of the tenant's own; None for the one that we have of its version."""
    megabytes_por_arquivo: int = 30
    megabytes_por_pedido: int = 100
    ato: str | None = None
    """The município's own act that says that the portal's instant is the one that counts."""


@dataclass(frozen=True, slots=True)
class Tenant:
    """A município, or another body, with a portal of its own."""

    slug: str
    """Short name in our own tables and logs."""
    nome: str
    hosts: tuple[str, ...]
    """Lower case, no port."""
    endereco: str
    """Public address without a final slash. Every absolute link begins with it."""
    cor: str
    """`#rrggbb`, as the município likes it; what is painted has been checked for contrast."""
    encarregado: Encarregado
    sei_url: URL = field(repr=False)
    orgaos: frozenset[int] = frozenset()
    """`id_orgao` of those whose processos are shown; empty for all. 0 is a real one."""
    brasao: Brasao | None = None
    visibilidade: Visibilidade = field(default_factory=Visibilidade)
    limites: Limites = field(default_factory=Limites)
    mascaras: tuple[Mascara, ...] = ()
    fuso: ZoneInfo = field(default_factory=lambda: ZoneInfo("America/Sao_Paulo"))
    repositorio: Path | None = None
    """Where SEI keeps external documents' files, seen from here; None where it is out of reach."""
    pesquisa: str | None = None
    """Address of SEI's own public search or authenticity check."""
    usuario_externo: str | None = None
    """Address where people who have an account in SEI itself enter it."""
    contato: Contato = field(default_factory=Contato)
    tarefas: Path | None = None
    """A file that replaces some of the sentences of `sei/tarefas.toml`."""
    govbr: Govbr | None = None
    """None where nobody signs in."""
    protocolo: Protocolo | None = None
    """None where nobody files anything."""
    feriados: tuple[date, ...] = ()
    """Its own holidays, and days on which it does not work: no prazo ends on one."""
    sei_conexoes: int = 4
    """Connections to SEI that each process keeps at most, and so threads that SEI may hold."""
    _engines: dict[int, Engine] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What `sei` opened, by process id."""

    @property
    def https(self) -> bool:
        return self.endereco.startswith("https://")

    @property
    def sei(self) -> Engine:
        """The engine on this tenant's SEI: read-only, opened at its first use in each process.

        A connection must not be shared with a process that was forked, so neither is the engine.
        """
        engine = self._engines.get(os.getpid())
        if engine is None:
            with _opening:
                engine = self._engines.get(os.getpid())
                if engine is None:
                    engine = self._engines[os.getpid()] = open_readonly(
                        self.sei_url, pool_size=self.sei_conexoes, max_overflow=0
                    )
        return engine

    @property
    def opened(self) -> bool:
        """Whether this process has used its SEI yet."""
        return os.getpid() in self._engines

    def close(self) -> None:
        """Give the connections back; the next use opens others."""
        engine = self._engines.pop(os.getpid(), None)
        if engine is not None:
            engine.dispose()


_opening = threading.Lock()


class Tenants:
    """All tenants of this portal, by host."""

    def __init__(self, tenants: Iterable[Tenant]) -> None:
        """Raises ConfigurationError when there is none, or when two answer on one host."""
        self._tenants = tuple(tenants)
        if not self._tenants:
            raise ConfigurationError("tenants.toml: nenhum município configurado")
        self._by_host: dict[str, Tenant] = {}
        for tenant in self._tenants:
            for host in tenant.hosts:
                other = self._by_host.setdefault(host, tenant)
                if other is not tenant:
                    raise ConfigurationError(
                        f'tenants.toml: {tenant.slug}.hosts: "{host}" já é de {other.slug}'
                    )
        if len(self._tenants) == 1:
            for host in LOOPBACK:
                self._by_host.setdefault(host, self._tenants[0])

    def __iter__(self) -> Iterator[Tenant]:
        return iter(self._tenants)

    def __len__(self) -> int:
        return len(self._tenants)

    def for_host(self, host: str | None) -> Tenant | None:
        """The tenant that answers on a `Host` header, with or without a port; None for a stranger
        and for what is no host at all."""
        name = host_name(host or "")
        return None if name is None else self._by_host.get(name)

    def get(self, slug: str) -> Tenant:
        """By short name. Raises NotFound."""
        for tenant in self._tenants:
            if tenant.slug == slug:
                return tenant
        raise NotFound(f"no tenant {slug}")


def host_name(text: str) -> str | None:
    """The name in a `Host` header: lower case, without port and final dot; IPv6 in brackets."""
    match = _HOST.fullmatch(text.lower())
    return match["name"] if match and ".." not in text else None
