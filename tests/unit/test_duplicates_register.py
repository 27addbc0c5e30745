"""Many records to compare with find no more and no fewer than each compared by itself."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from resettle.duplicates import rules
from resettle.duplicates.register import NEAR, Register, likeliest_first, spellings
from resettle.duplicates.rules import Compared
from resettle.names import folding

FIRST = date(1990, 1, 1)
NOBODY: frozenset[UUID] = frozenset()
GIVEN = ("Mohammed", "Muhammad", "Fatima", "Fatemeh", "Yusuf", "Youssef", "Htoo", "Aye", "Ali", "")
FAMILY = ("Al-Hassan", "Hasan", "Noori", "Nuri", "Karimi", "کریمی", "Kassem", "Paw", "Ahmadi")


@dataclass(frozen=True)
class Known:
    """A record as far as the comparison asks."""

    given_name: str = "Mohammed"
    family_name: str = "Al-Hassan"
    other_names: str = ""
    name_in_script: str | None = None
    sex: str = "U"
    born_on: date = FIRST
    born_is_estimate: bool = False
    unhcr_id_index: str | None = None
    id: UUID = field(default_factory=uuid4)


people = st.builds(
    Known,
    given_name=st.sampled_from(GIVEN),
    family_name=st.sampled_from(FAMILY),
    name_in_script=st.sampled_from([None, "محمد حسن", "فاطمه نوری"]),
    sex=st.sampled_from("FMU"),
    born_on=st.sampled_from([0, 0, 1, 31, 364, 731, 732]).map(lambda d: FIRST + timedelta(days=d)),
    born_is_estimate=st.booleans(),
    unhcr_id_index=st.sampled_from([None, None, "a", "b"]),
    id=st.builds(uuid4),
)


@given(people, st.lists(people, max_size=12))
def test_it_finds_what_comparing_each_by_itself_finds(mine, others):
    found = likeliest_first(Register(others).alike(mine, spellings(mine), NOBODY))

    told = {other.id: each_by_itself(mine, other) for other in others}
    listed = {id_: pair for id_, pair in told.items() if pair[0] >= rules.LISTED}
    assert {pair.person_id: (pair.score, pair.reasons) for pair in found} == listed
    assert [pair.score for pair in found] == sorted((s for s, _ in listed.values()), reverse=True)


def each_by_itself(mine, other):
    same_number = mine.unhcr_id_index is not None and mine.unhcr_id_index == other.unhcr_id_index
    if abs(mine.born_on - other.born_on) > NEAR and not same_number:
        return 0, []
    reasons = rules.reasons(
        Compared(
            same_unhcr_number=same_number,
            names=max(folding.likeness(a, b) for a in spellings(mine) for b in spellings(other)),
            born_on=mine.born_on,
            other_born_on=other.born_on,
            estimated=mine.born_is_estimate or other.born_is_estimate,
            same_sex=mine.sex == other.sex or "U" in {mine.sex, other.sex},
        )
    )
    return rules.score(reasons), [reason.words for reason in reasons]


def test_those_of_the_same_household_are_left_out():
    mine, twin, other = Known(), Known(), Known()

    found = Register([mine, twin, other]).alike(
        mine, spellings(mine), frozenset({mine.id, twin.id})
    )

    assert [pair.person_id for pair in found] == [other.id]


@given(st.text("aehimnostuy ", max_size=14), st.lists(st.text("aehimnostuy ", max_size=14)))
def test_no_name_that_is_close_is_passed_over(name, others):
    names = folding.Names()
    for other in others:
        names.take(folding.folded(other))
    mine = folding.folded(name)

    near = names.near(mine)

    close = {n for n, o in enumerate(others) if folding.are_close(mine, folding.folded(o))}
    assert close <= near
