"""Keep what members of sponsor groups, and managers, were told of."""

import sqlalchemy as sa
from alembic import op

revision = "0060_create_group_reminders"
down_revision = "0059_create_audit_seen"


def upgrade() -> None:
    op.create_table(
        "group_reminder",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "thread",
                "group_message",
                "vetting",
                "training",
                "approval",
                "deed",
                name="kind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("group_id", sa.Uuid(), nullable=True),
        sa.Column("household_id", sa.Uuid(), nullable=True),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mailed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["sponsor_group.id"],
            name=op.f("fk_group_reminder_group_id_sponsor_group"),
        ),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["household.id"],
            name=op.f("fk_group_reminder_household_id_household"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user_account.id"],
            name=op.f("fk_group_reminder_user_id_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_reminder")),
        sa.UniqueConstraint(
            "user_id",
            "kind",
            "subject_id",
            "due_on",
            "stage",
            name=op.f("uq_group_reminder_user_id_kind_subject_id_due_on_stage"),
        ),
    )
    op.create_index(op.f("ix_group_reminder_group_id"), "group_reminder", ["group_id"])
    op.create_index(op.f("ix_group_reminder_household_id"), "group_reminder", ["household_id"])
    op.create_index("ix_group_reminder_user_id_made_at", "group_reminder", ["user_id", "made_at"])


def downgrade() -> None:
    op.drop_table("group_reminder")
