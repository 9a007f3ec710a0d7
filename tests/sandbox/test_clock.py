from datetime import UTC, datetime, timedelta

from sandbox.clock import Clock

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


def test_a_running_clock_keeps_its_distance_from_the_machine() -> None:
    behind = timedelta(hours=3, minutes=7)
    before = datetime.now(UTC)
    told = Clock(-behind).now()
    after = datetime.now(UTC)
    assert before - behind <= told <= after - behind


def test_a_stopped_clock_moves_only_when_told() -> None:
    clock = Clock(stopped_at=NOON)
    assert clock.now() == NOON
    clock.advance(timedelta(minutes=5))
    assert clock.now() == NOON + timedelta(minutes=5)
    clock.set(NOON)
    assert clock.now() == NOON


def test_a_clock_that_runs_again_runs_on_from_where_it_stood() -> None:
    clock = Clock(stopped_at=NOON)
    clock.run()
    assert not clock.stopped
    assert NOON <= clock.now() < NOON + timedelta(minutes=5)
    clock.stop()
    assert clock.now() == clock.now()
