"""Which tests stay together when the suite runs in several processes.

What is dear to make, such as a database of a server or a browser with its portal, is made once for
all the tests that want it, by the process that runs them.
"""

import pytest

ENGINES = {"mariadb", "postgres"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Before pytest-xdist reads it, give each test its group."""
    for item in items:
        item.add_marker(pytest.mark.xdist_group(_group_of(item)))


def _group_of(item: pytest.Item) -> str:
    """The engine it is asked on, the browser, or its own file."""
    if isinstance(item, pytest.Function) and hasattr(item, "callspec"):
        for engine in ENGINES & set(item.callspec.id.split("-")):
            return engine
    return "browser" if "browser" in item.path.parts else item.path.stem
