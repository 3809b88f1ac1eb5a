"""Pages and their parts: one template serves a whole page, or one named block of it to htmx."""

from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, current_app, request
from jinja2 import StrictUndefined
from jinja2_fragments import render_block

from portal.accounts.values import IDLE, SignedIn
from portal.tenancy import Tenant
from portal.web import (
    attachments,
    carta,
    dates,
    happenings,
    hipoteses,
    links,
    mine,
    pedidos,
    peticoes,
    recibos,
    restrictions,
    results,
    sentences,
    timeline,
)
from portal.web.addresses import send_to
from portal.web.assets import assets_of
from portal.web.editions import Edition
from portal.web.headers import permit_forms_to
from portal.web.reader import is_reader_unknown
from portal.web.signin import csrf_token, find_viewer
from portal.web.tenant import find_tenant, local_now

ANSWER = "resposta"
"""The block that is the whole answer, in every template. It takes the page's title with it."""

TITLE = "titulo"

VARY = "HX-Request, Cookie"

HIGH_CONTRAST = "alto"


def init_app(app: Flask, demo: bool) -> None:
    """Set the templates up: a name that nobody gave is an error, blocks leave no blank lines."""
    app.jinja_options = {
        "undefined": StrictUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "auto_reload": False,
    }
    for module in (
        attachments,
        carta,
        dates,
        happenings,
        hipoteses,
        links,
        mine,
        pedidos,
        peticoes,
        recibos,
        restrictions,
        results,
        sentences,
        timeline,
    ):
        app.jinja_env.filters.update(module.FILTERS)
    app.jinja_env.globals["demo"] = demo
    app.extensions["edition"] = _edition(Path(app.root_path))


def page(
    template: str,
    *,
    fragment: str = ANSWER,
    etag: str | None = None,
    status: int = 200,
    kept: bool = True,
    forms_to_govbr: bool = False,
    **context: object,
) -> Response:
    """The page, or only the block named `fragment` for a request that htmx made for a part of it.

    A page that was found may be kept, but is asked for again each time. `etag` names what the page
    is made of: when the browser has the same, the answer is 304 and nothing is rendered; without
    it the page is rendered and named by its text. Anything but 200 is never kept, nor is any page
    of somebody who is signed in, or one that the view does not want kept.
    """
    partial, viewer = wants_fragment(), find_viewer()
    vary = {"Vary": VARY}
    kept = kept and status == 200 and viewer is None
    edition = None
    if kept and etag is not None:
        edition = _edition_of(template, fragment if partial else "", etag)
        if (unchanged := edition.unchanged(vary)) is not None:
            return unchanged
    _welcome(viewer, forms_to_govbr)
    body = _render(template, fragment if partial else None, context | _of_viewer(viewer))
    if not kept:
        headers = vary | {"Cache-Control": "no-store"}
        return Response(body, status, headers, mimetype="text/html")
    if edition is None:
        edition = Edition.of(body)
        if (unchanged := edition.unchanged(vary)) is not None:
            return unchanged
    return Response(body, headers=vary | edition.headers, mimetype="text/html")


def _of_viewer(viewer: SignedIn | None) -> dict[str, object]:
    """What a page may say of who is signed in."""
    if viewer is None:
        return {"pessoa": None, "csrf": None, "termina": None}
    now = local_now()
    # The end that no use puts off is told as long before as the other one may come.
    soon = viewer.ends - now <= IDLE
    ends = viewer.ends.astimezone(now.tzinfo) if soon else None
    return {"pessoa": viewer, "csrf": csrf_token(viewer), "termina": ends}


def _welcome(viewer: SignedIn | None, forms_to_govbr: bool) -> None:
    """Every page of who is signed in has the way out on it, which goes through gov.br."""
    tenant = find_tenant()
    if tenant is not None and tenant.govbr is not None and (viewer is not None or forms_to_govbr):
        permit_forms_to(tenant.govbr.form_targets)


def wants_fragment() -> bool:
    """Whether htmx asks for a part: not when it follows a boosted link or restores history."""
    headers = request.headers
    return (
        headers.get("HX-Request") == "true"
        and "HX-Boosted" not in headers
        and "HX-History-Restore-Request" not in headers
    )


def start_again(address: str) -> Response:
    """To another page of ours, also for htmx, which asked for a part that is of no use."""
    if wants_fragment():
        return Response(status=204, headers={"HX-Redirect": address, "Cache-Control": "no-store"})
    return send_to(address, 303)


def contrast() -> str | None:
    """`alto` when the reader asked for high contrast."""
    return HIGH_CONTRAST if request.cookies.get("contraste") == HIGH_CONTRAST else None


def _render(name: str, block: str | None, values: dict[str, object]) -> str:
    tenant = find_tenant()
    values |= {
        "tenant": tenant,
        "assets": assets_of(tenant),
        "carta": carta.has_carta(),
        "contraste": contrast(),
        "voltar": request.full_path.removesuffix("?") if request.method == "GET" else "/",
        "demora": is_reader_unknown(),
        "parte": block is not None,
    }
    environment = current_app.jinja_env
    if block is None:
        return environment.get_template(name).render(values)
    part = render_block(environment, name, block, values)
    if block == ANSWER:
        # htmx takes the title from wherever it is in an answer.
        part = f"<title>{render_block(environment, name, TITLE, values)}</title>\n{part}"
    if values["demora"]:
        part += environment.get_template("components/demora.html").render(values)
    return part


def _edition_of(template: str, part: str, etag: str) -> Edition:
    """What makes one answer differ from another: its content, its reader and our own edition."""
    tenant = find_tenant()
    own = current_app.extensions["edition"]
    menu = f"{contrast() or ''} {carta.has_carta()}"
    made_of = (own, repr(assets_of(tenant)), _of(tenant), template, part, menu, etag)
    return Edition.of("|".join(made_of))


@lru_cache
def _of(tenant: Tenant | None) -> str:
    """What a page may take from the tenant's configuration."""
    return repr(tenant)


@lru_cache
def _edition(folder: Path) -> str:
    """Names this edition of the portal: another one makes other pages of the same content."""
    files = sorted(p for p in folder.rglob("*.*") if p.suffix in (".html", ".py", ".toml"))
    return Edition.of(b"".join(f.read_bytes() for f in files)).tag
