"""The application as a server runs it, and as `flask --app wsgi …` does."""

import os
import sys

from portal import create_app
from portal.config import Config
from portal.errors import ConfigurationError

try:
    app = create_app(Config.from_env())
except ConfigurationError as error:
    sys.exit(f"Portal do Protocolo: {error}")

if "FLASK_RUN_FROM_CLI" in os.environ:
    # Commands and migrations take a third of a second to import, and a web process needs neither.
    from portal.cli import register

    register(app)
