"""What this machine could not check, named at the end of the run and never passed over in silence.

A test that needs a tool calls `need(tool, found)`. With `PORTAL_TEST_REQUIRE=all` a missing tool
is a failure; without it the test is skipped and the run ends by saying so.
"""

import os
from collections import Counter
from dataclasses import dataclass
from typing import TypeVar

import pytest

Found = TypeVar("Found")

PREFIX = "not on this machine: "


@dataclass(frozen=True)
class Tool:
    """Something the tests use and the project does not bring."""

    name: str
    command: str
    """What brings it to a Debian 12."""


# A server needs an account for the tests besides, and the script makes it.
MARIADB = Tool("a MariaDB or MySQL server (PORTAL_TEST_MARIADB_URL)", ".ci/run")
POSTGRES = Tool("a PostgreSQL server (PORTAL_TEST_POSTGRES_URL)", ".ci/run")
CHROMIUM = Tool("Chromium", "apt-get install chromium")
NODE_TOOLS = Tool("axe-core and the Nu HTML checker", "apt-get install npm && make node-tools")
OIDC_SERVER = Tool("an independent OpenID Connect server", "apt-get install npm && make node-tools")
JAVA = Tool("Java, which the Nu HTML checker runs on", "apt-get install default-jre-headless")
VALIDATOR = Tool("page-validation, which judges PDF/UA and PDF/A", "rm .venv/.tools; make test")
PHP = Tool("PHP with its SOAP extension", "apt-get install php-cli php-soap")


def need(tool: Tool, found: Found | None) -> Found:
    """`found`, when there is something; else the test ends here, skipped or failed."""
    if found:
        return found
    reason = f"{PREFIX}{tool.name} → {tool.command}"
    if os.environ.get("PORTAL_TEST_REQUIRE") == "all":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was skipped for want of a tool, and the command that brings it."""
    reasons = Counter(
        report.longrepr[2].removeprefix("Skipped: ")
        for report in terminalreporter.stats.get("skipped", [])
        if isinstance(report.longrepr, tuple)
    )
    missing = {r.removeprefix(PREFIX): n for r, n in reasons.items() if r.startswith(PREFIX)}
    if not missing:
        return
    terminalreporter.write_sep("!", "NOT TESTED ON THIS MACHINE", red=True, bold=True)
    for reason, tests in missing.items():
        name, _, command = reason.partition(" → ")
        terminalreporter.write_line(f"{tests:5} tests need {name}", red=True)
        terminalreporter.write_line(f"        to run them: {command}", bold=True)
    terminalreporter.write_line("On Debian 12, as root, .ci/run brings every tool and runs all.")
