"""Numbers for the operator's Prometheus, kept here and served by `gunicorn.conf.py` on loopback.

A route is told by its name, so no number of a processo is ever a label.
"""

from prometheus_client import Counter, Histogram

_requests = Counter("portal_requests_total", "Requests answered.", ("route", "status"))
_seconds = Histogram(
    "portal_request_seconds",
    "Time from the first line of a request to its answer.",
    ("route",),
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
limited = Counter("portal_rate_limited_total", "Requests refused by a rate limit.", ("rule",))
uncounted = Counter(
    "portal_rate_limit_failures_total", "Requests let pass because they could not be counted."
)
unavailable = Counter(
    "portal_unavailable_total", "Requests that found a tenant's SEI away.", ("tenant",)
)
spared = Counter(
    "portal_spared_total",
    "Requests refused without asking a tenant's SEI, which had just failed to answer.",
    ("tenant",),
)
file_problems = Counter(
    "portal_file_problems_total",
    "Files of a tenant's repository: missing, not what SEI stored, or broken off while sent.",
    ("tenant", "problem"),
)

unwritten = Counter("portal_log_failures_total", "Lines of the log that could not be written.")


def observe(route: str | None, status: int, seconds: float) -> None:
    """One request answered; `route` is None for an address that does not exist."""
    name = route or "none"
    _requests.labels(name, str(status)).inc()
    _seconds.labels(name).observe(seconds)
