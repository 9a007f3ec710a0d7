"""WORKER: what keeps a demo apart from everything else: a folder, an environment and a secret of its own.

Comes in: the caller's environment. Goes out: one in which no key, proxy or setting of the caller is left, so that no
process of the demo could reach a real platform even by mistake. Reads no settings file.
"""

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from secrets import token_hex
from typing import Any
from urllib.parse import urlencode

from platformdirs import user_data_path

from settings import settings
from worker.house import SetupError
from worker.installation import DEMO_FILE, DEMO_VARIABLE, in_demo

KEPT = frozenset({
    "PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LANGUAGE", "TZ", "TMPDIR", "TEMP", "TMP", "TERM", "COLORTERM",
    "NO_COLOR", "COLUMNS", "DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "DBUS_SESSION_BUS_ADDRESS", "BROWSER",
    "VIRTUAL_ENV", "LD_LIBRARY_PATH", "SYSTEMROOT", "COMSPEC", "PATHEXT", "APPDATA", "LOCALAPPDATA", "USERPROFILE",
    "PYTHONPATH", "PYTHONHOME", "PYTHONWARNINGS", "PYTHONUTF8", "PYTHONIOENCODING", "PYTHONDONTWRITEBYTECODE",
})  # fmt: skip
"""What a demo takes from its caller's environment, besides LC_… and XDG_…."""
PRETEND_USD = "100"
"""What may be spent in a day: nothing there costs anything."""


def data_folder(caller: Mapping[str, str]) -> Path:
    """Where a demo keeps everything: QUARTERDECK_DATA if said, else a folder beside the one for real work."""
    told = caller.get("QUARTERDECK_DATA", "").strip()
    return Path(told).expanduser().absolute() if told else user_data_path("quarterdeck-demo", appauthor=False)


def own_environment(caller: Mapping[str, str], folder: Path, brand: str) -> dict[str, str]:
    """The environment of a demo's processes, before it is known where its platforms are."""
    kept = {n: v for n, v in caller.items() if n in KEPT or n.startswith(("LC_", "XDG_"))}
    return kept | {
        "QUARTERDECK_DATA": str(folder),
        "QUARTERDECK_CONFIG": os.devnull,  # no folder, so it holds no .env and no quarterdeck.toml
        "QUARTERDECK_BRAND": brand,
        "QUARTERDECK_LOG_LEVEL": "WARNING",
        "QUARTERDECK_X_DAILY_USD": PRETEND_USD,
        "QUARTERDECK_X_REPLY_DAILY_USD": PRETEND_USD,
    }


def platforms_environment(url: str, places: Mapping[str, Any]) -> dict[str, str]:
    """What leads to the pretend platforms: their address, and the keys that open nothing else."""
    keys = places["keys"]
    name = next(a["handle"] for a in places["accounts"] if a["platform"] == "reddit" and not a["automatic"])
    told = {
        "X_URL": url, "REDDIT_URL": url, "REDDIT_OAUTH_URL": url, "ALLOW_ADDRESSES": url.removeprefix("http://"),
        "X_BEARER_TOKEN": keys["x_bearer"], "X_CONSUMER_KEY": keys["x_consumer_key"],
        "X_CONSUMER_SECRET": keys["x_consumer_secret"], "X_ACCESS_TOKEN": keys["x_access_token"],
        "X_ACCESS_TOKEN_SECRET": keys["x_access_token_secret"], "REDDIT_CLIENT_ID": keys["reddit_client_id"],
        "REDDIT_CLIENT_SECRET": keys["reddit_client_secret"], "REDDIT_USERNAME": name,
        "REDDIT_PASSWORD": keys["reddit_password"],
    }  # fmt: skip
    return {f"QUARTERDECK_{setting}": value for setting, value in told.items()}


def visible_at(url: str) -> str:
    """Where a visitor may look at a post: its own address; in a demo the page that the pretend platforms have of it.

    Else a click would lead to the real platform, where somebody else may have an invented name.
    """
    return f"{settings().x_url}/open?{urlencode({'url': url})}" if url and in_demo() else url


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold a demo's folder, so that no second demo works in it. Raises `SetupError` while another one does."""
    folder.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(folder / "demo-lock", timeout=0, isolation_level=None)) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
                raise SetupError(f"A demo runs in {folder} already. Stop that one first, with Ctrl+C.") from None
            raise SetupError(f"{folder} cannot be written ({error}). Say another one in QUARTERDECK_DATA.") from None
        yield


@contextmanager
def secret(folder: Path) -> Iterator[dict[str, str]]:
    """What proves to the demo's own processes, for as long as it runs, that they are its own. Another one each time."""
    told, path = token_hex(32), folder / DEMO_FILE
    path.unlink(missing_ok=True)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(told)
    try:
        yield {DEMO_VARIABLE: told}
    finally:
        path.unlink(missing_ok=True)
