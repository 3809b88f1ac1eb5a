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
        sa.Column("oferecido", sa.String(60), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_servico_versao"),
        sa.UniqueConstraint("tenant", "oferecido", name="uq_servico_versao_tenant_oferecido"),
        sa.CheckConstraint(
            "(oferecido IS NULL) = (retirado IS NOT NULL)",
            name=op.f("ck_servico_versao_oferecido"),
        ),
        sa.UniqueConstraint(
            "tenant", "slug", "versao", name="uq_servico_versao_tenant_slug_versao"
        ),
    )


def downgrade() -> None:
    op.drop_table("servico_versao")
