"""WORKSPACE: the headers every answer carries. Comes in: an answer. Goes out: the same, with a strict content policy.

No inline script runs except the one that stands in Streamlit's own page, by its hash; nothing is loaded from elsewhere.
Never weakens a policy that an answer already has.
"""

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

import streamlit
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HIDDEN = ("/_stcore/metrics",)
"""What Streamlit would show to anybody and nobody needs."""


@cache
def policy() -> str:
    """The content policy of the screens: what Streamlit 1.67 needs, measured, and not one thing more."""
    scripts = " ".join(f"'sha256-{digest}'" for digest in inline_scripts())
    return "; ".join(
        [
            "default-src 'self'",
            f"script-src 'self' blob: 'wasm-unsafe-eval' {scripts}".rstrip(),
            "style-src 'self' 'unsafe-inline'",  # Streamlit styles its parts at run time
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        ]
    )


def inline_scripts() -> list[str]:
    """SHA-256, in base64, of each inline script in Streamlit's page."""
    page = Path(streamlit.__file__).parent / "static" / "index.html"
    found = re.findall(r"<script>(.*?)</script>", page.read_text(encoding="utf-8"), re.DOTALL)
    return [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in found]


class SafeAnswers:
    """Pure ASGI: adds the headers to every answer, errors too, and hides what nobody needs."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on, safely headed."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def headed(message: Message) -> None:
            if message["type"] == "http.response.start":
                there = {name.lower() for name, _ in message.get("headers", [])}
                ours = answer_headers(secure=scope.get("scheme") == "https")
                added = [(n.encode(), v.encode()) for n, v in ours.items() if n.encode() not in there]
                message = {**message, "headers": [*message.get("headers", []), *added]}
            await send(message)

        if str(scope["path"]).rstrip("/").endswith(HIDDEN):
            await headed({"type": "http.response.start", "status": 404, "headers": [(b"content-length", b"0")]})
            await headed({"type": "http.response.body", "body": b""})
        else:
            await self.app(scope, receive, headed)


def answer_headers(*, secure: bool) -> dict[str, str]:
    """The headers by their names in lower case; `secure` = the visitor came by https."""
    headers = {
        "content-security-policy": policy(),
        "x-frame-options": "DENY",
        "x-content-type-options": "nosniff",
        # not no-referrer: under that a browser sends "Origin: null" with our own forms
        "referrer-policy": "same-origin",
        "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
    }
    if secure:
        headers["strict-transport-security"] = "max-age=31536000"
    return headers
