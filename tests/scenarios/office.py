"""The people of a scenario: each signs in with an account, and acts over the JSON API alone.

Somebody signs in anew whenever the clock has moved, since no session outlives the months in
which these stories happen.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from itertools import count
from typing import Any
from uuid import uuid4

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from resettle.core.actor import SYSTEM, Duty, Role
from resettle.core.clock import AUCKLAND
from resettle.core.jobs import run_next
from resettle.wiring import RUNNERS
from tests.clock import SetClock
from tests.functional.case_files import multipart
from tests.world import PASSWORD, a_user

MORNING = time(9, 30)
_numbers = count(1)


@dataclass
class Somebody:
    """Somebody with an account of their own."""

    app: Flask
    clock: SetClock
    id: str
    email: str
    _client: FlaskClient | None = None
    _csrf: str = ""
    _since: datetime | None = None

    @property
    def today(self) -> date:
        return self.clock().astimezone(AUCKLAND).date()

    def asks(self, method: str, path: str, **options: Any) -> TestResponse:
        """Send a request, and give the answer whatever it is."""
        client = self._signed_in()
        headers = {"X-CSRF-Token": self._csrf, **options.pop("headers", {})}
        if "json" in options:
            options["json"] = _plain(options["json"])
        return client.open(path, method=method, headers=headers, **options)

    def get(self, path: str) -> Any:
        return _told(self.asks("GET", path))

    def items(self, path: str) -> list[dict[str, Any]]:
        return list(self.get(path)["items"])

    def tries(self, path: str, **body: Any) -> TestResponse:
        """Post something that may be refused."""
        headers = {"Idempotency-Key": uuid4().hex}
        if not body:
            return self.asks("POST", path, headers=headers)
        return self.asks("POST", path, headers=headers, json=body)

    def post(self, path: str, **body: Any) -> Any:
        return _told(self.tries(path, **body))

    def patch(self, path: str, **body: Any) -> Any:
        """Change a record at the version that it has now."""
        etag = self.asks("GET", path).headers["ETag"]
        return _told(self.asks("PATCH", path, json=body, headers={"If-Match": etag}))

    def puts(self, path: str, version: int, **body: Any) -> TestResponse:
        return self.asks("PUT", path, json=body, headers={"If-Match": f'"{version}"'})

    def sends(self, path: str, file: bytes, **form: Any) -> TestResponse:
        """Send a case file as browsers do."""
        return self.asks(
            "POST",
            path,
            data=multipart(file, _plain(form)),
            content_type="multipart/form-data; boundary=part",
            headers={"Idempotency-Key": uuid4().hex},
        )

    def _signed_in(self) -> FlaskClient:
        if self._client is None or self._since != self.clock():
            self._client, self._since = self.app.test_client(), self.clock()
            answer = self._client.post(
                "/api/session", json={"email": self.email, "password": PASSWORD}
            )
            self._csrf = _told(answer)["csrf_token"]
        return self._client


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def _told(answer: TestResponse) -> Any:
    assert answer.status_code in {200, 201}, (answer.request.path, answer.get_json())
    return answer.get_json()


@dataclass
class Office:
    """Who works on the households of a scenario, and the day on which they do."""

    app: Flask
    clock: SetClock

    @property
    def today(self) -> date:
        return self.clock().astimezone(AUCKLAND).date()

    def on(self, day: date, at: time = MORNING) -> None:
        """Let it be a day, at a time of New Zealand."""
        self.clock.move_to(datetime.combine(day, at, AUCKLAND))

    def works_off_jobs(self) -> None:
        """Let the worker do what is due by now."""
        while run_next(self.app.extensions["transactions"], RUNNERS):
            pass

    @cached_property
    def caseworker(self) -> Somebody:
        return self.somebody(Role.CASEWORKER)

    @cached_property
    def leader(self) -> Somebody:
        """A second caseworker, who leads the team."""
        return self.somebody(Role.CASEWORKER, duties=(Duty.TEAM_LEADER,))

    @cached_property
    def manager(self) -> Somebody:
        return self.somebody(Role.PROGRAMME_MANAGER)

    @cached_property
    def other_manager(self) -> Somebody:
        return self.somebody(Role.PROGRAMME_MANAGER)

    def somebody(self, role: Role, **facts: Any) -> Somebody:
        """Open an account, as an administrator would, and choose its password."""
        email = f"{role.value}{next(_numbers)}@example.org.nz"
        with self.app.extensions["transactions"].begin(SYSTEM, "arrange") as uow:
            user = a_user(uow, role, email=email, **facts)
            return Somebody(self.app, self.clock, str(user.id), email)
