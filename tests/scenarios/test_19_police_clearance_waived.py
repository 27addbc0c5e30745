"""Scenario 19: a police certificate is waived only with a combined declaration and a note."""

from datetime import date

from tests.scenarios.journeys import a_quota_journey

NOTE = "The state that would issue it does not answer"
DECLARATION = "COMBINED_DECLARATION"


def answer(journey, line, **body):
    return journey.worker.puts(f"{journey.at}/checklist/{line['id']}", line["version"], **body)


class TestPoliceClearanceWaived:
    def test_it(self, office):
        office.on(date(2023, 3, 6))
        journey = a_quota_journey(office, ("Zahra", "PA", "F", date(1984, 5, 17)))
        journey.go("RECEIVED", "INTERVIEW_SCHEDULED", "INTERVIEWED")
        lines = journey.worker.items(f"{journey.at}/checklist")
        asked = {line["item_code"]: line for line in lines if line["list_code"] == "lodgement"}
        certificate = asked.pop("police_certificate")

        self.a_photo_is_never_waived(journey, asked["photos"])
        met = [answer(journey, line, status="met").status_code for line in asked.values()]
        assert set(met) == {200}
        self.the_certificate_is_not_waived_without_both(journey, certificate)
        journey.prepare("LODGED", but=["lodgement.complete"])
        assert journey.missing("LODGED") == ["lodgement.complete"]

        self.with_both_it_is_and_the_application_is_lodged(journey, certificate)

    def a_photo_is_never_waived(self, journey, photos):
        refused = answer(journey, photos, status="waived", note=NOTE, instead=DECLARATION)

        assert refused.status_code == 422
        assert "may not be waived" in refused.json["errors"]["status"][0]

    def the_certificate_is_not_waived_without_both(self, journey, certificate):
        alone = answer(journey, certificate, status="waived", note=NOTE)
        other = answer(journey, certificate, status="waived", note=NOTE, instead="BIA")
        silent = answer(journey, certificate, status="waived", instead=DECLARATION)
        later = answer(journey, certificate, status="to_follow", note=NOTE)

        assert [a.status_code for a in (alone, other, silent, later)] == [422] * 4
        for refused in (alone, other):
            assert "only with: combined declaration" in refused.json["errors"]["status"][0]
        assert "needs a note" in silent.json["errors"]["status"][0]
        assert "may not follow" in later.json["errors"]["status"][0]

    def with_both_it_is_and_the_application_is_lodged(self, journey, certificate):
        waived = answer(journey, certificate, status="waived", note=NOTE, instead=DECLARATION)
        journey.go("LODGED")

        shown = {name: waived.json[name] for name in ("status", "instead", "note")}
        assert shown == {"status": "waived", "instead": DECLARATION, "note": NOTE}
        assert journey.stage == "LODGED"
