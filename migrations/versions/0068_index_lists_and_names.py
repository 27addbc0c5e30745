"""List households in the order of their names, and find who bears a word, without reading all."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import op

revision = "0068_index_lists_and_names"
down_revision = "0067_add_match_run_short"

INDEXES = (
    ("ix_household_display_name_id", "household", ["display_name", "id"]),
    ("ix_name_key_letters", "name_key", ["letters"]),
)


def upgrade() -> None:
    for name, table, columns in INDEXES:
        with _while_others_write():
            op.create_index(name, table, columns, postgresql_concurrently=True)


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
    for name, table, _columns in reversed(INDEXES):
        op.drop_index(name, table)
