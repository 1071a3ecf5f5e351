from pathlib import Path

from flows.edges.quiet import Look, Resting

A, B = Path("a.xlsx"), Path("b.xlsx")
NOTHING = Look((), ())


def mark(size: int, written_at: int = 0) -> tuple[int, int, int]:
    return (1, size, written_at)


def test_a_file_is_taken_once_it_has_looked_the_same_for_so_long() -> None:
    resting = Resting(5)
    assert resting.look({A: mark(10)}, 0) == NOTHING
    assert resting.look({A: mark(10)}, 4.9) == NOTHING
    assert resting.look({A: mark(10)}, 5) == Look((A,), ())
    resting.handled([A])
    assert resting.look({A: mark(10)}, 60) == NOTHING


def test_one_that_grows_is_left_and_named_and_holds_up_no_other() -> None:
    resting = Resting(5)
    resting.look({A: mark(10), B: mark(7)}, 0)
    assert resting.look({A: mark(20), B: mark(7)}, 5) == Look((B,), (A,))
    assert resting.look({A: mark(30), B: mark(7)}, 9) == Look((B,), (A,))
    assert resting.look({A: mark(30), B: mark(7)}, 14) == Look((A, B), ())


def test_one_that_is_written_over_without_growing_is_not_at_rest() -> None:
    resting = Resting(5)
    resting.look({A: mark(10, 1)}, 0)
    assert resting.look({A: mark(10, 2)}, 5) == Look((), (A,))


def test_a_newer_version_is_taken_again() -> None:
    resting = Resting(5)
    resting.look({A: mark(10)}, 0)
    resting.look({A: mark(10)}, 5)
    resting.handled([A])
    assert resting.look({A: mark(11)}, 10).quiet == ()
    assert resting.look({A: mark(11)}, 15).quiet == (A,)


def test_one_that_is_taken_and_fails_comes_again_at_the_next_look() -> None:
    resting = Resting(5)
    resting.look({A: mark(10)}, 0)
    assert resting.look({A: mark(10)}, 5).quiet == (A,)
    assert resting.look({A: mark(10)}, 6).quiet == (A,)


def test_one_that_cannot_be_read_is_tried_less_and_less_often() -> None:
    resting = Resting(5)
    resting.look({A: mark(10)}, 0)
    tried = []
    for second in range(5, 200):
        if resting.look({A: mark(10)}, second).quiet:
            tried.append(second)
            resting.unread([A], second)
    assert tried == [5, 15, 35, 75, 155]


def test_one_that_went_and_came_back_unchanged_is_known() -> None:
    resting = Resting(5)
    resting.look({A: mark(10)}, 0)
    resting.look({A: mark(10)}, 5)
    resting.handled([A])
    assert resting.look({}, 10) == NOTHING
    assert resting.look({A: mark(10)}, 20) == NOTHING
