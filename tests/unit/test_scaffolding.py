"""The files around the code: locks that pin everything and name no address, one way to run."""

import json
import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.txt", "requirements-dev.txt")


def read_lock(name: str) -> dict[str, str]:
    """Versions by package, of a file that pip installs with `--require-hashes`."""
    text = (ROOT / name).read_text("utf-8")
    return dict(re.findall(r"^([A-Za-z0-9._-]+)(?:\[\S+\])?==(\S+)", text, re.MULTILINE))


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_pinned_with_hashes_and_without_an_address(name: str) -> None:
    text = (ROOT / name).read_text("utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    assert lines
    for line in lines:
        assert re.match(r"\S+==\S+.* --hash=sha256:[0-9a-f]{64}", line), line
    assert not re.search(r"https?://|index-url|find-links|trusted-host", text)


def test_the_tests_run_with_the_versions_that_are_served() -> None:
    served, tested = map(read_lock, LOCKS)
    assert served.items() <= tested.items(), "write both again: make lock"


def test_the_locks_have_what_the_project_asks_for() -> None:
    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    asked = [
        *project["project"]["dependencies"],
        *project["project"]["optional-dependencies"]["postgres"],
    ]
    names = {re.split(r"[\[<>=~! ]", line)[0] for line in asked}
    assert names <= read_lock(LOCKS[0]).keys(), "write both again: make lock"
    tools = {re.split(r"[\[<>=~! ]", line)[0] for line in project["dependency-groups"]["dev"]}
    assert tools <= read_lock(LOCKS[1]).keys(), "write both again: make lock"


@pytest.mark.parametrize("folder", ["tests/browser", "tests/oidc"])
def test_what_npm_brings_is_pinned_by_what_it_contains(folder: str) -> None:
    lock = json.loads((ROOT / folder / "package-lock.json").read_text("utf-8"))
    tools = {path: entry for path, entry in lock["packages"].items() if path}
    assert tools
    for path, entry in tools.items():
        assert entry["integrity"].startswith("sha512-"), path
        assert "resolved" not in entry, f"{path} names a registry: keep {folder}/.npmrc"


def test_ci_requires_every_engine_and_the_browser() -> None:
    script = ROOT / ".ci/run"
    assert os.access(script, os.X_OK)
    assert "PORTAL_TEST_REQUIRE=all" in script.read_text("utf-8")


def list_commands() -> list[str]:
    """What `make help` lists."""
    return re.findall(r"^([a-z-]+):.* ## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("command", list_commands())
def test_every_command_knows_where_all_that_it_is_made_of_comes_from(command: str) -> None:
    """A file that moved stops `make demo` in a fresh clone only, where no test runs."""
    planned = subprocess.run(
        ["make", "--dry-run", "--always-make", command],
        cwd=ROOT, capture_output=True, text=True, timeout=30,
    )  # fmt: skip
    assert (planned.returncode, planned.stderr) == (0, "")


def test_the_demo_s_addresses_follow_its_port(tmp_path: Path) -> None:
    """And nothing is written, so nothing made from it is made again, while the port stays."""
    (tmp_path / "portal" / "demo").mkdir(parents=True)
    shutil.copyfile(ROOT / "Makefile", tmp_path / "Makefile")
    shutil.copyfile(ROOT / "portal/demo/tenants.toml", tmp_path / "portal/demo/tenants.toml")
    made = tmp_path / "instance/demo.toml"

    def make(port: int) -> tuple[str, int]:
        subprocess.run(
            ["make", "instance/demo.toml", f"PORT={port}"],
            cwd=tmp_path, check=True, capture_output=True, timeout=30,
        )  # fmt: skip
        return tomllib.loads(made.read_text("utf-8"))["valedasacacias"]["endereco"], (
            made.stat().st_mtime_ns
        )

    first, second = make(8123), make(8124)
    assert (first[0], second[0]) == ("http://127.0.0.1:8123", "http://127.0.0.1:8124")
    assert make(8124) == second
    govbr = tomllib.loads(made.read_text("utf-8"))["valedasacacias"]["govbr"]
    assert govbr["issuer"] == "http://127.0.0.1:8126/"
    assert govbr["catalogo"].startswith(govbr["issuer"])


def test_every_file_that_a_command_is_made_from_is_there(tmp_path: Path) -> None:
    """In a copy in which nothing has been made yet, as a newcomer has it."""
    text = (ROOT / "Makefile").read_text("utf-8")
    shutil.copyfile(ROOT / "Makefile", tmp_path / "Makefile")
    for name in ("portal", "migrations", "tests", "pyproject.toml", *LOCKS):
        (tmp_path / name).symlink_to(ROOT / name)
    commands = re.findall(r"^([a-z-]+):.* ## ", text, re.MULTILINE)
    assert "demo" in commands
    made = subprocess.run(
        ["make", "--dry-run", *commands],
        cwd=tmp_path, check=False, capture_output=True, text=True, timeout=30,
    )  # fmt: skip
    assert (made.returncode, made.stderr) == (0, "")
