"""How Alembic reaches the portal's own database: through the application's engine."""

from alembic import context
from flask import current_app
from sqlalchemy.exc import OperationalError

migrate = current_app.extensions["migrate"]

if context.is_offline_mode():
    raise SystemExit("migrations need the database: run them without --sql")

try:
    connection = migrate.db.engine.connect()
except OperationalError as error:
    said = " ".join(str(error.orig).split())
    raise SystemExit(f"Portal do Protocolo: o banco do portal não respondeu ({said})") from None
with connection:
    context.configure(
        connection=connection, target_metadata=migrate.db.metadata, **migrate.configure_args
    )
    with context.begin_transaction():
        context.run_migrations()
