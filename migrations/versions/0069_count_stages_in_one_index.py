"""Count households and persons by stage from the index alone, without reading each case."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from alembic import op

revision = "0069_count_stages_in_one_index"
down_revision = "0068_index_lists_and_names"

TABLE = "resettlement_case"
OLD = "ix_resettlement_case_stage"
NEW = "ix_resettlement_case_stage_case_size"
COLUMNS = ["programme_code", "stage", "stage_since"]


def upgrade() -> None:
    _replace(OLD, NEW, [*COLUMNS, "case_size"])


def downgrade() -> None:
    _replace(NEW, OLD, COLUMNS)


def _replace(old: str, new: str, columns: Sequence[str]) -> None:
    with _while_others_write():
        op.create_index(new, TABLE, columns, postgresql_concurrently=True)
    with _while_others_write():
        op.drop_index(old, TABLE, postgresql_concurrently=True)


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
