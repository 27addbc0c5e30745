"""What is done about the statuses of people in the planted world."""

from collections.abc import Mapping

from tests.access.acts import EARLIER, TODAY, Act, sends

STATUS = "/statuses/<uuid:status_id>"
PERSON = "/persons/<uuid:person_id>/statuses"
WORK = {"code": "casual", "from_on": TODAY}
CORRECTED = {"code": "studying", "from_on": EARLIER, "because": "It was a course"}

STATUS_ACTS: Mapping[tuple[str, str], Act] = {
    ("POST", "/api" + PERSON): sends(kind="work", **WORK),
    ("POST", PERSON + "/<string:kind>/new"): sends(**WORK),
    **{
        ("POST", start + STATUS + act): made
        for start in ("/api", "")
        for act, made in {
            "/correction": sends(**CORRECTED),
            "/taking-back": sends(because="Of somebody else"),
            "/confirmation": sends(known_on=TODAY),
        }.items()
    },
}
