"""What people decide about the lines of their queue, and the time that they are away."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op

revision = "0014_create_queue_marks"
down_revision = "0013_repeat_tasks"

OPEN = sa.text("ended_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "absence",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_absence_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    op.create_index(op.f("ix_absence_user_id"), "absence", ["user_id"], unique=False)
    op.create_index(op.f("ix_absence_until_on"), "absence", ["until_on"], unique=False)
    op.add_column("assignment", sa.Column("absence_id", sa.Uuid(), nullable=True))
    op.create_table(
        "queue_mark",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column(
            "source",
            sa.Enum(
                "incident",
                "continuity",
                "contact",
                "task",
                "milestone",
                "consent",
                "report",
                "hold",
                "duplicate",
                "checklist",
                name="source",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("snoozed", "given", "seen", name="markkind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column(
            "reason_code",
            sa.Enum(
                "family",
                "agency",
                "booked",
                "away",
                "handover",
                "other",
                name="snoozereason",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("to_id", sa.Uuid(), nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_queue_mark_household_id_household")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_queue_mark")),
    )
    op.create_index(op.f("ix_queue_mark_household_id"), "queue_mark", ["household_id"])
    op.create_index("ix_queue_mark_subject_id_source", "queue_mark", ["subject_id", "source"])
    op.create_index(
        "uq_queue_mark_open",
        "queue_mark",
        ["source", "subject_id", "kind"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    with _while_others_write():
        op.create_index(
            op.f("ix_assignment_absence_id"),
            "assignment",
            ["absence_id"],
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
    op.drop_table("queue_mark")
    op.drop_index(op.f("ix_assignment_absence_id"), table_name="assignment")
    op.drop_column("assignment", "absence_id")
    op.drop_table("absence")
