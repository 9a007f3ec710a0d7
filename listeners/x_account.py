"""LISTEN, X: whose timeline it is. Comes in: a source's handle, its cursor. Goes out: an `Account`, asked once.

A look-up costs a user read, so the answer travels in the cursor.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from listeners.errors import BadTarget, Refused
from listeners.x_client import USER_KEYS, Answer, XApi
from listeners.x_ids import is_id
from listeners.x_money import USER_USD, Purse

_HANDLE = re.compile(r"\w{1,50}", re.ASCII)
_FIELDS = {"user.fields": ["name", "username"]}


@dataclass(frozen=True, slots=True)
class Account:
    """An account on X."""

    id: str
    handle: str
    owned: bool
    """Whether the keys are this account's own: its timelines then cost a fifth."""

    def as_json(self) -> dict[str, Any]:
        """For the cursor."""
        return asdict(self)


def account(api: XApi, purse: Purse, target: str, remembered: object) -> Account:
    """The account a target names ("" = the keys' own), remembered or looked up.

    Raises what `checked_handle` raises, `Gone` for an unknown handle, `OutOfMoney`, and what a request raises.
    """
    handle = checked_handle(target, api.has_user)
    known = _known(remembered)
    if known and handle.casefold() in (known.handle.casefold(), ""):
        return known
    if api.has_user:
        me = _account(_ask(api, purse, "/2/users/me"), owned=True)
        if handle.casefold() in (me.handle.casefold(), ""):
            return me
    return _account(_ask(api, purse, f"/2/users/by/username/{handle}"), owned=False)


def checked_handle(target: str, has_user: bool) -> str:
    """The handle without @, "" = the keys' own account.

    Raises `BadTarget` for what cannot be a handle, `Refused` when "" is asked without user keys.
    """
    handle = target.strip().removeprefix("@")
    if handle and not _HANDLE.fullmatch(handle):
        raise BadTarget("The target is no handle on X; give it as in acme or @acme, or leave it empty.")
    if not handle and not has_user:
        raise Refused(f"An empty target means the keys' own account: set {USER_KEYS}, or name the handle.")
    return handle


def _known(remembered: object) -> Account | None:
    if not isinstance(remembered, Mapping) or not is_id(remembered.get("id")):
        return None
    return Account(str(remembered["id"]), str(remembered.get("handle") or ""), bool(remembered.get("owned")))


def _ask(api: XApi, purse: Purse, path: str) -> Answer:
    purse.need(USER_USD)
    answer = api.get(path, _FIELDS, as_user=True)
    purse.pay_user(answer)
    return answer


def _account(answer: Answer, owned: bool) -> Account:
    raw = answer.data[0] if answer.data else {}
    if not is_id(raw.get("id")):
        raise Refused("X does not tell the id of this account; check the handle and the keys.")
    return Account(str(raw["id"]), str(raw.get("username") or ""), owned)
