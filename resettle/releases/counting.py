"""One number by itself: enough people for it or not, and rounded alike each time. Pure."""

import hashlib
import hmac
from collections.abc import Mapping, Sequence

from resettle.releases.telling import Counted, Hidden, Number, Policy, Refused

BASE = 3
PART = 8
SCALE = 1 << (8 * PART)


def floor(people: Sequence[Counted], policy: Policy) -> None:
    """Refuse to tell anything of too few people. Raises Refused."""
    persons, households = {p.person for p in people}, {p.household for p in people}
    if len(persons) < policy.floor_persons or len(households) < policy.floor_households:
        raise Refused(
            f"No table is told of fewer than {policy.floor_persons} persons "
            f"or {policy.floor_households} households."
        )


def told_of(group: Mapping[str, str], policy: Policy, key: bytes) -> Number:
    """Say how many are in a group, or that it is small."""
    count = len(group)
    if count == 0 and policy.show_zero:
        return 0
    if count < policy.least_persons or len({*group.values()}) < policy.least_households:
        return Hidden.SMALL
    return rounded(count, {*group}, key) if policy.rounded else count


def rounded(number: int, persons: set[str], key: bytes) -> int:
    """Round to base 3: unbiased, off by 2 at most, and alike for the same people everywhere."""
    rest = number % BASE
    if rest == 0:
        return number
    cell_key = 0
    for person in persons:
        cell_key ^= int.from_bytes(_mac(key, person.encode())[:PART])
    said = cell_key.to_bytes(PART) + number.to_bytes(PART)
    draw = int.from_bytes(_mac(key, said)[:PART]) / SCALE
    up = draw < (1 / 3 if rest == 1 else 2 / 3)
    return number - rest + (BASE if up else 0)


def _mac(key: bytes, said: bytes) -> bytes:
    return hmac.new(key, said, hashlib.sha256).digest()
