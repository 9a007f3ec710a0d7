"""COMMANDS: `quarterdeck doctor`: what is configured, reachable and wrong, and how to mend it."""

from typing import Annotated

import typer

from commands.common import FAILED, AsJson, errors, plain, print_json
from worker.checkup import Finding, check_up


def doctor(
    offline: Annotated[bool, typer.Option("--offline", help="Ask no platform, only look at what is here.")] = False,
    as_json: AsJson = False,
) -> None:
    """Check settings, database, keys, sources and the model. Exit code 1 if something that is needed is wrong."""
    findings = check_up(offline=offline)
    if as_json:
        print_json([f._asdict() for f in findings])
    else:
        for finding in findings:
            errors.print(_line(finding))
    if any(f.state == "wrong" for f in findings):
        raise typer.Exit(FAILED)


def _line(finding: Finding) -> str:
    mark = {"good": "[green]good [/]", "note": "[yellow]note [/]", "wrong": "[red]wrong[/]"}[finding.state]
    mend = f"\n      {plain(finding.mend)}" if finding.mend else ""
    return f"{mark} {plain(finding.what)}: {plain(finding.found)}{mend}"
