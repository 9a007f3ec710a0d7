"""Sandbox, X: what each address of API v2 answers. In: an authorised request, out: JSON, never more than X gives.

Recent search, the mentions and own timelines, post and user lookups.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sandbox.query import QueryError
from sandbox.records import Person, Post, is_listed, text_at
from sandbox.world import World
from sandbox.x_listing import BadRequest, Page, bounds, check_search_window, page, searchable
from sandbox.x_query import MAX_LENGTH, compile_query, matches
from sandbox.x_shape import Asked, Json, Version, extras, find_version, newest_version, problem_base, tweet, user
from sandbox.x_text import full_text, mentions_in, user_id

_NEWEST_MENTIONS, _NEWEST_OWN = 800, 3200


@dataclass(frozen=True, slots=True)
class Call:
    """One authorised request: parameters flattened, fields understood."""

    world: World
    params: dict[str, str]
    path: dict[str, str]
    asked: Asked


def search_recent(call: Call) -> Json:
    """Find posts of the last 7 days, older than 30 seconds, by query."""
    query, now = call.params.get("query", ""), call.world.clock.now()
    if not query.strip():
        raise BadRequest("query", query, "The `query` query parameter can not be empty")
    if len(query) > MAX_LENGTH:
        length = f"Your rule is {len(query)} characters long. The maximum is {MAX_LENGTH}"
        raise BadRequest("query", query, f"There were errors processing your request: {length}")
    try:
        node = compile_query(query)
    except QueryError as wrong:
        raise BadRequest("query", query, f"There were errors processing your request: {wrong}") from None
    check_search_window(call.params, now)
    found = [version for version in _listed(call) if searchable(version, now)]
    chosen = [version for version in found if matches(call.world, node, version.post)]
    return _posts(call, _page(call, chosen, low=10, default=10))


def mentions(call: Call) -> Json:
    """List the newest 800 posts of others that name a user, whatever their age."""
    person = _person(call)
    if person is None:
        return _user_missing(call, "id", call.path["id"])
    handle = person.name_on("x").casefold()
    found = [v for v in _listed(call) if v.post.by != person.key and _names(call.world, v.post, handle)]
    return _posts(call, _page(call, found[-_NEWEST_MENTIONS:], low=5, default=10))


def timeline(call: Call) -> Json:
    """List the newest 3,200 posts of a user, replies and reposts included unless excluded."""
    person = _person(call)
    if person is None:
        return _user_missing(call, "id", call.path["id"])
    excluded = call.params.get("exclude", "").split(",")
    kinds = {"reply"} if "replies" in excluded else set()
    kinds |= {"repost"} if "retweets" in excluded else set()
    own = [version for version in _listed(call) if version.post.by == person.key][-_NEWEST_OWN:]
    kept = [version for version in own if version.post.kind not in kinds]
    return _posts(call, _page(call, kept, low=5, default=10))


def tweets_by_ids(call: Call) -> Json:
    """Look up to 100 posts up; those deleted or never made come back as errors beside the others."""
    wanted = _ids(call, "ids")
    found = {post_id: find_version(call.world, post_id) for post_id in wanted}
    missing = {post_id: "ids" for post_id, version in found.items() if version is None}
    return _posts(call, [version for version in found.values() if version], missing)


def tweet_by_id(call: Call) -> Json:
    """Look one post up."""
    version = find_version(call.world, call.path["id"])
    if version is None:
        return {"errors": [_not_found(call, "tweet", "id", call.path["id"])]}
    made = _posts(call, [version])
    return made | {"data": made["data"][0]}


def me(call: Call) -> Json:
    """Return the account the user token belongs to."""
    return {"data": user(call.world, call.world.people[call.world.keys.user], call.asked)}


def user_by_id(call: Call) -> Json:
    """Look one account up by its id."""
    person = _person(call)
    return _user(call, person, "id", call.path["id"])


def user_by_username(call: Call) -> Json:
    """Look one account up by its handle."""
    name = call.path["username"]
    person = call.world.person_named("x", name)
    return _user(call, person, "username", name)


def users_by_ids(call: Call) -> Json:
    """Look up to 100 accounts up by id."""
    return _users(call, "ids", lambda value: _with_id(call.world, value))


def users_by_usernames(call: Call) -> Json:
    """Look up to 100 accounts up by handle."""
    return _users(call, "usernames", lambda value: call.world.person_named("x", value))


def _listed(call: Call) -> list[Version]:
    now = call.world.clock.now()
    return [newest_version(post, now) for post in call.world.on("x", now) if is_listed(post, now)]


def _page(call: Call, found: list[Version], low: int, default: int) -> Page:
    inside = bounds(call.params)
    return page([version for version in found if inside(version)], call.params, low, default)


def _names(world: World, post: Post, handle: str) -> bool:
    if post.kind == "repost":
        return False
    text = full_text(world, post, text_at(post, world.clock.now()))
    return handle in (name.casefold() for name in mentions_in(text))


def _posts(call: Call, shown: Page | list[Version], missing: dict[str, str] | None = None) -> Json:
    versions = shown.versions if isinstance(shown, Page) else shown
    extra = extras(call.world, versions, call.asked)
    errors = (missing or {}) | extra.missing
    includes = {
        call_name: list(items.values())
        for call_name, items in (
            ("users", extra.users),
            ("posts" if call.asked.new_names else "tweets", extra.posts),
        )
        if items
    }
    made: Json = {
        "data": [tweet(call.world, version, call.asked) for version in versions],
        "includes": includes,
        "errors": [_not_found(call, "tweet", name, value) for value, name in errors.items()],
    }
    meta = {"meta": shown.meta()} if isinstance(shown, Page) else {}
    return {name: value for name, value in made.items() if value} | meta


def _users(call: Call, name: str, find: Callable[[str], Person | None]) -> Json:
    found = {value: find(value) for value in _ids(call, name)}
    made: Json = {
        "data": [user(call.world, person, call.asked) for person in found.values() if person],
        "errors": [_not_found(call, "user", name, value) for value, person in found.items() if not person],
    }
    return {part: value for part, value in made.items() if value}


def _ids(call: Call, name: str) -> list[str]:
    given = call.params.get(name, "")
    values = list(dict.fromkeys(value for value in given.split(",") if value))
    if not 1 <= len(values) <= 100:
        count = f"The number of values in the `{name}` query parameter list [{len(values)}]"
        raise BadRequest(name, given, f"{count} is not between 1 and 100")
    for value in values:
        if name == "ids" and not (value.isascii() and value.isdigit() and len(value) <= 19):
            raise BadRequest(name, value, f"The `{name}` query parameter value [{value}] is not valid")
    return values


def _person(call: Call) -> Person | None:
    value = call.path["id"]
    if not (value.isascii() and value.isdigit() and len(value) <= 19):
        raise BadRequest("id", value, f"The `id` query parameter value [{value}] is not valid")
    return _with_id(call.world, value)


def _with_id(world: World, value: str) -> Person | None:
    people = (person for person in world.people.values() if person.x)
    return next((person for person in people if user_id(person.name_on("x")) == value), None)


def _user(call: Call, person: Person | None, name: str, value: str) -> Json:
    if person is None:
        return _user_missing(call, name, value)
    return {"data": user(call.world, person, call.asked)}


def _user_missing(call: Call, name: str, value: str) -> Json:
    return {"errors": [_not_found(call, "user", name, value)]}


def _not_found(call: Call, what: str, name: str, value: str) -> Json:
    return {
        "value": value,
        "detail": f"Could not find {what} with {name}: [{value}].",
        "title": "Not Found Error",
        "resource_type": what,
        "parameter": name,
        "resource_id": value,
        "type": f"{problem_base(call.asked.new_names)}resource-not-found",
    }
