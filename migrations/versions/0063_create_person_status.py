"""Dated, coded statuses of people: work, benefit, English and more."""

import sqlalchemy as sa
from alembic import op

revision = "0063_create_person_status"
down_revision = "0062_tell_steps_once"


def upgrade() -> None:
    op.create_table(
        "person_status",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column(
            "source",
            sa.Enum(
                "person",
                "unhcr",
                "inz",
                "sponsor",
                "provider",
                name="source",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("corrects_id", sa.Uuid(), nullable=True),
        sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("code", sa.LargeBinary(), nullable=True),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("corrected_because", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("known_on >= from_on", name=op.f("ck_person_status_known_since")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_person_status_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_status")),
    )
    op.create_index(
        op.f("ix_person_status_person_id"), "person_status", ["person_id"], unique=False
    )
    stands = sa.text("corrected_at IS NULL")
    op.create_index(
        "uq_person_status_one_a_day",
        "person_status",
        ["person_id", "kind", "from_on"],
        unique=True,
        sqlite_where=stands,
        postgresql_where=stands,
    )


def downgrade() -> None:
    op.drop_table("person_status")
