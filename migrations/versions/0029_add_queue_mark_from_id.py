"""Record whose a line of the queue was before it was handed on, so that it can be given back."""

import sqlalchemy as sa
from alembic import op

revision = "0029_add_queue_mark_from_id"
down_revision = "0028_create_saved_views"


def upgrade() -> None:
    op.add_column("queue_mark", sa.Column("from_id", sa.Uuid()))


def downgrade() -> None:
    op.drop_column("queue_mark", "from_id")
