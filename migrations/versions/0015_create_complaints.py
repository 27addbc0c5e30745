"""Complaints, with the day by which each is acknowledged."""

import sqlalchemy as sa
from alembic import op

revision = "0015_create_complaints"
down_revision = "0014_create_queue_marks"


def upgrade() -> None:
    op.create_table(
        "complaint",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column(
            "complainant",
            sa.Enum(
                "person",
                "household",
                "somebody_for_them",
                name="complainant",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "channel",
            sa.Enum(
                "own_account",
                "in_person",
                "phone",
                "message",
                "letter",
                "email",
                "passed_on",
                name="complaintchannel",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column(
            "about",
            sa.Enum(
                "sponsor_group",
                "staff",
                "service",
                "other",
                name="about",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("about_group_id", sa.Uuid(), nullable=True),
        sa.Column("about_user_id", sa.Uuid(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "received",
                "acknowledged",
                "resolved",
                name="complaintstatus",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("acknowledged_on", sa.Date(), nullable=True),
        sa.Column("acknowledged_by", sa.Uuid(), nullable=True),
        sa.Column("resolved_on", sa.Date(), nullable=True),
        sa.Column("resolved_by", sa.Uuid(), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "upheld",
                "partly_upheld",
                "not_upheld",
                "taken_back",
                "passed_on",
                name="outcome",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("task_id", sa.Uuid(), nullable=True),
        sa.Column("text", sa.LargeBinary(), nullable=True),
        sa.Column("in_english", sa.LargeBinary(), nullable=True),
        sa.Column("wanted", sa.LargeBinary(), nullable=True),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["about_group_id"],
            ["sponsor_group.id"],
            name=op.f("fk_complaint_about_group_id_sponsor_group"),
        ),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_complaint_household_id_household")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_complaint_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint")),
    )
    op.create_index(
        op.f("ix_complaint_about_group_id"), "complaint", ["about_group_id"], unique=False
    )
    op.create_index(
        op.f("ix_complaint_about_user_id"), "complaint", ["about_user_id"], unique=False
    )
    op.create_index(op.f("ix_complaint_due_on"), "complaint", ["due_on"], unique=False)
    op.create_index(op.f("ix_complaint_household_id"), "complaint", ["household_id"], unique=False)
    op.create_index(op.f("ix_complaint_person_id"), "complaint", ["person_id"], unique=False)
    op.create_index(op.f("ix_complaint_status"), "complaint", ["status"], unique=False)


def downgrade() -> None:
    op.drop_table("complaint")
