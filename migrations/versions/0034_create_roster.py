"""Create the roster of sponsor groups, and note what the cars of members hold."""

import sqlalchemy as sa
from alembic import op

revision = "0034_create_roster"
down_revision = "0033_hand_sponsorships_over"

CAR = (("licence_until", sa.Date()), ("vehicle_seats", sa.Integer()), ("child_seats", sa.Integer()))


def upgrade() -> None:
    for name, kind in CAR:
        op.add_column("sponsor_member", sa.Column(name, kind, nullable=True))
    op.create_table(
        "roster_shift",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("appointment_id", sa.Uuid(), nullable=True),
        sa.Column("series_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("place", sa.LargeBinary(), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("riders", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("went", sa.LargeBinary(), nullable=True),
        sa.Column("cancel_reason", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [f"{column}_id"], [f"{table}.id"], name=op.f(f"fk_roster_shift_{column}_id_{table}")
            )
            for column, table in (
                ("household", "household"),
                ("group", "sponsor_group"),
                ("member", "sponsor_member"),
                ("appointment", "appointment"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_shift")),
    )
    for columns in (
        ["household_id", "starts_at"],
        ["member_id", "starts_at"],
        ["group_id", "starts_at"],
        ["appointment_id"],
        ["series_id"],
    ):
        op.create_index(f"ix_roster_shift_{'_'.join(columns)}", "roster_shift", columns)


def downgrade() -> None:
    op.drop_table("roster_shift")
    for name, _ in reversed(CAR):
        op.drop_column("sponsor_member", name)
