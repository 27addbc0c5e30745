"""Two records of one person that became one, and what is needed to make them two again."""

import sqlalchemy as sa
from alembic import op

revision = "0020_create_person_merges"
down_revision = "0019_create_household_changes"

UNDER_WAY = sa.text("status IN ('proposed', 'merged', 'parting')")


def upgrade() -> None:
    op.create_table(
        "person_merge",
        sa.Column("candidate_id", sa.Uuid(), nullable=False),
        sa.Column("kept_id", sa.Uuid(), nullable=False),
        sa.Column("gone_id", sa.Uuid(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "proposed",
                "withdrawn",
                "merged",
                "parting",
                "parted",
                name="mergestatus",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("taken", sa.JSON(), nullable=False),
        sa.Column("kept_version", sa.Integer(), nullable=False),
        sa.Column("gone_version", sa.Integer(), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=True),
        sa.Column("merged_by", sa.Uuid(), nullable=True),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("parting_by", sa.Uuid(), nullable=True),
        sa.Column("parted_by", sa.Uuid(), nullable=True),
        sa.Column("parted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("before", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("kept_id <> gone_id", name=op.f("ck_person_merge_two_records")),
        sa.ForeignKeyConstraint(
            ["candidate_id"],
            ["duplicate_candidate.id"],
            name=op.f("fk_person_merge_candidate_id_duplicate_candidate"),
        ),
        sa.ForeignKeyConstraint(
            ["gone_id"], ["person.id"], name=op.f("fk_person_merge_gone_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["kept_id"], ["person.id"], name=op.f("fk_person_merge_kept_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_merge")),
    )
    op.create_index(
        op.f("ix_person_merge_candidate_id"), "person_merge", ["candidate_id"], unique=False
    )
    op.create_index(op.f("ix_person_merge_gone_id"), "person_merge", ["gone_id"], unique=False)
    op.create_index(op.f("ix_person_merge_kept_id"), "person_merge", ["kept_id"], unique=False)
    op.create_index(
        "uq_person_merge_one_at_a_time",
        "person_merge",
        ["gone_id"],
        unique=True,
        sqlite_where=UNDER_WAY,
        postgresql_where=UNDER_WAY,
    )


def downgrade() -> None:
    op.drop_index("uq_person_merge_one_at_a_time", table_name="person_merge")
    op.drop_index(op.f("ix_person_merge_kept_id"), table_name="person_merge")
    op.drop_index(op.f("ix_person_merge_gone_id"), table_name="person_merge")
    op.drop_index(op.f("ix_person_merge_candidate_id"), table_name="person_merge")
    op.drop_table("person_merge")
