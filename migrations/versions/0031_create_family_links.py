"""Create the table of one-time links, accounts without a password, and the reader's language."""

import sqlalchemy as sa
from alembic import op

revision = "0031_create_family_links"
down_revision = "0030_hand_drafts_over"

ACCOUNT = sa.table("user_account", sa.column("id", sa.Uuid()), sa.column("email", sa.String()))


def upgrade() -> None:
    with op.batch_alter_table("user_account") as batch:
        batch.alter_column("email", existing_type=sa.String(), nullable=True)
        batch.add_column(sa.Column("language", sa.String(), nullable=True))
    op.add_column("user_session", sa.Column("link_id", sa.Uuid(), nullable=True))
    op.create_table(
        "family_link",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("auth_epoch", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_family_link_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_family_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_family_link_token_hash")),
    )
    op.create_index(op.f("ix_family_link_user_id"), "family_link", ["user_id"])
    op.create_index(op.f("ix_family_link_person_id"), "family_link", ["person_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_family_link_person_id"), table_name="family_link")
    op.drop_index(op.f("ix_family_link_user_id"), table_name="family_link")
    op.drop_table("family_link")
    op.drop_column("user_session", "link_id")
    # Who had no address gets one that no mail can reach.
    nowhere = sa.cast(ACCOUNT.c.id, sa.String()) + "@by-link.invalid"
    op.execute(ACCOUNT.update().where(ACCOUNT.c.email.is_(None)).values(email=nowhere))
    with op.batch_alter_table("user_account") as batch:
        batch.drop_column("language")
        batch.alter_column("email", existing_type=sa.String(), nullable=False)
