"""Let sponsor groups make houses ready: who has looked, photos, defects of their own."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "0051_prepare_houses"
down_revision = "0050_create_releases"


def upgrade() -> None:
    with op.batch_alter_table("house_check") as table:
        table.add_column(sa.Column("group_id", sa.Uuid(), nullable=True))
        table.add_column(sa.Column("confirmed_by", sa.Uuid(), nullable=True))
        table.add_column(sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True))
        _of_group(table, "house_check")
    with op.batch_alter_table("house_defect") as table:
        table.add_column(sa.Column("group_id", sa.Uuid(), nullable=True))
        table.add_column(sa.Column("said", sa.LargeBinary(), nullable=True))
        table.add_column(sa.Column("landlord_told_on", sa.Date(), nullable=True))
        _of_group(table, "house_defect")
    _create_photos()
    with _while_others_write():
        for name in ("house_check", "house_defect"):
            if op.get_context().dialect.name == "postgresql":
                key = f"fk_{name}_group_id_sponsor_group"
                op.execute(f"ALTER TABLE {name} VALIDATE CONSTRAINT {key}")
            op.create_index(f"ix_{name}_group_id", name, ["group_id"], postgresql_concurrently=True)


def _of_group(table: BatchOperations, name: str) -> None:
    key = op.f(f"fk_{name}_group_id_sponsor_group")
    table.create_foreign_key(key, "sponsor_group", ["group_id"], ["id"], postgresql_not_valid=True)


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


@contextmanager
def _while_others_write() -> Iterator[None]:
    """Build in transactions of their own, which nobody waits for, where the database can."""
    context = op.get_context()
    if context.dialect.name != "postgresql":
        yield
        return
    with context.autocommit_block():
        op.execute("SET lock_timeout = 0")
        yield
        op.execute("SET lock_timeout = '5s'")


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
