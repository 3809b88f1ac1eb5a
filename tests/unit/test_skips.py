"""What the tests say of a tool that is not there."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.skips import CHROMIUM, MARIADB, need

ROOT = Path(__file__).resolve().parents[2]
WITHOUT = """
import pytest
from tests.skips import CHROMIUM, MARIADB, need

@pytest.fixture(scope="module")
def server():
    return need(MARIADB, None)

@pytest.mark.parametrize("page", range(3))
def test_page(page):
    need(CHROMIUM, None)

def test_query(server):
    pass
"""


def test_what_is_there_is_given() -> None:
    assert need(CHROMIUM, "/usr/bin/chromium") == "/usr/bin/chromium"


def test_what_is_not_there_skips_the_test_or_fails_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PORTAL_TEST_REQUIRE", raising=False)
    with pytest.raises(pytest.skip.Exception, match="Chromium → apt-get install chromium"):
        need(CHROMIUM, None)
    monkeypatch.setenv("PORTAL_TEST_REQUIRE", "all")
    with pytest.raises(pytest.fail.Exception, match="MariaDB"):
        need(MARIADB, None)


@pytest.mark.parametrize("processes", ["0", "2"])
@pytest.mark.parametrize(("require", "status"), [("", 0), ("all", 1)])
def test_a_run_ends_with_what_was_missing(
    tmp_path: Path, processes: str, require: str, status: int
) -> None:
    (tmp_path / "test_without.py").write_text(WITHOUT, "utf-8")
    command = [
        sys.executable, "-m", "pytest", "-q", "-p", "tests.skips", "-p", "xdist",
        "-p", "no:cacheprovider",
    ]  # fmt: skip
    run = subprocess.run(
        [*command, "--numprocesses", processes, "-c", os.devnull, "--rootdir", tmp_path, tmp_path],
        cwd=ROOT,
        env=os.environ
        | {
            "PORTAL_TEST_REQUIRE": require,
            "PYTEST_ADDOPTS": "",
            # The plugins that it does not need are most of what a run costs.
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == status, run.stdout + run.stderr
    if require:
        assert "3 failed, 1 error" in run.stdout
        assert f"{CHROMIUM.name} → {CHROMIUM.command}" in run.stdout
    else:
        assert "4 skipped" in run.stdout
        assert f"    3 tests need {CHROMIUM.name}" in run.stdout
        assert f"    1 tests need {MARIADB.name}" in run.stdout
        assert f"to run them: {CHROMIUM.command}" in run.stdout
