"""Addresses and variables that an operator writes into `tenants.toml`."""

from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from portal.tenancy.mistakes import Mistake


def split_address(key: str, text: str) -> SplitResult:
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError as error:
        raise Mistake(key, f'esperava um endereço, recebeu "{text}"') from error
    return parts


def is_loopback(name: str) -> bool:
    """Whether a host's name is this very machine."""
    try:
        return ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return name == "localhost"


def read_variable(key: str, text: str, secrets: Mapping[str, str]) -> str:
    """What the text says or, when it is `env:NAME`, what that variable does."""
    if not text.startswith("env:"):
        return text
    name = text.removeprefix("env:")
    value = secrets.get(name)
    if not value:
        raise Mistake(key, f"falta a variável de ambiente {name}")
    return value
