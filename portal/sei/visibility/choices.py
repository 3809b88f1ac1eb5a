"""What a city chose to publish, from its SEI or, where its SEI says nothing, from the tenant."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from portal.sei.keys import key_of
from portal.sei.text import iso_day

DATA_CORTE = "DATA_CORTE"
PESQUISA_PARAMETROS = (
    "METADADOS_PROCESSO_RESTRITO",
    "LISTA_ANDAMENTO_PROCESSO_RESTRITO",
    "LISTA_DOCUMENTO_PROCESSO_RESTRITO",
    DATA_CORTE,
)
"""The keys of `md_pesq_parametro` that we obey (4.5)."""


class Options(Protocol):
    """What a tenant decides about visibility where its SEI has not decided already."""

    @property
    def mostra_restritos(self) -> bool: ...
    @property
    def documentos_de_restritos(self) -> bool: ...
    @property
    def andamentos_de_restritos(self) -> bool: ...
    @property
    def mostra_descricao(self) -> bool: ...
    @property
    def data_corte(self) -> date | None: ...


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one request: the tenant's options under the site's own published choice."""

    restritos: bool
    """A restrito may be named (`METADADOS_PROCESSO_RESTRITO`)."""
    documentos_de_restritos: bool
    andamentos_de_restritos: bool
    descricao: bool
    data_corte: date | None
    """Documents included before it do not open. With None all do, with `date.max` none."""
    unidade_teste: int | None
    """Processos that this unit opened are nobody's business (`ID_UNIDADE_TESTE`)."""


def rules(
    options: Options, parametros: Mapping[str, str | None] | None, teste: str | None, today: date
) -> Rules:
    """Join a tenant's options with `md_pesq_parametro`, which wins: it is the city's own choice.

    `parametros` is None when SEI has no such table. A key that is absent from the table counts as
    the module counts it: not 'S', so closed. Only an absent DATA_CORTE, which the module has since
    its 4.1.0, leaves the tenant's. One in the future is ignored (4.3). One that is no date means
    a day that we cannot tell: the tenant's counts, and without one nothing opens.
    """
    unidade_teste = id_of_teste(teste)
    data_corte = _data_corte(options, parametros, today)
    if parametros is None:
        return Rules(
            restritos=options.mostra_restritos,
            documentos_de_restritos=options.mostra_restritos and options.documentos_de_restritos,
            andamentos_de_restritos=options.mostra_restritos and options.andamentos_de_restritos,
            descricao=options.mostra_descricao,
            data_corte=data_corte,
            unidade_teste=unidade_teste,
        )
    restritos = parametros.get("METADADOS_PROCESSO_RESTRITO") == "S"
    return Rules(
        restritos=restritos,
        documentos_de_restritos=restritos
        and parametros.get("LISTA_DOCUMENTO_PROCESSO_RESTRITO") == "S",
        andamentos_de_restritos=restritos
        and parametros.get("LISTA_ANDAMENTO_PROCESSO_RESTRITO") == "S",
        descricao=options.mostra_descricao,
        data_corte=data_corte,
        unidade_teste=unidade_teste,
    )


def id_of_teste(valor: str | None) -> int | None:
    """The unit that `ID_UNIDADE_TESTE` names; None when it names none."""
    return key_of(valor)


def _data_corte(
    options: Options, parametros: Mapping[str, str | None] | None, today: date
) -> date | None:
    ours = _past(options.data_corte, today)
    if parametros is None or DATA_CORTE not in parametros:
        return ours
    said = (parametros[DATA_CORTE] or "").strip()
    theirs = iso_day(said)
    if said and theirs is None:
        return ours or date.max
    return _past(theirs, today)


def _past(day: date | None, today: date) -> date | None:
    return day if day is not None and day <= today else None
