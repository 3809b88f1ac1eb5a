"""What every test run has: the portal as tests see it, and a word at the end about what could not
be checked."""

import os
import signal

from hypothesis import HealthCheck, settings

pytest_plugins = ("tests.app", "tests.skips")

# A busy machine is slow, not wrong; and two runs of the same code say the same. More examples than
# usual are asked for by whoever looks for what nobody has found yet, so those are drawn anew.
settings.register_profile(
    "portal",
    deadline=None,
    derandomize="PORTAL_TEST_EXAMPLES" not in os.environ,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("portal")


def pytest_configure() -> None:
    """A run that is told to stop still ends its servers and drops its databases."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
