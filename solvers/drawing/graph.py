"""Computational graphs: boxes joined by arrows, the value that flows forward above each, the gradient that returns below."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from solvers.drawing.canvas import Point, arrow, length_of, picture, rect, text

SMALL, HIGH, PAGE = 11.0, 14.0, 760.0
BOX, LEVEL, MARGIN, LANE, GUTTER, BEND = 44.0, 96.0, 14.0, 18.0, 30.0, 14.0


@dataclass(frozen=True, slots=True)
class Node:
    """A box with a title and a line below it; a plain one is only words."""

    name: str
    title: str
    remark: str = ""
    plain: bool = False

    @property
    def width(self) -> float:
        """How wide it is drawn."""
        return max(length_of(self.title), length_of(self.remark, SMALL), 20) + (6 if self.plain else 18)


@dataclass(frozen=True, slots=True)
class Edge:
    """An arrow from node to node, with lines of text above and below it."""

    source: str
    target: str
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()

    @property
    def width(self) -> float:
        """How long it must be for its texts."""
        return max((length_of(line, SMALL) for line in (*self.above, *self.below)), default=0) + 40


@dataclass(frozen=True, slots=True)
class Place:
    """Where a node stands: the row of the page, its rank, the middle of its box, and half its width."""

    row: int
    rank: int
    x: float
    y: float
    half: float


def graph(nodes: Sequence[Node], edges: Sequence[Edge]) -> str:
    """Draw nodes, listed in an order of computation, from left to right in as many rows as they need.

    >>> graph([Node("x", "x", plain=True), Node("f", "square")], [Edge("x", "f", ("3",), ("6",))]).count("<rect")
    1
    """
    ranks = _ranks(nodes, edges)
    rows = _rows(nodes, edges, ranks)
    tops, places = _places(nodes, edges, ranks, rows)
    drawn = [one for node in nodes for one in _drawn(node, places[node.name])]
    lanes: dict[int, float] = {}
    for edge, level in zip(edges, _levels(edges, places), strict=True):
        drawn += _joined(edge, places, lanes, tops, level)
    width = max(place.x + place.half for place in places.values()) + 2 * MARGIN + (GUTTER if len(rows) > 1 else 0)
    return picture(width, tops[-1], *drawn)


def _ranks(nodes: Sequence[Node], edges: Sequence[Edge]) -> dict[str, int]:
    """Give every node its distance from the inputs, along the longest way; inputs stand before their first reader."""
    ranks: dict[str, int] = {}
    for node in nodes:
        before = [ranks[edge.source] for edge in edges if edge.target == node.name and edge.source in ranks]
        ranks[node.name] = max(before, default=-1) + 1
    for node in nodes:
        after = [ranks[edge.target] for edge in edges if edge.source == node.name]
        if not any(edge.target == node.name for edge in edges) and after:
            ranks[node.name] = min(after) - 1
    return ranks


def _columns(nodes: Sequence[Node], ranks: Mapping[str, int]) -> list[list[Node]]:
    return [[node for node in nodes if ranks[node.name] == rank] for rank in range(max(ranks.values()) + 1)]


def _gap(edges: Sequence[Edge], ranks: Mapping[str, int], rank: int) -> float:
    """Give the room that the arrows into a rank need."""
    return max((edge.width for edge in edges if ranks[edge.target] == rank), default=0)


def _rows(nodes: Sequence[Node], edges: Sequence[Edge], ranks: Mapping[str, int]) -> list[list[int]]:
    """Deal the ranks out to rows that fit on the page; only where a single arrow leads on may a row end."""
    rows: list[list[int]] = [[]]
    used = MARGIN
    for group in _groups(edges, ranks, max(ranks.values()) + 1):
        room = sum(
            _gap(edges, ranks, rank) + max((node.width for node in nodes if ranks[node.name] == rank), default=0)
            for rank in group
        )
        if len(rows[-1]) > 1 and used + room > PAGE:
            rows.append([])
            used = MARGIN
        rows[-1] += group
        used += room
    return rows


def _groups(edges: Sequence[Edge], ranks: Mapping[str, int], count: int) -> list[list[int]]:
    """Give the runs of ranks that must stay in one row."""
    groups: list[list[int]] = [[]]
    for rank in range(count):
        crossing = sum(ranks[edge.source] < rank <= ranks[edge.target] for edge in edges)
        starting = any(ranks[edge.source] == rank - 1 for edge in edges)
        if groups[-1] and crossing == 1 and starting:
            groups.append([])
        groups[-1].append(rank)
    return groups


def _places(
    nodes: Sequence[Node], edges: Sequence[Edge], ranks: Mapping[str, int], rows: list[list[int]]
) -> tuple[list[float], dict[str, Place]]:
    """Give the upper edge of every row (and the end of the last), and the place of every node."""
    columns, places, tops = _columns(nodes, ranks), {}, [0.0]
    for number, row in enumerate(rows):
        lanes = sum(_skips(edge, ranks, row) for edge in edges)
        texts = max((max(len(e.above), len(e.below)) for e in edges if ranks[e.target] in row), default=0)
        level = max(LEVEL, BOX + 2 * HIGH * texts)
        most = max(len(columns[rank]) for rank in row)
        above = MARGIN + lanes * _lane(edges, ranks, row) + max(HIGH * texts, BOX / 2)
        x = MARGIN
        for rank in row:
            x += _gap(edges, ranks, rank)
            half = max(node.width for node in columns[rank]) / 2
            for place, node in enumerate(columns[rank]):
                y = tops[-1] + above + (place + (most - len(columns[rank])) / 2) * level
                places[node.name] = Place(number, rank, x + half, y, node.width / 2)
            x += 2 * half
        tops.append(tops[-1] + above + (most - 1) * level + max(HIGH * texts, BOX / 2) + MARGIN)
    return tops, places


def _skips(edge: Edge, ranks: Mapping[str, int], row: list[int]) -> bool:
    """Say whether an arrow must go around boxes of this row."""
    return ranks[edge.source] in row and ranks[edge.target] in row and ranks[edge.target] - ranks[edge.source] > 1


def _lane(edges: Sequence[Edge], ranks: Mapping[str, int], row: list[int]) -> float:
    """Give the height that an arrow around boxes takes with its texts."""
    around = [edge for edge in edges if _skips(edge, ranks, row)]
    return LANE + HIGH * max((len(edge.above) + len(edge.below) for edge in around), default=0)


def _drawn(node: Node, at: Place) -> Iterator[str]:
    if not node.plain:
        yield rect(at.x - at.half, at.y - BOX / 2, 2 * at.half, BOX, stroke=1.2, shade=0.06)
    shift = 8 if node.remark else 0
    yield text(at.x, at.y - shift, node.title, bold=True)
    if node.remark:
        yield text(at.x, at.y + 9, node.remark, size=SMALL)


def _joined(
    edge: Edge, places: Mapping[str, Place], lanes: dict[int, float], tops: list[float], level: tuple[float, float]
) -> Iterator[str]:
    """Draw an arrow straight, around the boxes between, or on to the next row."""
    start, end = places[edge.source], places[edge.target]
    left, right = (start.x + start.half, start.y), (end.x - end.half, end.y)
    if start.row != end.row:
        turn, gutter = max(place.x + place.half for place in places.values()) + MARGIN, tops[end.row]
        before = right[0] - edge.width
        yield arrow(left, (turn, left[1]), (turn, gutter), (before, gutter), (before, right[1]), right)
        yield from _words(edge, ((before + right[0]) / 2, right[1]))
    elif end.rank - start.rank > 1:
        y = max(tops[start.row], lanes.get(start.row, 0.0)) + MARGIN / 2 + 4 + HIGH * len(edge.above)
        lanes[start.row] = y + HIGH * len(edge.below) + 4
        topmost = all(
            other.y >= end.y for other in places.values() if (other.row, other.rank) == (end.row, end.rank)
        )
        aside = right[0] - BEND
        last = (
            [(end.x, y), (end.x, end.y - BOX / 2)]
            if topmost
            else [(aside, y), (aside, level[1]), (right[0], level[1])]
        )
        yield arrow((start.x, start.y - BOX / 2), (start.x, y), *last)
        yield from _words(edge, ((start.x + last[0][0]) / 2, y))
    else:
        run, port = level
        bend = right[0] - BEND
        points = [left, (left[0] + BEND, run), (bend, run), (right[0], port)]
        yield arrow(*(point for number, point in enumerate(points) if not number or point != points[number - 1]))
        yield from _words(edge, ((left[0] + BEND + bend) / 2, run))


def _levels(edges: Sequence[Edge], places: Mapping[str, Place]) -> list[tuple[float, float]]:
    """Give the height at which each arrow runs, and where it enters its box; arrows of one node keep apart."""
    found = []
    for edge in edges:
        start, end = places[edge.source], places[edge.target]
        leaving = [one for one in edges if one.source == edge.source and _straight(one, places)]
        entering = sorted(
            (one for one in edges if one.target == edge.target and _straight(one, places)),
            key=lambda one: places[one.source].y,
        )
        room = HIGH * (len(edge.above) + len(edge.below)) + 8
        run = start.y + (leaving.index(edge) - (len(leaving) - 1) / 2) * room if edge in leaving else start.y
        port = end.y + (entering.index(edge) - (len(entering) - 1) / 2) * 12 if edge in entering else end.y
        found.append((run, port))
    return found


def _on_the_left(edge: Edge, places: Mapping[str, Place]) -> bool:
    """Say whether an arrow enters its box from the left: all but those around boxes into the topmost of a column."""
    end = places[edge.target]
    return _straight(edge, places) or end.y > min(
        other.y for other in places.values() if (other.row, other.rank) == (end.row, end.rank)
    )


def _straight(edge: Edge, places: Mapping[str, Place]) -> bool:
    start, end = places[edge.source], places[edge.target]
    return start.row == end.row and end.rank - start.rank == 1


def _words(edge: Edge, at: Point) -> Iterator[str]:
    """Write the value above the middle of an arrow and the gradient below it."""
    x, y = at
    for number, line in enumerate(reversed(edge.above)):
        yield text(x, y - 9 - HIGH * number, line, size=SMALL)
    for number, line in enumerate(edge.below):
        yield text(x, y + 10 + HIGH * number, line, size=SMALL)
