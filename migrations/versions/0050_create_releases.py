"""Create figures that leave the team, and the people of a day that they are made of."""

import sqlalchemy as sa
from alembic import op

revision = "0050_create_releases"
down_revision = "0049_create_surveys"


def upgrade() -> None:
    op.create_table(
        "release_gate",
        sa.Column("audience", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("audience", name=op.f("pk_release_gate")),
    )
    op.create_table(
        "release_snapshot",
        sa.Column("as_at", sa.Date(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release_snapshot")),
        sa.UniqueConstraint("as_at", name=op.f("uq_release_snapshot_as_at")),
    )
    _create_release()


def _create_release() -> None:
    op.create_table(
        "release",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("as_at", sa.Date(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "made",
                "released",
                "refused",
                name="releasestatus",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("definition", sa.JSON(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("refusal", sa.String(), nullable=True),
        sa.Column("snapshot_id", sa.Uuid(), nullable=True),
        sa.Column("data_hash", sa.String(), nullable=True),
        sa.Column("ledger", sa.LargeBinary(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["snapshot_id"],
            ["release_snapshot.id"],
            name=op.f("fk_release_snapshot_id_release_snapshot"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release")),
        sa.UniqueConstraint(
            "code", "by", "audience", "as_at", name=op.f("uq_release_code_by_audience_as_at")
        ),
    )
    op.create_index("ix_release_as_at", "release", ["as_at"])
    op.create_index("ix_release_snapshot_id", "release", ["snapshot_id"])


def downgrade() -> None:
    op.drop_table("release")
    op.drop_table("release_snapshot")
    op.drop_table("release_gate")
