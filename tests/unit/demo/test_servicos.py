"""The demo's Carta de Serviços, beside the demo's SEI that it is for."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Column, Connection, create_engine, select

import portal.demo
from portal.demo.builder import SeiBuilder
from portal.sei import tables
from portal.servicos.toml import read_servicos
from portal.servicos.values import Servico

FILE = Path(portal.demo.__file__).with_name("servicos.toml")


@pytest.fixture(scope="module")
def connection() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        SeiBuilder(connection, create=True).flush()
        yield connection
    engine.dispose()


@pytest.fixture(scope="module")
def servicos() -> tuple[Servico, ...]:
    return read_servicos(FILE.name, FILE.read_text("utf-8"))


def ids(connection: Connection, column: Column[int]) -> set[str]:
    return {str(found) for found in connection.scalars(select(column))}


def test_every_id_is_one_of_the_demo_s_sei(
    connection: Connection, servicos: tuple[Servico, ...]
) -> None:
    destinos = [servico.sei for servico in servicos]
    tipos = {sei.id_tipo_procedimento for sei in destinos} - {""}
    unidades = {u for sei in destinos for u in (sei.id_unidade, *sei.unidades_envio)}
    series = {sei.id_serie for sei in destinos}
    series |= {documento.id_serie for s in servicos for documento in s.documentos}
    hipoteses = {sei.id_hipotese_legal for sei in destinos} - {None}
    assert tipos <= ids(connection, tables.tipo_procedimento.c.id_tipo_procedimento)
    assert unidades <= ids(connection, tables.unidade.c.id_unidade)
    assert series <= ids(connection, tables.serie.c.id_serie)
    assert hipoteses <= ids(connection, tables.hipotese_legal.c.id_hipotese_legal)
