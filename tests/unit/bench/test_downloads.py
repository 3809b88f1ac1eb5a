"""The place where downloads are measured."""

from pathlib import Path

from bench.downloads import SLUG, open_repository
from bench.place import new_place
from portal.tenancy import read_tenants


def test_its_tenant_sends_files_and_one_of_the_measured_size_in_a_package(tmp_path: Path) -> None:
    (tmp_path / "repositorio").mkdir()
    place = new_place(tmp_path, {SLUG: f"sqlite:///{tmp_path}/sei.db"})
    open_repository(place, 300_000_000)
    [tenant] = read_tenants(tmp_path / "tenants.toml", place.env, threads=4)
    assert tenant.repositorio == tmp_path / "repositorio"
    assert tenant.limites.megabytes_por_pacote > 300
