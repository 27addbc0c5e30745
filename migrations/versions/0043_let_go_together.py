"""Note what a family comes to do by itself before its support ends."""

import sqlalchemy as sa
from alembic import op

revision = "0043_let_go_together"
down_revision = "0042_create_contact_cards"


def upgrade() -> None:
    op.create_table(
        "plan_independence",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("lead", sa.String(length=40), nullable=False),
        sa.Column("looked_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["household.id"],
            name=op.f("fk_plan_independence_household_id_household"),
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["support_plan.id"], name=op.f("fk_plan_independence_plan_id_support_plan")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_independence")),
        sa.UniqueConstraint("plan_id", "code", name=op.f("uq_plan_independence_plan_id_code")),
    )
    op.create_index(
        op.f("ix_plan_independence_household_id"),
        "plan_independence",
        ["household_id"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_plan_independence_household_id"), table_name="plan_independence")
    op.drop_table("plan_independence")
