"""The brake on guessing."""

import pytest

from bot.orders.backend import ProofBrake


class Clock:
    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def brake(clock: Clock) -> ProofBrake:
    return ProofBrake(limit=3, seconds=60, clock=clock)


def test_a_number_is_blocked_after_the_limit(brake: ProofBrake) -> None:
    for _ in range(2):
        brake.failed("PL-10432")
    assert not brake.blocked("PL-10432")
    brake.failed("PL-10432")
    assert brake.blocked("PL-10432")


def test_every_shape_of_a_number_counts_together(brake: ProofBrake) -> None:
    for shape in ("PL-10432", "#pl 10432", "10432"):
        brake.failed(shape)
    assert all(brake.blocked(shape) for shape in ("PL-10432", "pl10432", "10432"))


def test_other_numbers_are_free(brake: ProofBrake) -> None:
    for _ in range(3):
        brake.failed("PL-10432")
    assert not brake.blocked("PL-10433")
    assert not brake.blocked("")


def test_a_block_ends_when_its_failures_are_old(brake: ProofBrake, clock: Clock) -> None:
    for _ in range(3):
        brake.failed("PL-10432")
        clock.at += 10
    clock.at += 31
    assert not brake.blocked("PL-10432")
    brake.failed("PL-10432")
    assert brake.blocked("PL-10432")
