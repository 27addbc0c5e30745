"""Keep what somebody has begun to write and not sent."""

import sqlalchemy as sa
from alembic import op

revision = "0016_create_drafts"
down_revision = "0015_create_complaints"


def upgrade() -> None:
    op.create_table(
        "draft",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=True),
        sa.Column("sealed_for", sa.Uuid(), nullable=False),
        sa.Column("endpoint", sa.String(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("nonce", sa.String(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("discarded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_draft_household_id_household")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_draft_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("user_id", "nonce", name=op.f("uq_draft_user_id_nonce")),
    )
    op.create_index(op.f("ix_draft_household_id"), "draft", ["household_id"], unique=False)
    op.create_index("ix_draft_user_id_path", "draft", ["user_id", "path"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_draft_user_id_path", table_name="draft")
    op.drop_index(op.f("ix_draft_household_id"), table_name="draft")
    op.drop_table("draft")
