"""Create invitations to surveys, and what was answered."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0049_create_surveys"
down_revision = "0048_create_match_runs"

RECORD: Sequence[tuple[str, Any, bool]] = (
    ("created_at", sa.DateTime(timezone=True), False),
    ("created_by", sa.Uuid(), True),
    ("updated_at", sa.DateTime(timezone=True), False),
    ("updated_by", sa.Uuid(), True),
    ("version", sa.Integer(), False),
)
WHOM = {
    "household_id": ("household", False),
    "person_id": ("person", True),
    "user_id": ("user_account", True),
    "group_id": ("sponsor_group", True),
}


def _record() -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, nullable=nullable) for name, kind, nullable in RECORD]


def _whom(table: str) -> list[Any]:
    """Give the columns that say who is asked about which household."""
    columns = [sa.Column(name, sa.Uuid(), nullable=open_) for name, (_, open_) in WHOM.items()]
    keys = [
        sa.ForeignKeyConstraint([name], [f"{target}.id"], name=op.f(f"fk_{table}_{name}_{target}"))
        for name, (target, _) in WHOM.items()
    ]
    return [*columns, *keys]


def upgrade() -> None:
    op.create_table(
        "survey_invitation",
        *_whom("survey_invitation"),
        sa.Column("audience", sa.String(40), nullable=False),
        sa.Column("point_days", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=True),
        sa.Column("link_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("way", sa.String(40), nullable=True),
        *_record(),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_invitation")),
        sa.UniqueConstraint(
            "household_id",
            "person_id",
            "point_days",
            name=op.f("uq_survey_invitation_household_id_person_id_point_days"),
        ),
        sa.UniqueConstraint(
            "household_id",
            "user_id",
            "point_days",
            name=op.f("uq_survey_invitation_household_id_user_id_point_days"),
        ),
        sa.UniqueConstraint("token_hash", name=op.f("uq_survey_invitation_token_hash")),
    )
    _create_answers()
    for table in ("survey_invitation", "survey_answer"):
        for column in WHOM:
            op.create_index(f"ix_{table}_{column}", table, [column])
    op.create_index(
        "ix_survey_answer_question", "survey_answer", ["audience", "question", "point_days"]
    )


def _create_answers() -> None:
    op.create_table(
        "survey_answer",
        sa.Column("invitation_id", sa.Uuid(), nullable=False),
        *_whom("survey_answer"),
        sa.Column("audience", sa.String(40), nullable=False),
        sa.Column("point_days", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["invitation_id"],
            ["survey_invitation.id"],
            name=op.f("fk_survey_answer_invitation_id_survey_invitation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_answer")),
        sa.UniqueConstraint(
            "invitation_id", "question", name=op.f("uq_survey_answer_invitation_id_question")
        ),
    )


def downgrade() -> None:
    op.drop_table("survey_answer")
    op.drop_table("survey_invitation")
