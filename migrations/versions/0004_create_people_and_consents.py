"""What is known of people, what they agreed to, and who may be one person."""

import sqlalchemy as sa
from alembic import op

revision = "0004_create_people_and_consents"
down_revision = "0003_create_households"


def upgrade() -> None:
    op.create_table(
        "consent_entry",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "support_delivery",
                "share_with_sponsor",
                "share_with_school",
                "share_with_health",
                "share_with_housing",
                "share_in_household",
                "evaluation",
                "photo_private",
                "photo_public",
                "contact_after_exit",
                name="purpose",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "item",
            sa.Enum(
                "profile",
                "name",
                "birth_date",
                "photo",
                "phone",
                "address",
                "health_flags",
                "diet",
                "all",
                name="item",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "recipient_type",
            sa.Enum(
                "sponsor_group",
                "agency",
                "household",
                "evaluation",
                "public",
                name="recipienttype",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("recipient_id", sa.Uuid(), nullable=True),
        sa.Column("recipient_name", sa.String(), nullable=True),
        sa.Column(
            "decision",
            sa.Enum("give", "withdraw", name="decision", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column(
            "method",
            sa.Enum(
                "own_account",
                "signed",
                "verbal_interpreted",
                "guardian",
                name="method",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("interpreter", sa.String(), nullable=True),
        sa.Column("text_version", sa.String(), nullable=False),
        sa.Column("given_by", sa.Uuid(), nullable=True),
        sa.Column("child_assents", sa.Boolean(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_consent_entry_household_id_household")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_consent_entry_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_entry")),
        sa.UniqueConstraint("person_id", "seq", name=op.f("uq_consent_entry_person_id_seq")),
    )
    op.create_index(
        "ix_consent_entry_effect",
        "consent_entry",
        ["person_id", "purpose", "item", "valid_from", "seq"],
        unique=False,
    )
    op.create_index(
        op.f("ix_consent_entry_household_id"), "consent_entry", ["household_id"], unique=False
    )
    op.create_table(
        "duplicate_candidate",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum("open", "same", "different", name="verdict", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "person_id <> other_id", name=op.f("ck_duplicate_candidate_two_records")
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["person.id"], name=op.f("fk_duplicate_candidate_other_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_duplicate_candidate_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duplicate_candidate")),
        sa.UniqueConstraint(
            "person_id", "other_id", name=op.f("uq_duplicate_candidate_person_id_other_id")
        ),
    )
    op.create_index(
        op.f("ix_duplicate_candidate_other_id"), "duplicate_candidate", ["other_id"], unique=False
    )
    op.create_table(
        "photo",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=True),
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
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_photo_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photo")),
        sa.UniqueConstraint("person_id", name=op.f("uq_photo_person_id")),
    )
    op.create_table(
        "relative",
        sa.Column("person_id", sa.Uuid(), nullable=False),
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
        sa.Column("name", sa.LargeBinary(), nullable=True),
        sa.Column("relationship_code", sa.LargeBinary(), nullable=True),
        sa.Column("sex", sa.LargeBinary(), nullable=True),
        sa.Column("born_on", sa.LargeBinary(), nullable=True),
        sa.Column("nationality", sa.LargeBinary(), nullable=True),
        sa.Column("residence_country", sa.LargeBinary(), nullable=True),
        sa.Column("deceased", sa.LargeBinary(), nullable=True),
        sa.Column("wants_reunification", sa.LargeBinary(), nullable=True),
        sa.Column("rfsc_status", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_relative_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relative")),
    )
    op.create_index(op.f("ix_relative_person_id"), "relative", ["person_id"], unique=False)
    op.create_table(
        "specific_need",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("health", "protection", name="needkind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("identified_on", sa.Date(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("restricted", sa.Boolean(), nullable=False),
        sa.Column("practical_support", sa.String(), nullable=True),
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
        sa.Column("health_code", sa.LargeBinary(), nullable=True),
        sa.Column("protection_code", sa.LargeBinary(), nullable=True),
        sa.Column("severity", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_specific_need_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_specific_need")),
    )
    op.create_index(
        op.f("ix_specific_need_person_id"), "specific_need", ["person_id"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_specific_need_person_id"), table_name="specific_need")
    op.drop_table("specific_need")
    op.drop_index(op.f("ix_relative_person_id"), table_name="relative")
    op.drop_table("relative")
    op.drop_table("photo")
    op.drop_index(op.f("ix_duplicate_candidate_other_id"), table_name="duplicate_candidate")
    op.drop_table("duplicate_candidate")
    op.drop_index(op.f("ix_consent_entry_household_id"), table_name="consent_entry")
    op.drop_index("ix_consent_entry_effect", table_name="consent_entry")
    op.drop_table("consent_entry")
