"""What a search found, in words."""

from datetime import date, datetime

import pytest

from portal.sei.filters import Filters, Place, State
from portal.sei.results import Choices, Found, OpenIn, Results, Tipo
from portal.sei.values import EstadoProtocolo, Unidade
from portal.web.results import list_filters, stand, title_results

OBRAS = Unidade(12, "SEOBRAS", "Secretaria de Obras", "PM")
CAMARA = Unidade(13, "CM", "Mesa Diretora", "CM")
PLACE = Place(datetime(2026, 3, 9), 41)


def found(estado: EstadoProtocolo = EstadoProtocolo.NORMAL, others: int | None = None) -> Found:
    return Found(
        id_protocolo=1,
        chave="1500012026",
        formatado="1500.01/2026",
        tipo="Alvará",
        dta_geracao=datetime(2026, 3, 5),
        unidade_geradora=OBRAS,
        estado=estado,
        open_in=None if others is None else OpenIn(OBRAS, others),
    )


@pytest.mark.parametrize(
    ("total", "partial", "title"),
    [
        (0, False, "Nenhum processo encontrado"),
        (1, False, "1 processo encontrado"),
        (37, False, "37 processos encontrados"),
        (1000, False, "1.000 processos encontrados"),
        (1001, False, "Mais de 1.000 processos encontrados"),
        (0, True, "Nenhum processo encontrado até agora"),
        (1, True, "1 processo encontrado até agora"),
        (412, True, "412 processos encontrados até agora"),
        (1001, True, "Mais de 1.000 processos encontrados até agora"),
    ],
)
def test_a_total_is_of_what_was_looked_at(total: int, partial: bool, title: str) -> None:
    results = Results((found(),) * min(total, 20), total=total, partial=partial)
    assert title_results(results, continued=False) == title


@pytest.mark.parametrize(
    ("many", "goes_on", "title"),
    [
        (20, "more", "Mais 20 processos"),
        (1, "", "Mais 1 processo"),
        (0, "", "Não há mais processos"),
        (0, "unseen", "Nenhum nesta parte da busca"),
    ],
)
def test_a_page_that_follows_says_what_it_adds(many: int, goes_on: str, title: str) -> None:
    results = Results(
        items=(found(),) * many,
        more=PLACE if goes_on == "more" else None,
        unseen=PLACE if goes_on == "unseen" else None,
    )
    assert title_results(results, continued=True) == title


def test_what_was_searched_for_is_said_in_the_order_of_the_form() -> None:
    choices = Choices((Tipo(7, "Alvará"),), opened_by=(OBRAS, CAMARA), open_in=(OBRAS,))
    filters = Filters(
        7, 13, 12, date(2026, 3, 5), date(2026, 4, 6), State.CONCLUIDO, "2604", "Ana Lima"
    )
    assert list(list_filters(filters, choices)) == [
        ("Assunto", "Alvará"),
        ("Situação", "Concluído"),
        ("Onde está agora", "Secretaria de Obras (PM)"),
        ("Quem abriu", "Mesa Diretora (CM)"),
        ("Aberto de", "05/03/2026"),
        ("Aberto até", "06/04/2026"),
        ("Número termina em", "2604"),
        ("Quem pediu", "Ana Lima"),
    ]
    assert list(list_filters(Filters(last_day=date(2026, 4, 6)), choices)) == [
        ("Aberto até", "06/04/2026")
    ]


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (found(others=0), ("andamento", "Em andamento", "Secretaria de Obras")),
        (found(others=1), ("andamento", "Em andamento", "Secretaria de Obras e mais 1 unidade")),
        (found(others=2), ("andamento", "Em andamento", "Secretaria de Obras e mais 2 unidades")),
        (found(), ("fim", "Concluído", "")),
        (found(EstadoProtocolo.SOBRESTADO), ("espera", "Parado, esperando", "")),
        (found(EstadoProtocolo.SOBRESTADO, 0),
         ("espera", "Parado, esperando", "Secretaria de Obras")),
        (found(EstadoProtocolo.ANEXADO, 0), ("anexado", "Juntado a outro processo", "")),
        (found(EstadoProtocolo.BLOQUEADO, 0), ("trancado", "Bloqueado ou com outro órgão", "")),
    ],
)  # fmt: skip
def test_where_a_processo_stands(item: Found, said: tuple[str, str, str]) -> None:
    assert stand(item, with_orgao=False) == said


def test_units_are_named_with_their_orgao_where_several_share_the_sei() -> None:
    assert stand(found(others=0), with_orgao=True).where == "Secretaria de Obras (PM)"
