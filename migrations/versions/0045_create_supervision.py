"""Create notes of advisers about sponsor groups, and messages to groups."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0045_create_supervision"
down_revision = "0044_create_applications"

RECORD: Sequence[tuple[str, Any, bool]] = (
    ("created_at", sa.DateTime(timezone=True), False),
    ("created_by", sa.Uuid(), True),
    ("updated_at", sa.DateTime(timezone=True), False),
    ("updated_by", sa.Uuid(), True),
    ("version", sa.Integer(), False),
)


def _record() -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, nullable=nullable) for name, kind, nullable in RECORD]


def upgrade() -> None:
    op.create_table(
        "supervision_note",
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        *_record(),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["sponsor_group.id"],
            name=op.f("fk_supervision_note_group_id_sponsor_group"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision_note")),
    )
    op.create_index("ix_supervision_note_group_id", "supervision_note", ["group_id"])
    op.create_table(
        "group_message",
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("location", sa.String(), nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        *_record(),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_message")),
    )
    op.create_index("ix_group_message_sent_at", "group_message", ["sent_at"])
    _create_readings()


def _create_readings() -> None:
    op.create_table(
        "group_message_reading",
        sa.Column("group_message_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_message_id"],
            ["group_message.id"],
            name=op.f("fk_group_message_reading_group_message_id_group_message"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user_account.id"],
            name=op.f("fk_group_message_reading_user_id_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_message_reading")),
        sa.UniqueConstraint(
            "group_message_id",
            "user_id",
            name=op.f("uq_group_message_reading_group_message_id_user_id"),
        ),
    )
    op.create_index("ix_group_message_reading_user_id", "group_message_reading", ["user_id"])


def downgrade() -> None:
    op.drop_table("group_message_reading")
    op.drop_table("group_message")
    op.drop_table("supervision_note")
