"""Create report runs."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0055_create_report_runs"
down_revision = "0054_create_pulses"

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
        "report_run",
        sa.Column("report", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("as_at", sa.Date(), nullable=True),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("repeats", sa.Uuid(), nullable=True),
        sa.Column("is_same", sa.Boolean(), nullable=True),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(), nullable=True),
        sa.Column("pdf", sa.LargeBinary(), nullable=True),
        sa.Column("xlsx", sa.LargeBinary(), nullable=True),
        *_record(),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["user_account.id"], name=op.f("fk_report_run_asked_by_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["repeats"], ["report_run.id"], name=op.f("fk_report_run_repeats_report_run")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_run")),
    )
    op.create_index("ix_report_run_asked_by", "report_run", ["asked_by"])
    op.create_index("ix_report_run_repeats", "report_run", ["repeats"])


def downgrade() -> None:
    op.drop_table("report_run")
