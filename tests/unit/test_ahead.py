"""Pieces made ahead: the same, in their order, whatever the depth; what making raises is raised where it is taken."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from transforms.ahead import ahead


def _pieces(count: int, *, fails_at: int = -1) -> Iterator[int]:
    for number in range(count):
        if number == fails_at:
            raise ValueError(str(number))
        yield number


@pytest.mark.parametrize("depth", [1, 3])
@pytest.mark.parametrize("count", [0, 1, 2, 3, 10])
def test_all_pieces_come_in_their_order(count: int, depth: int) -> None:
    assert list(ahead(_pieces(count), depth)) == list(range(count))


@pytest.mark.parametrize("depth", [1, 3])
def test_what_making_raises_comes_after_the_pieces_before_it(depth: int) -> None:
    pieces = ahead(_pieces(9, fails_at=2), depth)
    assert [next(pieces), next(pieces)] == [0, 1]
    with pytest.raises(ValueError, match="2"):
        next(pieces)
