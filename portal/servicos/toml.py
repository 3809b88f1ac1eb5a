"""A catalogue as a TOML file: read into services, or into a sentence that helps.

`msgspec` checks the shape and the functions below the rest; both end as a `Mistake`, whose key is
the one in the file. A table is a service, named by its slug.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from portal.errors import ConfigurationError
from portal.govbr.values import Nivel
from portal.sei.values import NivelAcesso
from portal.servicos.values import (
    Assinatura,
    Campo,
    Destino,
    DocumentoPedido,
    Servico,
    TipoCampo,
)
from portal.tenancy.mistakes import Mistake, translate, translate_toml

NIVEIS = {nivel.word: nivel for nivel in (Nivel.BRONZE, Nivel.PRATA, Nivel.OURO)}
ACESSOS = {"publico": NivelAcesso.PUBLICO, "restrito": NivelAcesso.RESTRITO}
"""A sigiloso is for the prefeitura to make."""

LINE, TEXT = 300, 5_000
"""Characters of what is one line, and of the explanation."""

_SLUG = re.compile(r"(?=.{2,60}\Z)[a-z0-9]+(?:-[a-z0-9]+)*")
_CHAVE = re.compile(r"[a-z][a-z0-9-]{0,38}[a-z0-9]")
_ID = re.compile(r"[0-9]{1,20}")
_INDEX = re.compile(r"\[\d+\]")

_KEYS = tuple(
    name
    for struct in (Servico, Destino, DocumentoPedido, Campo)
    for name in struct.__struct_fields__
    if name != "slug"
)


def _any_of(words: Iterable[str]) -> str:
    return " ou ".join(f'"{word}"' for word in words)


_EXPECTED = {
    "nome": "o nome do serviço",
    "tema": 'o assunto em que ele fica na lista, como "Impostos e taxas"',
    "resumo": "uma frase que diz para que serve",
    "explicacao": "um texto; uma linha vazia separa os parágrafos",
    "quem_pode": 'uma lista, como ["Quem é dono do imóvel"]',
    "prazo": 'quanto costuma demorar, como "Até 30 dias"',
    "etapas": 'uma lista, como ["A prefeitura confere os documentos"]',
    "nivel": _any_of(NIVEIS),
    "assinatura": _any_of(Assinatura),
    "documentos.chave": 'um nome curto, como "rg"',
    "documentos.nome": "o nome do documento",
    "documentos.porque": "uma frase que diz para que o documento serve",
    "documentos.exemplo": "uma frase que diz o que vale",
    "documentos.id_serie": 'o número da série no SEI, como "89"',
    "campos.chave": 'um nome curto, como "endereco"',
    "campos.rotulo": "o que se pergunta",
    "campos.tipo": _any_of(TipoCampo),
    "sei": 'uma tabela com "id_unidade", "id_serie" e "id_tipo_procedimento"',
    "sei.id_tipo_procedimento": 'o número do tipo no SEI, como "100000502"',
    "sei.id_unidade": 'o número da unidade no SEI, como "110000101"',
    "sei.id_serie": 'o número da série no SEI, como "64"',
    "sei.nivel_acesso": _any_of(ACESSOS),
}
"""What a key should hold; those within lists without their index."""


def read_servicos(name: str, text: str) -> tuple[Servico, ...]:
    """All services of a file. Raises ConfigurationError naming the first key that is wrong."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{name}: {translate_toml(str(error))}") from error
    if not content:
        raise ConfigurationError(f"{name}: nenhum serviço")
    try:
        return tuple(_read_servico(slug, entry) for slug, entry in content.items())
    except Mistake as mistake:
        raise ConfigurationError(f"{name}: {mistake}") from mistake


def _read_servico(slug: str, entry: object) -> Servico:
    if not _SLUG.fullmatch(slug):
        raise Mistake(
            slug, "o nome da tabela deve ter de 2 a 60 letras minúsculas sem acento, números ou -"
        )
    if not isinstance(entry, dict):
        raise Mistake(slug, "esperava uma tabela, com o nome do serviço entre colchetes")
    if "slug" in entry:
        raise Mistake(f"{slug}.slug", "chave desconhecida; o endereço é o nome da tabela")
    try:
        servico = msgspec.convert(_tidy(slug, entry) | {"slug": slug}, Servico)
    except msgspec.ValidationError as error:
        raise translate(slug, str(error), _KEYS, _expected) from error
    _check_filled(slug, servico)
    _check_chaves(f"{slug}.documentos", [d.chave for d in servico.documentos])
    _check_chaves(f"{slug}.campos", [c.chave for c in servico.campos])
    for i, campo in enumerate(servico.campos):
        _check_opcoes(f"{slug}.campos[{i}].opcoes", campo)
    for i, documento in enumerate(servico.documentos):
        _check_id(f"{slug}.documentos[{i}].id_serie", documento.id_serie)
    _check_destino(f"{slug}.sei", servico)
    if servico.assinatura is Assinatura.AVANCADA and servico.nivel < Nivel.PRATA:
        raise Mistake(f"{slug}.nivel", 'a assinatura avançada só existe de "prata" em diante')
    return servico


def _expected(key: str) -> str | None:
    """What belongs under a key, which begins with the slug."""
    return _EXPECTED.get(_INDEX.sub("", key).partition(".")[2])


def _tidy(slug: str, entry: dict[str, Any]) -> dict[str, Any]:
    """The table with its words as our values, and its texts as they are kept."""
    entry = {key: _tidy_text(f"{slug}.{key}", value) for key, value in entry.items()}
    _exchange(f"{slug}.nivel", entry, NIVEIS)
    if isinstance(entry.get("sei"), dict):
        _exchange(f"{slug}.sei.nivel_acesso", entry["sei"], ACESSOS)
    return entry


def _tidy_text(key: str, value: Any) -> Any:
    match value:
        case str():
            return _text(key, unicodedata.normalize("NFC", value).strip())
        case list():
            return [_tidy_text(f"{key}[{i}]", item) for i, item in enumerate(value)]
        case dict():
            return {name: _tidy_text(f"{key}.{name}", item) for name, item in value.items()}
    return value


def _text(key: str, text: str) -> str:
    longest, lines = (TEXT, text.split("\n")) if key.endswith(".explicacao") else (LINE, [text])
    if not all(line.isprintable() for line in lines):
        raise Mistake(key, "esperava uma linha só, sem caracteres de controle")
    if len(text) > longest:
        raise Mistake(key, f"esperava no máximo {longest} caracteres, recebeu {len(text)}")
    return text


def _exchange(key: str, table: dict[str, Any], words: Mapping[str, object]) -> None:
    """Put the value in the place of its word."""
    name = key.rpartition(".")[2]
    if name in table:
        if table[name] not in words:
            raise Mistake(key, f'esperava {_any_of(words)}, recebeu "{table[name]}"')
        table[name] = words[table[name]]


def _check_filled(key: str, struct: msgspec.Struct) -> None:
    """Raises for what must be there and is empty: a text, a list, or a text of a list."""
    for field in msgspec.structs.fields(struct):
        name, value = f"{key}.{field.name}", getattr(struct, field.name)
        if field.required and value in ("", ()):
            raise Mistake(name, f"está vazio; esperava {_expected(name) or 'um valor'}")
        for place, item in _list_items(name, value):
            if isinstance(item, msgspec.Struct):
                _check_filled(place, item)
            elif item == "":
                raise Mistake(place, "está vazio")


def _list_items(name: str, value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, msgspec.Struct):
        yield name, value
    elif isinstance(value, tuple):
        yield from ((f"{name}[{i}]", item) for i, item in enumerate(value))


def _check_chaves(key: str, chaves: list[str]) -> None:
    for i, chave in enumerate(chaves):
        if not _CHAVE.fullmatch(chave):
            raise Mistake(
                f"{key}[{i}].chave",
                f'esperava letras minúsculas sem acento, números ou -, recebeu "{chave}"',
            )
        if chave in chaves[:i]:
            raise Mistake(f"{key}[{i}].chave", f'"{chave}" já foi usada neste serviço')


def _check_opcoes(key: str, campo: Campo) -> None:
    if campo.tipo is TipoCampo.ESCOLHA and len(set(campo.opcoes)) < max(2, len(campo.opcoes)):
        raise Mistake(key, "esperava duas opções ou mais, todas diferentes")
    if campo.tipo is not TipoCampo.ESCOLHA and campo.opcoes:
        raise Mistake(key, 'só um campo de tipo = "escolha" tem opções')


def _check_id(key: str, text: str) -> None:
    if not _ID.fullmatch(text):
        raise Mistake(key, f'esperava o número que o SEI lhe deu, entre aspas, recebeu "{text}"')


def _check_destino(key: str, servico: Servico) -> None:
    sei = servico.sei
    _check_id(f"{key}.id_unidade", sei.id_unidade)
    _check_id(f"{key}.id_serie", sei.id_serie)
    for i, unidade in enumerate(sei.unidades_envio):
        _check_id(f"{key}.unidades_envio[{i}]", unidade)
    if servico.intercorrente:
        if sei.id_tipo_procedimento:
            raise Mistake(
                f"{key}.id_tipo_procedimento", "um serviço intercorrente não abre processo: tire-a"
            )
    else:
        _check_id(f"{key}.id_tipo_procedimento", sei.id_tipo_procedimento)
    if sei.nivel_acesso is NivelAcesso.RESTRITO:
        _check_id(f"{key}.id_hipotese_legal", sei.id_hipotese_legal or "")
    elif sei.id_hipotese_legal is not None:
        raise Mistake(
            f"{key}.id_hipotese_legal", 'só vale com nivel_acesso = "restrito": tire uma das duas'
        )
