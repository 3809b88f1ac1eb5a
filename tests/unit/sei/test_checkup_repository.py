"""What `flask sei check` says of the folder with SEI's files."""

from dataclasses import replace
from pathlib import Path

from portal.readonly import reading
from portal.sei.checkup import Finding, Level
from portal.sei.checkup.repository import check_repository
from portal.sei.installation import installation_of
from tests.unit.sei.conftest import Scene


def look(scene: Scene, folder: Path | None) -> Finding:
    scene.save()
    with reading(scene.tenant.sei) as sei:
        tenant = replace(scene.tenant, repositorio=folder)
        [finding] = check_repository(sei, installation_of(sei), tenant)
    return finding


def store(scene: Scene, folder: Path, amount: int) -> list[Path]:
    """So many external documents with their files."""
    scene.sei.repositorio = folder
    processo = scene.sei.processo()
    for _ in range(amount):
        scene.sei.externo(processo)
    scene.save()
    return [path for path in folder.rglob("*") if path.is_file()]


def test_files_that_are_there_are_well(scene: Scene, tmp_path: Path) -> None:
    store(scene, tmp_path, 3)
    finding = look(scene, tmp_path)
    assert finding.level is Level.OK
    assert "os 3 arquivos" in finding.text


def test_a_folder_that_is_not_there_fails(scene: Scene, tmp_path: Path) -> None:
    assert look(scene, tmp_path / "nada").level is Level.FAIL


def test_another_folder_fails(scene: Scene, tmp_path: Path) -> None:
    store(scene, tmp_path / "arquivos", 3)
    (tmp_path / "outra").mkdir()
    finding = look(scene, tmp_path / "outra")
    assert finding.level is Level.FAIL
    assert "nenhum dos 3" in finding.text


def test_some_that_are_missing_are_a_warning(scene: Scene, tmp_path: Path) -> None:
    store(scene, tmp_path, 3)[0].unlink()
    finding = look(scene, tmp_path)
    assert finding.level is Level.WARN
    assert finding.text.endswith("não estão na pasta: 1")


def test_without_a_folder_it_is_said_what_that_means(scene: Scene) -> None:
    finding = look(scene, None)
    assert finding.level is Level.OK
    assert "não abrem" in finding.text
