"""Create the tables of a sponsor group's money."""

import sqlalchemy as sa
from alembic import op

revision = "0032_create_funds"
down_revision = "0031_create_family_links"


def upgrade() -> None:
    op.create_table(
        "fund_pledge",
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=True),
        sa.Column("cents", sa.Integer(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("pledged_on", sa.Date(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("pledger", sa.LargeBinary(), nullable=True),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("cents > 0", name=op.f("ck_fund_pledge_cents")),
        sa.CheckConstraint("months BETWEEN 1 AND 60", name=op.f("ck_fund_pledge_months")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["sponsor_group.id"], name=op.f("fk_fund_pledge_group_id_sponsor_group")
        ),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_fund_pledge_household_id_household")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_pledge")),
    )
    op.create_index(op.f("ix_fund_pledge_group_id"), "fund_pledge", ["group_id"], unique=False)
    op.create_index(
        op.f("ix_fund_pledge_household_id"), "fund_pledge", ["household_id"], unique=False
    )
    op.create_table(
        "fund_entry",
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("cents", sa.Integer(), nullable=False),
        sa.Column("valuation", sa.String(length=40), nullable=True),
        sa.Column("pledge_id", sa.Uuid(), nullable=True),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("reverses_id", sa.Uuid(), nullable=True),
        sa.Column("refunds_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("party", sa.LargeBinary(), nullable=True),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("no_receipt", sa.LargeBinary(), nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(reverses_id IS NULL AND cents > 0) OR (reverses_id IS NOT NULL AND cents < 0)",
            name=op.f("ck_fund_entry_cents"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["sponsor_group.id"], name=op.f("fk_fund_entry_group_id_sponsor_group")
        ),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_fund_entry_household_id_household")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["sponsor_member.id"],
            name=op.f("fk_fund_entry_member_id_sponsor_member"),
        ),
        sa.ForeignKeyConstraint(
            ["pledge_id"], ["fund_pledge.id"], name=op.f("fk_fund_entry_pledge_id_fund_pledge")
        ),
        sa.ForeignKeyConstraint(
            ["refunds_id"], ["fund_entry.id"], name=op.f("fk_fund_entry_refunds_id_fund_entry")
        ),
        sa.ForeignKeyConstraint(
            ["reverses_id"], ["fund_entry.id"], name=op.f("fk_fund_entry_reverses_id_fund_entry")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_entry")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_fund_entry_reverses_id")),
    )
    op.create_index(
        op.f("ix_fund_entry_group_id_happened_on"),
        "fund_entry",
        ["group_id", "happened_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_fund_entry_household_id"), "fund_entry", ["household_id"], unique=False
    )
    op.create_index(op.f("ix_fund_entry_member_id"), "fund_entry", ["member_id"], unique=False)
    op.create_index(op.f("ix_fund_entry_pledge_id"), "fund_entry", ["pledge_id"], unique=False)
    op.create_index(op.f("ix_fund_entry_refunds_id"), "fund_entry", ["refunds_id"], unique=False)
    op.create_table(
        "fund_receipt",
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
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
            ["entry_id"], ["fund_entry.id"], name=op.f("fk_fund_receipt_entry_id_fund_entry")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["sponsor_group.id"], name=op.f("fk_fund_receipt_group_id_sponsor_group")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_receipt")),
    )
    op.create_index(op.f("ix_fund_receipt_entry_id"), "fund_receipt", ["entry_id"], unique=False)
    op.create_index(op.f("ix_fund_receipt_group_id"), "fund_receipt", ["group_id"], unique=False)
    op.create_table(
        "fund_budget_line",
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=True),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("cents", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("cents >= 0", name=op.f("ck_fund_budget_line_cents")),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["sponsor_group.id"],
            name=op.f("fk_fund_budget_line_group_id_sponsor_group"),
        ),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["household.id"],
            name=op.f("fk_fund_budget_line_household_id_household"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_budget_line")),
    )
    op.create_index(
        op.f("ix_fund_budget_line_group_id"), "fund_budget_line", ["group_id"], unique=False
    )
    op.create_index(
        op.f("ix_fund_budget_line_household_id"), "fund_budget_line", ["household_id"], unique=False
    )
    op.create_index(
        "uq_fund_budget_line_group",
        "fund_budget_line",
        ["group_id", "category"],
        unique=True,
        sqlite_where=sa.text("household_id IS NULL"),
        postgresql_where=sa.text("household_id IS NULL"),
    )
    op.create_index(
        "uq_fund_budget_line_household",
        "fund_budget_line",
        ["group_id", "household_id", "category"],
        unique=True,
        sqlite_where=sa.text("household_id IS NOT NULL"),
        postgresql_where=sa.text("household_id IS NOT NULL"),
    )


def downgrade() -> None:
    for table in ("fund_budget_line", "fund_receipt", "fund_entry", "fund_pledge"):
        op.drop_table(table)
