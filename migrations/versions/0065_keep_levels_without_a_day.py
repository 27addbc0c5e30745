"""Keep the level of English that a person's record had before the first test, on no day's word."""

import sqlalchemy as sa
from alembic import op

revision = "0065_keep_levels_without_a_day"
down_revision = "0064_index_steps_still_due"


def upgrade() -> None:
    with op.batch_alter_table("person_status") as table:
        table.add_column(sa.Column("undated_before", sa.Integer(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("person_status") as table:
        table.drop_column("undated_before")
