"""Reading `tenants.toml`: from what an operator wrote to `Tenants`, or to a sentence that helps.

`msgspec` checks the shape and the functions below the rest; both end as a `Mistake`.
"""

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from sqlalchemy import make_url
from sqlalchemy.engine import URL

from portal.errors import ConfigurationError, os_reason
from portal.numero import Mascara
from portal.readonly import open_readonly
from portal.tenancy.addresses import is_loopback, read_variable, split_address
from portal.tenancy.brasao import read_brasao
from portal.tenancy.govbr import GovbrEntry, read_govbr
from portal.tenancy.mistakes import EXPECTED, Mistake, translate, translate_toml
from portal.tenancy.protocolo import ProtocoloEntry, read_protocolo
from portal.tenancy.values import (
    Brasao,
    Contato,
    Encarregado,
    Limites,
    Protocolo,
    Tenant,
    Tenants,
    Visibilidade,
    host_name,
)

_SLUG = re.compile(r"[a-z][a-z0-9-]{0,38}[a-z0-9]")
_COR = re.compile(r"#[0-9a-fA-F]{6}")
_EMAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+")


def read_tenants(path: Path, secrets: Mapping[str, str], threads: int) -> Tenants:
    """All tenants of the file; `secrets` is where `env:NAME` is looked up, and `threads` how many
    requests a process answers at once.

    Raises ConfigurationError naming the first key that is wrong.
    """
    try:
        content = tomllib.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError as error:
        raise ConfigurationError(
            f"não existe {path}: comece com uma cópia de docs/tenants.example.toml"
        ) from error
    except OSError as error:
        raise ConfigurationError(f"não foi possível ler {path}: {os_reason(error)}") from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{path.name}: o texto não está em UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{path.name}: {translate_toml(str(error))}") from error
    try:
        return Tenants(
            _read_tenant(slug, entry, path.parent, secrets, threads, alone=len(content) == 1)
            for slug, entry in content.items()
        )
    except Mistake as mistake:
        raise ConfigurationError(f"{path.name}: {mistake}") from mistake


class _Entry(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A table of `tenants.toml`, named by the tenant's slug."""

    nome: str
    hosts: list[str]
    endereco: str
    cor: str
    encarregado: Encarregado
    sei: str
    sei_senha: str | None = None
    sei_conexoes: int | None = None
    orgaos: frozenset[int] = frozenset()
    brasao: str | None = None
    visibilidade: Visibilidade = Visibilidade()
    limites: Limites = Limites()
    mascaras: list[str] = []
    fuso: str = "America/Sao_Paulo"
    repositorio: str | None = None
    pesquisa: str | None = None
    usuario_externo: str | None = None
    contato: Contato = Contato()
    tarefas: str | None = None
    feriados: tuple[date, ...] = ()
    govbr: GovbrEntry | None = None
    protocolo: ProtocoloEntry | None = None


_KEYS = tuple(
    name
    for struct in (_Entry, Encarregado, Contato, Visibilidade, Limites, GovbrEntry, ProtocoloEntry)
    for name in struct.__struct_fields__
)


def _read_tenant(
    slug: str,
    entry: object,
    folder: Path,
    secrets: Mapping[str, str],
    threads: int,
    *,
    alone: bool,
) -> Tenant:
    if not _SLUG.fullmatch(slug):
        raise Mistake(
            slug, "o nome da tabela deve ter de 2 a 40 letras minúsculas sem acento, números ou -"
        )
    try:
        read = msgspec.convert(entry, _Entry)
    except msgspec.ValidationError as error:
        raise translate(slug, str(error), _KEYS) from error
    key = f"{slug}."
    hosts = _hosts(key + "hosts", read.hosts)
    return Tenant(
        slug=slug,
        nome=_line(key + "nome", read.nome),
        hosts=hosts,
        endereco=_endereco(key + "endereco", read.endereco, hosts),
        cor=_cor(key + "cor", read.cor),
        encarregado=_encarregado(key + "encarregado", read.encarregado),
        sei_url=_sei_url(key, read.sei, read.sei_senha, folder, secrets),
        sei_conexoes=_conexoes(key + "sei_conexoes", read.sei_conexoes, threads, alone),
        orgaos=_orgaos(key + "orgaos", read.orgaos),
        brasao=_brasao(key + "brasao", read.brasao, folder),
        visibilidade=read.visibilidade,
        limites=_limites(key + "limites", read.limites),
        mascaras=tuple(
            _mascara(f"{key}mascaras[{i}]", text) for i, text in enumerate(read.mascaras)
        ),
        fuso=_fuso(key + "fuso", read.fuso),
        repositorio=_repositorio(key + "repositorio", read.repositorio, folder),
        pesquisa=_https(key + "pesquisa", read.pesquisa),
        usuario_externo=_https(key + "usuario_externo", read.usuario_externo),
        contato=read.contato,
        tarefas=_file(key + "tarefas", read.tarefas, folder),
        govbr=read_govbr(key + "govbr", read.govbr, secrets),
        feriados=read.feriados,
        protocolo=_protocolo(key, read, secrets),
    )


def _protocolo(key: str, read: _Entry, secrets: Mapping[str, str]) -> Protocolo | None:
    if read.protocolo is not None and read.govbr is None:
        raise Mistake(f"{key}protocolo", f"quem pede entra antes com gov.br: falta {key}govbr")
    return read_protocolo(f"{key}protocolo", read.protocolo, secrets)


def _line(key: str, text: str) -> str:
    """One line of text that says something."""
    text = text.strip()
    if not text or not text.isprintable():
        raise Mistake(key, "esperava um texto de uma linha")
    return text


def _positive(key: str, number: int) -> int:
    if number < 1:
        raise Mistake(key, f"esperava um número maior que zero, recebeu {number}")
    return number


def _conexoes(key: str, number: int | None, threads: int, alone: bool) -> int:
    """Half of the threads when nothing is said, a quarter where there are other tenants. A SEI
    that freezes holds a thread by each connection, and other pages must find one, though two
    freeze at once."""
    if number is None:
        return max(1, threads // (2 if alone else 4))
    if _positive(key, number) >= max(2, threads):
        raise Mistake(key, f"esperava menos que PORTAL_THREADS ({threads}), recebeu {number}")
    return number


def _hosts(key: str, hosts: list[str]) -> tuple[str, ...]:
    if not hosts:
        raise Mistake(key, f"esperava {EXPECTED['hosts']}, recebeu uma lista vazia")
    for i, host in enumerate(hosts):
        if host_name(host) != host:
            raise Mistake(
                f"{key}[{i}]", f'esperava um nome em minúsculas e sem porta, recebeu "{host}"'
            )
    if len(set(hosts)) != len(hosts):
        raise Mistake(key, "há um nome repetido")
    return tuple(hosts)


def _endereco(key: str, text: str, hosts: tuple[str, ...]) -> str:
    text = text.removesuffix("/")
    parts = split_address(key, text)
    name = host_name(parts.netloc)
    if name is None or parts.path or parts.query or parts.fragment:
        raise Mistake(key, f'esperava {EXPECTED["endereco"]} e nada depois, recebeu "{text}"')
    local = is_loopback(name)
    if parts.scheme != "https" and not (parts.scheme == "http" and local):
        raise Mistake(key, f'esperava um endereço com https://, recebeu "{text}"')
    if name not in hosts and not local:
        raise Mistake(key, f'"{name}" não está em hosts')
    return text


def _cor(key: str, text: str) -> str:
    if not _COR.fullmatch(text):
        raise Mistake(key, f'esperava {EXPECTED["cor"]}, recebeu "{text}"')
    return text.lower()


def _encarregado(key: str, read: Encarregado) -> Encarregado:
    _line(f"{key}.nome", read.nome)
    if not _EMAIL.fullmatch(read.email):
        raise Mistake(f"{key}.email", f'esperava um e-mail, recebeu "{read.email}"')
    return read


def _sei_url(
    key: str, text: str, senha: str | None, folder: Path, secrets: Mapping[str, str]
) -> URL:
    """A whole URL may be a secret, or its password alone, which then needs no escaping. A password
    in clear is refused: the file is copied into tickets and backups sooner or later."""
    secret = text.startswith("env:")
    try:
        url = make_url(read_variable(f"{key}sei", text, secrets))
        if url.get_backend_name() == "sqlite" and not (url.database or "").startswith("file:"):
            url = url.set(database=str(folder / (url.database or "")))
        open_readonly(url).dispose()
    except Mistake:
        raise
    except Exception as error:
        # What SQLAlchemy or a driver says may repeat the URL, and with it a password.
        raise Mistake(
            f"{key}sei",
            "esperava um endereço de banco como mysql://usuario@servidor/sei ou"
            f" postgresql://usuario@servidor/sei ({_reason(error)})",
        ) from None
    if url.password is not None and not secret:
        raise Mistake(
            f"{key}sei", 'a senha não fica neste arquivo: use sei_senha = "env:SEI_SENHA"'
        )
    if senha is not None:
        if not senha.startswith("env:"):
            raise Mistake(
                f"{key}sei_senha", 'esperava o nome de uma variável, como "env:SEI_SENHA"'
            )
        url = url.set(password=read_variable(f"{key}sei_senha", senha, secrets))
    return url


def _reason(error: Exception) -> str:
    return f"falta o driver {error.name}" if isinstance(error, ModuleNotFoundError) else "ilegível"


def _orgaos(key: str, orgaos: frozenset[int]) -> frozenset[int]:
    for number in orgaos:
        if number < 0:
            raise Mistake(key, f"esperava id_orgao, de 0 para cima, recebeu {number}")
    return orgaos


def _limites(key: str, limites: Limites) -> Limites:
    for name in Limites.__struct_fields__:
        _positive(f"{key}.{name}", getattr(limites, name))
    return limites


def _mascara(key: str, text: str) -> Mascara:
    try:
        return Mascara.parse(text)
    except ValueError as error:
        raise Mistake(key, f"{error}") from error


def _fuso(key: str, text: str) -> ZoneInfo:
    try:
        return ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Mistake(
            key, f'esperava um fuso como "America/Sao_Paulo", recebeu "{text}"'
        ) from error


def _repositorio(key: str, text: str | None, folder: Path) -> Path | None:
    """SEI's folder, which may be away while the portal starts: its absence is said when asked."""
    if text is None:
        return None
    if not text.strip("/. "):
        raise Mistake(key, f'esperava a pasta dos arquivos do SEI, recebeu "{text}"')
    return folder / text


def _https(key: str, text: str | None) -> str | None:
    if text is None:
        return None
    parts = split_address(key, text)
    if parts.scheme != "https" or host_name(parts.netloc) is None:
        raise Mistake(key, f'esperava um endereço com https://, recebeu "{text}"')
    return text


def _file(key: str, text: str | None, folder: Path) -> Path | None:
    """A file beside `tenants.toml`, or in a folder beside it; nothing outside is ever served."""
    if text is None:
        return None
    path = (folder / text).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise Mistake(key, f'esperava um arquivo dentro de {folder.name}/, recebeu "{text}"')
    if not path.is_file():
        raise Mistake(key, f'não há o arquivo "{text}" em {folder.name}/')
    return path


def _brasao(key: str, text: str | None, folder: Path) -> Brasao | None:
    path = _file(key, text, folder)
    return None if path is None else read_brasao(key, path)
