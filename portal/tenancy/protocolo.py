"""Whether a tenant takes petitions, and how its SEI is written to: by its web service alone."""

import re
from collections.abc import Mapping

import msgspec

from portal.tenancy.addresses import is_loopback, read_variable, split_address
from portal.tenancy.mistakes import Mistake
from portal.tenancy.values import Protocolo

_SIGLA = re.compile(r"[\x21-\x7e]{1,30}")

_VERSAO = re.compile(r"[3-9]\.[0-9]{1,2}\.[0-9]{1,3}", re.ASCII)

MOST_MEGABYTES = 200
"""Of one file: SEI's own limit is far below, and it is looked at in memory."""


class ProtocoloEntry(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """The table `protocolo` of a tenant."""

    endereco: str
    sigla: str
    chave: str
    versao: str
    wsdl: str | None = None
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
        versao=_versao(f"{key}.versao", read.versao),
        wsdl=read.wsdl,
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


def _versao(key: str, text: str) -> str:
    """As SEI shows it at the foot of its pages; what its service takes differs even in the third
    number."""
    if not _VERSAO.fullmatch(text):
        raise Mistake(key, f'esperava a versão inteira do SEI, como "4.1.5", recebeu "{text}"')
    return text


def _megabytes(key: str, number: int, most: int) -> int:
    if not 1 <= number <= most:
        raise Mistake(key, f"esperava um número de 1 a {most}, recebeu {number}")
    return number
