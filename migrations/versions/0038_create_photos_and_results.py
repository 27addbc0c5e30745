"""Photos of defects, and what came of each case when many were held at once."""

import sqlalchemy as sa
from alembic import op

revision = "0038_create_photos_and_results"
down_revision = "0037_create_voices"


def upgrade() -> None:
    op.create_table(
        "defect_photo",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("defect_id", sa.Uuid(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["defect_id"],
            ["house_defect.id"],
            name=op.f("fk_defect_photo_defect_id_house_defect"),
        ),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_defect_photo_household_id_household")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_defect_photo")),
    )
    op.create_index(op.f("ix_defect_photo_defect_id"), "defect_photo", ["defect_id"])
    op.create_index(op.f("ix_defect_photo_household_id"), "defect_photo", ["household_id"])
    op.create_table(
        "hold_result",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column(
            "way",
            sa.Enum("hold", "extend", "release", name="way", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_by", sa.Uuid(), nullable=True),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["resettlement_case.id"],
            name=op.f("fk_hold_result_case_id_resettlement_case"),
        ),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_hold_result_household_id_household")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hold_result")),
    )
    for column in ("batch_id", "case_id", "done_at", "household_id"):
        op.create_index(op.f(f"ix_hold_result_{column}"), "hold_result", [column])


def downgrade() -> None:
    op.drop_table("hold_result")
    op.drop_table("defect_photo")
