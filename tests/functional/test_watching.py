"""What is logged and counted of requests: enough to look after the service, and nobody's data."""

import json
import logging
import sys
from logging.config import dictConfig

import pytest
from prometheus_client import REGISTRY
from sqlalchemy.exc import IntegrityError

from resettle.web import metrics, watching
from resettle.web.watching import CONFIG, JsonLines, Seen


@pytest.fixture
def written():
    """Return a function that writes a record, and gives what stands in its line."""

    def written(name: str, level: int, text: str, *arguments: object, error=None, **more):
        exc_info = None if error is None else (type(error), error, error.__traceback__)
        record = logging.LogRecord(name, level, "file.py", 1, text, arguments, exc_info)
        record.__dict__.update(more)
        return json.loads(JsonLines().format(record))

    return written


def test_a_line_says_when_where_and_what(written):
    line = written("resettle.web", logging.WARNING, "%s jobs", 3)

    assert line["message"] == "3 jobs"
    assert line["level"] == "WARNING"
    assert line["at"].endswith("+00:00")


def test_what_others_warn_of_is_kept_without_what_was_sent(written):
    line = written("gunicorn.error", logging.ERROR, "Error handling request %s", "/invitations/abc")

    assert line["message"] == "Error handling request %s"
    assert written("gunicorn.error", logging.INFO, "Booting %s", 7)["message"] == "Booting 7"


def test_an_error_is_named_without_its_words(written):
    told = ValueError("Key (email)=(zahra@example.org) exists")
    with pytest.raises(IntegrityError) as caught:
        raise IntegrityError("INSERT", {}, told)

    line = written("resettle.web.errors", logging.ERROR, "refused", error=caught.value)

    assert line["fault"] == "IntegrityError"
    assert line["where"][-1].endswith("test_an_error_is_named_without_its_words")
    assert "zahra" not in json.dumps(line)


def test_a_request_is_told_by_its_route(app, client_of, caplog):
    watched = logging.getLogger("resettle.requests")
    with caplog.at_level(logging.INFO, logger=watched.name):
        client_of(None).get("/invitations/" + "a" * 43 + "?name=Zahra")

    (record,) = [record for record in caplog.records if record.name == watched.name]
    assert record.told["route"] == "/invitations/<string(length=43):token>"
    assert record.told["status"] == 410
    assert "Zahra" not in JsonLines().format(record)
    assert "a" * 43 not in JsonLines().format(record)
    with app.test_request_context():
        assert "request_id" in json.loads(JsonLines().format(record))


def test_what_is_counted_is_the_route_and_how_it_ended(app):
    other = type(app)(__name__)
    watching.init_app(other, metrics=True)
    before = REGISTRY.get_sample_value(
        "resettle_requests_total", {"method": "GET", "route": "(none)", "status": "404"}
    )

    other.test_client().get("/nothing/Zahra")

    after = REGISTRY.get_sample_value(
        "resettle_requests_total", {"method": "GET", "route": "(none)", "status": "404"}
    )
    assert after == (before or 0) + 1


def test_the_figures_are_served_here_alone(monkeypatch, tmp_path):
    served = []
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    monkeypatch.setattr(metrics, "start_http_server", lambda *given: served.append(given))
    metrics.count(Seen("GET", "/", 200, 0.1))

    metrics.serve(9108)
    metrics.forget(12345)

    assert served[0][:2] == (9108, "127.0.0.1")


def test_whoever_serves_can_take_the_configuration():
    kept = logging.getLogger().handlers[:], logging.getLogger().level
    try:
        dictConfig(CONFIG)
        assert isinstance(logging.getLogger("gunicorn.error").handlers[0].formatter, JsonLines)
    finally:
        logging.getLogger().handlers[:], logging.root.level = kept
        for name in CONFIG["loggers"]:
            logger = logging.getLogger(name)
            logger.handlers.clear()
            logger.propagate, logger.level = True, logging.NOTSET
    assert sys.stdout is not None
