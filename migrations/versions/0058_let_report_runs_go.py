"""Keep who let a report go as the second person, and the totals that others state beside it."""

import sqlalchemy as sa
from alembic import op

revision = "0058_let_report_runs_go"
down_revision = "0057_create_evidence"


def upgrade() -> None:
    with op.batch_alter_table("report_run") as table:
        table.add_column(sa.Column("stated", sa.JSON(), nullable=False, server_default="{}"))
        table.add_column(sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("confirmed_by", sa.Uuid(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("report_run") as table:
        table.drop_column("confirmed_by")
        table.drop_column("confirmed_at")
        table.drop_column("stated")
