"""What was imported, when and by whom."""

import sqlalchemy as sa
from alembic import op

revision = "0010_create_imports"
down_revision = "0009_create_milestones"


def upgrade() -> None:
    op.create_table(
        "checked_upload",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("file_name", sa.LargeBinary(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("report", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_checked_upload_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checked_upload")),
    )
    op.create_index(op.f("ix_checked_upload_user_id"), "checked_upload", ["user_id"], unique=False)
    op.create_table(
        "import_batch",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("form_version", sa.String(), nullable=False),
        sa.Column("code_system", sa.String(), nullable=False),
        sa.Column("programme_code", sa.String(), nullable=False),
        sa.Column("programme_version", sa.Integer(), nullable=False),
        sa.Column("imported_by", sa.Uuid(), nullable=True),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_count", sa.Integer(), nullable=False),
        sa.Column("person_count", sa.Integer(), nullable=False),
        sa.Column("notice_count", sa.Integer(), nullable=False),
        sa.Column("warning_count", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["imported_by"],
            ["user_account.id"],
            name=op.f("fk_import_batch_imported_by_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
        sa.UniqueConstraint("sha256", name=op.f("uq_import_batch_sha256")),
    )
    op.create_index(
        op.f("ix_import_batch_imported_by"), "import_batch", ["imported_by"], unique=False
    )
    op.create_table(
        "imported_case",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("as_submitted", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_imported_case_batch_id_import_batch")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["resettlement_case.id"],
            name=op.f("fk_imported_case_case_id_resettlement_case"),
        ),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_imported_case_household_id_household")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imported_case")),
        sa.UniqueConstraint("case_id", name=op.f("uq_imported_case_case_id")),
    )
    op.create_index(op.f("ix_imported_case_batch_id"), "imported_case", ["batch_id"], unique=False)
    op.create_index(
        op.f("ix_imported_case_household_id"), "imported_case", ["household_id"], unique=False
    )
    op.create_table(
        "imported_person",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("other_facts", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_imported_person_batch_id_import_batch")
        ),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["household.id"],
            name=op.f("fk_imported_person_household_id_household"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_imported_person_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imported_person")),
        sa.UniqueConstraint("person_id", name=op.f("uq_imported_person_person_id")),
    )
    op.create_index(
        op.f("ix_imported_person_batch_id"), "imported_person", ["batch_id"], unique=False
    )
    op.create_index(
        op.f("ix_imported_person_household_id"), "imported_person", ["household_id"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_imported_person_household_id"), table_name="imported_person")
    op.drop_index(op.f("ix_imported_person_batch_id"), table_name="imported_person")
    op.drop_table("imported_person")
    op.drop_index(op.f("ix_imported_case_household_id"), table_name="imported_case")
    op.drop_index(op.f("ix_imported_case_batch_id"), table_name="imported_case")
    op.drop_table("imported_case")
    op.drop_index(op.f("ix_import_batch_imported_by"), table_name="import_batch")
    op.drop_table("import_batch")
    op.drop_index(op.f("ix_checked_upload_user_id"), table_name="checked_upload")
    op.drop_table("checked_upload")
