"""How Alembic reaches the portal's own database: through the application's engine."""

from alembic import context
from flask import current_app

migrate = current_app.extensions["migrate"]

if context.is_offline_mode():
    raise SystemExit("migrations need the database: run them without --sql")

with migrate.db.engine.connect() as connection:
    context.configure(
        connection=connection, target_metadata=migrate.db.metadata, **migrate.configure_args
    )
    with context.begin_transaction():
        context.run_migrations()
