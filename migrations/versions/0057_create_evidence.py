"""Create the table of the papers that sponsor groups send with their applications."""

import sqlalchemy as sa
from alembic import op

revision = "0057_create_evidence"
down_revision = "0056_create_erasures"


def upgrade() -> None:
    op.create_table(
        "application_evidence",
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["group_application.id"],
            name=op.f("fk_application_evidence_application_id_group_application"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["sponsor_group.id"],
            name=op.f("fk_application_evidence_group_id_sponsor_group"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_evidence")),
    )
    for column in ("application_id", "group_id"):
        op.create_index(op.f(f"ix_application_evidence_{column}"), "application_evidence", [column])


def downgrade() -> None:
    op.drop_table("application_evidence")
