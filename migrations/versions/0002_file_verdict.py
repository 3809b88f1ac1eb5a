"""Whether files of SEI's repository were found intact."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "file_verdict",
        sa.Column("tenant", sa.String(40), nullable=False),
        sa.Column("id_anexo", sa.BigInteger(), nullable=False),
        sa.Column("edition", sa.String(24), nullable=False),
        sa.Column("intact", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "id_anexo", name="pk_file_verdict"),
    )


def downgrade() -> None:
    op.drop_table("file_verdict")
