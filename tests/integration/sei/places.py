"""A portal whose tenants differ in every option, each on a SEI that a test may fill again."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from itertools import product
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask
from sqlalchemy import Connection, create_engine
from werkzeug.test import TestResponse

from portal import create_app
from portal.accounts.service import sign_in
from portal.config import Config
from portal.db import Base, db
from portal.demo.builder import SeiBuilder
from portal.govbr.values import Nivel, Pessoa
from portal.readonly import reading
from portal.sei import tables
from portal.sei.installation import installation_of
from portal.sei.queries.names import KEPT
from portal.sei.search import kept_choices
from portal.tenancy import Tenant
from tests.app import close
from tests.integration.engines import WALL_CLOCK
from tests.integration.sei.city import DATA_CORTE, City, build, repository_of
from tests.integration.sei.rulebook import Options, Rulebook

ISSUER = "https://sso.lugares.example/"
INSTANT = WALL_CLOCK.replace(tzinfo=ZoneInfo("America/Sao_Paulo"))

# What a city's processos are made of; the rest is there from the installation on.
FILLED = (
    tables.md_pet_rel_vincrep_tipo_poder,
    tables.md_pet_adm_tipo_poder,
    tables.md_pet_rel_vincrep_protoc,
    tables.md_pet_vinculo_represent,
    tables.md_pet_vinculo,
    tables.md_pet_rel_recibo_protoc,
    tables.md_pet_int_rel_tipo_resp,
    tables.md_pet_int_tipo_resp,
    tables.md_pet_int_rel_tpo_res_des,
    tables.md_pet_intimacao,
    tables.md_pet_int_tipo_intimacao,
    tables.md_pet_int_aceite,
    tables.md_pet_int_rel_dest,
    tables.md_pet_int_protocolo,
    tables.rel_acesso_ext_protocolo,
    tables.acesso_externo,
    tables.usuario,
    tables.assinatura,
    tables.atributo_andamento,
    tables.atividade,
    tables.rel_protocolo_protocolo,
    tables.participante,
    tables.contato,
    tables.anexo,
    tables.documento_conteudo,
    tables.documento,
    tables.procedimento,
    tables.protocolo,
    tables.md_pesq_parametro,
)


SHARES = (frozenset[int](), frozenset({0}), frozenset({1}), frozenset({0, 1}))
"""Órgãos of a shared SEI that a tenant may have; none is all."""


@dataclass(frozen=True)
class Place:
    """One of the tenants: its host, its SEI, and what it decided."""

    slug: str
    host: str
    file: Path
    options: Options


class Portal:
    """The application. Half of the tenants are on a SEI without any module."""

    def __init__(self, folder: Path) -> None:
        files = (folder / "with.db", folder / "without.db")
        self.modules = {file: n == 0 for n, file in enumerate(files)}
        for file, modules in self.modules.items():
            with self._writing(file) as connection:
                SeiBuilder(connection, now=WALL_CLOCK, create=True, modules=modules).flush()
        self.places = tuple(_list_places(files))
        (folder / "tenants.toml").write_text("".join(map(_toml, self.places)), "utf-8")
        self.app = create_app(
            Config(
                secret_key="not a secret: this key is in the tests",
                database_url=f"sqlite:///{folder}/portal.db",
                tenants=folder / "tenants.toml",
                instance=folder,
                secrets={"GOVBR_SECRET": "an-invented-secret"},
            ),
            INSTANT.astimezone,
        )
        with self.app.app_context():
            Base.metadata.create_all(db.engine)
        self._client = self.app.test_client()
        for place in self.places:
            with reading(self.tenant(place).sei) as sei:
                installation_of(sei)  # asked once, and not to be counted with a page

    def close(self) -> None:
        close(self.app)

    def tenant(self, place: Place) -> Tenant:
        return self.app.extensions["tenants"].get(place.slug)

    def get(self, place: Place, address: str, **headers: str) -> TestResponse:
        return self._client.get(
            address, base_url=f"http://{place.host}", headers=headers, buffered=True
        )

    def enter(self, place: Place, cpf: str) -> "Browser":
        """Somebody who has entered with gov.br, as if it had just said so."""
        pessoa = Pessoa(ISSUER, cpf, "Quem Entrou", Nivel.OURO)
        with self.app.app_context():
            token, _ = sign_in(
                db.session(),
                self.app.extensions["keyring"],
                place.slug,
                pessoa,
                "Firefox no Linux",
                INSTANT,
            )
            db.session.commit()
        return Browser(self.app, place, token)

    def fill(self, place: Place, city: City) -> Rulebook:
        """Put a city into the place's SEI, instead of what was there."""
        with self._writing(place.file) as connection:
            for table in FILLED:
                if self.modules[place.file] or "module" not in table.info:
                    connection.execute(table.delete())
            shutil.rmtree(repository_of(place.file), ignore_errors=True)
            build(connection, city, repository_of(place.file))
        self._ask_anew(place)
        return self.read(place)

    def read(self, place: Place) -> Rulebook:
        return Rulebook(place.file, repository_of(place.file), place.options, WALL_CLOCK.date())

    def change(self, place: Place, key: int, **values: object) -> None:
        """Change a protocolo under the portal."""
        table = tables.protocolo
        with self._writing(place.file) as connection:
            connection.execute(table.update().where(table.c.id_protocolo == key).values(values))

    def forget(self, place: Place, protocolos: set[int]) -> None:
        """Delete everything about some protocolos, as if they had never been."""
        with self._writing(place.file) as connection:
            for table in FILLED:
                for column in table.c:
                    about = column.name.startswith(("id_protocolo", "id_proced", "id_documento"))
                    if about and (self.modules[place.file] or "module" not in table.info):
                        connection.execute(table.delete().where(column.in_(protocolos)))
        self._ask_anew(place)

    def _ask_anew(self, place: Place) -> None:
        """What is kept for some minutes: no city lasts that long here. A page that happened to be
        the one that asks for words would have asked one question more than the next."""
        tenant = self.tenant(place)
        kept_choices(tenant).forget(tenant.sei)
        KEPT.forget(tenant.sei)
        with reading(tenant.sei) as sei:
            KEPT.get(sei)

    @staticmethod
    @contextmanager
    def _writing(file: Path) -> Iterator[Connection]:
        engine = create_engine(f"sqlite:///{file}")
        with engine.begin() as connection:
            # A crash may lose all of it.
            connection.exec_driver_sql("PRAGMA synchronous = OFF")
            yield connection
        engine.dispose()


class Browser:
    """One in which somebody is signed in, at one of the places."""

    def __init__(self, app: Flask, place: Place, token: str) -> None:
        self._client = app.test_client()
        self._place = place
        self._client.set_cookie("__Host-sessao", token, domain=place.host)

    def get(self, address: str, **headers: str) -> TestResponse:
        return self._open("GET", address, headers=headers)

    def post(self, address: str, **form: str) -> TestResponse:
        """With the token that every form of ours has."""
        csrf = re.search(r'name="csrf" value="([^"]*)"', self.get("/minha-conta").text)
        assert csrf
        return self._open("POST", address, data=form | {"csrf": csrf[1]})

    def _open(self, method: str, address: str, **more: Any) -> TestResponse:
        base = f"http://{self._place.host}"
        return self._client.open(address, method=method, base_url=base, buffered=True, **more)


def _list_places(files: tuple[Path, ...]) -> Iterator[Place]:
    """Every pair of visibility for restritos, on both files, the rest drawn once and for all."""
    chance = Random(1)
    combinations = product((True, False), repeat=3)
    for n, (file, (restritos, papeis, andamentos)) in enumerate(product(files, combinations)):
        options = Options(
            orgaos=SHARES[(n + n // 4) % 4],
            mostra_restritos=restritos,
            documentos_de_restritos=papeis,
            andamentos_de_restritos=andamentos,
            mostra_descricao=chance.random() < 0.5,
            pesquisa_por_interessado=n % 2 == 0,
            consulta_processual=chance.random() < 0.3,
            data_corte=chance.choice((None, DATA_CORTE.date(), date(2030, 1, 1))),
        )
        yield Place(f"lugar-{n}", f"lugar-{n}.example", file, options)


def _toml(place: Place) -> str:
    decided = {name: value for name, value in asdict(place.options).items() if value is not None}
    orgaos = sorted(decided.pop("orgaos"))
    many = {
        "pesquisas_por_minuto": 10**9,
        "pesquisas_por_hora": 10**9,
        "interessados_por_minuto": 10**9,
        "interessados_por_hora": 10**9,
        "faltas_por_10_minutos": 10**9,
        "consultas_por_minuto": 10**9,
        "conferencias_por_10_minutos": 10**9,
        "total_por_minuto": 10**9,
    }
    return f"""
[{place.slug}]
nome = "Prefeitura do {place.slug}"
hosts = ["{place.host}"]
endereco = "https://{place.host}"
cor = "#1351b4"
encarregado = {{ nome = "Encarregada", email = "encarregada@{place.host}" }}
sei = "sqlite:///{place.file.name}"
repositorio = "{repository_of(place.file).name}"
orgaos = {orgaos}
visibilidade = {_table(decided)}
limites = {_table(many)}

[{place.slug}.govbr]
issuer = "{ISSUER}"
client_id = "{place.slug}"
client_secret = "env:GOVBR_SECRET"
scopes = ["openid", "profile", "govbr_confiabilidades_idtoken", "govbr_empresa"]
api = "{ISSUER}api"
"""


def _table(values: dict[str, Any]) -> str:
    inside = ", ".join(f"{name} = {str(value).lower()}" for name, value in values.items())
    return f"{{ {inside} }}"
