"""The invented gov.br on a port of this machine, and on no other address."""

import json
import threading
from collections.abc import Callable, Mapping
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from portal.demo.govbr import api, pages
from portal.demo.govbr.faults import AT_TOKEN, ON_THE_WIRE, Fault
from portal.demo.govbr.protocol import (
    BackToClient,
    Client,
    GovBr,
    Refused,
    SsoSession,
    TokenRefused,
)
from portal.tenancy import Tenant

HOST = "127.0.0.1"
COOKIE = "govbr_simulado"
LONGEST_BODY = 16_384


class Simulator(ThreadingHTTPServer):
    """Serves one `GovBr`; `port` 0 takes a free one. `silence` is how long a slow answer takes."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, port: int = 0, silence: float = 30.0) -> None:
        self.silence = silence
        self.closing = threading.Event()
        super().__init__((HOST, port), Handler)
        self.govbr = GovBr(f"http://{HOST}:{self.server_address[1]}/", [])

    def register(self, client: Client) -> None:
        self.govbr.clients[client.client_id] = client

    def server_close(self) -> None:
        self.closing.set()
        super().server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever asked has left: nothing to say."""


def client_for(tenant: Tenant) -> Client:
    """How a tenant would have been registered, by its own settings. It must have a gov.br."""
    assert tenant.govbr is not None
    return Client(
        tenant.govbr.client_id,
        tenant.govbr.client_secret,
        frozenset({f"{tenant.endereco}/entrar/retorno"}),
        frozenset({f"{tenant.endereco}/saiu"}),
    )


class Handler(BaseHTTPRequestHandler):
    """One request."""

    server: Simulator
    server_version = "gov.br simulado"

    def do_GET(self) -> None:
        self._answer(GETS)

    def do_POST(self) -> None:
        self._answer(POSTS)

    def log_message(self, *_arguments: object) -> None:
        """Codes and CPFs are in addresses here: nothing is written down."""

    # What the answers below need.

    @property
    def govbr(self) -> GovBr:
        return self.server.govbr

    @property
    def path_only(self) -> str:
        return urlsplit(self.path).path.rstrip("/") or "/"

    @property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.path).query, keep_blank_values=True))

    def form(self) -> dict[str, str]:
        length = min(int(self.headers.get("Content-Length") or 0), LONGEST_BODY)
        return dict(parse_qsl(self.rfile.read(length).decode(), keep_blank_values=True))

    def session(self) -> SsoSession | None:
        cookie = SimpleCookie(self.headers.get("Cookie", "")).get(COOKIE)
        return self.govbr.sessions.get(cookie.value) if cookie else None

    def send(self, status: int, body: str = "", kind: str = "text/html", **headers: str) -> None:
        data = body.encode()
        self.send_response(status)
        if data:
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(data)

    def send_json(self, status: int, value: object) -> None:
        self.send(status, json.dumps(value, ensure_ascii=False), "application/json")

    def redirect(self, address: str, **headers: str) -> None:
        self.send(303, Location=address, **headers)

    def _answer(self, table: "Mapping[str, Callable[[Handler], None]]") -> None:
        if self.headers.get("Host", "").partition(":")[0] not in (HOST, "localhost"):
            self.send(421)
            return
        govbr = self.govbr
        if govbr.fault in ON_THE_WIRE and govbr.fault_at == self.path_only:
            _break(self, govbr.fault)
            return
        answer = table.get(self.path_only)
        if answer is None and self.path_only.startswith("/api/"):
            api.answer(self)
            return
        try:
            (answer or _nowhere)(self)
        except Refused as refusal:
            self.send(400, pages.message("O gov.br não continuou", str(refusal)))
        except BackToClient as back:
            self.redirect(back.address)


def _nowhere(handler: Handler) -> None:
    handler.send(404, pages.message("Não há essa página", "Confira o endereço."))


def _break(handler: Handler, fault: Fault) -> None:
    """An answer that is none."""
    handler.form()  # or hanging up would be a reset, which only one of them is
    match fault:
        case Fault.UNAUTHORIZED:
            handler.send(401)
        case Fault.FORBIDDEN:
            handler.send(403, pages.message("Acesso negado", "Firewall."))
        case Fault.ERROR:
            handler.send(500, pages.message("Erro", "Tente mais tarde."))
        case Fault.HTML:
            handler.send(200, pages.message("Manutenção", "Voltamos já."))
        case Fault.MALFORMED:
            handler.send(200, '{"access_token": "abc", "id_', "application/json")
        case Fault.HUGE:
            handler.send(200, f'{{"x": "{"x" * 2_000_000}"}}', "application/json")
        case Fault.REDIRECT:
            handler.redirect(f"{handler.govbr.issuer}jwk")
        case Fault.SLOW:
            handler.server.closing.wait(handler.server.silence)
        case Fault.CUT | Fault.STALL:
            handler.send_response(200)
            handler.send_header("Content-Length", "100")
            handler.end_headers()
            handler.wfile.write(b'{"access_token": ')
            if fault is Fault.STALL:
                handler.server.closing.wait(handler.server.silence)
        case _:
            handler.close_connection = True


def _home(handler: Handler) -> None:
    handler.send(200, pages.message("gov.br simulado", "Comece pelo portal: “Entrar com gov.br”."))


def _discovery(handler: Handler) -> None:
    """Without an `end_session_endpoint`, which the real one has not either."""
    issuer = handler.govbr.issuer
    handler.send_json(
        200,
        {
            "issuer": issuer,
            "authorization_endpoint": f"{issuer}authorize",
            "token_endpoint": f"{issuer}token",
            "jwks_uri": f"{issuer}jwk",
            "userinfo_endpoint": f"{issuer}userinfo",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["none", "HS256", "RS256"],
        },
    )


def _authorize(handler: Handler) -> None:
    govbr, params = handler.govbr, handler.query
    client = govbr.check_request(params)
    if govbr.fault is Fault.DENIED:
        raise BackToClient(govbr.back(params, error="access_denied"))
    if govbr.fault is Fault.BACK_EMPTY:
        raise BackToClient(params["redirect_uri"])
    session = handler.session()
    if session is None:
        if params.get("prompt") == "none":
            raise BackToClient(govbr.back(params, error="login_required"))
        handler.send(200, pages.choose(govbr, params))
    elif (client.client_id, session.person.cpf) not in govbr.consents:
        handler.send(200, pages.consent(session.person, client.client_id, params))
    else:
        handler.redirect(govbr.back(params, code=govbr.issue_code(client, session, params)))


def _login(handler: Handler) -> None:
    form = handler.form()
    token = handler.govbr.enter(form.get("cpf", ""))
    handler.redirect(
        f"/authorize?{form.get('pedido', '')}",
        Set_Cookie=f"{COOKIE}={token}; Path=/; HttpOnly; SameSite=Lax",
    )


def _consent(handler: Handler) -> None:
    form = handler.form()
    params = dict(parse_qsl(form.get("pedido", ""), keep_blank_values=True))
    client, session = handler.govbr.check_request(params), handler.session()
    if session is None:
        raise Refused("a sessão terminou")
    if form.get("resposta") != "sim":
        raise BackToClient(handler.govbr.back(params, error="access_denied"))
    handler.govbr.consents.add((client.client_id, session.person.cpf))
    handler.redirect(f"/authorize?{urlencode(params)}")


def _token(handler: Handler) -> None:
    govbr = handler.govbr
    try:
        handler.send_json(200, govbr.exchange(handler.headers.get("Authorization"), handler.form()))
    except TokenRefused as refusal:
        if refusal.error:
            handler.send_json(
                refusal.status,
                {"error": refusal.error, "error_description": refusal.description},
            )
        else:
            handler.send(refusal.status)


def _logout(handler: Handler) -> None:
    """By the registered address alone, to the character; otherwise the session stays."""
    back = {**handler.query, **(handler.form() if handler.command == "POST" else {})}.get(
        "post_logout_redirect_uri", ""
    )
    if not any(back in client.logout_uris for client in handler.govbr.clients.values()):
        handler.send(200, pages.message("Você continua no gov.br", "Endereço não registrado."))
        return
    cookie = SimpleCookie(handler.headers.get("Cookie", "")).get(COOKIE)
    if cookie:
        handler.govbr.sessions.pop(cookie.value, None)
    handler.redirect(back, Set_Cookie=f"{COOKIE}=; Path=/; Max-Age=0")


def _catalogue(handler: Handler) -> None:
    session, query = handler.session(), handler.query
    client = handler.govbr.clients.get(query.get("client_id", ""))
    if client is None or query.get("redirect_uri") not in client.redirect_uris:
        raise Refused("client_id ou redirect_uri desconhecidos")
    person = session.person if session else None
    handler.send(
        200,
        pages.catalogue(handler.govbr, person, query.get("niveis", ""), query["redirect_uri"]),
    )


def _raise_level(handler: Handler) -> None:
    """And back, without a code: only a new id_token says what has changed."""
    session, form = handler.session(), handler.form()
    back = form.get("volta", "")
    if session is None or not any(
        back in client.redirect_uris for client in handler.govbr.clients.values()
    ):
        raise Refused("a sessão terminou")
    if form.get("nivel") in ("silver", "gold"):
        handler.govbr.raise_level(session.person, form["nivel"])
    handler.redirect(back)


def _simulator(handler: Handler) -> None:
    handler.send(200, pages.simulator(handler.govbr))


def _set_fault(handler: Handler) -> None:
    form, govbr = handler.form(), handler.govbr
    if form.get("chave"):
        govbr.signer.rotate(form["chave"])
    if "falha" in form:
        fault = Fault(form["falha"]) if form["falha"] else None
        govbr.fail(fault, form.get("em") or ("/token" if fault in AT_TOKEN else "/authorize"))
    handler.redirect("/simulador")


GETS: Mapping[str, Callable[[Handler], None]] = {
    "/": _home,
    "/.well-known/openid-configuration": _discovery,
    "/authorize": _authorize,
    "/jwk": lambda handler: handler.send_json(200, handler.govbr.signer.jwks()),
    "/userinfo": api.userinfo,
    "/logout": _logout,
    "/confiabilidades": _catalogue,
    "/simulador": _simulator,
}
POSTS: Mapping[str, Callable[[Handler], None]] = {
    "/login": _login,
    "/consent": _consent,
    "/token": _token,
    "/logout": _logout,
    "/confiabilidades": _raise_level,
    "/simulador": _set_fault,
}
