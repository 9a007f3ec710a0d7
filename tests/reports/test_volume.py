"""Posts a day, counted by hand: others' posts alone, by platform time, in the brand's days, on both databases."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session, select

from models import Author, Brand, Correction, Mention, Placement, Reading
from models.database import Database
from models.values import Intent, Label, Platform, Sentiment
from reports.days import bounds
from reports.volume import DayVolume, volume_by_day

BERLIN = ZoneInfo("Europe/Berlin")


class Posts:
    """A database in which posts can be put."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.numbers = count(1)
        self.brand = self.named("Tarnbrook")
        author = Author(platform=Platform.X, key="id:1", handle="kim", handle_key="kim")
        session.add(author)
        session.flush()
        self.author_id = author.id or 0

    def named(self, name: str) -> int:
        brand = Brand(name=name, timezone="Europe/Berlin")
        self.session.add(brand)
        self.session.flush()
        return brand.id or 0

    def post(self, at: datetime, *moods: Sentiment, own: bool = False, brands: tuple[int, ...] = ()) -> None:
        """One post, read once for each mood; the last one counts."""
        number = str(next(self.numbers))
        mention = Mention(
            platform=[Platform.X, Platform.REDDIT, Platform.BLOG][int(number) % 3], external_id=number, own=own,
            author_id=self.author_id, text="", posted_at=at, thread_key=number,
        )  # fmt: skip
        self.session.add(mention)
        self.session.flush()
        for brand_id in brands or (self.brand,):
            self.session.add(Placement(mention_id=mention.id or 0, brand_id=brand_id))
        for mood in moods:
            self.session.add(
                Reading(
                    mention_id=mention.id or 0, sentiment=mood, p_negative=0, p_neutral=0, p_positive=0,
                    intent=Intent.CHATTER, intents={}, intent_confidence=1, about_brand=1, needs_reply=0, language="en",
                    model_version="hand",
                )
            )  # fmt: skip
            self.session.flush()

    def days(self, first: date, last: date, *brands: int) -> list[DayVolume]:
        start, end = bounds(first, last, BERLIN)
        assert start is not None
        assert end is not None
        return volume_by_day(self.session, brand_ids=brands or (self.brand,), zone=BERLIN, start=start, end=end)


@pytest.fixture
def posts(database: Database) -> Iterator[Posts]:
    with database.writing() as session:
        yield Posts(session)


def at(day: int, hour: int, minute: int = 0, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=BERLIN).astimezone(UTC)


def test_a_day_counts_others_posts_by_their_newest_reading(posts: Posts) -> None:
    posts.post(at(4, 9), Sentiment.NEGATIVE)
    posts.post(at(4, 10), Sentiment.NEGATIVE, Sentiment.POSITIVE)
    posts.post(at(4, 11), Sentiment.NEUTRAL)
    posts.post(at(4, 11), Sentiment.NEUTRAL)
    posts.post(at(4, 12))
    posts.post(at(4, 13), Sentiment.POSITIVE, own=True)
    posts.post(at(5, 13), Sentiment.POSITIVE)
    assert posts.days(date(2026, 3, 4), date(2026, 3, 4)) == [DayVolume(date(2026, 3, 4), 5, 1, 2, 1, 1)]


def test_a_person_s_word_counts_instead_of_the_reading_until_it_is_taken_back_or_the_words_change(posts: Posts) -> None:
    for _ in range(3):
        posts.post(at(4, 9), Sentiment.NEUTRAL)
    said, undone, edited = posts.session.exec(select(Mention)).all()
    for mention, taken_back in ((said, None), (undone, at(4, 11)), (edited, None)):
        posts.session.add(
            Correction(
                mention_id=mention.id or 0, edition=1, label=Label.SENTIMENT, was="neutral", said="negative",
                model_version="hand", platform=mention.platform, undone_at=taken_back,
            )
        )  # fmt: skip
    posts.session.add(
        Correction(
            mention_id=undone.id or 0, edition=1, label=Label.INTENT, was="chatter", said="crisis",
            model_version="hand", platform=undone.platform,
        )
    )  # fmt: skip
    edited.editions = 2
    posts.session.flush()
    (day,) = posts.days(date(2026, 3, 4), date(2026, 3, 4))
    assert (day.mentions, day.negative, day.neutral) == (3, 1, 2)


def test_days_without_a_post_stand_there_with_zeros(posts: Posts) -> None:
    posts.post(at(4, 9))
    found = posts.days(date(2026, 3, 3), date(2026, 3, 5))
    assert [(v.day.day, v.mentions, v.not_read) for v in found] == [(3, 0, 0), (4, 1, 1), (5, 0, 0)]


@pytest.mark.parametrize(("month", "day", "hours"), [(3, 29, 23), (10, 25, 25), (3, 4, 24)])
def test_days_of_23_and_25_hours_hold_an_hour_less_and_more(posts: Posts, month: int, day: int, hours: int) -> None:
    first = datetime(2026, month, day, tzinfo=BERLIN).astimezone(UTC)
    for number in range(-1, 26):  # one an hour, from an hour before midnight on, a second before the hour is over
        posts.post(first + timedelta(hours=number, minutes=59, seconds=59))
    found = posts.days(date(2026, month, day), date(2026, month, day))
    assert [(v.day, v.mentions) for v in found] == [(date(2026, month, day), hours)]


def test_a_zone_with_three_quarters_of_an_hour_has_its_own_midnight(posts: Posts) -> None:
    zone = ZoneInfo("Asia/Kathmandu")  # UTC+5:45
    for minute in (14, 15):
        posts.post(datetime(2026, 3, 4, 18, minute, 59, tzinfo=UTC))
    start, end = bounds(date(2026, 3, 4), date(2026, 3, 5), zone)
    assert start is not None
    assert end is not None
    found = volume_by_day(posts.session, brand_ids=(posts.brand,), zone=zone, start=start, end=end)
    assert [v.mentions for v in found] == [1, 1]


def test_the_last_half_second_of_a_day_belongs_to_it(posts: Posts) -> None:
    posts.post(at(5, 0) - timedelta(seconds=0.3))
    assert [day.mentions for day in posts.days(date(2026, 3, 4), date(2026, 3, 5))] == [1, 0]


def test_a_post_about_two_brands_counts_once_and_another_brands_not_at_all(posts: Posts) -> None:
    other, third = posts.named("Other"), posts.named("Third")
    posts.post(at(4, 9), Sentiment.NEGATIVE, brands=(posts.brand, other))
    posts.post(at(4, 9), brands=(third,))
    day = date(2026, 3, 4)
    assert [v.mentions for v in posts.days(day, day, posts.brand, other)] == [1]
    assert [v.mentions for v in posts.days(day, day, posts.brand)] == [1]
    assert [v.mentions for v in posts.days(day, day, third)] == [1]
