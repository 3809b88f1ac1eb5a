"""What became of a submission, asked of SEI's database on every engine."""

from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import md5

import pytest
from sqlalchemy import URL, delete, update

from portal.demo.builder import SeiBuilder
from portal.demo.protocolos import Documento, Processo
from portal.protocolo.finder import SeiFinder
from portal.protocolo.gateway import Absent, Found, Sought, Unknown
from portal.sei.queries import filings
from portal.sei.tables import anexo, metadata
from portal.sei.values import NivelAcesso
from tests.integration.engines import WALL_CLOCK, writing
from tests.integration.sei.town import FUSO, NOW, town

NUMERO = "P26-000123-Z"
BODY = b"%PDF-1.7 a petition"
OPENED = WALL_CLOCK - timedelta(minutes=40)


def file_petition(
    builder: SeiBuilder,
    *,
    descricao: str = f"{NUMERO} Poda",
    nivel: str = NivelAcesso.PUBLICO,
    at: datetime = OPENED,
) -> tuple[Processo, Documento]:
    processo = builder.processo(descricao=descricao, nivel=nivel, autuacao=at)
    processo.row["dta_inclusao"] = at.replace(hour=0, minute=0, second=0, microsecond=0)
    return processo, builder.externo(processo, content=BODY)


def sought(processo: Processo, arquivos: dict[str, str]) -> Sought:
    return Sought(
        numero=NUMERO,
        arquivos=arquivos,
        id_unidade=str(processo.row["id_unidade_geradora"]),
        id_tipo_procedimento=str(processo.details["id_tipo_procedimento"]),
        since=NOW - timedelta(hours=1),
    )


def digest(body: bytes = BODY) -> str:
    return md5(body, usedforsecurity=False).hexdigest()


def find(url: URL, what: Sought) -> Found | Absent | Unknown:
    with town(url) as tenant:
        return SeiFinder(tenant).find(what)


@pytest.mark.parametrize("nivel", [NivelAcesso.PUBLICO, NivelAcesso.RESTRITO])
def test_it_is_found_by_its_file_whatever_its_level(blank_url: URL, nivel: str) -> None:
    with writing(blank_url) as connection:
        builder = SeiBuilder(connection, now=WALL_CLOCK)
        builder.externo(builder.processo())
        processo, documento = file_petition(builder, nivel=nivel, descricao="corrigida depois")
        builder.flush()
    found = find(blank_url, sought(processo, {str(documento.id_anexo): digest()}))
    assert found == Found(
        str(processo.id),
        str(processo.row["protocolo_formatado"]),
        OPENED.replace(tzinfo=FUSO),
        {str(documento.id_anexo): documento.numero},
    )


def test_another_file_with_the_same_id_is_not_it(blank_url: URL) -> None:
    with writing(blank_url) as connection:
        builder = SeiBuilder(connection, now=WALL_CLOCK)
        processo, documento = file_petition(builder, descricao="de outra pessoa")
        builder.flush()
    what = sought(processo, {str(documento.id_anexo): digest(b"other")})
    assert find(blank_url, what) == Absent()


def test_a_file_that_no_processo_has_is_absent(blank_url: URL) -> None:
    with writing(blank_url) as connection:
        builder = SeiBuilder(connection, now=WALL_CLOCK)
        processo, documento = file_petition(builder, descricao="outra")
        builder.flush()
        key = anexo.c.id_anexo == documento.id_anexo
        connection.execute(update(anexo).where(key).values(id_protocolo=None, sin_ativo="N"))
    what = sought(processo, {str(documento.id_anexo): digest()})
    assert find(blank_url, what) == Absent()
    with writing(blank_url) as connection:
        connection.execute(delete(anexo))
    assert find(blank_url, what) == Absent()


def test_it_is_found_by_the_number_that_it_was_given(blank_url: URL) -> None:
    with writing(blank_url) as connection:
        builder = SeiBuilder(connection, now=WALL_CLOCK)
        file_petition(builder, descricao="P26-000124-A Poda")
        processo, _ = file_petition(builder)
        builder.flush()
    found = find(blank_url, sought(processo, {}))
    assert isinstance(found, Found)
    assert found.processo == processo.row["protocolo_formatado"]


@pytest.mark.parametrize(
    "change",
    [
        {"id_unidade": "1"},
        {"id_tipo_procedimento": "1"},
        {"numero": "P26-000125-B"},
        {"since": NOW + timedelta(days=1, hours=2)},
        {"id_tipo_procedimento": ""},
    ],
)
def test_the_number_is_looked_for_where_and_when_it_was_sent(
    blank_url: URL, change: dict[str, object]
) -> None:
    with writing(blank_url) as connection:
        builder = SeiBuilder(connection, now=WALL_CLOCK)
        processo, _ = file_petition(builder)
        builder.flush()
    assert find(blank_url, replace(sought(processo, {}), **change)) == Absent()  # type: ignore[arg-type]


def test_one_sent_just_before_midnight_is_found_the_day_after(blank_url: URL) -> None:
    late = WALL_CLOCK.replace(hour=23, minute=59, second=59) - timedelta(days=1)
    with writing(blank_url) as connection:
        builder = SeiBuilder(connection, now=WALL_CLOCK)
        processo, _ = file_petition(builder, at=late + timedelta(seconds=2))
        builder.flush()
    what = replace(sought(processo, {}), since=late.replace(tzinfo=FUSO))
    assert isinstance(find(blank_url, what), Found)


def test_more_than_is_read_is_not_taken_for_nothing(
    blank_url: URL, monkeypatch: pytest.MonkeyPatch
) -> None:
    with writing(blank_url) as connection:
        builder = SeiBuilder(connection, now=WALL_CLOCK)
        for n in range(3):
            processo, _ = file_petition(builder, descricao=f"outro {n}")
        builder.flush()
    monkeypatch.setattr(filings, "MOST_OPENED", 3)
    filings.select_opened.cache_clear()
    try:
        assert isinstance(find(blank_url, sought(processo, {})), Unknown)
    finally:
        filings.select_opened.cache_clear()


def test_a_sei_that_does_not_answer_is_no_answer(blank_url: URL) -> None:
    with writing(blank_url) as connection:
        builder = SeiBuilder(connection, now=WALL_CLOCK)
        processo, _ = file_petition(builder)
        builder.flush()
    with writing(blank_url) as connection:
        metadata.drop_all(connection, tables=[anexo])
    try:
        assert isinstance(find(blank_url, sought(processo, {"1": digest()})), Unknown)
    finally:
        with writing(blank_url) as connection:
            metadata.create_all(connection, tables=[anexo])
