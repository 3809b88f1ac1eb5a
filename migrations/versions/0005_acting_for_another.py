"""Whom a person may act for, and for whom they act, in the session."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

COLUMNS = ("empresas", "agindo")


def upgrade() -> None:
    for name in COLUMNS:
        op.add_column("login", sa.Column(name, sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("login") as table:
        for name in COLUMNS:
            table.drop_column(name)
