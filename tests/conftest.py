"""What every test run has: the portal as tests see it, and a word at the end about what could not
be checked."""

pytest_plugins = ("tests.app", "tests.skips")
