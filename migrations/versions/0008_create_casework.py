"""Contact notes, tasks and incidents."""

import sqlalchemy as sa
from alembic import op

revision = "0008_create_casework"
down_revision = "0007_create_placements"


def upgrade() -> None:
    op.create_table(
        "contact_note",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("amends_id", sa.Uuid(), nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "channel",
            sa.Enum(
                "visit",
                "phone",
                "message",
                "video",
                "office",
                "interagency",
                "email",
                name="channel",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "visibility",
            sa.Enum(
                "staff",
                "staff_and_sponsor",
                "safeguarding",
                "health",
                name="visibility",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("interpreter_used", sa.Boolean(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("domains", sa.JSON(), nullable=False),
        sa.Column("next_due", sa.Date(), nullable=True),
        sa.Column("present", sa.LargeBinary(), nullable=True),
        sa.Column("interpreter", sa.LargeBinary(), nullable=True),
        sa.Column("text", sa.LargeBinary(), nullable=True),
        sa.Column("next_action", sa.LargeBinary(), nullable=True),
        sa.Column("risk", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["amends_id"], ["contact_note.id"], name=op.f("fk_contact_note_amends_id_contact_note")
        ),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_contact_note_household_id_household")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_note")),
        sa.UniqueConstraint("amends_id", name=op.f("uq_contact_note_amends_id")),
    )
    op.create_index(
        "ix_contact_note_household_id_occurred_at",
        "contact_note",
        ["household_id", "occurred_at"],
        unique=False,
    )
    op.create_table(
        "incident",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("safeguarding", sa.Boolean(), nullable=False),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum("open", "closed", name="incidentstatus", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reported_by", sa.Uuid(), nullable=True),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("source_id", sa.Uuid(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("kind", sa.LargeBinary(), nullable=True),
        sa.Column("text", sa.LargeBinary(), nullable=True),
        sa.Column("immediate_safety", sa.LargeBinary(), nullable=True),
        sa.Column("notified", sa.LargeBinary(), nullable=True),
        sa.Column("outcome", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_incident_household_id_household")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
    )
    op.create_index(op.f("ix_incident_household_id"), "incident", ["household_id"], unique=False)
    op.create_index(op.f("ix_incident_source_id"), "incident", ["source_id"], unique=False)
    op.create_table(
        "task",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column(
            "category",
            sa.Enum(
                "transport",
                "shopping",
                "appointment",
                "paperwork",
                "house",
                "furniture",
                "school",
                "health",
                "english_practice",
                "job_search",
                "driving",
                "childcare",
                "social",
                "interpreting",
                "fundraising",
                "admin",
                "other",
                name="category",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("assignee_id", sa.Uuid(), nullable=True),
        sa.Column(
            "handover",
            sa.Enum(
                "accompanied",
                "prompted",
                "led_by_family",
                name="handoverlevel",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "open",
                "doing",
                "done",
                "cancelled",
                name="taskstatus",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column(
            "created_from",
            sa.Enum("person", "note", "incident", name="taskorigin", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("source_id", sa.Uuid(), nullable=True),
        sa.Column("detail", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_task_household_id_household")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_task_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
    )
    op.create_index("ix_task_assignee_id_due_on", "task", ["assignee_id", "due_on"], unique=False)
    op.create_index("ix_task_household_id_due_on", "task", ["household_id", "due_on"], unique=False)
    op.create_index(op.f("ix_task_person_id"), "task", ["person_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_task_person_id"), table_name="task")
    op.drop_index("ix_task_household_id_due_on", table_name="task")
    op.drop_index("ix_task_assignee_id_due_on", table_name="task")
    op.drop_table("task")
    op.drop_index(op.f("ix_incident_source_id"), table_name="incident")
    op.drop_index(op.f("ix_incident_household_id"), table_name="incident")
    op.drop_table("incident")
    op.drop_index("ix_contact_note_household_id_occurred_at", table_name="contact_note")
    op.drop_table("contact_note")
