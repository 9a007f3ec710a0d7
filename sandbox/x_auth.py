"""Sandbox, X: who is asking. In: a request's address and Authorization header, out: app, user or nobody.

OAuth 1.0a signatures are checked for the public address the client signed for, never for this server's own.
"""

from typing import Any, Literal

from oauthlib.common import Request as SignedRequest
from oauthlib.oauth1.rfc5849.signature import collect_parameters, verify_hmac_sha1

from sandbox.keys import Keys

Caller = Literal["app", "user"]
_HOSTS = ("api.twitter.com", "api.x.com")


def caller(method: str, path: str, query: str, headers: dict[str, str], keys: Keys) -> Caller | None:
    """Say who asks: "app" by bearer token, "user" by a valid OAuth 1.0a signature, None = refuse with 401."""
    sent = headers.get("authorization", "")
    if sent.startswith("Bearer "):
        return "app" if sent[7:] == keys.x_bearer else None
    if not sent.startswith("OAuth "):
        return None
    host = headers.get("x-original-host", _HOSTS[0])
    url = f"https://{host}{path}" + (f"?{query}" if query else "")
    return "user" if host in _HOSTS and _signed(method, url, query, sent, keys) else None


def _signed(method: str, url: str, query: str, sent: str, keys: Keys) -> bool:
    signed_request: Any = SignedRequest
    request = signed_request(url, method)
    tokens = keys.x_consumer_key, keys.x_access_token
    try:
        given = dict(collect_parameters(headers={"Authorization": sent}, exclude_oauth_signature=False))
        request.params = collect_parameters(uri_query=query, headers={"Authorization": sent})
    except ValueError:
        return False
    if (given.get("oauth_consumer_key"), given.get("oauth_token")) != tokens:
        return False
    request.signature = given.get("oauth_signature", "")
    return bool(verify_hmac_sha1(request, keys.x_consumer_secret, keys.x_access_token_secret))
