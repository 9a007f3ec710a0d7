import pytest
from pydantic import SecretStr

from models.values import How, Platform
from settings import Settings
from triage.answerable import X_SUMMONED_USD, Answerable, answerable

OURS = frozenset({(Platform.X, "acme"), (Platform.X, "77"), (Platform.REDDIT, "acme")})
X_KEYS = dict.fromkeys(
    ("x_consumer_key", "x_consumer_secret", "x_access_token", "x_access_token_secret"), SecretStr("k")
)
REDDIT_KEYS = dict.fromkeys(("reddit_client_id", "reddit_client_secret", "reddit_password"), SecretStr("k"))
ALL_KEYS = Settings(**X_KEYS, **REDDIT_KEYS, reddit_username="acme")  # type: ignore[arg-type]


def ask(
    platform: Platform,
    *mentioned: str,
    quotes_us: bool = False,
    gone: bool = False,
    locked: bool = False,
    settings: Settings = ALL_KEYS,
) -> Answerable:
    return answerable(
        platform, mentioned=mentioned, quotes_us=quotes_us, gone=gone, locked=locked, handles=OURS, settings=settings
    )


@pytest.mark.parametrize("name", ["acme", "77"])
def test_on_x_who_names_us_by_handle_or_id_can_be_answered_by_api_at_a_price(name: str) -> None:
    told = ask(Platform.X, "someone", name)
    assert (told.how, told.price_usd) == (How.API, X_SUMMONED_USD)


def test_on_x_who_quotes_us_can_be_answered_by_api() -> None:
    assert ask(Platform.X, quotes_us=True).how == How.API


@pytest.mark.parametrize("names", [(), ("someone",), ("zenith", "78")])
def test_on_x_who_did_not_name_us_is_handed_off_even_below_a_post_of_ours(names: tuple[str, ...]) -> None:
    told = ask(Platform.X, *names)
    assert (told.how, told.price_usd) == (How.HAND_OFF, None)
    assert "did not mention us" in told.reason


@pytest.mark.parametrize("missing", X_KEYS)
def test_on_x_a_missing_key_means_a_hand_off(missing: str) -> None:
    told = ask(Platform.X, "acme", settings=Settings(**{k: v for k, v in X_KEYS.items() if k != missing}))  # type: ignore[arg-type]
    assert told == Answerable(How.HAND_OFF, "No X keys for posting are set: copy the text and open the post.")


def test_a_handle_of_ours_on_another_platform_summons_nobody_on_x() -> None:
    other = frozenset({(Platform.REDDIT, "acme")})
    told = answerable(
        Platform.X, mentioned=["acme"], quotes_us=False, gone=False, locked=False, handles=other, settings=ALL_KEYS
    )
    assert told.how == How.HAND_OFF


def test_reddit_takes_replies_with_keys_and_for_nothing() -> None:
    assert ask(Platform.REDDIT) == Answerable(How.API, "Reddit takes replies from our account.", None)


@pytest.mark.parametrize("missing", [*REDDIT_KEYS, "reddit_username"])
def test_reddit_without_a_key_is_handed_off(missing: str) -> None:
    keys = {k: v for k, v in (REDDIT_KEYS | {"reddit_username": "acme"}).items() if k != missing}
    assert ask(Platform.REDDIT, "acme", settings=Settings(**keys)).how == How.HAND_OFF  # type: ignore[arg-type]


def test_blogs_are_handed_off_always() -> None:
    assert ask(Platform.BLOG, "acme").how == How.HAND_OFF


@pytest.mark.parametrize("platform", Platform)
def test_what_is_deleted_or_locked_cannot_be_answered_at_all(platform: Platform) -> None:
    gone, locked = ask(platform, "acme", gone=True), ask(platform, "acme", locked=True)
    assert (gone.how, "deleted" in gone.reason, gone.price_usd) == (How.NO, True, None)
    assert (locked.how, "locked" in locked.reason, locked.price_usd) == (How.NO, True, None)


def test_the_values_are_those_scripts_rely_on() -> None:
    assert {h.value for h in How} == {"api", "hand_off", "no"}
