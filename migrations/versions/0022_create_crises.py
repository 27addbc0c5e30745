"""Crisis flags, and the households that each of them concerns."""

import sqlalchemy as sa
from alembic import op

revision = "0022_create_crises"
down_revision = "0021_create_plans"


def upgrade() -> None:
    op.create_table(
        "crisis",
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("location", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("nationality", sa.String(), nullable=True),
        sa.Column("reach_key", sa.String(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("raised_by", sa.Uuid(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.Uuid(), nullable=True),
        sa.Column("closing_note", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crisis")),
    )
    op.create_index(
        "uq_crisis_reach_key_open",
        "crisis",
        ["reach_key"],
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_table(
        "crisis_household",
        sa.Column("crisis_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["crisis_id"], ["crisis.id"], name=op.f("fk_crisis_household_crisis_id_crisis")
        ),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["household.id"],
            name=op.f("fk_crisis_household_household_id_household"),
        ),
        sa.ForeignKeyConstraint(
            ["task_id"], ["task.id"], name=op.f("fk_crisis_household_task_id_task")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crisis_household")),
        sa.UniqueConstraint(
            "crisis_id", "household_id", name=op.f("uq_crisis_household_crisis_id_household_id")
        ),
    )
    op.create_index(
        op.f("ix_crisis_household_household_id"), "crisis_household", ["household_id"], unique=False
    )
    op.create_index(
        op.f("ix_crisis_household_task_id"), "crisis_household", ["task_id"], unique=False
    )


def downgrade() -> None:
    op.drop_table("crisis_household")
    op.drop_table("crisis")
