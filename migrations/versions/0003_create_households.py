"""Households, the people in them and since when."""

import sqlalchemy as sa
from alembic import op

revision = "0003_create_households"
down_revision = "0002_create_accounts"


def upgrade() -> None:
    op.create_table(
        "household",
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("display_name", sa.String(), nullable=False),
        sa.Column(
            "stream",
            sa.Enum(
                "quota",
                "cors",
                "rfsc",
                "convention",
                "afghan_interpreter",
                "afghan_response",
                "other",
                name="stream",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("programme_code", sa.String(), nullable=False),
        sa.Column("programme_version", sa.Integer(), nullable=False),
        sa.Column("primary_language", sa.String(), nullable=False),
        sa.Column("needs_interpreter", sa.Boolean(), nullable=False),
        sa.Column("preferred_contact", sa.String(), nullable=True),
        sa.Column("location", sa.String(), nullable=True),
        sa.Column("provider", sa.String(), nullable=True),
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
        sa.Column("arrived_on", sa.Date(), nullable=True),
        sa.Column("placed_on", sa.Date(), nullable=True),
        sa.Column("support_start_on", sa.Date(), nullable=True),
        sa.Column("support_end_on", sa.Date(), nullable=True),
        sa.Column("exited_on", sa.Date(), nullable=True),
        sa.Column("exit_reason", sa.String(), nullable=True),
        sa.Column("risk_level", sa.LargeBinary(), nullable=True),
        sa.Column("notes_summary", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household")),
        sa.UniqueConstraint("reference", name=op.f("uq_household_reference")),
    )
    op.create_index(op.f("ix_household_location"), "household", ["location"], unique=False)
    op.create_table(
        "person",
        sa.Column("family_name", sa.String(), nullable=False),
        sa.Column("given_name", sa.String(), nullable=False),
        sa.Column("other_names", sa.String(), nullable=False),
        sa.Column("preferred_name", sa.String(), nullable=True),
        sa.Column("name_in_script", sa.String(), nullable=True),
        sa.Column("pronunciation", sa.String(), nullable=True),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column(
            "sex",
            sa.Enum("F", "M", "X", "U", name="sex", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("born_on", sa.Date(), nullable=False),
        sa.Column("born_is_estimate", sa.Boolean(), nullable=False),
        sa.Column("marital_status", sa.String(), nullable=True),
        sa.Column("deceased_on", sa.Date(), nullable=True),
        sa.Column("education_level", sa.String(), nullable=True),
        sa.Column("education_degree", sa.String(), nullable=True),
        sa.Column("years_schooling", sa.Integer(), nullable=True),
        sa.Column("occupation_code", sa.String(), nullable=True),
        sa.Column("occupation_text", sa.String(), nullable=True),
        sa.Column("work_years", sa.Integer(), nullable=True),
        sa.Column("english_level", sa.Integer(), nullable=True),
        sa.Column("english_scale", sa.String(), nullable=True),
        sa.Column("english_source_level", sa.String(), nullable=True),
        sa.Column("english_assessed_on", sa.Date(), nullable=True),
        sa.Column(
            "literacy_first_language",
            sa.Enum(
                "easily",
                "not_easily",
                "none",
                "unknown",
                name="skill",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("unhcr_id_index", sa.String(), nullable=True),
        sa.Column("contact_confirmed_on", sa.Date(), nullable=True),
        sa.Column("source_codes", sa.JSON(), nullable=False),
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
        sa.Column("notice_due_on", sa.Date(), nullable=True),
        sa.Column("notice_given_on", sa.Date(), nullable=True),
        sa.Column("notice_language", sa.String(), nullable=True),
        sa.Column("notice_text_version", sa.String(), nullable=True),
        sa.Column("nationality", sa.LargeBinary(), nullable=True),
        sa.Column("other_nationalities", sa.LargeBinary(), nullable=True),
        sa.Column("stateless", sa.LargeBinary(), nullable=True),
        sa.Column("birth_country", sa.LargeBinary(), nullable=True),
        sa.Column("birth_place", sa.LargeBinary(), nullable=True),
        sa.Column("origin_country", sa.LargeBinary(), nullable=True),
        sa.Column("asylum_country", sa.LargeBinary(), nullable=True),
        sa.Column("asylum_arrived_on", sa.LargeBinary(), nullable=True),
        sa.Column("registered_on", sa.LargeBinary(), nullable=True),
        sa.Column("ethnicity", sa.LargeBinary(), nullable=True),
        sa.Column("religion", sa.LargeBinary(), nullable=True),
        sa.Column("immigration_status", sa.LargeBinary(), nullable=True),
        sa.Column("unhcr_individual_id", sa.LargeBinary(), nullable=True),
        sa.Column("inz_client_no", sa.LargeBinary(), nullable=True),
        sa.Column("phone", sa.LargeBinary(), nullable=True),
        sa.Column("email", sa.LargeBinary(), nullable=True),
        sa.Column("address", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_index("ix_person_born_on", "person", ["born_on"], unique=False)
    op.create_index(op.f("ix_person_unhcr_id_index"), "person", ["unhcr_id_index"], unique=False)
    op.create_table(
        "reference_counter",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_reference_counter")),
    )
    op.create_table(
        "deny_listed",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_deny_listed_household_id_household")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deny_listed")),
        sa.UniqueConstraint(
            "household_id", "user_id", name=op.f("uq_deny_listed_household_id_user_id")
        ),
    )
    op.create_index(
        op.f("ix_deny_listed_household_id"), "deny_listed", ["household_id"], unique=False
    )
    op.create_index(op.f("ix_deny_listed_user_id"), "deny_listed", ["user_id"], unique=False)
    op.create_table(
        "household_member",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("relationship_code", sa.String(), nullable=False),
        sa.Column("relationship_source_code", sa.String(), nullable=True),
        sa.Column("code_system", sa.String(), nullable=True),
        sa.Column(
            "role",
            sa.Enum(
                "principal",
                "partner",
                "dependant",
                "other",
                name="memberrole",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("joined_on", sa.Date(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column(
            "leave_reason",
            sa.Enum(
                "moved_out",
                "separated",
                "joined_other_household",
                "left_new_zealand",
                "died",
                "recorded_in_error",
                "other",
                name="leavereason",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("guardian_id", sa.Uuid(), nullable=True),
        sa.Column("guardian_withheld", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "left_on IS NULL OR left_on >= joined_on",
            name=op.f("ck_household_member_leaves_after_joining"),
        ),
        sa.ForeignKeyConstraint(
            ["guardian_id"], ["person.id"], name=op.f("fk_household_member_guardian_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["household.id"],
            name=op.f("fk_household_member_household_id_household"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_household_member_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household_member")),
    )
    op.create_index(
        op.f("ix_household_member_guardian_id"), "household_member", ["guardian_id"], unique=False
    )
    op.create_index(
        op.f("ix_household_member_household_id"), "household_member", ["household_id"], unique=False
    )
    op.create_index(
        op.f("ix_household_member_person_id"), "household_member", ["person_id"], unique=False
    )
    op.create_index(
        "uq_household_member_one_home",
        "household_member",
        ["person_id"],
        unique=True,
        sqlite_where=sa.text("left_on IS NULL"),
        postgresql_where=sa.text("left_on IS NULL"),
    )
    op.create_index(
        "uq_household_member_one_principal",
        "household_member",
        ["household_id"],
        unique=True,
        sqlite_where=sa.text("left_on IS NULL AND role = 'principal'"),
        postgresql_where=sa.text("left_on IS NULL AND role = 'principal'"),
    )
    op.create_table(
        "person_language",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column(
            "understands",
            sa.Enum(
                "easily",
                "not_easily",
                "none",
                "unknown",
                name="skill",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "speaks",
            sa.Enum(
                "easily",
                "not_easily",
                "none",
                "unknown",
                name="skill",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "reads",
            sa.Enum(
                "easily",
                "not_easily",
                "none",
                "unknown",
                name="skill",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "writes",
            sa.Enum(
                "easily",
                "not_easily",
                "none",
                "unknown",
                name="skill",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("source_code", sa.String(), nullable=True),
        sa.Column("code_system", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_person_language_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_language")),
        sa.UniqueConstraint(
            "person_id", "language", name=op.f("uq_person_language_person_id_language")
        ),
    )
    op.create_index(
        op.f("ix_person_language_person_id"), "person_language", ["person_id"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_person_language_person_id"), table_name="person_language")
    op.drop_table("person_language")
    op.drop_index(
        "uq_household_member_one_principal",
        table_name="household_member",
        sqlite_where=sa.text("left_on IS NULL AND role = 'principal'"),
        postgresql_where=sa.text("left_on IS NULL AND role = 'principal'"),
    )
    op.drop_index(
        "uq_household_member_one_home",
        table_name="household_member",
        sqlite_where=sa.text("left_on IS NULL"),
        postgresql_where=sa.text("left_on IS NULL"),
    )
    op.drop_index(op.f("ix_household_member_person_id"), table_name="household_member")
    op.drop_index(op.f("ix_household_member_household_id"), table_name="household_member")
    op.drop_index(op.f("ix_household_member_guardian_id"), table_name="household_member")
    op.drop_table("household_member")
    op.drop_index(op.f("ix_deny_listed_user_id"), table_name="deny_listed")
    op.drop_index(op.f("ix_deny_listed_household_id"), table_name="deny_listed")
    op.drop_table("deny_listed")
    op.drop_table("reference_counter")
    op.drop_index(op.f("ix_person_unhcr_id_index"), table_name="person")
    op.drop_index("ix_person_born_on", table_name="person")
    op.drop_table("person")
    op.drop_index(op.f("ix_household_location"), table_name="household")
    op.drop_table("household")
