"""Milestones and what became of them."""

import sqlalchemy as sa
from alembic import op

revision = "0009_create_milestones"
down_revision = "0008_create_casework"


def upgrade() -> None:
    op.create_table(
        "milestone",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("domain", sa.String(), nullable=False),
        sa.Column("programme_code", sa.String(), nullable=False),
        sa.Column("programme_version", sa.Integer(), nullable=False),
        sa.Column("location_bound", sa.Boolean(), nullable=False),
        sa.Column("restricted", sa.Boolean(), nullable=False),
        sa.Column("deadline", sa.Boolean(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("due_rule", sa.String(), nullable=False),
        sa.Column("own_anchor", sa.Boolean(), nullable=False),
        sa.Column("due_overridden", sa.Boolean(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "not_started",
                "in_progress",
                "met",
                "not_applicable",
                "waived",
                "blocked",
                name="status",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("met_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column(
            "evidence_type",
            sa.Enum(
                "note",
                "document",
                "letter",
                "checklist",
                "attendance",
                "statement",
                "other",
                name="evidencetype",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("evidence", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("waived_by", sa.Uuid(), nullable=True),
        sa.Column("blocker_owner_id", sa.Uuid(), nullable=True),
        sa.Column("private", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_milestone_household_id_household")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_milestone_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone")),
        sa.UniqueConstraint(
            "household_id",
            "person_id",
            "code",
            "round",
            name=op.f("uq_milestone_household_id_person_id_code_round"),
        ),
    )
    op.create_index("ix_milestone_due_on", "milestone", ["due_on", "status"], unique=False)
    op.create_index(
        "ix_milestone_household_id_due_on", "milestone", ["household_id", "due_on"], unique=False
    )
    op.create_index(op.f("ix_milestone_person_id"), "milestone", ["person_id"], unique=False)
    op.create_index(
        "uq_milestone_of_household",
        "milestone",
        ["household_id", "code", "round"],
        unique=True,
        sqlite_where=sa.text("person_id IS NULL"),
        postgresql_where=sa.text("person_id IS NULL"),
    )
    op.create_table(
        "milestone_change",
        sa.Column("milestone_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column(
            "from_status",
            sa.Enum(
                "not_started",
                "in_progress",
                "met",
                "not_applicable",
                "waived",
                "blocked",
                name="status",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "to_status",
            sa.Enum(
                "not_started",
                "in_progress",
                "met",
                "not_applicable",
                "waived",
                "blocked",
                name="status",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["household.id"],
            name=op.f("fk_milestone_change_household_id_household"),
        ),
        sa.ForeignKeyConstraint(
            ["milestone_id"],
            ["milestone.id"],
            name=op.f("fk_milestone_change_milestone_id_milestone"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone_change")),
    )
    op.create_index(
        op.f("ix_milestone_change_household_id"), "milestone_change", ["household_id"], unique=False
    )
    op.create_index(
        op.f("ix_milestone_change_milestone_id"), "milestone_change", ["milestone_id"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_milestone_change_milestone_id"), table_name="milestone_change")
    op.drop_index(op.f("ix_milestone_change_household_id"), table_name="milestone_change")
    op.drop_table("milestone_change")
    op.drop_index(
        "uq_milestone_of_household",
        table_name="milestone",
        sqlite_where=sa.text("person_id IS NULL"),
        postgresql_where=sa.text("person_id IS NULL"),
    )
    op.drop_index(op.f("ix_milestone_person_id"), table_name="milestone")
    op.drop_index("ix_milestone_household_id_due_on", table_name="milestone")
    op.drop_index("ix_milestone_due_on", table_name="milestone")
    op.drop_table("milestone")
