"""Create the table of saved views."""

import sqlalchemy as sa
from alembic import op

revision = "0028_create_saved_views"
down_revision = "0027_create_reminders"


def upgrade() -> None:
    op.create_table(
        "saved_view",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=True),
        sa.Column("name_index", sa.String(), nullable=True),
        sa.Column("q", sa.LargeBinary(), nullable=True),
        sa.Column("stage", sa.String(), nullable=True),
        sa.Column("location", sa.String(), nullable=True),
        sa.Column("sort", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_saved_view_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
        sa.UniqueConstraint("user_id", "name_index", name=op.f("uq_saved_view_user_id_name_index")),
    )
    op.create_index(
        "uq_saved_view_default",
        "saved_view",
        ["user_id"],
        unique=True,
        sqlite_where=sa.text("is_default"),
        postgresql_where=sa.text("is_default"),
    )


def downgrade() -> None:
    op.drop_index("uq_saved_view_default", table_name="saved_view")
    op.drop_table("saved_view")
