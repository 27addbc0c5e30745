"""Let sponsor groups make houses ready: who has looked, photos, defects of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0051_prepare_houses"
down_revision = "0050_create_releases"


def upgrade() -> None:
    with op.batch_alter_table("house_check") as table:
        table.add_column(sa.Column("group_id", sa.Uuid(), nullable=True))
        table.add_column(sa.Column("confirmed_by", sa.Uuid(), nullable=True))
        table.add_column(sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True))
        table.create_foreign_key(
            op.f("fk_house_check_group_id_sponsor_group"), "sponsor_group", ["group_id"], ["id"]
        )
        table.create_index("ix_house_check_group_id", ["group_id"])
    with op.batch_alter_table("house_defect") as table:
        table.add_column(sa.Column("group_id", sa.Uuid(), nullable=True))
        table.add_column(sa.Column("said", sa.LargeBinary(), nullable=True))
        table.add_column(sa.Column("landlord_told_on", sa.Date(), nullable=True))
        table.create_foreign_key(
            op.f("fk_house_defect_group_id_sponsor_group"), "sponsor_group", ["group_id"], ["id"]
        )
        table.create_index("ix_house_defect_group_id", ["group_id"])
    _create_photos()


def _create_photos() -> None:
    op.create_table(
        "house_photo",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("dwelling_id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("item_code", sa.String(), nullable=True),
        sa.Column("defect_id", sa.Uuid(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_house_photo_household_id_household")
        ),
        sa.ForeignKeyConstraint(
            ["dwelling_id"], ["dwelling.id"], name=op.f("fk_house_photo_dwelling_id_dwelling")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["sponsor_group.id"], name=op.f("fk_house_photo_group_id_sponsor_group")
        ),
        sa.ForeignKeyConstraint(
            ["defect_id"], ["house_defect.id"], name=op.f("fk_house_photo_defect_id_house_defect")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_house_photo")),
    )
    for column in ("household_id", "dwelling_id", "group_id", "defect_id"):
        op.create_index(f"ix_house_photo_{column}", "house_photo", [column])


def downgrade() -> None:
    op.drop_table("house_photo")
    with op.batch_alter_table("house_defect") as table:
        table.drop_index("ix_house_defect_group_id")
        table.drop_constraint(op.f("fk_house_defect_group_id_sponsor_group"), type_="foreignkey")
        table.drop_column("landlord_told_on")
        table.drop_column("said")
        table.drop_column("group_id")
    with op.batch_alter_table("house_check") as table:
        table.drop_index("ix_house_check_group_id")
        table.drop_constraint(op.f("fk_house_check_group_id_sponsor_group"), type_="foreignkey")
        table.drop_column("confirmed_at")
        table.drop_column("confirmed_by")
        table.drop_column("group_id")
