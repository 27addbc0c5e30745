"""Let a file that is imported wait for the worker, and say how far it is or why it was refused.

All that are there already are done, each case of them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0070_add_imports_under_way"
down_revision = "0069_count_stages_in_one_index"

DONE = "UPDATE import_batch SET cases_done = case_count"
NOT_IN = "DELETE FROM import_batch WHERE state <> 'done'"


def upgrade() -> None:
    with op.batch_alter_table("import_batch") as table:
        table.add_column(sa.Column("state", sa.String(40), nullable=False, server_default="done"))
        table.add_column(sa.Column("cases_done", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("submitted_on", sa.Date(), nullable=True))
        table.add_column(sa.Column("scopes", sa.JSON(), nullable=True))
        table.add_column(sa.Column("upload_id", sa.Uuid(), nullable=True))
        table.add_column(sa.Column("reason", sa.LargeBinary(), nullable=True))
    op.execute(DONE)


def downgrade() -> None:
    # What waits or was refused has brought nothing in, and the release before knows no such thing.
    op.execute(NOT_IN)
    with op.batch_alter_table("import_batch") as table:
        for name in ("reason", "upload_id", "scopes", "submitted_on", "cases_done", "state"):
            table.drop_column(name)
