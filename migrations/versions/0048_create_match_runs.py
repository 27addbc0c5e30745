"""Create runs of the matching, with the facts of households and places at their moment."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0048_create_match_runs"
down_revision = "0047_create_places"

COUNTS = ("households", "persons", "placed_households", "placed_persons", "greedy_persons")
FLOATS = ("weight", "gap", "seconds", "greedy_weight")
RECORD: Sequence[tuple[str, Any, bool]] = (
    ("created_at", sa.DateTime(timezone=True), False),
    ("created_by", sa.Uuid(), True),
    ("updated_at", sa.DateTime(timezone=True), False),
    ("updated_by", sa.Uuid(), True),
    ("version", sa.Integer(), False),
)


def _id(table: str) -> list[Any]:
    return [
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))


def upgrade() -> None:
    op.create_table(
        "match_run",
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("programme_code", sa.String(), nullable=False),
        sa.Column("for_on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("base_id", sa.Uuid(), nullable=True),
        sa.Column("objective", sa.String(), nullable=False),
        sa.Column("ahead", sa.Boolean(), nullable=False),
        sa.Column("time_limit", sa.Integer(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.JSON(), nullable=False) for name in ("more", "rules", "outlook")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in COUNTS),
        *(sa.Column(name, sa.Double(), nullable=False) for name in FLOATS),
        sa.Column("fault", sa.String(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        *(sa.Column(name, kind, nullable=nullable) for name, kind, nullable in RECORD),
        *_id("match_run"),
        _refers("match_run", "base_id", "match_run"),
    )
    op.create_index("ix_match_run_base_id", "match_run", ["base_id"])
    _create_households()
    _create_places()


def _create_households() -> None:
    table = "match_household"
    op.create_table(
        table,
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("closed", sa.LargeBinary(), nullable=True),
        sa.Column("pinned_id", sa.Uuid(), nullable=True),
        sa.Column("place_id", sa.Uuid(), nullable=True),
        sa.Column("weight", sa.Double(), nullable=False),
        *_id(table),
        _refers(table, "household_id", "household"),
        _refers(table, "place_id", "place"),
        _refers(table, "run_id", "match_run"),
        sa.UniqueConstraint(
            "run_id", "household_id", name=op.f("uq_match_household_run_id_household_id")
        ),
    )
    op.create_index("ix_match_household_household_id", table, ["household_id"])
    op.create_index("ix_match_household_place_id", table, ["place_id"])


def _create_places() -> None:
    table = "match_place"
    op.create_table(
        table,
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("place_id", sa.Uuid(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("price", sa.Double(), nullable=False),
        *_id(table),
        _refers(table, "place_id", "place"),
        _refers(table, "run_id", "match_run"),
        sa.UniqueConstraint("run_id", "place_id", name=op.f("uq_match_place_run_id_place_id")),
    )
    op.create_index("ix_match_place_place_id", table, ["place_id"])


def downgrade() -> None:
    op.drop_table("match_place")
    op.drop_table("match_household")
    op.drop_table("match_run")
