"""Let tasks repeat, be given up with a reason and be taken back together; name who leads anew."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op

revision = "0013_repeat_tasks"
down_revision = "0012_add_incident_follow_ups"

LEVELS = {
    "accompanied": "we_do",
    "prompted": "together",
    "led_by_family": "family_leads",
}
TASK = sa.table("task", sa.column("handover", sa.String()))


def upgrade() -> None:
    op.add_column("task", sa.Column("bulk_id", sa.Uuid(), nullable=True))
    op.add_column("task", sa.Column("repeat_every", sa.Integer(), nullable=True))
    op.add_column(
        "task",
        sa.Column(
            "repeat_unit",
            sa.Enum("day", "week", "month", name="repeatunit", native_enum=False, length=40),
            nullable=True,
        ),
    )
    op.add_column("task", sa.Column("repeat_from", sa.Date(), nullable=True))
    op.add_column("task", sa.Column("repeat_until", sa.Date(), nullable=True))
    op.add_column("task", sa.Column("follows_id", sa.Uuid(), nullable=True))
    op.add_column("task", sa.Column("cancel_reason", sa.LargeBinary(), nullable=True))
    with _while_others_write():
        for before, after in LEVELS.items():
            op.execute(TASK.update().where(TASK.c.handover == before).values(handover=after))
        _index(op.f("ix_task_bulk_id"), "bulk_id")
        _index("ix_task_source_id", "source_id")
        _index("uq_task_follows_id", "follows_id", unique=True)


def _index(name: str, column: str, *, unique: bool = False) -> None:
    op.create_index(name, "task", [column], unique=unique, postgresql_concurrently=True)


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
    for before, after in LEVELS.items():
        op.execute(TASK.update().where(TASK.c.handover == after).values(handover=before))
    op.drop_index("uq_task_follows_id", table_name="task")
    op.drop_index("ix_task_source_id", table_name="task")
    op.drop_index(op.f("ix_task_bulk_id"), table_name="task")
    op.drop_column("task", "cancel_reason")
    op.drop_column("task", "follows_id")
    op.drop_column("task", "repeat_until")
    op.drop_column("task", "repeat_from")
    op.drop_column("task", "repeat_unit")
    op.drop_column("task", "repeat_every")
    op.drop_column("task", "bulk_id")
