"""Create the pulse of sponsor groups: who was asked, and what was answered, apart."""

import sqlalchemy as sa
from alembic import op

revision = "0054_create_pulses"
down_revision = "0053_create_board"


def upgrade() -> None:
    op.create_table(
        "pulse_invitation",
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=True),
        sa.Column("answered", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["sponsor_group.id"],
            name=op.f("fk_pulse_invitation_group_id_sponsor_group"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_pulse_invitation_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pulse_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_pulse_invitation_token_hash")),
        sa.UniqueConstraint(
            "group_id",
            "user_id",
            "opened_on",
            name=op.f("uq_pulse_invitation_group_id_user_id_opened_on"),
        ),
    )
    op.create_index(
        "ix_pulse_invitation_user_id_closes_on", "pulse_invitation", ["user_id", "closes_on"]
    )
    op.create_table(
        "pulse_answer",
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("value BETWEEN 1 AND 5", name=op.f("ck_pulse_answer_value")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["sponsor_group.id"], name=op.f("fk_pulse_answer_group_id_sponsor_group")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pulse_answer")),
    )
    op.create_index("ix_pulse_answer_group_id_opened_on", "pulse_answer", ["group_id", "opened_on"])


def downgrade() -> None:
    op.drop_table("pulse_answer")
    op.drop_table("pulse_invitation")
