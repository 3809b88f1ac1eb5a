"""A service as the prefeitura writes it down; field names are the keys of its TOML file."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

import msgspec

from portal.govbr.values import Nivel
from portal.sei.values import NivelAcesso

_WORD = re.compile(r"[a-z0-9]+")


class TipoCampo(StrEnum):
    """How a field is asked for."""

    TEXTO = "texto"
    TEXTO_LONGO = "texto-longo"
    ESCOLHA = "escolha"
    DATA = "data"
    CPF = "cpf"
    CNPJ = "cnpj"
    ENDERECO = "endereco"


class Assinatura(StrEnum):
    """How the person signs (Lei 14.063/2020, art. 4)."""

    SIMPLES = "simples"
    """By having entered with gov.br."""
    AVANCADA = "avancada"
    """By gov.br's signature."""


class DocumentoPedido(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A document that the person is asked to send."""

    chave: str
    """The same for as long as it is the same document: drafts hold files under it."""
    nome: str
    porque: str
    """What it is for."""
    exemplo: str
    """What would do."""
    id_serie: str
    """The série that the file becomes in SEI."""
    obrigatorio: bool = True
    muitos: bool = False
    """More than one file."""
    fotos: bool = True
    """Photos of it will do; otherwise a PDF."""


class Campo(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A field of the form."""

    chave: str
    """As in DocumentoPedido."""
    rotulo: str
    tipo: TipoCampo = TipoCampo.TEXTO
    obrigatorio: bool = True
    ajuda: str = ""
    opcoes: tuple[str, ...] = ()
    """Of an ESCOLHA."""


class Destino(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What SEI is told. Ids are decimal digits as text; none of it is shown to who asks."""

    id_tipo_procedimento: str = ""
    """Empty where no processo is opened."""
    id_unidade: str
    """Where the processo is opened, or the documents are added."""
    id_serie: str
    """Of the main document: what was written in the form."""
    nivel_acesso: NivelAcesso = NivelAcesso.PUBLICO
    id_hipotese_legal: str | None = None
    """Of a restrito, always; of a público, never."""
    unidades_envio: tuple[str, ...] = ()
    """To whom it is sent at once."""
    manter_aberto: bool = True
    """Also in the unidade that opened it, once it is sent."""


class Servico(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A service of the Carta (Lei 13.460/2017, art. 7)."""

    slug: str
    """In its address, for ever."""
    nome: str
    tema: str
    """Services of one tema stand together."""
    resumo: str
    explicacao: str
    """Paragraphs, an empty line between them."""
    quem_pode: tuple[str, ...]
    prazo: str
    """How long it usually takes, in words."""
    etapas: tuple[str, ...]
    """What happens after the request, in order."""
    forma: str = ""
    """Where else it can be asked for, and how the answer is had."""
    custo: str = ""
    """Empty where it costs nothing."""
    prioridades: str = ""
    """Who is served first."""
    nivel: Nivel = Nivel.BRONZE
    """Of gov.br, at least."""
    assinatura: Assinatura = Assinatura.SIMPLES
    documentos: tuple[DocumentoPedido, ...] = ()
    campos: tuple[Campo, ...] = ()
    intercorrente: bool = False
    """Documents are added to a processo that exists; none is opened."""
    busca: tuple[str, ...] = ()
    """What people call it. Found by, never shown."""
    sei: Destino


@dataclass(frozen=True, slots=True)
class Published:
    """A service as it stands in the catalogue. Another edition of it has another id."""

    id: UUID
    versao: int
    servico: Servico


def fold(text: str) -> str:
    """Lower case, without accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c))


def answers(servico: Servico, busca: str) -> bool:
    """Whether each word of a search begins a word of the service, accents, case and a final "s"
    aside. Words of one or two letters say nothing: "de", "do"."""
    wanted = [w.removesuffix("s") for w in _WORD.findall(fold(busca)) if len(w) > 2]
    if not wanted:
        return not busca.strip()
    texts = (servico.nome, servico.tema, servico.resumo, *servico.busca, *servico.quem_pode)
    words = _WORD.findall(fold(" ".join(texts)))
    return all(any(word.startswith(w) for word in words) for w in wanted)
