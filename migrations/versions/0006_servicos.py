"""The Carta de Serviços of each tenant, in all its editions."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "servico_versao",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant", sa.String(40), nullable=False),
        sa.Column("slug", sa.String(60), nullable=False),
        sa.Column("versao", sa.Integer(), nullable=False),
        sa.Column("conteudo", sa.LargeBinary(), nullable=False),
        sa.Column("publicado", moment, nullable=False),
        sa.Column("retirado", moment, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_servico_versao"),
        sa.UniqueConstraint(
            "tenant", "slug", "versao", name="uq_servico_versao_tenant_slug_versao"
        ),
    )
    offered = sa.text("retirado IS NULL")
    op.create_index(
        "uq_servico_versao_offered",
        "servico_versao",
        ["tenant", "slug"],
        unique=True,
        sqlite_where=offered,
        postgresql_where=offered,
    )


def downgrade() -> None:
    op.drop_table("servico_versao")
