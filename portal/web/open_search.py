"""The search as programs read it: what may be searched for, and what was found.

Docstrings and descriptions are Portuguese, as in `open_data`.
"""

from datetime import date
from typing import Annotated, Final, Literal, TypeAlias

from msgspec import Meta, Struct

from portal.errors import Unavailable
from portal.sei.results import MOST_COUNTED, Choices, Found, Results
from portal.sei.values import EstadoProtocolo
from portal.web import open_data
from portal.web.extract import tell_unidade
from portal.web.filters import Search
from portal.web.links import Links

Estado: TypeAlias = Annotated[
    Literal["em-andamento", "concluido", "sobrestado", "anexado", "bloqueado-ou-com-outro-orgao"],
    Meta(description="Onde o processo está, sem abri-lo; `dados` diz mais"),
]

# With none of these, it is where it is open, or concluded.
ESTADOS: Final[dict[EstadoProtocolo, Estado]] = {
    EstadoProtocolo.ANEXADO: "anexado",
    EstadoProtocolo.BLOQUEADO: "bloqueado-ou-com-outro-orgao",
    EstadoProtocolo.EM_PROCESSAMENTO: "bloqueado-ou-com-outro-orgao",
    EstadoProtocolo.SOBRESTADO: "sobrestado",
}


class Opcao(Struct, frozen=True):
    """O que se pode escolher em um parâmetro: o código, e o que ele quer dizer."""

    codigo: str
    nome: str


class Opcoes(Struct, frozen=True):
    """O que têm os processos públicos mais novos, e por isso vale a pena procurar."""

    tipo: tuple[Opcao, ...]
    unidade: tuple[Opcao, ...]
    onde: tuple[Opcao, ...]


class ProcessoEncontrado(Struct, frozen=True):
    """Um processo público que a pesquisa encontrou."""

    numero: str
    tipo: str
    autuacao: date
    unidade_geradora: open_data.Unidade
    estado: Estado
    aberto_em: Annotated[
        open_data.Unidade | None, Meta(description="Uma das unidades em que está aberto")
    ]
    outras_unidades: Annotated[int, Meta(description="Em quantas mais está aberto")]
    pagina: open_data.Endereco
    dados: open_data.Endereco


class Pesquisa(Struct, frozen=True):
    """Os processos públicos que a pesquisa encontrou, o mais novo primeiro."""

    versao: open_data.Versao
    opcoes: Annotated[
        Opcoes | None, Meta(description="Só quando nada foi procurado: o que se pode procurar")
    ]
    total: Annotated[
        int | None,
        Meta(
            description="Quantos há ao todo. Só na primeira página, e só quando a pesquisa olhou"
            f" todos e são no máximo {MOST_COUNTED}"
        ),
    ]
    processos: tuple[ProcessoEncontrado, ...]
    olhados_desde: Annotated[
        date | None,
        Meta(description="A pesquisa não olhou antes deste dia; `proximo` olha mais longe"),
    ]
    proximo: open_data.Proximo


def extract_search(search: Search, endereco: str) -> Pesquisa:
    """`endereco` is the tenant's. The search must have no errors. Raises `Unavailable` when nothing
    but what may be searched for was asked, and that is not known."""
    if search.results is None and search.choices is None:
        raise Unavailable("what may be searched for took too long to read")
    results = search.results or Results(())
    place = results.more or results.unseen
    return Pesquisa(
        versao=open_data.VERSION,
        opcoes=_options(search.choices) if search.choices and search.results is None else None,
        total=_total(search),
        processos=tuple(_found(item, endereco) for item in results.items),
        olhados_desde=results.unseen.moment.date() if results.unseen else None,
        proximo=None if place is None else endereco + search.form.address(place, ".json"),
    )


def _total(search: Search) -> int | None:
    """How many there are, where that is known and was counted."""
    results = search.results
    if results is None or search.after is not None or results.partial:
        return None
    return results.total if results.total <= MOST_COUNTED else None


def _options(choices: Choices) -> Opcoes:
    return Opcoes(
        tipo=tuple(Opcao(str(t.id_tipo_procedimento), t.nome) for t in choices.tipos),
        unidade=tuple(Opcao(str(u.id_unidade), u.nome) for u in choices.opened_by),
        onde=tuple(Opcao(str(u.id_unidade), u.nome) for u in choices.open_in),
    )


def _found(found: Found, endereco: str) -> ProcessoEncontrado:
    links = Links(found.chave, site=endereco)
    place = found.open_in
    return ProcessoEncontrado(
        numero=found.formatado,
        tipo=found.tipo,
        autuacao=found.autuacao,
        unidade_geradora=tell_unidade(found.unidade_geradora),
        estado=ESTADOS.get(found.estado) or ("em-andamento" if place else "concluido"),
        aberto_em=None if place is None else tell_unidade(place.unidade),
        outras_unidades=0 if place is None else place.others,
        pagina=links.pagina(),
        dados=links.dados(),
    )
