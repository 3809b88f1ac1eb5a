"""Whether a tenant takes petitions, and how its SEI is written to: by its web service alone."""

import re
from collections.abc import Mapping
from typing import Literal

import msgspec

from portal.tenancy.addresses import is_loopback, read_variable, split_address
from portal.tenancy.mistakes import Mistake
from portal.tenancy.values import Protocolo

_SIGLA = re.compile(r"[\x21-\x7e]{1,30}")

MOST_MEGABYTES = 200
"""Of one file: SEI's own limit is far below, and it is looked at in memory."""


class ProtocoloEntry(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """The table `protocolo` of a tenant."""

    endereco: str
    sigla: str
    chave: str
    versao: Literal["3.0", "4.0", "4.1.0", "4.1", "5.0"]
    megabytes_por_arquivo: int = 30
    megabytes_por_pedido: int = 100
    ato: str | None = None


def read_protocolo(
    key: str, read: ProtocoloEntry | None, secrets: Mapping[str, str]
) -> Protocolo | None:
    """None where nobody files anything."""
    if read is None:
        return None
    return Protocolo(
        endereco=_endereco(f"{key}.endereco", read.endereco),
        sigla=_sigla(f"{key}.sigla", read.sigla),
        chave=_chave(f"{key}.chave", read.chave, secrets),
        versao=read.versao,
        megabytes_por_arquivo=_megabytes(
            f"{key}.megabytes_por_arquivo", read.megabytes_por_arquivo, MOST_MEGABYTES
        ),
        megabytes_por_pedido=_megabytes(
            f"{key}.megabytes_por_pedido", read.megabytes_por_pedido, 10 * MOST_MEGABYTES
        ),
        ato=read.ato,
    )


def _endereco(key: str, text: str) -> str:
    parts = split_address(key, text)
    local = is_loopback(parts.hostname or "")
    if parts.scheme != "https" and not (parts.scheme == "http" and local):
        raise Mistake(key, f'esperava um endereço com https://, recebeu "{text}"')
    if not parts.hostname or parts.query or parts.fragment or text != text.strip():
        raise Mistake(key, f'esperava um endereço e nada depois, recebeu "{text}"')
    return text


def _sigla(key: str, text: str) -> str:
    if not _SIGLA.fullmatch(text):
        raise Mistake(key, f'esperava a sigla do sistema, sem espaços, recebeu "{text}"')
    return text


def _chave(key: str, text: str, secrets: Mapping[str, str]) -> str:
    """Whoever has it can open processos in the município's name."""
    if not text.startswith("env:"):
        raise Mistake(key, 'a chave não fica neste arquivo: use "env:SEI_CHAVE"')
    return read_variable(key, text, secrets)


def _megabytes(key: str, number: int, most: int) -> int:
    if not 1 <= number <= most:
        raise Mistake(key, f"esperava um número de 1 a {most}, recebeu {number}")
    return number
