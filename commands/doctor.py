"""COMMANDS: `quarterdeck doctor`: what is configured, reachable and wrong, and how to mend it."""

from typing import Annotated

import typer

from commands.common import FAILED, AsJson, print_json, show_line, troubles
from settings import SettingsError, settings
from worker.checkup import Finding, check_up

STYLES = {"good": "green", "note": "yellow", "wrong": "red"}


def doctor(
    offline: Annotated[bool, typer.Option("--offline", help="Ask no platform, only look at what is here.")] = False,
    as_json: AsJson = False,
) -> None:
    """Check settings, database, keys, sources and the model. Exit code 1 if something that is needed is wrong."""
    findings = _findings(offline)
    if as_json:
        print_json([f._asdict() for f in findings])
    else:
        for finding in findings:
            _show(finding)
    if any(f.state == "wrong" for f in findings):
        raise typer.Exit(FAILED)


def _findings(offline: bool) -> list[Finding]:
    try:
        settings()
    except SettingsError as error:
        mend = "Correct it; docs/settings.md lists every setting."
        return [Finding("wrong", "settings", problem, mend) for problem in str(error).split("\n")]
    with troubles():
        return check_up(offline=offline)


def _show(finding: Finding) -> None:
    show_line(f"{finding.state}: {finding.what}: {finding.found}", STYLES[finding.state])
    if finding.mend:
        show_line(f"→ {finding.mend}", indent=4)
