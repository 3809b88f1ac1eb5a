"""SEI's reference data, which is not the project's to publish.

`PORTAL_TEST_SHARED` names the folder that has it; by default `shared/data` beside the project.
"""

import os
from pathlib import Path

import pytest

from tests.skips import PREFIX

_BESIDE = Path(__file__).resolve().parents[2] / "shared" / "data"


def find_shared(name: str) -> Path | None:
    """A file of it, if this machine has it."""
    file = Path(os.environ.get("PORTAL_TEST_SHARED") or _BESIDE) / name
    return file if file.is_file() else None


def need_shared(name: str) -> Path:
    """The file; the test is skipped where there is none.

    Never failed: it is not a tool that anybody could install.
    """
    file = find_shared(name)
    if file is None:
        pytest.skip(f"{PREFIX}{name} → set PORTAL_TEST_SHARED to the folder that has it")
    return file
