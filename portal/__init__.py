"""Portal do Protocolo: where a processo of SEI is, for the citizen who holds its number."""

from datetime import datetime
from threading import Semaphore
from typing import TYPE_CHECKING

from flask import Flask
from sqlalchemy import URL
from werkzeug.middleware.proxy_fix import ProxyFix

from portal.arquivos.store import Store, open_store
from portal.blueprints import (
    acesso,
    anexos,
    autenticidade,
    conta,
    contraste,
    dados,
    envios,
    identidade,
    indisponibilidades,
    inicio,
    institucional,
    meus_dados,
    meus_processos,
    operacao,
    pedidos,
    processos,
    recibos,
    representacao,
    servicos,
)
from portal.config import Config
from portal.db import check_file, db, engine_options, open_counters, portal_url, prepare
from portal.errors import ConfigurationError
from portal.govbr.client import Provider
from portal.keyring import Keyring
from portal.limits import PATIENCE, Limiter
from portal.sei.vocabulary import read_vocabulary
from portal.tenancy import Tenants, read_tenants
from portal.verdicts import Verdicts
from portal.web import access, addresses, assets, carta, downloads, errors, fragments, log, signin
from portal.web.bodies import Requested
from portal.web.converters import NumeroConverter
from portal.web.headers import SecurityHeaders
from portal.web.tenant import Clock, TenantByHost

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

BLUEPRINTS = (
    inicio.bp,
    processos.bp,
    servicos.bp,
    recibos.bp,
    representacao.bp,
    autenticidade.bp,
    dados.bp,
    acesso.bp,
    conta.bp,
    meus_processos.bp,
    pedidos.bp,
    anexos.bp,
    envios.bp,
    indisponibilidades.bp,
    institucional.bp,
    meus_dados.bp,
    contraste.bp,
    identidade.bp,
    operacao.bp,
)


def create_app(config: Config, clock: Clock = datetime.now) -> Flask:
    """The portal, wired. Raises ConfigurationError when the deployment is not fit to start.

    No connection is opened here: a server may fork after this, and connections must not be
    shared with a process that was forked.
    """
    tenants = read_tenants(config.tenants, config.secrets, config.threads)
    for tenant in tenants:
        read_vocabulary(tenant.tarefas)
    database = portal_url(config.database_url)
    check_file(database)
    log.configure()

    app = _make_flask(config, database)
    counters = open_counters(config.database_url, PATIENCE)
    keyring = Keyring([config.secret_key, *config.old_secret_keys])
    app.extensions |= {
        "files": _store(tenants, config, keyring),
        "clock": clock,
        "counters": counters,
        "govbr": _providers(tenants, config),
        "keyring": keyring,
        "limiter": Limiter(counters, config.secret_key),
        "tenants": tenants,
        "verdicts": Verdicts(counters),
    }
    db.init_app(app)
    with app.app_context():
        prepare(db.engine)

    app.url_map.converters["numero"] = NumeroConverter
    # Werkzeug would send `//mapa` to `/mapa` on whatever scheme and host the request came by.
    app.url_map.merge_slashes = False
    log.init_app(app)
    carta.init_app(app)
    downloads.init_app(app, config.threads)
    signin.init_app(app)
    app.before_request(access.check_access)
    addresses.init_app(app)
    errors.init_app(app)
    fragments.init_app(app, demo=config.demo)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)

    app.wsgi_app = _wrap(app, tenants, config.proxies)  # type: ignore[method-assign] # Flask's documented way
    return app


def _make_flask(config: Config, database: URL) -> Flask:
    # WhiteNoise serves the files. Without a SECRET_KEY Flask has no session to set a cookie for.
    app = Flask(__name__, static_folder=None, instance_path=str(config.instance))
    app.request_class = Requested
    app.config.update(
        MAX_CONTENT_LENGTH=16_384,
        MAX_FORM_MEMORY_SIZE=16_384,
        MAX_FORM_PARTS=20,
        PROPAGATE_EXCEPTIONS=False,
        SQLALCHEMY_DATABASE_URI=database,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(database),
    )
    return app


def _wrap(app: Flask, tenants: Tenants, proxies: int) -> SecurityHeaders:
    """What stands around Flask, from the outside in: headers, the proxy, the tenant, files."""
    files = assets.init_app(app, tenants)
    served: WSGIApplication = TenantByHost(tenants, app.wsgi_app, files)
    if proxies:
        served = ProxyFix(served, x_for=proxies, x_proto=0, x_host=0)
    return SecurityHeaders(served)


def _store(tenants: Tenants, config: Config, keyring: Keyring) -> Store | None:
    """Where files wait; None where nobody files anything. Raises ConfigurationError."""
    if all(tenant.protocolo is None for tenant in tenants):
        return None
    return open_store(config.files or str(config.instance / "arquivos"), keyring)


def _providers(tenants: Tenants, config: Config) -> dict[str, Provider]:
    """A gov.br for each tenant that has one. Raises ConfigurationError for an invented one outside
    of the demonstration: it lets anybody in as anybody."""
    places = Semaphore(max(1, config.threads // 4))
    providers = {}
    for tenant in tenants:
        if tenant.govbr is None:
            continue
        if tenant.govbr.local and not config.demo:
            raise ConfigurationError(
                f"tenants.toml: {tenant.slug}.govbr.issuer: um gov.br deste computador só serve"
                " com PORTAL_ENV=demo"
            )
        redirect_uri = f"{tenant.endereco}/entrar/retorno"
        providers[tenant.slug] = Provider(tenant.govbr, redirect_uri, places)
    return providers
