"""Keep of a run of the matching how many persons more another answer may place."""

import sqlalchemy as sa
from alembic import op

revision = "0067_add_match_run_short"
down_revision = "0066_hold_receipts_back"


def upgrade() -> None:
    op.add_column("match_run", sa.Column("short", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("match_run", "short")
