"""Create the table of who was erased, so that no backup brings anybody back."""

import sqlalchemy as sa
from alembic import op

revision = "0056_create_erasures"
down_revision = "0055_create_report_runs"


def upgrade() -> None:
    op.create_table(
        "erasure",
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("owner_id", name=op.f("pk_erasure")),
    )


def downgrade() -> None:
    op.drop_table("erasure")
