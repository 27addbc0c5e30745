"""Let a draft be handed over with its household, and record who wrote it."""

import sqlalchemy as sa
from alembic import op

revision = "0030_hand_drafts_over"
down_revision = "0029_add_queue_mark_from_id"


def upgrade() -> None:
    op.add_column(
        "draft", sa.Column("goes_on", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("draft", sa.Column("from_id", sa.Uuid(), nullable=True))


def downgrade() -> None:
    op.drop_column("draft", "from_id")
    op.drop_column("draft", "goes_on")
