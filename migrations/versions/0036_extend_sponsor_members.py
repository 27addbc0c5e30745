"""Record what members can do, why groups are suspended, how long approvals hold."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op

revision = "0036_extend_sponsor_members"
down_revision = "0035_create_log_entries"

LISTS = ("skills", "languages", "availability")


def upgrade() -> None:
    for name in LISTS:
        op.add_column(
            "sponsor_member", sa.Column(name, sa.JSON(), nullable=False, server_default="[]")
        )
    op.add_column("sponsor_group", sa.Column("approved_until", sa.Date(), nullable=True))
    op.add_column("group_move", sa.Column("reason_code", sa.String(), nullable=True))
    op.add_column(
        "group_move", sa.Column("conditions", sa.String(), nullable=False, server_default="")
    )
    op.add_column(
        "group_checklist_item",
        sa.Column("evidence", sa.String(), nullable=False, server_default=""),
    )
    with _while_others_write():
        op.create_index(
            op.f("ix_sponsor_group_approved_until"),
            "sponsor_group",
            ["approved_until"],
            postgresql_concurrently=True,
        )


@contextmanager
def _while_others_write() -> Iterator[None]:
    """Build in transactions of their own, which nobody waits for, where the database can."""
    context = op.get_context()
    if context.dialect.name != "postgresql":
        yield
        return
    with context.autocommit_block():
        op.execute("SET lock_timeout = 0")
        yield
        op.execute("SET lock_timeout = '5s'")


def downgrade() -> None:
    op.drop_column("group_checklist_item", "evidence")
    op.drop_column("group_move", "conditions")
    op.drop_column("group_move", "reason_code")
    op.drop_index(op.f("ix_sponsor_group_approved_until"), table_name="sponsor_group")
    op.drop_column("sponsor_group", "approved_until")
    for name in LISTS:
        op.drop_column("sponsor_member", name)
