"""The breaker and the budget: when the model is left alone."""

from datetime import date

import pytest

from assistant.model.breaker import Breaker
from assistant.model.budget import Budget
from ingest.errors import InputError


class Clock:
    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def fail(breaker, times=3):
    for _ in range(times):
        assert breaker.lets_through()
        breaker.told(well=False)


def test_it_opens_after_three_failures_in_a_row(clock):
    breaker = Breaker(clock=clock)
    fail(breaker, 2)
    assert breaker.lets_through()
    breaker.told(well=True)
    fail(breaker)
    assert breaker.open
    assert not breaker.lets_through()


def test_after_a_minute_one_call_is_let_through_and_decides(clock):
    breaker = Breaker(clock=clock)
    fail(breaker)
    clock.now += 59.9
    assert not breaker.lets_through()
    clock.now += 0.1
    assert breaker.lets_through()
    assert not breaker.lets_through()
    breaker.told(well=False)
    assert not breaker.lets_through()
    clock.now += 60
    assert breaker.lets_through()
    breaker.told(well=True)
    assert breaker.lets_through()
    assert breaker.lets_through()


def test_a_call_that_was_broken_off_decides_nothing_and_blocks_nothing(clock):
    breaker = Breaker(clock=clock)
    fail(breaker)
    clock.now += 60
    assert breaker.lets_through()
    breaker.told(well=None)
    assert breaker.lets_through()


@pytest.fixture
def day():
    return [date(2026, 11, 23)]


@pytest.mark.parametrize("kept", [False, True])
def test_each_user_has_a_budget_of_each_day(day, tmp_path, kept):
    budget = Budget(100, lambda: day[0], tmp_path / "mapp" / "b.db" if kept else None)
    budget.spend("a", 60)
    assert budget.left("a")
    budget.spend("a", 60)
    assert not budget.left("a")
    assert budget.left("b")
    assert budget.used_by_all() == 120
    day[0] = date(2026, 11, 24)
    assert budget.left("a")
    budget.spend("b", 1)
    assert budget.used_by_all() == 1


def test_what_was_used_outlives_a_restart_and_earlier_days_do_not(day, tmp_path):
    path = tmp_path / "b.db"
    Budget(100, lambda: day[0], path).spend("a", 7)
    again = Budget(100, lambda: day[0], path)
    assert again.used("a") == 7
    day[0] = date(2026, 11, 24)
    again.spend("a", 1)
    assert b"2026-11-23" not in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0


def test_no_limit_lets_all_through(day):
    budget = Budget(0, lambda: day[0])
    budget.spend("a", 10**9)
    assert budget.left("a")


def test_a_file_that_cannot_be_used_is_said_in_swedish(day, tmp_path):
    (tmp_path / "fil").write_text("ingen mapp")
    with pytest.raises(InputError, match="går inte att använda"):
        Budget(1, lambda: day[0], tmp_path / "fil" / "b.db")
    broken = tmp_path / "trasig.db"
    broken.write_text("ingen databas, bara text som ligger där " * 50)
    with pytest.raises(InputError, match="går inte att använda"):
        Budget(1, lambda: day[0], broken)
