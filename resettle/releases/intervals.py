"""What an attacker can work out of a table with hidden cells: the attacker's interval. Pure.

A table with its margins is a flow: from the total through the rows and the cells to the columns.
Each number that is published bounds an arc, and a hidden one leaves its arc wide. How little and
how much a cell can be, given all that is published, is then how far its flow can be pushed down
and up; for whole numbers this is exact (access.md 6.6, step 6).
"""

from collections import deque
from collections.abc import Mapping

Arc = tuple[str, str]
Bounds = tuple[int, int]
WIDE = 10**9
BEYOND, BEFORE = "beyond", "before"


class Contradiction(Exception):
    """Nothing that is whole and not negative fits what is said."""


def widest(bounds: Mapping[Arc, Bounds], asked: list[Arc]) -> dict[Arc, Bounds]:
    """Give the least and the most that each arc asked for can carry.

    `bounds` are those of each arc of a network in which what goes in comes out, so it has to lead
    round. Raises Contradiction if nothing fits.
    """
    flow = _fitting(bounds)
    found = {}
    for arc in asked:
        low, high = bounds[arc]
        more = _most(bounds, dict(flow), arc, turned=False, most=high - flow[arc])
        less = _most(bounds, dict(flow), arc, turned=True, most=flow[arc] - low)
        found[arc] = (flow[arc] - less, flow[arc] + more)
    return found


def _fitting(bounds: Mapping[Arc, Bounds]) -> dict[Arc, int]:
    """Find one flow within all bounds: first the least of each arc, then what evens it out."""
    wider: dict[Arc, Bounds] = {}
    owed: dict[str, int] = {}
    for (source, target), (low, high) in bounds.items():
        wider[source, target] = (0, high - low)
        owed[target] = owed.get(target, 0) + low
        owed[source] = owed.get(source, 0) - low
    for node, amount in owed.items():
        wider[(BEFORE, node) if amount > 0 else (node, BEYOND)] = (0, abs(amount))
    flow = dict.fromkeys(wider, 0)
    needed = sum(amount for amount in owed.values() if amount > 0)
    if _push(wider, flow, BEFORE, BEYOND, needed) < needed:
        raise Contradiction
    return {arc: bounds[arc][0] + flow[arc] for arc in bounds}


def _most(
    bounds: Mapping[Arc, Bounds], flow: dict[Arc, int], arc: Arc, *, turned: bool, most: int
) -> int:
    """Say how much more an arc can carry (or less, if turned), the others making room."""
    others = {other: limits for other, limits in bounds.items() if other != arc}
    source, target = reversed(arc) if turned else arc
    del flow[arc]
    return _push(others, flow, target, source, most)


def _push(
    bounds: Mapping[Arc, Bounds], flow: dict[Arc, int], source: str, target: str, most: int
) -> int:
    """Push as much as goes from a node to another, by shortest ways, and say how much it was."""
    pushed = 0
    while pushed < most:
        way = _way(bounds, flow, source, target)
        if way is None:
            break
        amount = min(most - pushed, *(room for _, _, room in way))
        for arc, sign, _ in way:
            flow[arc] += sign * amount
        pushed += amount
    return pushed


def _way(
    bounds: Mapping[Arc, Bounds], flow: Mapping[Arc, int], source: str, target: str
) -> list[tuple[Arc, int, int]] | None:
    """Find the shortest way on which something can still be pushed, arc by arc with its room."""
    leading = _leading(bounds, flow)
    came: dict[str, tuple[str, Arc, int, int] | None] = {source: None}
    waiting = deque([source])
    while waiting and target not in came:
        node = waiting.popleft()
        for following, arc, sign, room in leading.get(node, ()):
            if following not in came:
                came[following] = (node, arc, sign, room)
                waiting.append(following)
    return _back(came, target) if target in came else None


def _leading(
    bounds: Mapping[Arc, Bounds], flow: Mapping[Arc, int]
) -> Mapping[str, list[tuple[str, Arc, int, int]]]:
    """Say from each node where something can still be pushed: on along an arc, or back on it."""
    leading: dict[str, list[tuple[str, Arc, int, int]]] = {}
    for arc, (low, high) in bounds.items():
        source, target = arc
        if flow[arc] < high:
            leading.setdefault(source, []).append((target, arc, 1, high - flow[arc]))
        if flow[arc] > low:
            leading.setdefault(target, []).append((source, arc, -1, flow[arc] - low))
    return leading


def _back(
    came: Mapping[str, tuple[str, Arc, int, int] | None], target: str
) -> list[tuple[Arc, int, int]]:
    way, step = [], came[target]
    while step is not None:
        node, arc, sign, room = step
        way.append((arc, sign, room))
        step = came[node]
    return way
