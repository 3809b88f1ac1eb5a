"""What is wrong in `tenants.toml`, as a sentence in Portuguese that begins with the key."""

import re
from collections.abc import Callable, Iterable
from difflib import get_close_matches

EXPECTED = {
    "nome": 'um texto, como "Prefeitura de Vale das Acácias"',
    "hosts": 'uma lista, como ["protocolo.exemplo.mg.gov.br"]',
    "endereco": 'um endereço, como "https://protocolo.exemplo.mg.gov.br"',
    "cor": 'uma cor, como "#1351b4"',
    "encarregado": 'uma tabela com "nome" e "email"',
    "encarregado.nome": "o nome de uma pessoa",
    "encarregado.email": "um e-mail",
    "govbr.issuer": 'um endereço, como "https://sso.acesso.gov.br/"',
    "govbr.client_id": "o client_id que o gov.br deu",
    "govbr.client_secret": 'o nome de uma variável, como "env:GOVBR_SECRET"',
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


class Mistake(Exception):
    """The key as it is written in the file, and what to do about it."""

    def __init__(self, key: str, text: str) -> None:
        super().__init__(f"{key}: {text}")


def _expected(key: str) -> str | None:
    return EXPECTED.get(key.partition(".")[2])


def translate(
    slug: str,
    text: str,
    known: Iterable[str],
    expected: Callable[[str], str | None] = _expected,
) -> Mistake:
    """msgspec's sentence in Portuguese. Of `known` keys, the nearest to a misspelt one is told;
    `expected` says what belongs under a key, if anything is to be said of it."""
    text, _, path = text.partition(" - at `$")
    key = slug + path.removesuffix("`")
    if match := re.fullmatch(r"Object missing required field `(.+)`", text):
        key = f"{key}.{match[1]}"
        return Mistake(key, f"falta esta chave; esperava {expected(key) or 'um valor'}")
    if match := re.fullmatch(r"Object contains unknown field `(.+)`", text):
        return Mistake(f"{key}.{match[1]}", "chave desconhecida" + _suggest(match[1], known))
    if match := re.fullmatch(r"Expected `(.+?)`, got `(.+)`", text):
        types = " ou ".join(_TYPES.get(t, t) for t in match[1].split(" | ") if t != "null")
        return Mistake(key, f"esperava {types}, recebeu {_TYPES.get(match[2], match[2])}")
    if match := re.fullmatch(r"Invalid enum value '(.+)'", text):
        return Mistake(key, f'esperava {expected(key) or "outra palavra"}, recebeu "{match[1]}"')
    if text.startswith("Invalid RFC3339"):
        return Mistake(key, f"esperava {_TYPES['date']}, sem aspas")
    return Mistake(key, text)


def translate_toml(text: str) -> str:
    """tomllib's sentence: where the file stops being TOML is what an operator needs of it."""
    match = re.search(r"at line (\d+), column (\d+)", text)
    where = f"na linha {match[1]}, coluna {match[2]}" if match else "no fim do arquivo"
    return f"não é TOML válido {where}: confira aspas, colchetes e nomes repetidos"


def _suggest(unknown: str, known: Iterable[str]) -> str:
    near = get_close_matches(unknown, known, n=1)
    return f'; você quis dizer "{near[0]}"?' if near else ""
