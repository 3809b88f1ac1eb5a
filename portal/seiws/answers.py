"""What SeiWS answered, as values. Raises `Unreadable` for what is no answer to the question.

A nil struct comes back with every member None, and one that zeep could not resolve as well; so
what must be there is asked for by name.
"""

from typing import Any

from portal.seiws.values import (
    AndamentoListado,
    Atributo,
    DocumentoEncontrado,
    DocumentoIncluido,
    Item,
    ProcessoEncontrado,
    ProcessoGerado,
)

COMPLETE = "1"
"""SEI's true; its false is empty."""


class Unreadable(Exception):
    """An answer without what every such answer has."""


def read_processo_gerado(answer: Any, documentos: int) -> ProcessoGerado:
    included = tuple(map(read_documento_incluido, _list(answer, "RetornoInclusaoDocumentos")))
    if len(included) != documentos:
        raise Unreadable(f"{len(included)} documentos for {documentos}")
    return ProcessoGerado(
        _need(answer, "IdProcedimento"), _need(answer, "ProcedimentoFormatado"), included
    )


def read_documento_incluido(answer: Any) -> DocumentoIncluido:
    return DocumentoIncluido(_need(answer, "IdDocumento"), _need(answer, "DocumentoFormatado"))


def read_id_arquivo(answer: Any) -> str:
    if not isinstance(answer, str) or not answer.isdecimal():
        raise Unreadable("no IdArquivo")
    return answer


def read_flag(answer: Any) -> bool:
    if answer not in (None, "", COMPLETE):
        raise Unreadable("neither true nor false")
    return bool(answer == COMPLETE)


def read_done(answer: Any) -> None:
    if not read_flag(answer):
        raise Unreadable("not done, and no fault")


def read_processo_encontrado(answer: Any) -> ProcessoEncontrado:
    return ProcessoEncontrado(
        _need(answer, "IdProcedimento"),
        _need(answer, "ProcedimentoFormatado"),
        _text(answer, "Especificacao"),
        _need(_member(answer, "TipoProcedimento"), "IdTipoProcedimento"),
        tuple(
            _need(_member(each, "Unidade"), "IdUnidade")
            for each in _list(answer, "UnidadesProcedimentoAberto")
        ),
    )


def read_documento_encontrado(answer: Any) -> DocumentoEncontrado:
    return DocumentoEncontrado(
        _need(answer, "IdDocumento"),
        _need(answer, "DocumentoFormatado"),
        _need(answer, "IdProcedimento"),
        _need(answer, "ProcedimentoFormatado"),
        _need(_member(answer, "Serie"), "IdSerie"),
        _text(answer, "Numero"),
    )


def read_andamentos(answer: Any) -> tuple[AndamentoListado, ...]:
    return tuple(map(read_andamento, _items(answer)))


def read_andamento(answer: Any) -> AndamentoListado:
    return AndamentoListado(
        _need(answer, "IdAndamento"),
        _text(answer, "IdTarefa"),
        _text(answer, "Descricao"),
        _text(answer, "DataHora"),
        tuple(
            Atributo(_need(each, "Nome"), _text(each, "Valor"), _text(each, "IdOrigem"))
            for each in _list(answer, "Atributos")
        ),
    )


def read_items(answer: Any, key: str, nome: str, detalhe: str = "") -> tuple[Item, ...]:
    """A list of SEI's, by the names that its struct has for an id, a name and one thing more."""
    return tuple(
        Item(_need(each, key), _need(each, nome), _text(each, detalhe)) for each in _items(answer)
    )


def _items(answer: Any) -> list[Any]:
    if not isinstance(answer, list):
        raise Unreadable("no list")
    return answer


def _member(answer: Any, name: str) -> Any:
    return answer.get(name) if isinstance(answer, dict) else None


def _list(answer: Any, name: str) -> list[Any]:
    """A member that is a list; nil is an empty one."""
    return _items(_member(answer, name) or [])


def _text(answer: Any, name: str) -> str:
    return str(_member(answer, name) or "")


def _need(answer: Any, name: str) -> str:
    text = _text(answer, name)
    if not text:
        raise Unreadable(f"no {name}")
    return text
