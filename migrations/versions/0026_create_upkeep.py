"""Defects of houses, their ratings, and power bills."""

import sqlalchemy as sa
from alembic import op

revision = "0026_create_upkeep"
down_revision = "0025_create_packs"


def upgrade() -> None:
    op.create_table(
        "house_defect",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("dwelling_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "heating",
                "damp",
                "water",
                "power",
                "security",
                "appliance",
                "other",
                name="defectkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("mended_on", sa.Date(), nullable=True),
        sa.Column("text", sa.LargeBinary(), nullable=True),
        sa.Column("landlord", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dwelling_id"], ["dwelling.id"], name=op.f("fk_house_defect_dwelling_id_dwelling")
        ),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_house_defect_household_id_household")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_house_defect")),
    )
    op.create_index(
        op.f("ix_house_defect_dwelling_id"), "house_defect", ["dwelling_id"], unique=False
    )
    op.create_index(
        op.f("ix_house_defect_household_id"), "house_defect", ["household_id"], unique=False
    )
    op.create_table(
        "house_rating",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("dwelling_id", sa.Uuid(), nullable=False),
        sa.Column("rated_on", sa.Date(), nullable=False),
        sa.Column("warm", sa.Integer(), nullable=True),
        sa.Column("dry", sa.Integer(), nullable=True),
        sa.Column("safe", sa.Integer(), nullable=True),
        sa.Column("affordable", sa.Integer(), nullable=True),
        sa.Column("enough_space", sa.Integer(), nullable=True),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("affordable BETWEEN 1 AND 5", name=op.f("ck_house_rating_affordable")),
        sa.CheckConstraint("dry BETWEEN 1 AND 5", name=op.f("ck_house_rating_dry")),
        sa.CheckConstraint(
            "enough_space BETWEEN 1 AND 5", name=op.f("ck_house_rating_enough_space")
        ),
        sa.CheckConstraint("safe BETWEEN 1 AND 5", name=op.f("ck_house_rating_safe")),
        sa.CheckConstraint("warm BETWEEN 1 AND 5", name=op.f("ck_house_rating_warm")),
        sa.ForeignKeyConstraint(
            ["dwelling_id"], ["dwelling.id"], name=op.f("fk_house_rating_dwelling_id_dwelling")
        ),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_house_rating_household_id_household")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_house_rating")),
    )
    op.create_index(
        op.f("ix_house_rating_dwelling_id"), "house_rating", ["dwelling_id"], unique=False
    )
    op.create_index(
        op.f("ix_house_rating_household_id"), "house_rating", ["household_id"], unique=False
    )
    op.create_table(
        "power_bill",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("dwelling_id", sa.Uuid(), nullable=False),
        sa.Column("billed_on", sa.Date(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("cold", sa.Boolean(), nullable=False),
        sa.Column("amount", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dwelling_id"], ["dwelling.id"], name=op.f("fk_power_bill_dwelling_id_dwelling")
        ),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_power_bill_household_id_household")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_power_bill")),
    )
    op.create_index(op.f("ix_power_bill_dwelling_id"), "power_bill", ["dwelling_id"], unique=False)
    op.create_index(
        op.f("ix_power_bill_household_id"), "power_bill", ["household_id"], unique=False
    )


def downgrade() -> None:
    op.drop_table("power_bill")
    op.drop_table("house_rating")
    op.drop_table("house_defect")
