"""TRIAGE, reading: somebody else's model, found on this machine or fetched once from the Hugging Face hub.

In comes what QUARTERDECK_MODEL names; out goes a folder. What was fetched once is used from then on without asking the
hub again. It never waits for ever: a hub that says nothing, or stops in the middle, ends in a refusal.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from triage.reading.other_files import CONFIG, Files, files_in, needed
from triage.reading.other_labels import ModelRefused, NotFetched

T = TypeVar("T")
LATEST = "main"
_HUB_NAME = re.compile(r"[A-Za-z0-9][\w.-]*(/[A-Za-z0-9][\w.-]*)?(@[\w./-]+)?")


@dataclass(frozen=True)
class Hub:
    """How the hub is reached. Proxies and tokens are read by its own library (HTTPS_PROXY, HF_TOKEN, HF_HOME …)."""

    endpoint: str | None = None
    """Another address; None = what HF_ENDPOINT says, or the real one."""
    cache: Path | None = None
    """Where what was fetched is kept; None = where the library keeps it."""
    answers_within: float = 20.0
    """Seconds until the hub must have said which files there are."""
    patience: float = 120.0
    """Seconds without a single new byte after which a download is given up."""
    fetches: bool = True
    """Whether anything may be fetched at all."""


def find_files(name: str, hub: Hub) -> Files:
    """The files of the model `name`: a folder, or `owner/name` or `owner/name@revision` at the hub.

    A folder goes before a hub's model of the same name. Downloads if needed. Errors: ModelRefused; NotFetched.
    """
    try:
        folder = Path(name).expanduser()
        is_folder, is_file = folder.is_dir(), folder.is_file()
    except (RuntimeError, OSError) as error:
        raise ModelRefused(f"QUARTERDECK_MODEL: {name} cannot be looked at ({error}); write the whole path.") from None
    if is_folder:
        return files_in(folder)
    if is_file:
        raise ModelRefused(f"QUARTERDECK_MODEL: {name} is a file; name the folder it lies in, {folder.parent}.")
    if not _HUB_NAME.fullmatch(name):
        raise ModelRefused(
            f"QUARTERDECK_MODEL: there is no folder {name}; write the path of one, or a hub name such as owner/name."
        )
    return _at_hub(name, hub)


def _at_hub(name: str, hub: Hub) -> Files:
    repository, _, revision = name.partition("@")
    kept = _kept(repository, revision or LATEST, hub)
    if kept:
        return kept
    if not hub.fetches:
        raise NotFetched(
            f"QUARTERDECK_MODEL: {name} is not on this machine yet; run `quarterdeck doctor` with a network."
        )
    names = _in_time(lambda: _listing(repository, revision or LATEST, hub), name, hub.answers_within, lambda: 0)
    wanted = needed(names, name)
    folder = _in_time(
        lambda: _fetch(repository, revision or LATEST, wanted, hub),
        name,
        hub.patience,
        lambda: _bytes_kept(repository, hub),
    )
    return files_in(folder)


def _kept(repository: str, revision: str, hub: Hub) -> Files | None:
    """What an earlier run fetched, if it is whole."""
    from huggingface_hub import try_to_load_from_cache  # here, because importing this room must stay cheap

    try:
        found = try_to_load_from_cache(repository, CONFIG, cache_dir=hub.cache, revision=revision)
    except ValueError as error:
        raise ModelRefused(f"QUARTERDECK_MODEL: {repository} is neither a folder nor a name the hub allows.") from error
    try:
        return files_in(Path(found).parent) if isinstance(found, str) else None
    except ModelRefused:
        return None  # stopped in the middle, or fetched by another program that needed other files


def _listing(repository: str, revision: str, hub: Hub) -> set[str]:
    from huggingface_hub import HfApi  # here, for the same reason

    told = HfApi(endpoint=hub.endpoint).model_info(repository, revision=revision, timeout=hub.answers_within)
    return {each.rfilename for each in told.siblings or ()}


def _fetch(repository: str, revision: str, names: tuple[str, ...], hub: Hub) -> Path:
    """Fetch files, all of the same commit as the first, which is the configuration."""
    from huggingface_hub import hf_hub_download  # here, for the same reason

    commit, path = revision, Path()
    for name in names:
        path = Path(hf_hub_download(repository, name, revision=commit, cache_dir=hub.cache, endpoint=hub.endpoint))
        if name == CONFIG:
            folder, commit = path.parent, path.parent.name
    return folder


def _bytes_kept(repository: str, hub: Hub) -> int:
    from huggingface_hub.constants import HF_HUB_CACHE  # here, for the same reason

    folder = Path(hub.cache or HF_HUB_CACHE) / f"models--{repository.replace('/', '--')}"
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.lstat().st_size
        except OSError:  # it was renamed meanwhile: that is progress too
            total += 1
    return total


def _in_time(work: Callable[[], T], name: str, patience: float, progress: Callable[[], int]) -> T:
    """Do `work` in a thread that is left behind when `progress` stands still for `patience` seconds."""
    results: list[T] = []
    errors: list[Exception] = []

    def run() -> None:
        try:
            results.append(work())
        except Exception as error:  # noqa: BLE001  (told below, in the thread that asked)
            errors.append(error)

    thread = threading.Thread(target=run, daemon=True, name="fetch-model")
    thread.start()
    seen = -1
    while thread.is_alive() and (now := progress()) != seen:
        seen = now
        thread.join(patience)
    if results:
        return results[0]
    raise _refusal(name, errors[0] if errors else TimeoutError(), patience) from (errors[0] if errors else None)


def _refusal(name: str, error: Exception, patience: float) -> ModelRefused:
    from huggingface_hub import errors  # here, for the same reason

    if isinstance(error, ModelRefused):
        return error
    if isinstance(error, errors.GatedRepoError):
        return ModelRefused(
            f"QUARTERDECK_MODEL: {name} is given only to people who asked: ask at its page, set HF_TOKEN."
        )
    if isinstance(error, errors.RevisionNotFoundError):
        return ModelRefused(
            f"QUARTERDECK_MODEL: {name.partition('@')[0]} has no such revision; write another after the @."
        )
    if isinstance(error, errors.RepositoryNotFoundError):
        return ModelRefused(
            f"QUARTERDECK_MODEL: the hub has no model {name}, or it is private: check the spelling (a folder needs its "
            "whole path), set HF_TOKEN for a private one."
        )
    why = f"it said nothing for {patience:g} s" if isinstance(error, TimeoutError) else type(error).__name__
    return NotFetched(
        f"QUARTERDECK_MODEL: {name} is no folder here and could not be fetched from the hub ({why}). Check spelling "
        "and network, or fetch it on another machine and write the path of its folder."
    )
