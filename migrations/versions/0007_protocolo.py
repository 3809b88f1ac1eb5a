"""What people hand over: drafts, submissions, and what is still to be done with them."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
TENANT = sa.String(40)


def upgrade() -> None:
    _make_drafts()
    _make_submissions()
    _make_outbox()


def _one_of(table: str, column: str, *values: str) -> sa.CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=op.f(f"ck_{table}_{column}"))


def _make_drafts() -> None:
    op.create_table(
        "draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant", TENANT, nullable=False),
        sa.Column("account", sa.Uuid(), nullable=True),
        sa.Column("browser", sa.LargeBinary(32), nullable=True),
        sa.Column("servico_id", sa.Uuid(), nullable=False),
        sa.Column("fields", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created", MOMENT, nullable=False),
        sa.Column("changed", MOMENT, nullable=False),
        sa.Column("represented", sa.LargeBinary(), nullable=True),
        sa.Column("sensitive", sa.Boolean(), nullable=False),
        sa.Column("intercorrente", sa.String(50), nullable=True),
        sa.Column("submission", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "account IS NOT NULL OR browser IS NOT NULL", name=op.f("ck_draft_owner")
        ),
        sa.PrimaryKeyConstraint("id", name="pk_draft"),
    )
    op.create_index("ix_draft_tenant_account", "draft", ["tenant", "account"])
    op.create_index("ix_draft_tenant_browser", "draft", ["tenant", "browser"])
    op.create_index("ix_draft_changed", "draft", ["changed"])
    op.create_table(
        "draft_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant", TENANT, nullable=False),
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("documento", sa.String(60), nullable=False),
        sa.Column("label", sa.LargeBinary(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("length", sa.BigInteger(), nullable=False),
        sa.Column("received", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=True),
        sa.Column("md5", sa.String(32), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(40), nullable=True),
        sa.CheckConstraint(
            "received >= 0 AND received <= length", name=op.f("ck_draft_file_received")
        ),
        _one_of("draft_file", "kind", "pdf", "foto"),
        _one_of("draft_file", "state", "receiving", "ready", "refused"),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["draft.id"], name="fk_draft_file_draft_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_draft_file"),
    )
    op.create_index("ix_draft_file_draft_id", "draft_file", ["draft_id"])


def _make_submissions() -> None:
    op.create_table(
        "submission",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant", TENANT, nullable=False),
        sa.Column("account", sa.Uuid(), nullable=False),
        sa.Column("draft", sa.Uuid(), nullable=False),
        sa.Column("draft_version", sa.Integer(), nullable=False),
        sa.Column("numero", sa.String(20), nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("sendings", sa.Integer(), nullable=False),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.Column("attached", sa.Boolean(), nullable=False),
        sa.Column("message", sa.LargeBinary(), nullable=True),
        sa.Column("id_procedimento", sa.String(20), nullable=True),
        sa.Column("processo", sa.String(50), nullable=True),
        sa.Column("autuado_at", MOMENT, nullable=True),
        _one_of("submission", "state", "ready", "sending", "unconfirmed", "delivered", "refused"),
        sa.CheckConstraint(
            "state <> 'delivered' OR processo IS NOT NULL", name=op.f("ck_submission_delivered")
        ),
        sa.PrimaryKeyConstraint("id", name="pk_submission"),
        sa.UniqueConstraint(
            "tenant", "draft", "draft_version", name="uq_submission_tenant_draft_draft_version"
        ),
        sa.UniqueConstraint("tenant", "numero", name="uq_submission_tenant_numero"),
    )
    op.create_index(
        "ix_submission_tenant_account_received_at",
        "submission",
        ["tenant", "account", "received_at"],
    )
    op.create_table(
        "submission_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant", TENANT, nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("label", sa.LargeBinary(), nullable=False),
        sa.Column("id_serie", sa.String(20), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("md5", sa.String(32), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("id_arquivo", sa.String(20), nullable=True),
        sa.Column("uploaded_at", MOMENT, nullable=True),
        sa.Column("documento", sa.String(50), nullable=True),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submission.id"],
            name="fk_submission_file_submission_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_submission_file"),
        sa.UniqueConstraint(
            "submission_id", "position", name="uq_submission_file_submission_id_position"
        ),
    )
    op.create_table(
        "submission_count",
        sa.Column("tenant", TENANT, nullable=False),
        sa.Column("ano", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "ano", name="pk_submission_count"),
    )


def _make_outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("tenant", TENANT, nullable=False),
        sa.Column("task", sa.String(20), nullable=False),
        sa.Column("subject", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(100), nullable=False),
        sa.Column("lane", sa.String(60), nullable=False),
        sa.Column("progress", sa.String(20), nullable=False),
        sa.Column("due", MOMENT, nullable=False),
        sa.Column("lease", MOMENT, nullable=True),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(40), nullable=True),
        _one_of("outbox", "task", "deliver", "erase"),
        _one_of("outbox", "progress", "waiting", "leased", "done", "attention"),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("key", name="uq_outbox_key"),
    )
    op.create_index("ix_outbox_progress_due", "outbox", ["progress", "due"])
    op.create_index("ix_outbox_lane", "outbox", ["lane"])
    op.create_table(
        "delivery_pause",
        sa.Column("tenant", TENANT, nullable=False),
        sa.Column("reason", sa.String(20), nullable=False),
        sa.Column("message", sa.String(300), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("tenant", name="pk_delivery_pause"),
    )


def downgrade() -> None:
    for table in (
        "delivery_pause",
        "outbox",
        "submission_count",
        "submission_file",
        "submission",
        "draft_file",
        "draft",
    ):
        op.drop_table(table)
