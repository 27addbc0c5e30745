"""What tests in a row stand on alike, arranged once for all of them and not anew for each.

It is written in a transaction that is held open on a connection of each engine. What a test does
there is rolled back to a savepoint, so the next finds what was arranged and no more.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, event

from resettle.core.work import Transactions

Arrange = Callable[[Transactions], Any]
POINTS = ("SAVEPOINT", "RELEASE", "ROLLBACK")


class Ground:
    """A connection in a transaction, and what was arranged there last."""

    def __init__(self, engine: Engine) -> None:
        self.connection = engine.connect()
        self.arrange: Arrange | None = None
        self.made: Any = None
        self._whole = self.connection.begin()
        self._asked = False
        event.listen(self.connection, "before_cursor_execute", self._hear)

    def _hear(self, _connection: Any, _cursor: Any, statement: str, *_given: Any) -> None:
        self._asked = self._asked or not statement.startswith(POINTS)

    @contextmanager
    def for_one_test(self) -> Iterator[Connection]:
        self._point = self.connection.begin_nested()
        self._asked = False
        yield self.connection
        self._point.rollback()

    def arranged(self, arrange: Arrange, transactions: Transactions) -> Any:
        """Give what a function arranges, which is done if another stands here. Do not change it."""
        assert not self._asked, "Ask for what is arranged once before all else: it would be undone."
        if self.arrange is not arrange:
            self._whole.rollback()
            self._whole = self.connection.begin()
            self.arrange, self.made = None, arrange(transactions)
            self.arrange, self._asked = arrange, False
            self._point = self.connection.begin_nested()
        return self.made

    def close(self) -> None:
        self.connection.close()


class Grounds:
    """The grounds of each engine, which tests of one module share."""

    def __init__(self) -> None:
        self._grounds: dict[Engine, Ground] = {}

    def of(self, engine: Engine) -> Ground:
        if engine not in self._grounds:
            self._grounds[engine] = Ground(engine)
        return self._grounds[engine]

    def clear(self) -> None:
        """Let others write: SQLite has one writer at a time, and PostgreSQL locks rows."""
        for ground in self._grounds.values():
            ground.close()
        self._grounds.clear()
