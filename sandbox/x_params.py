"""Sandbox, X: which parameters an address takes. In: a query string, out: nothing, or X's refusal of it.

The names are those of the two published descriptions of the API (2.166, 2.167).
"""

from collections.abc import Set
from dataclasses import dataclass

from sandbox.x_listing import BadRequest

PAGING = frozenset({"since_id", "until_id", "start_time", "end_time", "max_results", "pagination_token"})
SEARCH = PAGING | {"query", "next_token", "sort_order"}
_SHARED_FIELDS = frozenset(
    {
        "article",
        "attachments",
        "card_uri",
        "community_id",
        "context_annotations",
        "conversation_id",
        "created_at",
        "display_text_range",
        "edit_controls",
        "entities",
        "geo",
        "id",
        "lang",
        "matched_media_notes",
        "media_metadata",
        "non_public_metrics",
        "note_request_suggestions",
        "organic_metrics",
        "paid_partnership",
        "possibly_sensitive",
        "promoted_metrics",
        "public_metrics",
        "reply_settings",
        "scopes",
        "source",
        "suggested_source_links",
        "suggested_source_links_with_counts",
        "text",
        "withheld",
    }
)
_USER_FIELDS = frozenset(
    {
        "affiliation",
        "confirmed_email",
        "connection_status",
        "created_at",
        "description",
        "entities",
        "id",
        "is_identity_verified",
        "location",
        "most_recent_tweet_id",
        "name",
        "parody",
        "pinned_tweet_id",
        "profile_banner_url",
        "profile_image_url",
        "protected",
        "public_metrics",
        "receives_your_dm",
        "subscribes_to_you",
        "subscription",
        "subscription_type",
        "url",
        "username",
        "verified",
        "verified_followers_count",
        "verified_type",
        "withheld",
    }
)
_SHARED_EXPANSIONS = frozenset(
    {
        "article.cover_media",
        "article.media_entities",
        "attachments.media_keys",
        "attachments.media_source_tweet",
        "attachments.poll_ids",
        "author_id",
        "entities.mentions.username",
        "geo.place_id",
        "in_reply_to_user_id",
    }
)

_OLD = {
    "tweet.fields": _SHARED_FIELDS
    | {"author_id", "edit_history_tweet_ids", "in_reply_to_user_id", "note_tweet", "referenced_tweets"},
    "expansions": _SHARED_EXPANSIONS
    | {"edit_history_tweet_ids", "entities.note.mentions.username", "referenced_tweets.id"}
    | {"referenced_tweets.id.attachments.media_keys", "referenced_tweets.id.author_id"}
    | {"affiliation.user_id", "most_recent_tweet_id", "pinned_tweet_id"},
}
_NEW = {
    "post.fields": _SHARED_FIELDS | {"article_title", "note_post"},
    "expansions": _SHARED_EXPANSIONS
    | {"edit_history_post_ids", "referenced_posts", "username"}
    | {"affiliation", "most_recent_post_id", "pinned_post_id"},
}


@dataclass(frozen=True, slots=True)
class Words:
    """Which vocabulary X speaks: `new` = answers as in 2.167; `old` = `tweet.fields` and its like are taken."""

    new: bool = False
    old: bool = True


def check_params(params: dict[str, str], own: frozenset[str], words: Words) -> None:
    """Refuse unknown names, and unknown values of fields and expansions, with X's words."""
    known = _known_values(words)
    allowed = own | known.keys() | {"media.fields", "poll.fields", "place.fields"}
    for name, value in params.items():
        if name not in allowed:
            raise BadRequest(name, value, f"The query parameter [{name}] is not one of [{_listed(allowed)}]")
        for part in value.split(",") if name in known else ():
            if part not in known[name]:
                told = f"The `{name}` query parameter value [{part}]"
                raise BadRequest(name, value, f"{told} is not one of [{_listed(known[name])}]")


def _known_values(words: Words) -> dict[str, frozenset[str]]:
    known = {"user.fields": _USER_FIELDS}
    for spoken, values in ((words.old, _OLD), (words.new, _NEW)):
        for name in values if spoken else ():
            known[name] = known.get(name, frozenset()) | values[name]
    return known


def _listed(names: Set[str]) -> str:
    return ",".join(sorted(names))
