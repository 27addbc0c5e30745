"""Share texts with a household and its sponsor group, and keep what was told in confidence."""

import sqlalchemy as sa
from alembic import op

revision = "0023_share_notes"
down_revision = "0022_create_crises"


def upgrade() -> None:
    op.add_column(
        "contact_note",
        sa.Column("confidential", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.create_table(
        "shared_note",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shared_by", sa.Uuid(), nullable=True),
        sa.Column("unshared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("unshared_by", sa.Uuid(), nullable=True),
        sa.Column("unshare_reason", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["sponsor_group.id"], name=op.f("fk_shared_note_group_id_sponsor_group")
        ),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_shared_note_household_id_household")
        ),
        sa.ForeignKeyConstraint(
            ["note_id"], ["contact_note.id"], name=op.f("fk_shared_note_note_id_contact_note")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shared_note")),
    )
    op.create_index(op.f("ix_shared_note_group_id"), "shared_note", ["group_id"], unique=False)
    op.create_index(
        op.f("ix_shared_note_household_id"), "shared_note", ["household_id"], unique=False
    )
    op.create_index("ix_shared_note_note_id", "shared_note", ["note_id"], unique=False)
    op.create_index(
        "uq_shared_note_live",
        "shared_note",
        ["note_id"],
        unique=True,
        sqlite_where=sa.text("unshared_at IS NULL"),
        postgresql_where=sa.text("unshared_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_index("uq_shared_note_live", table_name="shared_note")
    op.drop_index("ix_shared_note_note_id", table_name="shared_note")
    op.drop_index(op.f("ix_shared_note_household_id"), table_name="shared_note")
    op.drop_index(op.f("ix_shared_note_group_id"), table_name="shared_note")
    op.drop_table("shared_note")
    op.drop_column("contact_note", "confidential")
