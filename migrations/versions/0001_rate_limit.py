"""Counters of the rate limits."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rate_limit",
        sa.Column("tenant", sa.String(40), nullable=False),
        sa.Column("key", sa.LargeBinary(16), nullable=False),
        sa.Column("hits", sa.Integer(), nullable=False),
        sa.Column("ends", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "key", name="pk_rate_limit"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_rate_limit_ends", "rate_limit", ["ends"])


def downgrade() -> None:
    op.drop_index("ix_rate_limit_ends", table_name="rate_limit")
    op.drop_table("rate_limit")
