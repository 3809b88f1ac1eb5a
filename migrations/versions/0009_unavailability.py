"""When the portal was away, and when it was last seen."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "last_seen",
        sa.Column("tenant", sa.String(40), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("tenant", name="pk_last_seen"),
    )
    op.create_table(
        "unavailability",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant", sa.String(40), nullable=False),
        sa.Column("started", MOMENT, nullable=False),
        sa.Column("ended", MOMENT, nullable=False),
        sa.Column("source", sa.String(20), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.CheckConstraint("started < ended", name=op.f("ck_unavailability_order")),
        sa.CheckConstraint(
            "source IN ('measured', 'declared')", name=op.f("ck_unavailability_source")
        ),
        sa.PrimaryKeyConstraint("id", name="pk_unavailability"),
    )
    op.create_index("ix_unavailability_tenant_started", "unavailability", ["tenant", "started"])


def downgrade() -> None:
    op.drop_table("unavailability")
    op.drop_table("last_seen")
