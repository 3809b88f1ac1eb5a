"""Reading `tenants.toml`: from what an operator wrote to `Tenants`, or to a sentence that helps.

`msgspec` checks the shape and the functions below the rest; both end as one `_Mistake`, which is in
Portuguese and begins with the key.
"""

import re
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from hashlib import blake2b
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import SplitResult, urlsplit
from xml.etree import ElementTree
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from sqlalchemy import make_url
from sqlalchemy.engine import URL

from portal.errors import ConfigurationError
from portal.numero import Mascara
from portal.readonly import open_readonly
from portal.tenancy.values import (
    Brasao,
    Contato,
    Encarregado,
    Limites,
    Tenant,
    Tenants,
    Visibilidade,
    host_name,
)

BRASAO_LIMIT = 30_000
"""Bytes. It is on every page, and the first visit is often on a slow phone."""

_SLUG = re.compile(r"[a-z][a-z0-9-]{0,38}[a-z0-9]")
_COR = re.compile(r"#[0-9a-fA-F]{6}")
_EMAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+")


def read_tenants(path: Path, secrets: Mapping[str, str]) -> Tenants:
    """All tenants of the file; `secrets` is where `env:NAME` is looked up.

    Raises ConfigurationError naming the first key that is wrong.
    """
    try:
        content = tomllib.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise ConfigurationError(
            f"não foi possível ler {path} ({error.strerror}): comece com uma cópia de"
            " docs/tenants.example.toml"
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path.name}: não é um arquivo TOML válido: {error}") from error
    try:
        return Tenants(
            _read_tenant(slug, entry, path.parent, secrets) for slug, entry in content.items()
        )
    except _Mistake as mistake:
        raise ConfigurationError(f"{path.name}: {mistake}") from mistake


class _Mistake(Exception):
    def __init__(self, key: str, text: str) -> None:
        super().__init__(f"{key}: {text}")


class _Entry(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A table of `tenants.toml`, named by the tenant's slug."""

    nome: str
    hosts: list[str]
    endereco: str
    cor: str
    encarregado: Encarregado
    sei: str
    sei_senha: str | None = None
    sei_conexoes: int = 8
    orgaos: frozenset[int] = frozenset()
    brasao: str | None = None
    visibilidade: Visibilidade = Visibilidade()
    limites: Limites = Limites()
    mascaras: list[str] = []
    fuso: str = "America/Sao_Paulo"
    repositorio: str | None = None
    pesquisa: str | None = None
    contato: Contato = Contato()
    tarefas: str | None = None


_EXPECTED = {
    "nome": 'um texto, como "Prefeitura de Vale das Acácias"',
    "hosts": 'uma lista, como ["protocolo.exemplo.mg.gov.br"]',
    "endereco": 'um endereço, como "https://protocolo.exemplo.mg.gov.br"',
    "cor": 'uma cor, como "#1351b4"',
    "encarregado": 'uma tabela com "nome" e "email"',
    "encarregado.nome": "o nome de uma pessoa",
    "encarregado.email": "um e-mail",
    "sei": 'o endereço do banco de dados, como "env:SEI_URL"',
}
"""What a key that is missing should have held."""

_TYPES = {
    "str": "um texto entre aspas",
    "int": "um número inteiro",
    "bool": "true ou false",
    "array": "uma lista, como [0, 1]",
    "object": "uma tabela",
    "date": "uma data, como 2020-01-31",
    "float": "um número",
    "datetime": "uma data com hora",
    "time": "uma hora",
}


def _read_tenant(slug: str, entry: object, folder: Path, secrets: Mapping[str, str]) -> Tenant:
    if not _SLUG.fullmatch(slug):
        raise _Mistake(
            slug, "o nome da tabela deve ter de 2 a 40 letras minúsculas sem acento, números ou -"
        )
    try:
        read = msgspec.convert(entry, _Entry)
    except msgspec.ValidationError as error:
        raise _translate(slug, str(error)) from error
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
        sei_conexoes=_positive(key + "sei_conexoes", read.sei_conexoes),
        orgaos=_orgaos(key + "orgaos", read.orgaos),
        brasao=_brasao(key + "brasao", read.brasao, folder),
        visibilidade=read.visibilidade,
        limites=_limites(key + "limites", read.limites),
        mascaras=tuple(
            _mascara(f"{key}mascaras[{i}]", text) for i, text in enumerate(read.mascaras)
        ),
        fuso=_fuso(key + "fuso", read.fuso),
        repositorio=_repositorio(key + "repositorio", read.repositorio),
        pesquisa=_pesquisa(key + "pesquisa", read.pesquisa),
        contato=read.contato,
        tarefas=_file(key + "tarefas", read.tarefas, folder),
    )


def _translate(slug: str, text: str) -> _Mistake:
    """msgspec's sentence in Portuguese, with the path as it is written in the file."""
    text, _, path = text.partition(" - at `$")
    key = slug + path.removesuffix("`")
    if match := re.fullmatch(r"Object missing required field `(.+)`", text):
        key = f"{key}.{match[1]}"
        expected = _EXPECTED.get(key.partition(".")[2], "um valor")
        return _Mistake(key, f"falta esta chave; esperava {expected}")
    if match := re.fullmatch(r"Object contains unknown field `(.+)`", text):
        return _Mistake(f"{key}.{match[1]}", "chave desconhecida" + _suggest(match[1]))
    if match := re.fullmatch(r"Expected `(.+?)`, got `(.+)`", text):
        expected = " ou ".join(_TYPES.get(t, t) for t in match[1].split(" | ") if t != "null")
        return _Mistake(key, f"esperava {expected}, recebeu {_TYPES.get(match[2], match[2])}")
    if text.startswith("Invalid RFC3339"):
        return _Mistake(key, f"esperava {_TYPES['date']}, sem aspas")
    return _Mistake(key, text)


def _suggest(unknown: str) -> str:
    known = [
        name
        for struct in (_Entry, Encarregado, Contato, Visibilidade, Limites)
        for name in struct.__struct_fields__
    ]
    near = get_close_matches(unknown, known, n=1)
    return f'; você quis dizer "{near[0]}"?' if near else ""


def _line(key: str, text: str) -> str:
    """One line of text that says something."""
    text = text.strip()
    if not text or not text.isprintable():
        raise _Mistake(key, "esperava um texto de uma linha")
    return text


def _positive(key: str, number: int) -> int:
    if number < 1:
        raise _Mistake(key, f"esperava um número maior que zero, recebeu {number}")
    return number


def _hosts(key: str, hosts: list[str]) -> tuple[str, ...]:
    if not hosts:
        raise _Mistake(key, f"esperava {_EXPECTED['hosts']}, recebeu uma lista vazia")
    for i, host in enumerate(hosts):
        if host_name(host) != host:
            raise _Mistake(
                f"{key}[{i}]", f'esperava um nome em minúsculas e sem porta, recebeu "{host}"'
            )
    if len(set(hosts)) != len(hosts):
        raise _Mistake(key, "há um nome repetido")
    return tuple(hosts)


def _endereco(key: str, text: str, hosts: tuple[str, ...]) -> str:
    text = text.removesuffix("/")
    parts = _split(key, text)
    name = host_name(parts.netloc)
    if name is None or parts.path or parts.query or parts.fragment:
        raise _Mistake(key, f'esperava {_EXPECTED["endereco"]} e nada depois, recebeu "{text}"')
    local = _is_loopback(name)
    if parts.scheme != "https" and not (parts.scheme == "http" and local):
        raise _Mistake(key, f'esperava um endereço com https://, recebeu "{text}"')
    if name not in hosts and not local:
        raise _Mistake(key, f'"{name}" não está em hosts')
    return text


def _split(key: str, text: str) -> SplitResult:
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError as error:
        raise _Mistake(key, f'esperava um endereço, recebeu "{text}"') from error
    return parts


def _is_loopback(name: str) -> bool:
    try:
        return ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return name == "localhost"


def _cor(key: str, text: str) -> str:
    if not _COR.fullmatch(text):
        raise _Mistake(key, f'esperava {_EXPECTED["cor"]}, recebeu "{text}"')
    return text.lower()


def _encarregado(key: str, read: Encarregado) -> Encarregado:
    _line(f"{key}.nome", read.nome)
    if not _EMAIL.fullmatch(read.email):
        raise _Mistake(f"{key}.email", f'esperava um e-mail, recebeu "{read.email}"')
    return read


def _sei_url(
    key: str, text: str, senha: str | None, folder: Path, secrets: Mapping[str, str]
) -> URL:
    """A whole URL may be a secret, or its password alone, which then needs no escaping. A password
    in clear is refused: the file is copied into tickets and backups sooner or later."""
    secret = text.startswith("env:")
    try:
        url = make_url(_secret(f"{key}sei", text, secrets))
        if url.get_backend_name() == "sqlite" and not (url.database or "").startswith("file:"):
            url = url.set(database=str(folder / (url.database or "")))
        open_readonly(url).dispose()
    except _Mistake:
        raise
    except Exception as error:
        # What SQLAlchemy or a driver says may repeat the URL, and with it a password.
        raise _Mistake(
            f"{key}sei",
            "esperava um endereço de banco como mysql://usuario@servidor/sei ou"
            f" postgresql://usuario@servidor/sei ({_reason(error)})",
        ) from None
    if url.password is not None and not secret:
        raise _Mistake(
            f"{key}sei", 'a senha não fica neste arquivo: use sei_senha = "env:SEI_SENHA"'
        )
    if senha is not None:
        if not senha.startswith("env:"):
            raise _Mistake(
                f"{key}sei_senha", 'esperava o nome de uma variável, como "env:SEI_SENHA"'
            )
        url = url.set(password=_secret(f"{key}sei_senha", senha, secrets))
    return url


def _reason(error: Exception) -> str:
    return f"falta o driver {error.name}" if isinstance(error, ModuleNotFoundError) else "ilegível"


def _secret(key: str, text: str, secrets: Mapping[str, str]) -> str:
    """What the text says or, when it is `env:NAME`, what that variable does."""
    if not text.startswith("env:"):
        return text
    name = text.removeprefix("env:")
    value = secrets.get(name)
    if not value:
        raise _Mistake(key, f"falta a variável de ambiente {name}")
    return value


def _orgaos(key: str, orgaos: frozenset[int]) -> frozenset[int]:
    for number in orgaos:
        if number < 0:
            raise _Mistake(key, f"esperava id_orgao, de 0 para cima, recebeu {number}")
    return orgaos


def _limites(key: str, limites: Limites) -> Limites:
    for name in Limites.__struct_fields__:
        _positive(f"{key}.{name}", getattr(limites, name))
    return limites


def _mascara(key: str, text: str) -> Mascara:
    try:
        return Mascara.parse(text)
    except ValueError as error:
        raise _Mistake(key, f"{error}") from error


def _fuso(key: str, text: str) -> ZoneInfo:
    try:
        return ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise _Mistake(
            key, f'esperava um fuso como "America/Sao_Paulo", recebeu "{text}"'
        ) from error


def _repositorio(key: str, text: str | None) -> Path | None:
    if text is None:
        return None
    if not Path(text).is_absolute():
        raise _Mistake(key, f'esperava um caminho que começa com /, recebeu "{text}"')
    return Path(text)


def _pesquisa(key: str, text: str | None) -> str | None:
    if text is None:
        return None
    parts = _split(key, text)
    if parts.scheme != "https" or host_name(parts.netloc) is None:
        raise _Mistake(key, f'esperava um endereço com https://, recebeu "{text}"')
    return text


def _file(key: str, text: str | None, folder: Path) -> Path | None:
    """A file beside `tenants.toml`, or in a folder beside it; nothing outside is ever served."""
    if text is None:
        return None
    path = (folder / text).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise _Mistake(key, f'esperava um arquivo dentro de {folder.name}/, recebeu "{text}"')
    if not path.is_file():
        raise _Mistake(key, f'não há o arquivo "{text}" em {folder.name}/')
    return path


def _brasao(key: str, text: str | None, folder: Path) -> Brasao | None:
    path = _file(key, text, folder)
    if path is None:
        return None
    size = path.stat().st_size
    if size > BRASAO_LIMIT:
        raise _Mistake(
            key, f"esperava no máximo {BRASAO_LIMIT // 1000} kB, recebeu {size // 1000 + 1} kB"
        )
    content = path.read_bytes()
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        mimetype = "image/png"
    elif _is_plain_svg(key, content):
        mimetype = "image/svg+xml"
    else:
        raise _Mistake(key, "esperava uma imagem SVG ou PNG")
    return Brasao(content, mimetype, blake2b(content, digest_size=6).hexdigest())


def _is_plain_svg(key: str, content: bytes) -> bool:
    """Whether it is SVG. Raises when it is one that could run something or fetch something."""
    if b"<!ENTITY" in content:
        raise _Mistake(key, "o SVG declara entidades; salve-o como SVG simples")
    try:
        root = ElementTree.fromstring(content)
    except ElementTree.ParseError:
        return False
    if root.tag not in ("{http://www.w3.org/2000/svg}svg", "svg"):
        return False
    for element in root.iter():
        name = element.tag.rpartition("}")[2].lower()
        if name in ("script", "foreignobject", "iframe", "handler", "set", "animate"):
            raise _Mistake(key, f"o SVG tem <{name}>; salve-o como SVG simples")
        for attribute, value in element.attrib.items():
            local = attribute.rpartition("}")[2].lower()
            if local.startswith("on"):
                raise _Mistake(key, f"o SVG tem o atributo {local}; salve-o como SVG simples")
            if local in ("href", "src") and not value.strip().startswith(("#", "data:image/")):
                raise _Mistake(key, f"o SVG aponta para fora em {local}; salve-o como SVG simples")
    return True
