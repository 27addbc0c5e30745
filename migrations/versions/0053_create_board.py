"""Create the steps on the board, and decisions with what was known then."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0053_create_board"
down_revision = "0052_add_judgements_and_exports"

RECORD: Sequence[tuple[str, Any, bool]] = (
    ("created_at", sa.DateTime(timezone=True), False),
    ("created_by", sa.Uuid(), True),
    ("updated_at", sa.DateTime(timezone=True), False),
    ("updated_by", sa.Uuid(), True),
    ("version", sa.Integer(), False),
)


def _record() -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, nullable=nullable) for name, kind, nullable in RECORD]


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name)


def upgrade() -> None:
    kinds = ("move", "keep", "forbid", "free")
    op.create_table(
        "board_step",
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(*kinds, name="stepkind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("place_id", sa.Uuid(), nullable=True),
        sa.Column("made", sa.Uuid(), nullable=True),
        sa.Column("lifted", sa.JSON(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_by", sa.Uuid(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        *_record(),
        sa.Column("id", sa.Uuid(), nullable=False),
        _to("board_step", "run_id", "match_run"),
        _to("board_step", "household_id", "household"),
        _to("board_step", "place_id", "place"),
        _to("board_step", "made", "match_ruling"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_step")),
    )
    for column in ("run_id", "household_id", "place_id", "made"):
        op.create_index(f"ix_board_step_{column}", "board_step", [column])
    _create_decisions()


def _create_decisions() -> None:
    op.create_table(
        "place_decision",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("place_id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("allocation_id", sa.Uuid(), nullable=False),
        sa.Column("sponsorship_id", sa.Uuid(), nullable=True),
        sa.Column("proposed_place_id", sa.Uuid(), nullable=True),
        sa.Column("reason_code", sa.String(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("declined_on", sa.Date(), nullable=True),
        sa.Column("declined_by", sa.Uuid(), nullable=True),
        sa.Column("decline_reason", sa.String(), nullable=True),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("known", sa.LargeBinary(), nullable=True),
        *_record(),
        sa.Column("id", sa.Uuid(), nullable=False),
        _to("place_decision", "household_id", "household"),
        _to("place_decision", "place_id", "place"),
        _to("place_decision", "run_id", "match_run"),
        _to("place_decision", "allocation_id", "place_allocation"),
        _to("place_decision", "sponsorship_id", "sponsorship"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_decision")),
        sa.UniqueConstraint("allocation_id", name=op.f("uq_place_decision_allocation_id")),
    )
    for column in ("household_id", "place_id", "run_id", "sponsorship_id"):
        op.create_index(f"ix_place_decision_{column}", "place_decision", [column])
    holds = sa.text("declined_on IS NULL")
    op.create_index(
        "uq_place_decision_holds",
        "place_decision",
        ["household_id"],
        unique=True,
        sqlite_where=holds,
        postgresql_where=holds,
    )


def downgrade() -> None:
    op.drop_table("place_decision")
    op.drop_table("board_step")
