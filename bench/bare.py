"""T: the portal's own template of a page, rendered by a bare Flask view from constant values.

gunicorn serves `bench.bare:app` as it serves the portal. The portal is asked once for the page
at `BENCH_PATH` of `BENCH_HOST`, and what its template was given is kept.
"""

import os
from typing import Any

from flask import Flask
from jinja2 import Template

from portal import create_app
from portal.config import Config


def record(portal: Flask, host: str, path: str) -> tuple[Template, dict[str, Any]]:
    """The template of a page, and the values it was rendered with."""
    rendered: list[tuple[Template, dict[str, Any]]] = []

    class Recorded(Template):
        def render(self, *args: Any, **values: Any) -> str:
            rendered.append((self, dict(*args, **values)))
            return super().render(*args, **values)

    portal.jinja_env.template_class = Recorded
    response = portal.test_client().get(path, headers={"Host": host})
    if response.status_code != 200 or len(rendered) != 1:
        raise RuntimeError(f"{path}: {response.status}, {len(rendered)} templates rendered")
    return rendered[0]


def bare_app(host: str, path: str) -> Flask:
    template, values = record(create_app(Config.from_env()), host, path)
    bare = Flask("bare", static_folder=None)

    @bare.get(path.partition("?")[0])
    def constant() -> str:
        return Template.render(template, values)

    return bare


app = bare_app(os.environ["BENCH_HOST"], os.environ["BENCH_PATH"])
