"""SEIs with the demo in them, each made once in a run and copied for whoever needs one like it."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import URL, delete, inspect, text

from portal.demo.generator import generate
from portal.demo.town import MODULE_VERSIONS
from portal.sei.tables import infra_parametro, metadata
from tests.integration.engines import WALL_CLOCK, Kind, Version, new_database, writing
from tests.integration.reference import load_reference
from tests.integration.versions import change_version


@dataclass(frozen=True)
class Recipe:
    """What a SEI is to be."""

    kind: Kind
    version: Version = "4.1"
    genuine: bool = False
    """Made from SEI's reference database, and not only from our definitions."""
    modulos: bool = True
    """With the tables that modules bring."""

    def __str__(self) -> str:
        return f"{self.version}-{self.kind}{'-genuine' if self.genuine else ''}"


class Moulds:
    """Makes every SEI from the nearest one that there has to be anyway: to fill one anew takes
    seconds, and to load the reference database more of them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._moulds: dict[Recipe, URL] = {}
        self._shown: dict[Recipe, URL] = {}
        self._databases = ExitStack()

    def close(self) -> None:
        self._databases.close()

    def show(self, recipe: Recipe) -> URL:
        """One for all who only read. It has every table that the recipe's origin has."""
        if recipe not in self._shown:
            # PostgreSQL copies no database that somebody is connected to.
            self._shown[recipe] = (
                self._databases.enter_context(self.copy(recipe))
                if recipe.kind == "postgres"
                else self._mould(recipe)
            )
        return self._shown[recipe]

    @contextmanager
    def copy(self, recipe: Recipe) -> Iterator[URL]:
        """One to be written to; MariaDB's has the portal's tables alone, without foreign keys."""
        mould = self._mould(recipe)
        template = mould if recipe.kind == "postgres" else None
        with new_database(recipe.kind, self._folder, template=template) as url:
            if recipe.kind == "sqlite":
                shutil.copyfile(str(mould.database), str(url.database))
            elif recipe.kind == "mariadb":
                _copy_tables(mould, url)
            yield url

    def _mould(self, recipe: Recipe) -> URL:
        if recipe not in self._moulds:
            self._moulds[recipe] = self._make(recipe)
        return self._moulds[recipe]

    def _make(self, recipe: Recipe) -> URL:
        enter = self._databases.enter_context
        if recipe.version != "4.1":
            url = enter(self.copy(replace(recipe, version="4.1")))
            with writing(url) as connection:
                change_version(connection, recipe.version)
        elif not recipe.modulos:
            url = enter(self.copy(replace(recipe, modulos=True)))
            with writing(url) as connection:
                modules = [t for t in metadata.sorted_tables if "module" in t.info]
                metadata.drop_all(connection, tables=modules)
                key = infra_parametro.c.nome
                connection.execute(delete(infra_parametro).where(key.in_(MODULE_VERSIONS)))
        else:
            url = enter(new_database(recipe.kind, self._folder))
            if recipe.genuine:
                load_reference(recipe.kind, url)
            with writing(url) as connection:
                generate(connection, now=WALL_CLOCK)
        return url


def _copy_tables(source: URL, target: URL) -> None:
    """MariaDB's way: there a table is another one's with its indexes, and its rows a SELECT."""
    with writing(target) as connection:
        there = set(inspect(connection).get_table_names(schema=source.database))
        names = [table.name for table in metadata.sorted_tables if table.name in there]
        for name in names:
            connection.execute(text(f"CREATE TABLE {name} LIKE {source.database}.{name}"))
        for name in names:
            connection.execute(text(f"INSERT INTO {name} SELECT * FROM {source.database}.{name}"))
