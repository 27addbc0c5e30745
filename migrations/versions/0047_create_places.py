"""Create places and their offers, wishes and exclusions of households, rulings and allocations."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0047_create_places"
down_revision = "0046_fit_houses"

RECORD: Sequence[tuple[str, Any, bool]] = (
    ("created_at", sa.DateTime(timezone=True), False),
    ("created_by", sa.Uuid(), True),
    ("updated_at", sa.DateTime(timezone=True), False),
    ("updated_by", sa.Uuid(), True),
    ("version", sa.Integer(), False),
)
LISTS = ("languages", "interpreters", "services", "work", "prefers")


def _record(table: str) -> list[Any]:
    columns = [sa.Column(name, kind, nullable=nullable) for name, kind, nullable in RECORD]
    return [
        *columns,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))


def _kind(length: int = 40) -> sa.String:
    return sa.String(length=length)


def upgrade() -> None:
    _create_places()
    _create_offers()
    _create_wishes()
    _create_rulings()
    _create_allocations()


def _create_places() -> None:
    op.create_table(
        "place",
        sa.Column("kind", _kind(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("location", sa.String(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=True),
        sa.Column("programmes", sa.JSON(), nullable=False),
        sa.Column("near", sa.JSON(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=True),
        *_record("place"),
        sa.CheckConstraint(
            "closes_on IS NULL OR closes_on > opens_on",
            name=op.f("ck_place_closes_after_opening"),
        ),
        _refers("place", "group_id", "sponsor_group"),
        sa.UniqueConstraint("name", name=op.f("uq_place_name")),
        sa.UniqueConstraint("group_id", name=op.f("uq_place_group_id")),
    )
    op.create_index("ix_place_location", "place", ["location"])
    _unique_where("uq_place_one_location", "place", ["location"], "group_id IS NULL")


def _create_offers() -> None:
    op.create_table(
        "place_offer",
        sa.Column("place_id", sa.Uuid(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("households", sa.Integer(), nullable=True),
        sa.Column("most_persons", sa.Integer(), nullable=True),
        *(sa.Column(name, sa.JSON(), nullable=False) for name in LISTS),
        sa.Column("houses", sa.Integer(), nullable=False),
        sa.Column("step_free", sa.Integer(), nullable=False),
        sa.Column("wait_days", sa.Integer(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        *_record("place_offer"),
        sa.CheckConstraint(
            "to_on IS NULL OR to_on > from_on", name=op.f("ck_place_offer_ends_after_beginning")
        ),
        sa.CheckConstraint("persons >= 0", name=op.f("ck_place_offer_persons")),
        _refers("place_offer", "place_id", "place"),
        sa.UniqueConstraint("place_id", "from_on", name=op.f("uq_place_offer_place_id_from_on")),
    )


def _create_wishes() -> None:
    op.create_table(
        "placement_wish",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        *(
            sa.Column(name, sa.JSON(), nullable=False)
            for name in ("wishes", "ties", "needs", "wants")
        ),
        *_record("placement_wish"),
        _refers("placement_wish", "household_id", "household"),
        sa.UniqueConstraint("household_id", name=op.f("uq_placement_wish_household_id")),
    )
    op.create_table(
        "place_exclusion",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("location", sa.LargeBinary(), nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("set_on", sa.Date(), nullable=False),
        sa.Column("lifted_on", sa.Date(), nullable=True),
        *_record("place_exclusion"),
        _refers("place_exclusion", "household_id", "household"),
    )
    op.create_index("ix_place_exclusion_household_id", "place_exclusion", ["household_id"])


def _create_rulings() -> None:
    op.create_table(
        "match_ruling",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("place_id", sa.Uuid(), nullable=False),
        sa.Column("kind", _kind(), nullable=False),
        sa.Column("reason_code", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("lifted_on", sa.Date(), nullable=True),
        *_record("match_ruling"),
        _refers("match_ruling", "household_id", "household"),
        _refers("match_ruling", "place_id", "place"),
    )
    op.create_index("ix_match_ruling_household_id", "match_ruling", ["household_id"])
    op.create_index("ix_match_ruling_place_id", "match_ruling", ["place_id"])
    holds = "lifted_on IS NULL"
    _unique_where("uq_match_ruling_pair", "match_ruling", ["household_id", "place_id"], holds)
    fixed = f"{holds} AND kind IN ('pin', 'lock')"
    _unique_where("uq_match_ruling_fixed", "match_ruling", ["household_id"], fixed)


def _create_allocations() -> None:
    op.create_table(
        "place_allocation",
        sa.Column("place_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("for_on", sa.Date(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=True),
        sa.Column("released_on", sa.Date(), nullable=True),
        sa.Column("release_reason", sa.String(), nullable=True),
        *_record("place_allocation"),
        sa.CheckConstraint("persons > 0", name=op.f("ck_place_allocation_persons")),
        _refers("place_allocation", "household_id", "household"),
        _refers("place_allocation", "place_id", "place"),
    )
    op.create_index("ix_place_allocation_household_id", "place_allocation", ["household_id"])
    op.create_index("ix_place_allocation_place_id", "place_allocation", ["place_id"])
    _unique_where(
        "uq_place_allocation_open", "place_allocation", ["household_id"], "released_on IS NULL"
    )


def _unique_where(name: str, table: str, columns: list[str], where: str) -> None:
    condition = sa.text(where)
    op.create_index(
        name, table, columns, unique=True, sqlite_where=condition, postgresql_where=condition
    )


def downgrade() -> None:
    op.drop_table("place_allocation")
    op.drop_table("match_ruling")
    op.drop_table("place_exclusion")
    op.drop_table("placement_wish")
    op.drop_table("place_offer")
    op.drop_table("place")
