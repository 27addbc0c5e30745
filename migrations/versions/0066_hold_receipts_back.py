"""Hold receipts of spending back until the virus scanner has seen them.

What was added before could be opened at once, and stays so.
"""

import sqlalchemy as sa
from alembic import op

revision = "0066_hold_receipts_back"
down_revision = "0065_keep_levels_without_a_day"


def upgrade() -> None:
    with op.batch_alter_table("fund_receipt") as table:
        table.add_column(sa.Column("state", sa.String(40), nullable=False, server_default="clean"))


def downgrade() -> None:
    with op.batch_alter_table("fund_receipt") as table:
        table.drop_column("state")
