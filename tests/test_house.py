"""TESTS: the house itself: who may import whom, what starting costs, what is shipped, how long things are."""

import ast
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

LOWER = {"models"}
MIDDLE = {"models", "listeners", "triage", "responders", "reports"}
MAY_IMPORT = {
    "models": LOWER,
    "listeners": LOWER | {"listeners"},
    "triage": LOWER | {"triage"},
    "responders": LOWER | {"listeners", "triage", "responders"},
    "reports": LOWER | {"reports"},
    "worker": MIDDLE | {"worker"},
    "workspace": MIDDLE | {"worker", "workspace"},
    "commands": MIDDLE | {"worker", "commands"},
    "app": MIDDLE | {"worker", "workspace"},
    "cli": MIDDLE | {"worker", "commands"},
    "sandbox": {"sandbox"},
    "settings": set[str](),
    "logs": set[str](),
}
"""The one direction of imports; settings and logs besides, everywhere but in the sandbox."""
EVERYWHERE = {"settings", "logs"}
OURS = {*MAY_IMPORT, "tests", "benchmarks"}

LISTENING = {"listeners", "responders"}
HOME = {
    "tweepy": LISTENING, "praw": LISTENING, "prawcore": LISTENING, "feedparser": {"listeners"},
    "transformers": {"triage"}, "onnxruntime": {"triage"}, "streamlit": {"workspace", "app"},
}  # fmt: skip
"""Libraries that live in one room."""

HEAVY = {
    "streamlit", "transformers", "onnxruntime", "tweepy", "praw", "prawcore", "feedparser", "pandas", "alembic",
    "matplotlib", "sklearn", "scipy", "numpy", "py3langid", "safetensors", "starlette", "uvicorn",
}  # fmt: skip

LONGEST_FILE, LONGEST_TEST_FILE, LONGEST_FUNCTION = 350, 450, 60
"""Lines. A test file may be longer: it is read a test at a time, and mirrors its file."""


@cache
def tracked() -> tuple[str, ...]:
    """Every file of the project that exists, by its path from the root."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return tuple(name for name in listed.split("\0") if name and (ROOT / name).is_file())


@cache
def tree(name: str) -> ast.Module:
    return ast.parse((ROOT / name).read_text(encoding="utf-8"), name)


def python_files() -> list[str]:
    return [n for n in tracked() if n.endswith(".py") and not n.startswith("models/migrations/versions/")]


def imports(name: str) -> Iterator[tuple[int, str]]:
    """Line and top-level name of every import in a file, wherever it stands."""
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name.split(".")[0]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, (node.module or "").split(".")[0] if node.level == 0 else room(name)


def room(name: str) -> str:
    return name.split("/")[0].removesuffix(".py")


def test_imports_run_one_way() -> None:
    wrong = []
    seen = set()
    for name in python_files():
        allowed = MAY_IMPORT.get(room(name))
        if allowed is None:
            continue
        seen.add(room(name))
        besides = set() if room(name) == "sandbox" else EVERYWHERE
        wrong += [f"{name}:{n} {i}" for n, i in imports(name) if i in OURS and i not in allowed | besides]
    assert wrong == []
    assert seen >= {"models", "listeners", "triage", "reports", "worker", "commands", "cli", "sandbox"}


def test_every_folder_of_code_is_a_room_of_the_map() -> None:
    assert {room(n) for n in python_files()} <= OURS
    unmapped = {r for r in MAY_IMPORT if any(room(n) == r for n in python_files())}
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [r for r in sorted(unmapped) if f"{r}/" not in readme and f"{r}.py" not in readme] == []


def test_each_platform_library_lives_in_its_room() -> None:
    wrong = [
        f"{name}:{line} {library}"
        for name in python_files()
        if room(name) not in ("tests", "benchmarks")
        for line, library in imports(name)
        if library in HOME and room(name) not in HOME[library]
    ]
    assert wrong == []


def test_ruff_bans_the_same_libraries() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        lint = tomllib.load(file)["tool"]["ruff"]["lint"]
    assert set(lint["flake8-tidy-imports"]["banned-api"]) == set(HOME)


def test_importing_the_shell_loads_nothing_heavy() -> None:
    script = "import sys, cli; print('\\n'.join(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    modules = set(loaded.stdout.split())
    assert "typer" in modules
    assert modules & HEAVY == set()


def test_nothing_else_that_is_installed_has_one_of_our_names() -> None:
    provided = packages_distributions()
    assert "pytest" in provided
    taken = {name: set(provided.get(name, ())) - {"quarterdeck"} for name in OURS}
    assert {name: by for name, by in taken.items() if by} == {}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The wheel as it would be shipped, built without asking anybody."""
    folder = tmp_path_factory.mktemp("wheel")
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT, capture_output=True, text=True, env=os.environ | {"SOURCE_DATE_EPOCH": "1770000000"},
    )  # fmt: skip
    assert built.returncode == 0, built.stderr
    (path,) = folder.glob("*.whl")
    return zipfile.ZipFile(path)


def test_the_wheel_holds_every_room_with_what_it_needs(wheel: zipfile.ZipFile) -> None:
    held = set(wheel.namelist())
    home = ("tests/", "benchmarks/", "docs/", "triage/training/", ".ci/")
    rooms = {n for n in tracked() if room(n) in MAY_IMPORT and not n.startswith(home)}
    assert rooms - held == set()
    for needed in ("triage/weights/", "models/migrations/versions/0001", "sandbox/life/", "cli.py"):
        assert any(n.startswith(needed) for n in held), needed
    assert [n for n in held if n.startswith(home) or n.endswith(".pyc")] == []
    assert any(n.endswith("licenses/NOTICE") for n in held)


def test_no_file_is_longer_than_one_can_hold_in_mind() -> None:
    lengths = {n: len((ROOT / n).read_text(encoding="utf-8").splitlines()) for n in python_files()}
    most = {n: LONGEST_TEST_FILE if n.startswith("tests/") else LONGEST_FILE for n in lengths}
    assert {n: count for n, count in lengths.items() if count > most[n]} == {}


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        f"{name}:{node.lineno} {node.name}"
        for name in python_files()
        for node in ast.walk(tree(name))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert long == []


# Written in pieces, so that this file is none of those it looks for.
REGISTRIES = re.compile("py" + r"pi\.org|python" + r"hosted\.org|--(extra-)?index" + r"-url|registry" + r"\.npm", re.I)
SOMEBODYS = re.compile(r"(?<![\w.])/(?:home|Users|root|wo" + r"rk)/[\w.]|[A-Z]:\\Users\\")


def test_no_file_names_a_registry_or_somebodys_folder() -> None:
    wrong = []
    for name in tracked():
        content = (ROOT / name).read_bytes()
        if b"\0" in content:
            continue
        for number, line in enumerate(content.decode("utf-8").splitlines(), 1):
            if REGISTRIES.search(line) or SOMEBODYS.search(line):
                wrong.append(f"{name}:{number}")
    assert wrong == []


def test_constraints_are_exact_versions_and_nothing_else() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert len(lines) > 50
    assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+", line)] == []
    assert [line for line in lines if re.match(r"torch|nvidia|triton|quarterdeck", line)] == []
