"""The portal's own database, as a command uses it."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.orm import Session

from portal.db import db


@contextmanager
def transaction() -> Iterator[Session]:
    """Everything or nothing, and a sentence when our database is away or not migrated."""
    try:
        yield db.session()
        db.session.commit()
    except (OperationalError, ProgrammingError) as error:
        raise click.ClickException(f"o banco do portal não respondeu: {error.orig}") from error
