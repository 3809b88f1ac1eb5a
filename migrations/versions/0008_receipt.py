"""Codes by which receipts are checked."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "receipt",
        sa.Column("tenant", sa.String(40), nullable=False),
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "digest", name="pk_receipt"),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submission.id"],
            name="fk_receipt_submission_id",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_receipt_submission_id", "receipt", ["submission_id"])


def downgrade() -> None:
    op.drop_table("receipt")
