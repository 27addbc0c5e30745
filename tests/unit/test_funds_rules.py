"""The sums of a ledger, its pledges, and how long the money lasts."""

import tomllib
from datetime import date
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resettle.core import money
from resettle.funds import forecast, rules
from resettle.funds.definition import load
from resettle.funds.rules import Balances, Category, Kind, Line, Promise, State, Two, Valuation
from resettle.settings import CONFIG

CASH, SPEND, REFUND = Kind.DONATION_CASH, Kind.SPEND, Kind.REFUND
TODAY = date(2026, 3, 2)


class TestMoney:
    @pytest.mark.parametrize(
        ("text", "cents"),
        [
            ("0", 0),
            ("450", 450_00),
            ("450.20", 450_20),
            ("1000.50", 1000_50),
            ("007.05", 7_05),
            ("1,000.50", None),
            ("1.000,50", None),
            ("1 000.50", None),
            ("-5", None),
            ("+5", None),
            ("1e9", None),
            ("1.5", None),
            ("1.505", None),
            (".50", None),
            ("5.", None),
            ("$5", None),
            ("٥٠", None),
            ("NaN", None),
            ("12345678", None),
            ("", None),
        ],
    )
    def test_amounts_are_read_in_one_way(self, text, cents):
        assert money.cents_of(text) == cents

    @given(st.integers(0, money.MOST))
    def test_what_is_written_is_read_again(self, cents):
        assert money.cents_of(money.plainly(cents)) == cents

    def test_people_read_it_with_commas_and_a_true_minus(self):
        assert money.written(1_234_567_05) == "$1,234,567.05"
        assert money.written(-5_00) == "−$5.00"  # the minus that is meant
        assert money.plainly(-5_05) == "-5.05"


def test_the_kinds_and_categories_are_those_of_the_data_dictionary():
    """The lists of domain.md 6.2, in their order; a loan is named there as what is not allowed."""
    kinds = "DONATION_CASH DONATION_IN_KIND GRANT FUNDRAISING SPEND REFUND"
    categories = (
        "BOND RENT FURNITURE WHITEWARE FOOD CLOTHING TRANSPORT FUEL PHONE_INTERNET POWER SCHOOL "
        "COURSE_FEES HEALTH INTERPRETER DRIVING_LESSONS EVENT OTHER"
    )
    asked = tomllib.loads((CONFIG / "applications.toml").read_text())["budget"]["spending"]

    assert [kind.name for kind in Kind] == kinds.split()
    assert [each.name for each in Category] == categories.split()
    assert [*asked] == [each.value for each in Category]


class TestBalances:
    def test_each_sum_stands_apart(self):
        lines = [
            Line(CASH, State.RECORDED, 500_00),
            Line(Kind.GRANT, State.RECORDED, 200_00),
            Line(Kind.DONATION_IN_KIND, State.RECORDED, 90_00),
            Line(SPEND, State.APPROVED, 300_00),
            Line(SPEND, State.WAITING, 40_00),
            Line(SPEND, State.REFUSED, 70_00),
            Line(SPEND, State.WITHDRAWN, 11_00),
            Line(REFUND, State.RECORDED, 50_00),
        ]
        promises = [
            Promise(1000_00, received=400_00),
            Promise(100_00, received=120_00),
            Promise(300_00, received=30_00, withdrawn=True),
        ]

        found = rules.balances(lines, promises)

        assert found == Balances(
            pledged=1130_00,
            outstanding=600_00,
            received=700_00,
            in_kind=90_00,
            spent=250_00,
            waiting=40_00,
        )
        assert found.at_hand == 450_00


def _ledgers():
    """Make ledgers as the service lets them become: what comes back was spent."""

    @st.composite
    def ledger(draw):
        lines = []
        for _ in range(draw(st.integers(0, 12))):
            kind = draw(st.sampled_from([*rules.GIVEN, SPEND]))
            cents = draw(st.integers(1, 5000_00))
            state = State.RECORDED
            if kind is SPEND:
                state = draw(st.sampled_from([s for s in State if s is not State.RECORDED]))
            lines.append(Line(kind, state, cents))
            counts = state in rules.COUNTS
            back = draw(st.integers(0, cents)) if kind is SPEND and counts else 0
            if back:
                lines.append(Line(REFUND, State.RECORDED, back))
            elif counts and draw(st.booleans()):
                lines.append(Line(kind, state, -cents))
        return lines

    return ledger()


class TestInvariants:
    @given(_ledgers(), st.randoms())
    def test_the_order_of_the_entries_does_not_matter(self, lines, dice):
        mixed = [*lines]
        dice.shuffle(mixed)

        assert rules.balances(mixed, []) == rules.balances(lines, [])

    @given(_ledgers())
    def test_no_sum_is_below_nothing_but_what_is_left(self, lines):
        found = rules.balances(lines, [])

        sums = (found.received, found.in_kind, found.spent, found.waiting)
        assert min(sums) >= 0
        assert found.at_hand == found.received - found.spent

    @given(_ledgers(), _ledgers())
    def test_the_sums_of_parts_are_the_sums_of_the_whole(self, one, other):
        first, second = rules.balances(one, []), rules.balances(other, [])
        whole = rules.balances([*one, *other], [])

        for name in ("received", "in_kind", "spent", "waiting", "at_hand"):
            assert getattr(whole, name) == getattr(first, name) + getattr(second, name)

    @given(_ledgers())
    def test_taking_back_all_that_counts_leaves_nothing(self, lines):
        back = [Line(each.kind, each.state, -each.cents) for each in lines]
        found = rules.balances([*lines, *back], [])

        assert found == Balances()

    @given(st.integers(1, 500_00), st.integers(1, 24), st.integers(0, 20_000_00), st.booleans())
    def test_what_is_still_to_come_is_what_was_promised_less_what_came(
        self, each, months, came, withdrawn
    ):
        promise = Promise(each * months, came, withdrawn=withdrawn)
        days = rules.pledge_months(TODAY, months)

        coming = rules.left_of(days, each, promise)

        assert sum(cents for _, cents in coming) == promise.outstanding
        assert all(0 < cents <= each for _, cents in coming)


class TestPledgeMonths:
    def test_a_month_without_the_day_takes_its_last(self):
        assert rules.pledge_months(date(2026, 12, 31), 4) == [
            date(2026, 12, 31),
            date(2027, 1, 31),
            date(2027, 2, 28),
            date(2027, 3, 31),
        ]


class TestGiftFaults:
    @pytest.mark.parametrize(
        ("kind", "valuation", "field"),
        [
            (CASH, None, None),
            (Kind.DONATION_IN_KIND, Valuation.ESTIMATE, None),
            (Kind.DONATION_IN_KIND, None, "valuation"),
            (CASH, Valuation.ESTIMATE, "valuation"),
            (SPEND, None, "kind"),
            (REFUND, None, "kind"),
        ],
    )
    def test_things_have_a_worth_and_money_does_not(self, kind, valuation, field):
        assert [*rules.gift_faults(kind, valuation)] == ([field] if field else [])


class TestTwo:
    SPENDER, RECORDER, OTHER = uuid4(), uuid4(), uuid4()

    @pytest.mark.parametrize(
        ("actor", "alone"), [(SPENDER, True), (RECORDER, True), (None, True), (OTHER, False)]
    )
    def test_nobody_decides_on_what_they_spent_or_recorded(self, actor, alone):
        assert Two(actor, self.SPENDER, self.RECORDER).is_one_person is alone

    def test_a_spender_without_an_account_is_nobody_who_decides(self):
        assert not Two(self.OTHER, None, self.RECORDER).is_one_person


class TestPace:
    @pytest.mark.parametrize(
        ("spent", "pace"),
        [
            ({}, 0),
            ({date(2026, 3, 1): 90_00}, 90_00),
            ({date(2026, 2, 3): 90_00}, 90_00),
            ({date(2026, 2, 3): 90_00, date(2026, 3, 1): 500_00}, 90_00),
            ({date(2025, 12, 31): 300_00, date(2026, 2, 1): 1}, 100_01),
            ({date(2025, 6, 1): 900_00, date(2026, 2, 1): 30_00}, 10_00),
            ({date(2026, 2, 1): -30_00}, 0),
        ],
    )
    def test_it_is_the_mean_of_the_last_whole_months(self, spent, pace):
        assert forecast.pace(spent, TODAY) == pace


class TestForecast:
    def test_the_month_in_which_it_runs_out_without_and_with_pledges(self):
        told = forecast.forecast(
            250_00, 100_00, {date(2026, 1, 1): 50_00, date(2026, 6, 9): 100_00}, TODAY
        )

        assert told.runs_out == date(2026, 5, 1)
        assert told.runs_out_with_pledges == date(2026, 7, 1)
        assert told.months[0] == forecast.Ahead(date(2026, 3, 1), 150_00, 200_00)
        assert told.shortfall == 0

    def test_what_will_be_missing_when_the_support_ends(self):
        told = forecast.forecast(100_00, 60_00, {}, TODAY, date(2026, 5, 20))

        assert told.shortfall == 80_00

    def test_nothing_is_missing_once_the_support_has_ended(self):
        assert forecast.forecast(-5, 60_00, {}, TODAY, date(2026, 2, 20)).shortfall == 0

    @given(st.integers(-10_000_00, 90_000_00), st.integers(0, 9_000_00))
    def test_it_is_over_at_the_first_month_below_nothing_and_never_after(self, at_hand, pace):
        told = forecast.forecast(at_hand, pace, {}, TODAY)

        below = [ahead.month for ahead in told.months if ahead.left < 0]
        assert told.runs_out == (below[0] if below else None)
        assert told.runs_out_with_pledges == told.runs_out


class TestInKind:
    def test_it_is_counted_by_the_size_of_the_family(self):
        found = load(CONFIG / "in_kind.toml")

        one, six, nine = (found.of("ca-psr", "ircc-2018", size) for size in (1, 6, 9))

        assert [cents // 100 for cents in one.values()] == [7008, 385, 1085, 300, 80, 105]
        assert six == nine
        assert six["Housing"] == 1_237_200
        assert found.of("cors", "none", 4) == {}

    def test_a_thing_without_a_sum_is_a_fault(self, tmp_path):
        path = tmp_path / "in_kind.toml"
        path.write_text('[[table]]\nprogramme = "x"\ntable = "y"\nbasis = "z"\nsums = {a = []}\n')

        with pytest.raises(ValueError, match="at least one sum"):
            load(path)
