import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from reports.export import as_json
from reports.reach import by_reach
from reports.response_times import response_times
from tests.reports.conftest import MakeWait, minute

PAGE = Path(__file__).parents[2] / "docs" / "metrics.md"
PLAIN = {"share", "met", "due", "day", "waits"}
"""Words of the page that need no code marks."""


def names(value: Any) -> Iterator[str]:
    """Every key of a JSON value, at any depth."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from names(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from names(inner)


def test_every_figure_of_the_report_is_defined_on_the_metrics_page(wait: MakeWait) -> None:
    rows, until, zone = [wait(answered=5)], minute(600), ZoneInfo("UTC")
    report = as_json(response_times(rows, until, zone), by_reach(rows, until, zone))
    documented = set(re.findall(r"`([a-z0-9_]+)`", PAGE.read_text("utf-8")))
    assert set(names(report)) - documented - PLAIN == set()
