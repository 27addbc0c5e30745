"""What happened to households, and what it changed."""

import sqlalchemy as sa
from alembic import op

revision = "0019_create_household_changes"
down_revision = "0018_create_appointments"


def upgrade() -> None:
    op.create_table(
        "household_change",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("part_of", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.LargeBinary(), nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("lines", sa.LargeBinary(), nullable=True),
        sa.Column("journal", sa.LargeBinary(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["household.id"],
            name=op.f("fk_household_change_household_id_household"),
        ),
        sa.ForeignKeyConstraint(
            ["part_of"],
            ["household_change.id"],
            name=op.f("fk_household_change_part_of_household_change"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household_change")),
    )
    op.create_index(
        "ix_household_change_household_id_happened_on",
        "household_change",
        ["household_id", "happened_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_household_change_part_of"), "household_change", ["part_of"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_household_change_part_of"), table_name="household_change")
    op.drop_index("ix_household_change_household_id_happened_on", table_name="household_change")
    op.drop_table("household_change")
