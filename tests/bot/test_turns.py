"""Those who wait for something to be done for them stand in a queue once, and too many are let go."""

from __future__ import annotations

from bot.turns import Turns


def test_nobody_stands_twice_and_the_first_comer_sees_to_the_queue() -> None:
    turns = Turns(10)
    assert turns.join(["a", "b", "a"])
    assert not turns.join(["b", "c"])
    assert list(turns.served()) == ["a", "b", "c"]
    assert turns.join(["a"])


def test_who_joins_again_while_they_are_served_is_served_again() -> None:
    """What changed after their turn began would be missed otherwise."""
    turns = Turns(10)
    turns.join(["a"])
    served = []
    for name in turns.served():
        served.append(name)
        if len(served) == 1:
            assert not turns.join(["a"])
    assert served == ["a", "a"]


def test_nobody_to_wait_for_begins_nothing() -> None:
    turns = Turns(10)
    assert not turns.join([])
    assert turns.join(["a"])


def test_who_goes_first_is_served_once_and_never_let_go() -> None:
    turns = Turns(1, lambda: 0.0)
    turns.join(["a", "b", "c"])
    turns.join(["c"], first=True)
    assert list(turns.served()) == ["c"]
    assert turns.join(["d"], first=True)
    assert list(turns.served()) == ["d"]


def test_more_than_may_pass_in_a_minute_are_let_go() -> None:
    now = [0.0]
    turns = Turns(2, lambda: now[0])
    turns.join(["a", "b", "c"])
    assert list(turns.served()) == ["a", "b"]
    now[0] = 59.9
    assert turns.join(["c"])
    assert list(turns.served()) == []
    now[0] = 60.0
    assert turns.join(["c"])
    assert list(turns.served()) == ["c"]
