"""One job, one hand: by name, for a while, and no longer than its holder lives."""

from datetime import timedelta

from models.database import Database
from settings import Settings
from tests.worker.stage import Hand
from worker.lease import LEASE, Worker, leased


def hand(database: Database, ahead: timedelta = timedelta(0)) -> Hand:
    return Hand(database, Settings(), ahead=ahead)


def test_a_job_has_one_hand_at_a_time_and_others_have_theirs(database: Database) -> None:
    first, second = hand(database), hand(database)
    with leased(first, "reading") as mine:
        assert mine
        with leased(second, "reading") as theirs:
            assert not theirs
        with leased(second, "threads:x") as another:
            assert another
    with leased(second, "reading") as theirs:
        assert theirs


def test_a_job_that_breaks_gives_its_lease_back(database: Database) -> None:
    try:
        with leased(hand(database), "reading"):
            raise RuntimeError("broken")
    except RuntimeError:
        pass
    with leased(hand(database), "reading") as mine:
        assert mine


def test_a_lease_of_the_dead_runs_out_and_the_late_give_nothing_back(database: Database) -> None:
    with leased(hand(database), "reading") as mine:
        assert mine
        later = hand(database, LEASE + timedelta(seconds=1))
        with leased(later, "reading") as taken:
            assert taken
            with leased(hand(database, LEASE), "reading") as third:
                assert not third
    with leased(hand(database), "reading") as free:
        assert free


def test_no_two_workers_share_a_name(database: Database) -> None:
    assert Worker(database, Settings()).name != Worker(database, Settings()).name
