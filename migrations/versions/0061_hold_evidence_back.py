"""Hold papers of applications back until the virus scanner has seen them.

What was sent before could be opened at once, and stays so.
"""

import sqlalchemy as sa
from alembic import op

revision = "0061_hold_evidence_back"
down_revision = "0060_create_group_reminders"


def upgrade() -> None:
    with op.batch_alter_table("application_evidence") as table:
        table.add_column(sa.Column("state", sa.String(40), nullable=False, server_default="clean"))


def downgrade() -> None:
    with op.batch_alter_table("application_evidence") as table:
        table.drop_column("state")
