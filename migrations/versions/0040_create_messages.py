"""Create updates and the shared thread, and let tasks be a sponsor group's."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op

revision = "0040_create_messages"
down_revision = "0039_add_document_from_family"

RECORD = (
    ("created_at", sa.DateTime(timezone=True), False),
    ("created_by", sa.Uuid(), True),
    ("updated_at", sa.DateTime(timezone=True), False),
    ("updated_by", sa.Uuid(), True),
    ("version", sa.Integer(), False),
    ("id", sa.Uuid(), False),
)
OURS = (("group_id", "sponsor_group"), ("member_id", "sponsor_member"))


def upgrade() -> None:
    op.create_table(
        "sponsor_update",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("signed", sa.LargeBinary(), nullable=True),
        sa.Column("mood", sa.String(length=40), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_by", sa.Uuid(), nullable=True),
        *_record(),
        *_of_match("sponsor_update"),
    )
    op.create_table(
        "thread_message",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.Column("signed", sa.LargeBinary(), nullable=True),
        sa.Column("text", sa.LargeBinary(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retracted_at", sa.DateTime(timezone=True), nullable=True),
        *_record(),
        *_of_match("thread_message"),
    )
    for table in ("sponsor_update", "thread_message"):
        op.create_index(f"ix_{table}_household_id_sent_at", table, ["household_id", "sent_at"])
        op.create_index(f"ix_{table}_group_id", table, ["group_id"])
    op.create_table(
        "thread_place",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("read_until", sa.DateTime(timezone=True), nullable=False),
        *_record(),
        _key("thread_place", "household_id", "household"),
        _key("thread_place", "user_id", "user_account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thread_place")),
        sa.UniqueConstraint(
            "household_id", "user_id", name=op.f("uq_thread_place_household_id_user_id")
        ),
    )
    op.create_index("ix_thread_place_user_id", "thread_place", ["user_id"])
    with op.batch_alter_table("task") as task:
        for column, table in OURS:
            task.add_column(sa.Column(column, sa.Uuid(), nullable=True))
            name = op.f(f"fk_task_{column}_{table}")
            task.create_foreign_key(name, table, [column], ["id"], postgresql_not_valid=True)
    with _while_others_write():
        for column, table in OURS:
            if op.get_context().dialect.name == "postgresql":
                op.execute(f"ALTER TABLE task VALIDATE CONSTRAINT fk_task_{column}_{table}")
            op.create_index(f"ix_task_{column}", "task", [column], postgresql_concurrently=True)


def _record() -> tuple[sa.Column[object], ...]:
    return tuple(sa.Column(name, kind, nullable=may) for name, kind, may in RECORD)


def _of_match(table: str) -> tuple[sa.Constraint, ...]:
    return (
        _key(table, "household_id", "household"),
        _key(table, "group_id", "sponsor_group"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _key(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}")
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
    with op.batch_alter_table("task") as task:
        for column, table in reversed(OURS):
            task.drop_index(f"ix_task_{column}")
            task.drop_constraint(op.f(f"fk_task_{column}_{table}"), type_="foreignkey")
            task.drop_column(column)
    for table in ("thread_place", "thread_message", "sponsor_update"):
        op.drop_table(table)
