"""What programs read of a processo. The answers are encoded from these, and OpenAPI is made of
them, so that neither can say what the other does not.

Keys, docstrings and descriptions are Portuguese: they are what an integrator reads.
"""

from datetime import date, datetime
from typing import Annotated, Final, Literal, TypeAlias, get_args

from msgspec import UNSET, Meta, Struct, UnsetType

from portal.sei.vocabulary import StepKind

VERSION: Final = "1.0"
"""The second number grows when a field is added. The first, when a program may have to change."""

Versao: TypeAlias = Annotated[
    Literal["1.0"],
    Meta(description="O segundo número muda quando entra um campo; o primeiro, quando algo quebra"),
]
Endereco: TypeAlias = Annotated[str, Meta(extra_json_schema={"format": "uri"})]
Proximo: TypeAlias = Annotated[
    Endereco | None,
    Meta(description="O endereço que continua a lista; nulo no fim dela"),
]
NivelAcesso: TypeAlias = Literal["publico", "restrito"]
EstadoTramite: TypeAlias = Literal[
    "em-transito",
    "em-verificacao",
    "recebido-la",
    "recusado",
    "cancelado",
    "nao-saiu",
    "recebido-aqui",
]
Forma: TypeAlias = Literal["senha", "certificado", "modulo"]
Acesso: TypeAlias = Annotated[
    Literal[
        "abre",
        "restrito",
        "processo-restrito",
        "aviso-pendente",
        "antes-da-data-de-corte",
        "pessoal",
        "eliminado",
    ],
    Meta(description="Se o conteúdo abre ao público e, se não, por quê"),
]


class Unidade(Struct, frozen=True):
    """Uma unidade de um órgão, com o nome que tinha naquele momento."""

    sigla: str
    nome: str
    orgao: Annotated[str, Meta(description="A sigla do órgão")]


class HipoteseLegal(Struct, frozen=True):
    """O motivo da restrição e onde ele está na lei."""

    nome: str
    base_legal: str


class ProcessoCitado(Struct, frozen=True):
    """Outro processo. Sem endereços quando não pode ser aberto por aqui."""

    numero: str
    tipo: str | None
    hipotese_legal: HipoteseLegal | None
    pagina: Endereco | None
    dados: Endereco | None


class Tramite(Struct, frozen=True):
    """Um envio a outro órgão, ou a chegada de lá, pelo Tramita GOV.BR."""

    estado: EstadoTramite
    orgao: str
    enviado_em: datetime | None
    decidido_em: Annotated[
        datetime | None, Meta(description="Quando foi recebido, recusado ou cancelado")
    ]


class Permanencia(Struct, frozen=True):
    """Uma unidade em que o processo está aberto."""

    unidade: Unidade
    desde: datetime


class EmAndamento(Struct, frozen=True, tag_field="estado", tag="em-andamento"):
    """Aberto em uma ou mais unidades; a chegada mais recente primeiro."""

    unidades: tuple[Permanencia, ...]


class Concluido(Struct, frozen=True, tag_field="estado", tag="concluido"):
    """Aberto em nenhuma unidade."""

    unidade: Unidade | None
    em: date | None


class Sobrestado(Struct, frozen=True, tag_field="estado", tag="sobrestado"):
    """Parado, à espera de outra providência ou de outro processo."""

    unidade: Unidade | None
    desde: datetime | None
    espera: ProcessoCitado | None


class Anexado(Struct, frozen=True, tag_field="estado", tag="anexado"):
    """Juntado a outro processo, em que continua."""

    processo: ProcessoCitado | None


class ComOutroOrgao(Struct, frozen=True, tag_field="estado", tag="com-outro-orgao"):
    """Enviado a outro órgão: a caminho, ou já lá."""

    tramite: Tramite


class Bloqueado(Struct, frozen=True, tag_field="estado", tag="bloqueado"):
    """Por enquanto, não recebe documentos nem é enviado."""

    unidade: Unidade | None


class Eliminado(Struct, frozen=True, tag_field="estado", tag="eliminado"):
    """O prazo de guarda terminou e os documentos foram eliminados, como manda a lei."""


class NaoInformada(Struct, frozen=True, tag_field="estado", tag="nao-informada"):
    """O processo é restrito: não se diz onde está."""


Situacao: TypeAlias = (
    EmAndamento
    | Concluido
    | Sobrestado
    | Anexado
    | ComOutroOrgao
    | Bloqueado
    | Eliminado
    | NaoInformada
)


class Etapa(Struct, frozen=True):
    """Algo que aconteceu no processo (um andamento do SEI)."""

    codigo: Annotated[str, Meta(description="Não muda, e não se repete neste SEI")]
    momento: datetime
    unidade: Unidade
    frase: str
    texto_sei: Annotated[str, Meta(description="O texto do próprio SEI")]
    especie: Annotated[str, Meta(extra_json_schema={"enum": list(get_args(StepKind))})]
    principal: bool
    tramite: Tramite | None


class Historico(Struct, frozen=True):
    """Uma parte das etapas, na ordem pedida."""

    etapas: tuple[Etapa, ...]
    proximo: Proximo


class Assinatura(Struct, frozen=True):
    """Quem assinou um documento, ou conferiu uma cópia com o original (autenticação)."""

    nome: str
    cargo: str
    momento: datetime | None
    autenticacao: bool
    forma: Annotated[Forma | None, Meta(description="Com que assinou")]


class Arquivo(Struct, frozen=True):
    """O arquivo de um documento que veio de fora."""

    nome: str
    bytes: int | None


class Documento(Struct, frozen=True, tag_field="item", tag="documento"):
    """Um documento do processo, quer abra ao público, quer não."""

    numero_sei: str
    tipo: str
    numero: Annotated[str | None, Meta(description="O número ou nome na árvore, como 12/2024")]
    data: date
    incluido_em: date | None
    externo: Annotated[bool, Meta(description="Veio de fora, em arquivo")]
    conferencia: Annotated[str | None, Meta(description="Com que a cópia foi conferida")]
    assinaturas: tuple[Assinatura, ...]
    acesso: Acesso
    hipotese_legal: HipoteseLegal | None
    arquivo: Arquivo | None
    pagina: Endereco
    dados: Endereco


class ProcessoAnexado(Struct, frozen=True, tag_field="item", tag="processo-anexado"):
    """Um processo juntado a este."""

    processo: ProcessoCitado


class Conteudo(Struct, frozen=True):
    """Uma parte do que há no processo, na ordem do SEI."""

    itens: tuple[Documento | ProcessoAnexado, ...]
    proximo: Proximo


class Processo(Struct, frozen=True):
    """O que é público de um processo. É nulo ou vazio o que não se pode mostrar."""

    versao: Versao
    numero: Annotated[str, Meta(description="Como está no papel")]
    tipo: str
    nivel_acesso: NivelAcesso
    hipotese_legal: HipoteseLegal | None
    orgao: str
    autuacao: date | None
    unidade_geradora: Unidade | None
    descricao: str | None
    interessados: tuple[str, ...]
    mais_interessados: Annotated[bool, Meta(description="Há mais pessoas do que as da lista")]
    situacao: Situacao
    recebido_de: Tramite | None
    historico: Historico | None
    conteudo: Conteudo | None
    relacionados: tuple[ProcessoCitado, ...]
    pagina: Endereco
    dados: Endereco


class ConteudoDoDocumento(Struct, frozen=True):
    """O que se pode ler de um documento que abre: uma página, ou o arquivo que veio de fora."""

    formato: Literal["pagina", "arquivo"]
    endereco: Endereco
    codigo_crc: Annotated[
        str | None, Meta(description="Com o número no SEI, serve para conferir a autenticidade")
    ]


class DocumentoDoProcesso(Struct, frozen=True):
    """Um documento, o que se pode ler dele e o processo em que está."""

    versao: Versao
    processo: ProcessoCitado
    documento: Documento
    conteudo: ConteudoDoDocumento | None


class Conferencia(Struct, frozen=True):
    """Um documento com estes códigos é autêntico. De um que não é público, não se diz mais nada."""

    versao: Versao
    processo: ProcessoCitado | None
    documento: Documento | None
    conferir_no_sei: Annotated[
        Endereco | None, Meta(description="Onde ver um que não é público, se o órgão diz")
    ]


class Escolha(Struct, frozen=True):
    """Um dos processos que têm as mesmas letras e algarismos no número."""

    numero: str
    tipo: str
    endereco: Endereco


class Escolhas(Struct, frozen=True):
    """Mais de um processo tem este número: escolha pelo número como está no papel."""

    versao: Versao
    escolhas: tuple[Escolha, ...]


class Problema(Struct, frozen=True, kw_only=True):
    """Por que não houve resposta (RFC 9457)."""

    type: Literal["about:blank"] = "about:blank"
    title: str
    status: int
    detail: str
    codigo: Annotated[
        str | UnsetType, Meta(description="Diga este código ao atendimento; só em falhas nossas")
    ] = UNSET
    erros: Annotated[
        dict[str, str] | UnsetType, Meta(description="O que corrigir, por parâmetro")
    ] = UNSET
