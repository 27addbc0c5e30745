"""Create the tables of reports, and record when one was accepted."""

import sqlalchemy as sa
from alembic import op

revision = "0041_create_reports"
down_revision = "0040_create_messages"


def upgrade() -> None:
    op.add_column("report_due", sa.Column("accepted_on", sa.Date(), nullable=True))
    op.create_table(
        "group_report",
        sa.Column("report_due_id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=False),
        sa.Column("submitted_by", sa.Uuid(), nullable=True),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("reviewed_by", sa.Uuid(), nullable=True),
        sa.Column("statuses", sa.JSON(), nullable=False),
        sa.Column("milestones_met", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("contacts", sa.Integer(), nullable=False),
        sa.Column("spent_cents", sa.Integer(), nullable=False),
        sa.Column("facts", sa.LargeBinary(), nullable=True),
        sa.Column("sentences", sa.LargeBinary(), nullable=True),
        sa.Column("worries", sa.LargeBinary(), nullable=True),
        sa.Column("needs", sa.LargeBinary(), nullable=True),
        sa.Column("referrals", sa.LargeBinary(), nullable=True),
        sa.Column("members", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["sponsor_group.id"], name=op.f("fk_group_report_group_id_sponsor_group")
        ),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_group_report_household_id_household")
        ),
        sa.ForeignKeyConstraint(
            ["report_due_id"],
            ["report_due.id"],
            name=op.f("fk_group_report_report_due_id_report_due"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_report")),
        sa.UniqueConstraint(
            "report_due_id", "edition", name=op.f("uq_group_report_report_due_id_edition")
        ),
    )
    op.create_index(op.f("ix_group_report_group_id"), "group_report", ["group_id"], unique=False)
    op.create_index(
        op.f("ix_group_report_household_id"), "group_report", ["household_id"], unique=False
    )
    op.create_table(
        "report_comment",
        sa.Column("group_report_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_report_id"],
            ["group_report.id"],
            name=op.f("fk_report_comment_group_report_id_group_report"),
        ),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["household.id"],
            name=op.f("fk_report_comment_household_id_household"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_comment")),
        sa.UniqueConstraint(
            "group_report_id", "line", name=op.f("uq_report_comment_group_report_id_line")
        ),
    )
    op.create_index(
        op.f("ix_report_comment_household_id"), "report_comment", ["household_id"], unique=False
    )
    op.create_table(
        "family_section",
        sa.Column("report_due_id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("said", sa.String(length=40), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("comment", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("rating BETWEEN 1 AND 5", name=op.f("ck_family_section_rating")),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["sponsor_group.id"],
            name=op.f("fk_family_section_group_id_sponsor_group"),
        ),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["household.id"],
            name=op.f("fk_family_section_household_id_household"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_family_section_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["report_due_id"],
            ["report_due.id"],
            name=op.f("fk_family_section_report_due_id_report_due"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_family_section")),
        sa.UniqueConstraint(
            "report_due_id", "person_id", name=op.f("uq_family_section_report_due_id_person_id")
        ),
    )
    op.create_index(
        op.f("ix_family_section_group_id"), "family_section", ["group_id"], unique=False
    )
    op.create_index(
        op.f("ix_family_section_household_id"), "family_section", ["household_id"], unique=False
    )
    op.create_index(
        op.f("ix_family_section_person_id"), "family_section", ["person_id"], unique=False
    )


def downgrade() -> None:
    for table in ("family_section", "report_comment", "group_report"):
        op.drop_table(table)
    op.drop_column("report_due", "accepted_on")
