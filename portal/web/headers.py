"""The security headers, on whatever leaves the portal: pages, errors, redirects, static files.

What gunicorn answers by itself has them from `server.py`.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import request

from portal.content.html import HTML_POLICY
from portal.web.tenant import TENANT

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

FORM_TARGETS = "portal.form-targets"
"""Where the WSGI environment has the origins, beside ours, that a page's forms may lead to."""

# No nonces and no hashes, because nothing is inline.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self';"
    " connect-src 'self'; manifest-src 'self'; worker-src 'self'; frame-src 'self';"
    " form-action 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
)

HEADERS = (
    ("Content-Security-Policy", POLICY),
    # Not `no-referrer`: a form over https could then not be told from a forged one.
    ("Referrer-Policy", "same-origin"),
    ("X-Content-Type-Options", "nosniff"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    (
        "Permissions-Policy",
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    ),
)

FILE_POLICY = (
    "default-src 'none'; img-src 'self'; media-src 'self'; object-src 'self';"
    " style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""For a file that the browser's own viewer shows: that one loads the file again, and has styles of
its own. Only kinds that run nothing get there."""

CSP = HEADERS[0][0]
OWN_POLICIES = (HTML_POLICY, FILE_POLICY)
"""What a view may send in the place of ours, for what is not a page of ours. Any other that it
sends comes on top of it."""

# Two years, and without the subdomains: whether those are all https is not ours to know.
HTTPS_HEADERS = (*HEADERS, ("Strict-Transport-Security", "max-age=63072000"))


def permit_forms_to(targets: str) -> None:
    """Let this page's forms be answered with a redirect to these origins."""
    request.environ[FORM_TARGETS] = targets


class SecurityHeaders:
    """Wraps the whole application, so that there is no way around it."""

    def __init__(self, application: "WSGIApplication") -> None:
        self._application = application

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        def start(status, headers, exc_info=None):  # type: ignore[no-untyped-def] # WSGI's own
            tenant = environ.get(TENANT)
            https = tenant is not None and tenant.https
            kept = dict(headers).get(CSP) in OWN_POLICIES
            targets = environ.get(FORM_TARGETS)
            for name, value in HTTPS_HEADERS if https else HEADERS:
                if name != CSP:
                    headers.append((name, value))
                elif not kept:
                    headers.append((name, _policy(targets) if targets else value))
            return start_response(status, headers, exc_info)

        return self._application(environ, start)


def _policy(targets: str) -> str:
    return POLICY.replace("form-action 'self'", f"form-action 'self' {targets}")
