"""Commands: `flask --app wsgi …`."""

from flask import Flask
from flask_migrate import Migrate

from portal.cli.accounts import accounts
from portal.cli.assets import assets
from portal.cli.demo import demo
from portal.cli.indisponibilidades import indisponibilidades
from portal.cli.sei import sei
from portal.cli.servicos import servicos
from portal.cli.worker import pedidos, worker
from portal.config import ROOT
from portal.db import db


def register(app: Flask) -> None:
    """Give the application its commands. Only for `flask`: a web process needs none of them."""
    Migrate(app, db, directory=str(ROOT / "migrations"), render_as_batch=True)
    for command in (accounts, assets, demo, indisponibilidades, pedidos, sei, servicos, worker):
        app.cli.add_command(command)
