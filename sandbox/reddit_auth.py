"""Sandbox, Reddit: tokens. In: the token request and later Authorization headers, out: app, user or nobody."""

import base64
import binascii
from datetime import datetime, timedelta
from typing import Any, Literal

from sandbox.world import World

Caller = Literal["app", "user"]
_LIFETIME = timedelta(days=1)


class Tokens:
    """The access tokens given out so far; they die after a day on the platforms' clock and outlive a restart."""

    def __init__(self, world: World) -> None:
        self._world = world

    def grant(self, authorization: str, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """Answer POST /api/v1/access_token: status and body."""
        if not self._app_known(authorization):
            return 401, {"message": "Unauthorized", "error": 401}
        if form.get("grant_type") == "client_credentials":
            return 200, self._token("app")
        if form.get("grant_type") != "password":
            return 400, {"error": "unsupported_grant_type"}
        keys = self._world.keys
        name = self._world.people[keys.user].name_on("reddit")
        if (form.get("username", "").casefold(), form.get("password")) != (name, keys.reddit_password):
            return 200, {"error": "invalid_grant"}
        return 200, self._token("user")

    def caller(self, authorization: str) -> Caller | None:
        """Say whom a bearer token belongs to; None = refuse with 401."""
        token = authorization.partition(" ")[2]
        who, ends = self._world.tokens.get(token, ("", self._world.clock.now()))
        if ends <= self._world.clock.now():
            return None
        return "user" if who == "user" else "app"

    def _app_known(self, authorization: str) -> bool:
        scheme, _, sent = authorization.partition(" ")
        keys = self._world.keys
        try:
            pair = base64.b64decode(sent).decode()
        except (binascii.Error, UnicodeDecodeError):
            return False
        return scheme.casefold() == "basic" and pair == f"{keys.reddit_client_id}:{keys.reddit_client_secret}"

    def _token(self, who: Caller) -> dict[str, Any]:
        given = self._world.tokens
        token = f"sandbox-{who}-{len(given) + 1}"
        ends: datetime = self._world.clock.now() + _LIFETIME
        self._world.remember("tokens", {**given, token: (who, ends)})
        seconds = int(_LIFETIME.total_seconds())
        return {"access_token": token, "token_type": "bearer", "expires_in": seconds, "scope": "*"}
