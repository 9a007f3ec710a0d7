"""X's answers against X's own description of them, in both vocabularies: every address, full fields, errors."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import tweepy
from openapi_schema_validator import OAS30Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from sandbox.server import Sandbox, running
from sandbox.world import World, small_world
from sandbox.x_text import user_id
from tests.sandbox.clients import x_client
from tests.sandbox.conftest import NOW

pytestmark = pytest.mark.corpus
OURS = user_id("tarnbrook")
TWEET_FIELDS = (
    "author_id,conversation_id,created_at,edit_controls,edit_history_tweet_ids,entities,in_reply_to_user_id,lang,"
    "note_tweet,possibly_sensitive,public_metrics,referenced_tweets,reply_settings,source"
)
USER_FIELDS = "created_at,description,profile_image_url,protected,public_metrics,verified,verified_type"
OLD_EXPANSIONS = (
    "author_id,edit_history_tweet_ids,entities.mentions.username,in_reply_to_user_id,referenced_tweets.id,"
    "referenced_tweets.id.author_id"
)
PATHS = {
    "/2/tweets/search/recent?query=kettle": "/2/tweets/search/recent",
    "/2/tweets/search/recent?query=kettle&max_results=10": "/2/tweets/search/recent",
    "/2/tweets/search/recent?query=nothing": "/2/tweets/search/recent",
    f"/2/users/{OURS}/mentions?max_results=5": "/2/users/{id}/mentions",
    f"/2/users/{OURS}/tweets?max_results=5": "/2/users/{id}/tweets",
    "/2/users/1/tweets": "/2/users/{id}/tweets",
    "/2/tweets?ids=IDS,12345": "/2/tweets",
    "/2/tweets/LONG": "/2/tweets/{id}",
    "/2/tweets/12345": "/2/tweets/{id}",
    f"/2/users/{OURS}": "/2/users/{id}",
    f"/2/users?ids={OURS},12345": "/2/users",
    "/2/users/by/username/tarnbrook": "/2/users/by/username/{username}",
    "/2/users/by/username/nobody": "/2/users/by/username/{username}",
    "/2/users/by?usernames=tarnbrook,nobody": "/2/users/by",
}
REFUSED = (
    "/2/tweets/search/recent?query=",
    "/2/tweets/search/recent?query=kettle&max_results=1000",
    "/2/tweets/search/recent?query=kettle&since_id=1",
    "/2/tweets/search/recent?query=kettle&unknown=1",
)


@pytest.fixture(params=["2.166", "2.167"])
def described(request: pytest.FixtureRequest, corpus: Path) -> tuple[bool, dict[str, Any]]:
    """Whether the new names are spoken, and the description that then holds."""
    path = corpus / "recorded" / "x_openapi" / f"openapi-{request.param}.json"
    return request.param == "2.167", json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture
def told() -> World:
    """A bit of everything: replies, quotes, reposts, an edit, a deletion, a long post, links, tags, a lock."""
    world = small_world(NOW)
    at = NOW - timedelta(hours=5)
    root = world.add("x", "marta", "@tarnbrook kettle https://example.org/a?b=1&c=2 #leak <b>", at=at)
    ours = world.add("x", "brand", "Sorry, which kettle? @marta_brews", re=root.key, at=at + timedelta(minutes=9))
    world.add("x", "marta", "the kettle " * 60 + "@nobody_here", key="long", re=ours.key, at=NOW - timedelta(hours=2))
    gone = world.add("x", "pavel", "kettle gone", at=at)
    world.add("x", "pavel", "kettle answer", re=gone.key, at=NOW - timedelta(hours=2))
    world.delete(gone.key)
    world.add("x", "pavel", "kettle quote", re=root.key, kind="quote", at=NOW - timedelta(hours=1))
    world.add("x", "brand", "", re=root.key, kind="repost", at=NOW - timedelta(hours=1))
    edited = world.add("x", "marta", "@tarnbrook ketle", at=at)
    world.edit(edited.key, "@tarnbrook kettle", at + timedelta(minutes=5))
    for n in range(12):
        world.add("x", "marta", f"水壶 kettle @tarnbrook {n}", language="zh", at=at + timedelta(minutes=n))
        world.add("x", "brand", f"news {n}", at=at + timedelta(minutes=n))
    return world


@pytest.fixture
def served(told: World, described: tuple[bool, dict[str, Any]]) -> Iterator[Sandbox]:
    with running(told, new_names=described[0]) as sandbox:
        yield sandbox


def faults_of(answer: Any, schema: dict[str, Any], document: dict[str, Any]) -> list[str]:
    resource = Resource.from_contents(document, default_specification=DRAFT202012)
    registry: Registry[Any] = Registry().with_resource("urn:x", resource)
    rooted = json.loads(json.dumps(schema).replace('"#/', '"urn:x#/'))
    validator = OAS30Validator(rooted, registry=registry)
    return [f"{list(wrong.path)}: {wrong.message[:200]}" for wrong in validator.iter_errors(answer)]


def ask(sandbox: Sandbox, path: str, fields: str = "") -> httpx.Response:
    ids = ",".join(post.id for post in sandbox.world.on("x", NOW))
    path = path.replace("IDS", ids).replace("LONG", sandbox.world.posts["long"].id)
    url = sandbox.url + path + (("&" if "?" in path else "?") + fields if fields else "")
    return httpx.get(url, headers={"Authorization": f"Bearer {sandbox.world.keys.x_bearer}"}, timeout=60)


@pytest.mark.parametrize("asked", PATHS)
def test_every_address_answers_as_described(
    asked: str, served: Sandbox, described: tuple[bool, dict[str, Any]]
) -> None:
    document = described[1]
    content = document["paths"][PATHS[asked]]["get"]["responses"]["200"]["content"]
    schema = content["application/json"]["schema"]
    with_posts = f"tweet.fields={TWEET_FIELDS}&user.fields={USER_FIELDS}&expansions={OLD_EXPANSIONS}"
    for fields in ("", with_posts if "/users" not in asked or "mentions" in asked else f"user.fields={USER_FIELDS}"):
        answer = ask(served, asked, fields)
        assert answer.status_code == 200, answer.text
        assert answer.json()
        assert faults_of(answer.json(), schema, document) == []


def test_our_own_account_answers_as_described(served: Sandbox, described: tuple[bool, dict[str, Any]]) -> None:
    content = described[1]["paths"]["/2/users/me"]["get"]["responses"]["200"]["content"]
    answer = x_client(served).get_me(user_fields=USER_FIELDS.split(","))
    assert answer["data"]["username"] == "tarnbrook"
    assert faults_of(answer, content["application/json"]["schema"], described[1]) == []


def test_a_reply_and_its_deletion_are_answered_as_described(
    told: World, served: Sandbox, described: tuple[bool, dict[str, Any]]
) -> None:
    paths, client = described[1]["paths"], x_client(served)
    call = told.add("x", "marta", "@tarnbrook and now?", at=NOW - timedelta(hours=1))
    made = client.create_tweet(text="Sorry & https://example.org/a", in_reply_to_tweet_id=call.id)
    gone = client.delete_tweet(made["data"]["id"])
    for answer, operation, status in (
        (made, paths["/2/tweets"]["post"], "201"),
        (gone, paths["/2/tweets/{id}"]["delete"], "200"),
    ):
        schema = operation["responses"][status]["content"]["application/json"]["schema"]
        assert faults_of(answer, schema, described[1]) == []


def test_what_may_not_be_said_is_a_problem_as_described(
    told: World, served: Sandbox, described: tuple[bool, dict[str, Any]]
) -> None:
    unasked = told.add("x", "marta", "hello world", at=NOW - timedelta(hours=1))
    content = described[1]["paths"]["/2/tweets"]["post"]["responses"]["default"]["content"]
    schema = content["application/problem+json"]["schema"]
    for given in ({"text": "a" * 281}, {"text": "Sorry", "in_reply_to_tweet_id": unasked.id}, {"text": " "}):
        with pytest.raises(tweepy.HTTPException) as refused:
            x_client(served).create_tweet(**given)
        told_so = refused.value.response
        assert told_so.headers["content-type"] == "application/problem+json"
        if not (described[0] and told_so.json()["type"] == "about:blank"):  # 2.167 describes none without a type
            assert faults_of(told_so.json(), schema, described[1]) == []


@pytest.mark.parametrize("asked", REFUSED)
def test_refusals_are_problems_as_described(
    asked: str, served: Sandbox, described: tuple[bool, dict[str, Any]]
) -> None:
    answer = ask(served, asked)
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    schema = described[1]["paths"]["/2/tweets"]["get"]["responses"]["default"]["content"]
    assert faults_of(answer.json(), schema["application/problem+json"]["schema"], described[1]) == []


def test_names_of_one_vocabulary_never_stand_in_the_others_answers(
    served: Sandbox, described: tuple[bool, dict[str, Any]]
) -> None:
    fields = f"tweet.fields={TWEET_FIELDS}&user.fields={USER_FIELDS}&expansions={OLD_EXPANSIONS}"
    answer = ask(served, "/2/tweets?ids=IDS", fields).json()
    schemas = described[1]["components"]["schemas"]
    post, user = schemas["Post" if described[0] else "Tweet"], schemas["User"]
    includes = answer["includes"]
    for shown in [*answer["data"], *includes["posts" if described[0] else "tweets"]]:
        assert shown.keys() <= post["properties"].keys()
    for shown in includes["users"]:
        assert shown.keys() <= user["properties"].keys()
        assert shown["public_metrics"].keys() <= metrics_of(user, schemas).keys()


def metrics_of(user: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    metrics = user["properties"]["public_metrics"]
    found = schemas[metrics["$ref"].split("/")[-1]] if "$ref" in metrics else metrics
    return dict(found["properties"])


def test_the_check_would_notice_a_wrong_answer(described: tuple[bool, dict[str, Any]]) -> None:
    name = "GetPostsByIdResponse" if described[0] else "Get2TweetsIdResponse"
    schema = {"$ref": f"#/components/schemas/{name}"}
    assert faults_of({"data": {"id": 5, "text": "kettle"}}, schema, described[1])
