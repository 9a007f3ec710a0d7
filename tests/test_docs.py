"""TESTS: what is not documented fails: commands, options, settings, events, logs; and the README's commands run."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from typer.main import get_command

from cli import app
from listeners.table import DEFAULT_EVERY, NEEDS_MATCH
from models.values import SourceKind
from sandbox.server import Sandbox
from settings import Settings, environment_name
from tests.commands.conftest import story
from tests.test_house import python_files, tracked, tree
from triage.queue import VIEWS
from workspace.navigation import SCREENS

__all__ = ["story"]

ROOT = Path(__file__).parents[1]
DOCS = {n: (ROOT / n).read_text(encoding="utf-8") for n in tracked() if n.endswith(".md")}
COMMANDS = DOCS.get("docs/commands.md", "")
NOT_SETTINGS = {
    "QUARTERDECK_CONFIG",
    "QUARTERDECK_DEMO",
    "QUARTERDECK_SUPERVISED_BY",
    "QUARTERDECK_CORPUS",
    "QUARTERDECK_CHROMIUM",
    "QUARTERDECK_TEST_POSTGRES",
    "QUARTERDECK_REQUIRE",
}


def commands(group: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    """Every command by its words."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, (*path, name))
        else:
            yield " ".join((*path, name)), command


ALL = dict(commands(get_command(app)))


def section(name: str) -> str:
    found = re.search(rf"^## {name}\n(.*?)(?=^## |\Z)", COMMANDS, re.M | re.S)
    return found[1] if found else ""


def options_of(command: Any) -> set[str]:
    return {word for p in command.params for word in p.opts if word.startswith("--")} - {"--help"}


@pytest.mark.parametrize("name", ALL)
def test_every_command_is_documented_with_its_options_and_no_others(name: str) -> None:
    assert section(name), f"docs/commands.md has no section {name}"
    listed = re.findall(r"^- (`--.*?)(?::|$)", section(name), re.M)
    assert {word for line in listed for word in re.findall(r"--[a-z-]+", line)} == options_of(ALL[name])


def test_no_command_is_documented_that_does_not_exist() -> None:
    assert set(re.findall(r"^## (.+)$", COMMANDS, re.M)) == set(ALL)


def test_every_command_and_option_says_what_it_does() -> None:
    for name, command in ALL.items():
        assert command.help, name
        for param in command.params:
            assert not param.opts[0].startswith("--") or param.help, f"{name} {param.opts}"


def test_commands_named_anywhere_exist() -> None:
    named = {
        (file, words)
        for file, text in DOCS.items()
        for words in re.findall(r"(?<![\w/])quarterdeck ((?:[a-z][a-z-]*)(?: [a-z][a-z-]*)?)", text)
    }
    groups = {name.split()[0] for name in ALL}
    assert len(named) > 10
    assert [n for n in named if n[1].split()[0] in groups and not _is_command(n[1])] == []


def _is_command(words: str) -> bool:
    return words in ALL or words.split()[0] in ALL


def test_every_view_and_kind_of_source_is_documented() -> None:
    assert set(re.findall(r"`([a-z-]+)`", section("queue").partition("`--view`")[2].partition("\n- ")[0])) == set(VIEWS)
    table = dict(re.findall(r"^\| `([a-z-]+)` \| (.*) \|$", DOCS["docs/platforms.md"], re.M))
    assert set(table) == set(SourceKind)
    for kind in SourceKind:
        assert table[kind].endswith(f"| {DEFAULT_EVERY.get(kind, 900)} s")
        assert ("`--match`" in table[kind]) == (kind in NEEDS_MATCH)


def test_every_setting_is_documented_with_its_default() -> None:
    table = dict(re.findall(r"^\| `([A-Z_]+)` \| (.*?) \|", DOCS["docs/settings.md"], re.M))
    names = {environment_name(field): field for field in Settings.model_fields}
    assert set(table) - NOT_SETTINGS == set(names)
    for name, field in names.items():
        default = Settings.model_fields[field].default
        if field != "data":
            empty = default in ("", (), SecretStr(""))
            said = ",".join(default) if isinstance(default, tuple) else str(default)
            assert table[name] == ("empty" if empty else f"{default:g}" if default == 0.5 else said), name


def test_every_setting_says_what_it_means_in_the_code() -> None:
    """A string below the field, or below the first of its group: never two groups without one."""
    (body,) = [n.body for n in tree("settings.py").body if isinstance(n, ast.ClassDef) and n.name == "Settings"]
    fields = [i for i, node in enumerate(body) if isinstance(node, ast.AnnAssign)]
    said = [i for i in fields if isinstance(body[i + 1], ast.Expr)]
    assert len(said) >= len(fields) * 2 // 3


def test_every_environment_variable_in_the_code_is_documented() -> None:
    told = set(re.findall(r"\b(?:QUARTERDECK_[A-Z_]*[A-Z]|DATABASE_URL)\b", DOCS["docs/settings.md"]))
    used = {
        (name, word)
        for name in python_files()
        if not name.startswith("tests/")
        for word in re.findall(r"\bQUARTERDECK_[A-Z_]*[A-Z]\b(?!{)", (ROOT / name).read_text(encoding="utf-8"))
    }
    assert [u for u in used if u[1] not in told] == []
    wrong = {(f, w) for f, text in DOCS.items() for w in re.findall(r"\bQUARTERDECK_[A-Z_]*[A-Z]\b", text)}
    assert [w for w in wrong if w[1] not in told] == []


def verbs() -> set[str]:
    """Every verb that is written to history: strings given to record() and change(), and in rows of events."""
    found = set()
    for name in python_files():
        if not name.startswith(("triage/", "worker/")):
            continue
        for node in ast.walk(tree(name)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("record", "change"):
                found |= {s for arg in node.args[2:3] for s in _strings(arg)}
            if isinstance(node, ast.Dict):
                keys = [getattr(k, "value", None) for k in node.keys]
                found |= {s for k, v in zip(keys, node.values, strict=True) if k == "verb" for s in _strings(v)}
    return found


def _strings(node: ast.expr) -> set[str]:
    return {n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)}


def test_every_event_is_documented() -> None:
    table = DOCS["docs/architecture.md"].partition("| event |")[2].partition("\n\n")[0]
    told = {
        v for row in table.splitlines() for v in re.findall(r"`([a-z_]+)`", row.split("|")[1] if "|" in row else "")
    }
    assert verbs() == told


def test_every_line_of_the_log_is_documented() -> None:
    logged = {
        arg.value
        for name in python_files()
        if not name.startswith(("tests/", "sandbox/", "benchmarks/"))
        for node in ast.walk(tree(name))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if node.func.attr in ("info", "warning", "error", "exception")
        for arg in node.args[:1]
        if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
    }
    assert len(logged) >= 8
    assert [line for line in logged if f"`{line}`" not in DOCS["docs/operations.md"]] == []


def test_every_link_between_pages_leads_somewhere() -> None:
    broken = []
    for name, text in DOCS.items():
        for target, anchor in re.findall(r"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]*))?\)", text):
            path = ((ROOT / name).parent / target).resolve() if target else ROOT / name
            if not path.is_file():
                broken.append(f"{name}: {target}")
            elif anchor and anchor not in _anchors(path.read_text(encoding="utf-8")):
                broken.append(f"{name}: {target}#{anchor}")
    assert broken == []


def test_every_page_is_reached_from_the_readme() -> None:
    linked = set(re.findall(r"\]\((docs/[\w-]+\.md)", DOCS["README.md"]))
    assert linked == {name for name in DOCS if name.startswith("docs/")}


def test_every_screen_is_on_the_map() -> None:
    (room,) = re.findall(r"^workspace/ +(.*)$", DOCS["README.md"], re.M)
    assert [screen.title for screen in SCREENS if screen.title.lower() not in room] == []


def _anchors(text: str) -> set[str]:
    heads = re.findall(r"^#+ (.+)$", text, re.M)
    return {re.sub(r"[^\w -]", "", h.lower()).replace(" ", "-") for h in heads}


def test_every_make_target_in_the_readme_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.M))
    assert set(re.findall(r"\bmake ([a-z]+)\b", DOCS["README.md"])) <= targets


def test_the_commands_of_the_readme_and_of_operations_run(story: Sandbox, tmp_path: Path) -> None:
    blocks = [
        b
        for n in ("README.md", "docs/operations.md")
        for b in re.findall(r"^```sh run\n(.*?)^```", DOCS[n], re.M | re.S)
    ]
    assert len(blocks) == 4
    script = "set -eux\n" + "\n".join(blocks).replace("https://blog.example.org/", f"{story.url}/blog/slow-kitchen/")
    tools = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = os.environ | {"QUARTERDECK_DATA": str(tmp_path / "data"), "PATH": tools}
    done = subprocess.run(
        ["bash", "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert "Sorry! We are sending you a new lid." in done.stdout
    assert "2 rows: 2 new" in done.stderr
