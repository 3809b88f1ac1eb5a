"""People who sign in, their sessions, and the audit."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "account",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant", sa.String(40), nullable=False),
        sa.Column("issuer", sa.String(200), nullable=False),
        sa.Column("cpf_index", sa.LargeBinary(32), nullable=False),
        sa.Column("cpf", sa.LargeBinary(), nullable=False),
        sa.Column("nome", sa.LargeBinary(), nullable=False),
        sa.Column("created", moment, nullable=False),
        sa.Column("seen", moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint(
            "tenant", "issuer", "cpf_index", name="uq_account_tenant_issuer_cpf_index"
        ),
    )
    op.create_table(
        "login",
        sa.Column("id", sa.LargeBinary(32), nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("tenant", sa.String(40), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("nivel", sa.SmallInteger(), nullable=False),
        sa.Column("amr", sa.String(200), nullable=False),
        sa.Column("device", sa.String(60), nullable=False),
        sa.Column("created", moment, nullable=False),
        sa.Column("seen", moment, nullable=False),
        sa.Column("ends", moment, nullable=False),
        sa.Column("volta", sa.String(2000), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_login"),
        sa.UniqueConstraint("public_id", name="uq_login_public_id"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_login_account_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_login_account_id", "login", ["account_id"])
    op.create_index("ix_login_ends", "login", ["ends"])
    op.create_table(
        "login_attempt",
        sa.Column("id", sa.LargeBinary(32), nullable=False),
        sa.Column("tenant", sa.String(40), nullable=False),
        sa.Column("browser", sa.LargeBinary(32), nullable=False),
        sa.Column("volta", sa.String(2000), nullable=False),
        sa.Column("ends", moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_login_attempt"),
    )
    op.create_index("ix_login_attempt_ends", "login_attempt", ["ends"])
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("tenant", sa.String(40), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("event", sa.String(40), nullable=False),
        sa.Column("account", sa.Uuid(), nullable=True),
        sa.Column("ip", sa.LargeBinary(), nullable=False),
        sa.Column("detail", sa.String(100), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_entry"),
    )
    op.create_index("ix_audit_entry_tenant_at", "audit_entry", ["tenant", "at"])


def downgrade() -> None:
    for table in ("audit_entry", "login_attempt", "login", "account"):
        op.drop_table(table)
