"""Keep what people were reminded of, and how they want to be."""

import sqlalchemy as sa
from alembic import op

revision = "0027_create_reminders"
down_revision = "0026_create_upkeep"


def upgrade() -> None:
    op.create_table(
        "reminder_choice",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column(
            "mailing",
            sa.Enum("off", "daily", "at_once", name="mailing", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("digest_at", sa.Time(), nullable=False),
        sa.Column("quiet_from", sa.Time(), nullable=False),
        sa.Column("quiet_until", sa.Time(), nullable=False),
        sa.Column("digest_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user_account.id"],
            name=op.f("fk_reminder_choice_user_id_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_choice")),
        sa.UniqueConstraint("user_id", name=op.f("uq_reminder_choice_user_id")),
    )
    op.create_table(
        "reminder",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column(
            "source",
            sa.Enum(
                "incident",
                "continuity",
                "contact",
                "task",
                "milestone",
                "consent",
                "report",
                "hold",
                "duplicate",
                "checklist",
                name="source",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mailed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_reminder_household_id_household")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_reminder_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint(
            "user_id",
            "source",
            "subject_id",
            "due_on",
            name=op.f("uq_reminder_user_id_source_subject_id_due_on"),
        ),
    )
    op.create_index(op.f("ix_reminder_household_id"), "reminder", ["household_id"], unique=False)
    op.create_index("ix_reminder_user_id_made_at", "reminder", ["user_id", "made_at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_reminder_user_id_made_at", table_name="reminder")
    op.drop_index(op.f("ix_reminder_household_id"), table_name="reminder")
    op.drop_table("reminder")
    op.drop_table("reminder_choice")
