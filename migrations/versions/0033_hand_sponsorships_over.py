"""Let a household be proposed to its next group while another supports it."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op

revision = "0033_hand_sponsorships_over"
down_revision = "0032_create_funds"

RUNNING = "ended_on IS NULL AND confirmed_on IS NOT NULL"
WAITING = "ended_on IS NULL AND confirmed_on IS NULL"
# Of two that were open for one household, the one that supports it stays.
TAKE_BACK = """
UPDATE sponsorship SET status = 'ended', ended_on = proposed_on
WHERE ended_on IS NULL AND confirmed_on IS NULL AND household_id IN (
    SELECT household_id FROM sponsorship WHERE ended_on IS NULL AND confirmed_on IS NOT NULL
)
"""
COLUMNS = {
    "answer_by": sa.Date(),
    "takes_over_from": sa.Uuid(),
    "decline_reason": sa.String(),
    "continuity_due_on": sa.Date(),
}


def upgrade() -> None:
    for name, kind in COLUMNS.items():
        op.add_column("sponsorship", sa.Column(name, kind, nullable=True))
    with _while_others_write():
        _index("uq_sponsorship_running", RUNNING, postgresql_concurrently=True)
        _index("uq_sponsorship_waiting", WAITING, postgresql_concurrently=True)
        op.drop_index("uq_sponsorship_open", table_name="sponsorship", postgresql_concurrently=True)


def _index(name: str, which: str, **how: bool) -> None:
    op.create_index(
        name,
        "sponsorship",
        ["household_id"],
        unique=True,
        sqlite_where=sa.text(which),
        postgresql_where=sa.text(which),
        **how,
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
    op.execute(TAKE_BACK)
    op.drop_index("uq_sponsorship_waiting", table_name="sponsorship")
    op.drop_index("uq_sponsorship_running", table_name="sponsorship")
    _index("uq_sponsorship_open", "ended_on IS NULL")
    for name in reversed(COLUMNS):
        op.drop_column("sponsorship", name)
