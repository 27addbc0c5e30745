"""Records to compare people with: each name is folded once, however many are looked up. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from resettle.duplicates import rules
from resettle.duplicates.rules import Compared
from resettle.names import folding
from resettle.names.folding import Folded

NEAR = timedelta(days=731)


@dataclass(frozen=True, slots=True)
class PossibleDuplicate:
    """Another record that may be of the same person, for rules; shown only as a candidate."""

    person_id: UUID
    score: int
    reasons: list[str]


def likeliest_first(found: Iterable[PossibleDuplicate]) -> list[PossibleDuplicate]:
    return sorted(found, key=lambda pair: (-pair.score, pair.person_id))


class Register:
    """The records of one choice, by which a person's possible duplicates are found."""

    def __init__(self, records: Iterable[Any]) -> None:
        self._records: list[Any] = []
        self._spelled: list[list[Folded]] = []
        self._names = folding.Names()
        self._of_name: list[int] = []
        self._of_number: dict[str, list[int]] = {}
        for record in records:
            self._take(record)

    def _take(self, record: Any) -> None:
        number = len(self._records)
        spelled = spellings(record)
        self._records.append(record)
        self._spelled.append(spelled)
        for name in spelled:
            self._names.take(name)
            self._of_name.append(number)
        if record.unhcr_id_index is not None:
            self._of_number.setdefault(record.unhcr_id_index, []).append(number)

    def alike(
        self, mine: Any, spelled: Sequence[Folded], others_than: frozenset[UUID]
    ) -> list[PossibleDuplicate]:
        """Find the records that may be of one person, in no order.

        Without the same number no two are alike whose names are not, however much else agrees.
        """
        numbers = {*self._of_number.get(mine.unhcr_id_index, ())}
        for name in spelled:
            numbers.update(self._of_name[which] for which in self._names.near(name))
        return [
            pair
            for number in numbers
            if (pair := self._compared(mine, spelled, number)).score >= rules.LISTED
            and pair.person_id not in others_than
        ]

    def _compared(self, mine: Any, spelled: Sequence[Folded], number: int) -> PossibleDuplicate:
        other, spelled_there = self._records[number], self._spelled[number]
        same_number = (
            mine.unhcr_id_index is not None and mine.unhcr_id_index == other.unhcr_id_index
        )
        if not same_number and abs(mine.born_on - other.born_on) > NEAR:
            return PossibleDuplicate(other.id, 0, [])
        found = rules.reasons(
            Compared(
                same_unhcr_number=same_number,
                names=max(folding.likeness(a, b) for b in spelled_there for a in spelled),
                born_on=mine.born_on,
                other_born_on=other.born_on,
                estimated=mine.born_is_estimate or other.born_is_estimate,
                same_sex=mine.sex == other.sex or "U" in {mine.sex, other.sex},
            )
        )
        return PossibleDuplicate(other.id, rules.score(found), [reason.words for reason in found])


def spellings(facts: Any) -> list[Folded]:
    """Fold a name as each of the scripts has it."""
    found = [folding.folded(facts.given_name, facts.other_names, facts.family_name)]
    if facts.name_in_script:
        found.append(folding.folded(facts.name_in_script))
    return found
