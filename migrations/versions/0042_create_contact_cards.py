"""Create the contact cards of households."""

import sqlalchemy as sa
from alembic import op

revision = "0042_create_contact_cards"
down_revision = "0041_create_reports"


def upgrade() -> None:
    op.create_table(
        "card_topic",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("family_calls", sa.LargeBinary(), nullable=True),
        sa.Column("family_phone", sa.LargeBinary(), nullable=True),
        sa.Column("group_calls", sa.LargeBinary(), nullable=True),
        sa.Column("group_phone", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_card_topic_household_id_household")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["sponsor_group.id"], name=op.f("fk_card_topic_group_id_sponsor_group")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_topic")),
        sa.UniqueConstraint(
            "household_id",
            "group_id",
            "topic",
            name=op.f("uq_card_topic_household_id_group_id_topic"),
        ),
    )
    op.create_index("ix_card_topic_group_id", "card_topic", ["group_id"])


def downgrade() -> None:
    op.drop_table("card_topic")
