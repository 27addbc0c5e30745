"""Record whose a house is, what it has, what households need of one, and where each lived."""

import sqlalchemy as sa
from alembic import op

revision = "0046_fit_houses"
down_revision = "0045_create_supervision"


def upgrade() -> None:
    kinds = (
        "private",
        "public_housing",
        "community_provider",
        "church_or_sponsor",
        "family_or_friends",
        "other",
    )
    kind = sa.Enum(*kinds, name="landlordkind", native_enum=False, length=40)
    op.add_column("dwelling", sa.Column("landlord_kind", kind, nullable=True))
    op.add_column("dwelling", sa.Column("landlord", sa.LargeBinary(), nullable=True))
    op.add_column("dwelling", sa.Column("features", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("placement", sa.Column("address", sa.LargeBinary(), nullable=True))
    op.create_table(
        "housing_need",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("step_free", sa.Boolean(), nullable=False),
        sa.Column("features", sa.JSON(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("weekly_income", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_housing_need_household_id_household")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_housing_need")),
    )
    op.create_index("ix_housing_need_household_id", "housing_need", ["household_id"])


def downgrade() -> None:
    op.drop_table("housing_need")
    op.drop_column("placement", "address")
    op.drop_column("dwelling", "features")
    op.drop_column("dwelling", "landlord")
    op.drop_column("dwelling", "landlord_kind")
