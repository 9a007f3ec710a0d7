"""Sandbox: the keys its pretend platforms accept. They open nothing outside this folder's own server."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Keys:
    """What a client must present; all made up. The X user token and the Reddit user belong to `user`."""

    user: str = "brand"
    x_bearer: str = "sandbox-bearer"
    x_consumer_key: str = "sandbox-consumer-key"
    x_consumer_secret: str = "sandbox-consumer-secret"
    x_access_token: str = "sandbox-access-token"
    x_access_token_secret: str = "sandbox-access-token-secret"
    reddit_client_id: str = "sandbox-client-id"
    reddit_client_secret: str = "sandbox-client-secret"
    reddit_password: str = "sandbox-password"
