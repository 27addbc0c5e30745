"""Create the log of sponsor groups and families."""

import sqlalchemy as sa
from alembic import op

revision = "0035_create_log_entries"
down_revision = "0034_create_roster"

COLUMNS = ("group_id", "person_id")


def upgrade() -> None:
    op.create_table(
        "log_entry",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("with_family", sa.Boolean(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("text", sa.LargeBinary(), nullable=True),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_log_entry_household_id_household")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["sponsor_group.id"], name=op.f("fk_log_entry_group_id_sponsor_group")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_log_entry_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_entry")),
    )
    op.create_index(
        "ix_log_entry_household_id_created_at", "log_entry", ["household_id", "created_at"]
    )
    for column in COLUMNS:
        op.create_index(op.f(f"ix_log_entry_{column}"), "log_entry", [column])


def downgrade() -> None:
    op.drop_table("log_entry")
