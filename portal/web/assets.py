"""Files that are sent as they are: scripts, each tenant's stylesheet and brasão, and their names.

A name holds a digest of the content, or htmx's version, so that a browser keeps the file for ever.
WhiteNoise serves them from `instance/static`, where `flask assets build` writes them compressed as
well. While that has not been done, a view does, and htmx comes straight from its source.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple, cast

from flask import Flask, current_app
from whitenoise import WhiteNoise

from portal.tenancy import Brasao, Tenant, Tenants
from portal.web.theme import make_theme, parse_hex, render_css, tidy_css, tidy_js

STATIC = Path(__file__).resolve().parent.parent / "static"

HTMX = "htmx-2.0.11.min.js"
SCRIPT = "portal.js"
SESSION_SCRIPT = "sessao.js"
"""Only for who is signed in."""
RECEIPT_SCRIPT = "recibo.js"
"""Only where a receipt is checked."""
STYLE = "portal.css"
UPLOAD_SCRIPT, PEDIDO_STYLE = "envio.js", "pedido.css"
"""Only for who is writing a petition."""
CONTA_STYLE = "conta.css"
"""Only for who enters: the first visit of everybody else has no room for it."""

FOREVER = "public, max-age=31536000, immutable"


class Assets(NamedTuple):
    """The addresses a page of one tenant links to."""

    css: str
    conta: str
    htmx: str
    js: str
    sessao: str
    envio: str
    pedido: str
    recibo: str
    icone: str
    brasao: str | None


@dataclass(frozen=True, slots=True)
class Asset:
    """A file to be sent."""

    url: str
    name: str
    """In `instance/static`; its suffix tells the type."""
    content: bytes
    source: Path | None = None
    """Where it already is, when it is nobody's in particular."""


def htmx_asset() -> Asset:
    """htmx, as its authors published it, and under their name: that has the version."""
    path = STATIC / HTMX
    return Asset(f"/static/{HTMX}", HTMX, path.read_bytes(), path)


def script_asset(name: str) -> Asset:
    """A script of our own."""
    content = tidy_js((STATIC / name).read_text("utf-8")).encode()
    hashed = name.replace(".", f"-{digest(content)}.")
    return Asset(f"/{hashed}", hashed, content)


def style_asset(tenant: Tenant) -> Asset:
    """The tenant's one stylesheet: its colours and the portal's."""
    content = render_css(tenant.cor, (STATIC / STYLE).read_text("utf-8")).encode()
    name = f"tema-{digest(content)}.css"
    return Asset(f"/{name}", name, content)


def extra_style(name: str) -> Asset:
    """What some pages have on top of the tenant's stylesheet."""
    path = STATIC / name
    content = tidy_css(path.read_text("utf-8")).encode()
    hashed = f"{path.stem}-{digest(content)}.css"
    return Asset(f"/{hashed}", hashed, content)


def brasao_asset(brasao: Brasao) -> Asset:
    suffix = {"image/png": ".png", "image/svg+xml": ".svg"}[brasao.mimetype]
    name = f"brasao-{brasao.digest}"
    return Asset(f"/{name}", f"{name}{suffix}", brasao.conteudo)


def list_assets(tenants: Iterable[Tenant]) -> Iterator[Asset]:
    """Everything that can be made ahead. Tenants of one colour share a file, which comes twice."""
    yield htmx_asset()
    yield script_asset(SCRIPT)
    yield from map(script_asset, (SESSION_SCRIPT, UPLOAD_SCRIPT, RECEIPT_SCRIPT))
    yield from map(extra_style, (CONTA_STYLE, PEDIDO_STYLE))
    for tenant in tenants:
        yield style_asset(tenant)
        if tenant.brasao is not None:
            yield brasao_asset(tenant.brasao)


def static_folder(instance: str) -> Path:
    """Where `flask assets build` writes."""
    return Path(instance, "static")


def init_app(app: Flask, tenants: Tenants) -> WhiteNoise:
    """Name every file, and return the application with the files in front of it."""
    folder = static_folder(app.instance_path)
    files = WhiteNoise(
        app.wsgi_app, allow_all_origins=False, immutable_file_test=lambda _path, _url: True
    )
    unbuilt = app.extensions["unbuilt"] = {}
    for asset in list_assets(tenants):
        built = folder / asset.name
        path = built if built.is_file() else asset.source
        if path is not None:
            files.add_file_to_dictionary(asset.url, str(path))
        else:
            unbuilt[asset.url] = asset.content
    htmx, js = htmx_asset().url, script_asset(SCRIPT).url
    app.extensions["assets"] = {
        tenant.slug: _assets(tenant, style_asset(tenant).url, htmx, js) for tenant in tenants
    }
    return files


def assets_of(tenant: Tenant | None) -> Assets | None:
    """What a tenant's pages link to; None where no tenant answers, since nothing would."""
    if tenant is None:
        return None
    return cast(Assets, current_app.extensions["assets"][tenant.slug])


def find_unbuilt(url: str) -> bytes | None:
    """A stylesheet or a script that was not built ahead."""
    return cast("dict[str, bytes]", current_app.extensions["unbuilt"]).get(url)


def digest(content: bytes) -> str:
    return blake2b(content, digest_size=6).hexdigest()


def _assets(tenant: Tenant, css: str, htmx: str, js: str) -> Assets:
    brasao = brasao_asset(tenant.brasao).url if tenant.brasao is not None else None
    # The same image twice is one request.
    return Assets(
        css=css,
        conta=extra_style(CONTA_STYLE).url,
        htmx=htmx,
        js=js,
        sessao=script_asset(SESSION_SCRIPT).url,
        envio=script_asset(UPLOAD_SCRIPT).url,
        pedido=extra_style(PEDIDO_STYLE).url,
        recibo=script_asset(RECEIPT_SCRIPT).url,
        icone=brasao or "/favicon.ico",
        brasao=brasao,
    )


@lru_cache(maxsize=256)
def draw_icon(tenant: Tenant) -> str:
    """An arrow on the tenant's colour: something that goes on its way."""
    theme = make_theme(parse_hex(tenant.cor))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
        f'<rect width="32" height="32" rx="7" fill="{theme.tema}"/>'
        f'<path d="M7 16h17m-7-7 7 7-7 7" fill="none" stroke="#fff"'
        ' stroke-width="3"/></svg>'
    )
