"""Find at once what a household can still be late with: most of its steps are done or not asked."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op

revision = "0064_index_steps_still_due"
down_revision = "0063_create_person_status"


def upgrade() -> None:
    with _while_others_write():
        op.create_index(
            "ix_milestone_still_due",
            "milestone",
            ["household_id", "due_on", "code"],
            sqlite_where=_still_due("1"),
            postgresql_where=_still_due("true"),
            postgresql_concurrently=True,
        )


def _still_due(true: str) -> sa.TextClause:
    statuses = "('not_started', 'in_progress', 'blocked')"
    return sa.text(f"deadline IS {true} AND status IN {statuses}")


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
    op.drop_index("ix_milestone_still_due", "milestone")
