"""What the audit says of one person, found without reading what it says of all."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

INDEX = "ix_audit_entry_tenant_account_at"


def upgrade() -> None:
    op.create_index(INDEX, "audit_entry", ["tenant", "account", "at"])


def downgrade() -> None:
    op.drop_index(INDEX, "audit_entry")
