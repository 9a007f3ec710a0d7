"""WORKSPACE: the charts of the reports. Comes in: computed figures and a palette. Goes out: Altair charts.

Grey is context, the accent is us, red is the one thing to look at. Marks are labelled where they stand; where there is
no room the words above the chart carry the colours. No words of others are drawn here.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import altair as alt

from models.values import Platform
from reports.curve import Point
from reports.findings import PLATFORMS
from reports.groups import Group
from reports.reach import WORDS, ReachGroup
from reports.response_times import ResponseTimes
from reports.table import spoken
from reports.volume import DayVolume
from workspace.theme import COLOURS

Palette = Mapping[str, str]
TICKS = (60, 900, 3600, 14_400, 86_400, 604_800)
TICK_WORDS = "{60: '1 min', 900: '15 min', 3600: '1 h', 14400: '4 h', 86400: '1 d', 604800: '7 d'}[datum.value]"
SHORTEST, LONGEST = 60.0, 604_800.0
CURVE, PARTS, GROUPS, REACHES, WEEKS, VOLUME = 268, 44, 46, 38, 236, 200
"""Heights in pixels; PARTS, GROUPS and REACHES are those of one row."""


def palette(side: str | None) -> dict[str, str]:
    """Every colour of the theme for "light" or "dark", and the two tints that charts need besides."""
    dark = side == "dark"
    found = {name: c.dark if dark else c.light for name, c in COLOURS.items()}
    return found | {"context": "#55616e" if dark else "#b9c0c8", "tint": "#39788a" if dark else "#6fa9b8"}


def curve_chart(points: Sequence[Point], times: ResponseTimes, paint: Palette) -> Any:
    """The share answered within a time: everybody with its band, the answered alone in grey, the median in red."""
    data = [{"t": p.seconds, "all": p.everybody, "low": p.low, "high": p.high, "only": p.answered_only} for p in points]
    known = [d for d in data if d["all"] is not None]
    base = alt.Chart(alt.InlineData(values=data))
    x = _time_axis("t")
    layers: list[Any] = [
        alt.Chart(alt.InlineData(values=[d for d in known if d["high"] is not None]))
        .mark_area(color=paint["accent"], opacity=0.15, interpolate="step-after")
        .encode(x=x, y=_share_axis("low"), y2="high:Q"),
        base.mark_line(color=paint["context"], strokeDash=[5, 4], strokeWidth=2, interpolate="step-after").encode(
            x=x, y="only:Q"
        ),
        alt.Chart(alt.InlineData(values=known))
        .mark_line(color=paint["accent"], strokeWidth=2.6, interpolate="step-after")
        .encode(x=x, y="all:Q"),
        *_end_label(known, "all", "everybody", paint["accent"], 14),
        *_end_label([d for d in data if d["only"] is not None], "only", "answered only", paint["quiet"], 14),
        *_median_mark(times, paint),
    ]
    return _finished(alt.layer(*layers).properties(height=CURVE), paint)


def parts_chart(groups: Sequence[Group[Platform]], paint: Palette) -> Any:
    """Mean lag, queue and handling of the middle half of the answered waits, one bar a platform."""
    data: list[dict[str, Any]] = []
    totals: list[dict[str, Any]] = []
    for group in groups:
        parts = group.times.parts
        if parts is None:
            continue
        name = PLATFORMS[group.key]
        pieces = (("lag", parts.lag), ("queue", parts.queue), ("handling", parts.handling))
        data += [{"p": name, "n": n, "o": o, "m": seconds / 60} for o, (n, seconds) in enumerate(pieces)]
        totals.append({"p": name, "m": sum(max(0.0, s) for _, s in pieces) / 60, "w": spoken(parts.total)})
    scale = alt.Scale(domain=["lag", "queue", "handling"], range=[paint["context"], paint["accent"], paint["tint"]])
    y = _names([t["p"] for t in totals], "p")
    room = alt.Scale(domainMax=max((t["m"] for t in totals), default=1.0) * 1.28, nice=False)
    bars = (
        alt.Chart(alt.InlineData(values=data))
        .mark_bar(size=20)
        .encode(
            y=y, x=alt.X("m:Q", axis=None, scale=room), color=alt.Color("n:N", scale=scale, legend=None), order="o:Q"
        )
    )
    words = (
        alt.Chart(alt.InlineData(values=totals))
        .mark_text(align="left", dx=8, color=paint["quiet"])
        .encode(y=y, x="m:Q", text="w:N")
    )
    return _finished((bars + words).properties(height=PARTS * len(totals)), paint)


def platform_chart(groups: Sequence[Group[Platform]], paint: Palette) -> Any:
    """The median wait of each platform with its interval. A click picks the platform."""
    return _medians([_interval(PLATFORMS[g.key], g.times) for g in groups], GROUPS, paint)


def reach_chart(groups: Sequence[ReachGroup], paint: Palette) -> Any:
    """The median wait with its interval by how many follow the person. A click picks the group."""
    return _medians([_interval(WORDS[g.key], g.times) for g in groups], REACHES, paint)


def week_chart(groups: Sequence[Group[date]], paint: Palette) -> Any:
    """The median wait of each week with its interval. A click picks the week."""
    rows = [_interval(g.key.isoformat(), g.times) | {"w": f"{g.key.day} {g.key:%b}"} for g in groups]
    x = alt.X("k:N", sort=None, axis=alt.Axis(title=None, labelAngle=0, labelExpr=_week_words(rows), labelOverlap=True))
    return _finished(_intervals(rows, x, _time_axis("m", channel=alt.Y), "y", paint).properties(height=WEEKS), paint)


def volume_chart(days: Sequence[DayVolume], paint: Palette) -> Any:
    """Posts a day, stacked by sentiment; negative stands on the ground, where it compares best. A click picks a day."""
    order = (("negative", "red"), ("not read", "line"), ("neutral", "context"), ("positive", "green"))
    data = [
        {"d": v.day.isoformat(), "s": name, "o": n, "c": getattr(v, name.replace(" ", "_"))}
        for v in days
        for n, (name, _) in enumerate(order)
        if getattr(v, name.replace(" ", "_"))
    ]
    every = [v.day.isoformat() for v in days]
    scale = alt.Scale(domain=[n for n, _ in order], range=[paint[colour] for _, colour in order])
    picked = alt.selection_point(name="picked", fields=["d"], on="click")
    words = "timeFormat(toDate(datum.value + 'T12:00'), '%-d %b')"
    axis = alt.Axis(title=None, labelAngle=0, labelExpr=words, labelOverlap="greedy", labelSeparation=16, grid=False)
    chart = (
        alt.Chart(alt.InlineData(values=data))
        .mark_bar()
        .encode(
            x=alt.X("d:N", sort=None, axis=axis, scale=alt.Scale(domain=every, paddingInner=0.22, paddingOuter=0.1)),
            y=alt.Y("c:Q", axis=alt.Axis(title=None, tickCount=4, domain=False, tickMinStep=1)),
            color=alt.Color("s:N", scale=scale, legend=None),
            order="o:Q",
            opacity=alt.condition(picked, alt.value(1.0), alt.value(0.35)),
            tooltip=[
                alt.Tooltip("d:N", title="day"),
                alt.Tooltip("s:N", title="mood"),
                alt.Tooltip("c:Q", title="posts"),
            ],
        )
        .add_params(picked)
        .properties(height=VOLUME)
    )
    return _finished(chart, paint)


# ---------------------------------------------------------------- pieces


def _medians(rows: Sequence[dict[str, Any]], height: int, paint: Palette) -> Any:
    """One line of the given height for each."""
    y = _names([r["k"] for r in rows], "k")
    return _finished(_intervals(rows, y, _time_axis("m"), "x", paint).properties(height=height * len(rows) + 24), paint)


def _interval(key: str, times: ResponseTimes) -> dict[str, Any]:
    """One row: the median, its interval cut to what is drawn, and its words."""
    median, low, high = times.median.value, times.median.low, times.median.high
    return {
        "k": key,
        "m": None if median is None else _inside(median),
        "low": None if low is None and high is None else _inside(low if low is not None else SHORTEST),
        "high": _inside(high if high is not None else LONGEST),
        "at": LONGEST if median is None else _inside(median),
        "say": "not reached" if median is None else spoken(median),
        "n": times.waits,
    }


def _intervals(rows: Sequence[dict[str, Any]], name: Any, length: Any, along: str, paint: Palette) -> Any:
    """A grey line from low to high, a point at the median, its words above it."""
    picked = alt.selection_point(name="picked", fields=["k"], on="click")
    across = "y" if along == "x" else "x"
    base = alt.Chart(alt.InlineData(values=list(rows)))
    drawn = {along: _like(length, "low"), f"{along}2": "high:Q", across: name}
    tooltip = [alt.Tooltip("say:N", title="median"), alt.Tooltip("n:Q", title="waits")]
    rule = base.mark_rule(color=paint["context"], strokeWidth=7, strokeCap="round", opacity=0.75).encode(**drawn)
    rule = rule.transform_filter("isValid(datum.low)")
    point = (
        base.mark_point(filled=True, size=110, color=paint["accent"], opacity=1)
        .encode(**{along: _like(length, "m"), across: name}, tooltip=tooltip)
        .transform_filter("isValid(datum.m)")
    )
    shift = {"dy": -13} if along == "x" else {"dx": 10, "align": "left"}
    text = base.mark_text(color=paint["ink"], fontWeight=600, baseline="middle", **shift).encode(
        **{along: _like(length, "at"), across: name}, text="say:N"
    )
    return alt.layer(rule, point.add_params(picked), text)


def _like(axis: Any, field: str) -> Any:
    """The same axis over another field."""
    told = axis.to_dict()
    return type(axis)(f"{field}:Q", axis=told["axis"], scale=told["scale"])


def _time_axis(field: str, channel: Any = alt.X) -> Any:
    axis = alt.Axis(
        title=None, values=list(TICKS), labelExpr=TICK_WORDS, grid=channel is alt.Y, domain=False, ticks=False
    )
    scale = alt.Scale(type="log", domain=[SHORTEST, LONGEST], clamp=True, nice=False)
    return channel(f"{field}:Q", axis=axis, scale=scale)


def _share_axis(field: str) -> Any:
    axis = alt.Axis(title=None, values=[0, 0.25, 0.5, 0.75, 1], format=".0%", domain=False, ticks=False)
    return alt.Y(f"{field}:Q", axis=axis, scale=alt.Scale(domain=[0, 1]))


def _names(names: Sequence[str], field: str) -> Any:
    axis = alt.Axis(title=None, domain=False, ticks=False, labelPadding=10, labelFontSize=13)
    return alt.Y(f"{field}:N", sort=list(names), axis=axis)


def _end_label(data: Sequence[Mapping[str, Any]], field: str, words: str, colour: str, dy: int) -> list[Any]:
    """The name of a line near its right end."""
    if not data:
        return []
    at = data[int(len(data) * 0.86)]
    mark = alt.Chart(alt.InlineData(values=[{"t": at["t"], field: at[field], "w": words}]))
    return [
        mark.mark_text(color=colour, fontWeight=600, dy=dy, baseline="middle").encode(
            x=_time_axis("t"), y=f"{field}:Q", text="w:N"
        )
    ]


def _median_mark(times: ResponseTimes, paint: Palette) -> list[Any]:
    """Two thin red lines and the median in words; nothing where it is not reached."""
    if times.median.value is None:
        return []
    at = _inside(times.median.value)
    data = alt.InlineData(values=[{"t": at, "zero": 0, "half": 0.5, "first": SHORTEST}])
    mark = alt.Chart(data)
    left = at < (SHORTEST * LONGEST) ** 0.5
    words = alt.Chart(alt.InlineData(values=[{"t": at, "y": 0.05, "w": f"median {spoken(times.median.value)}"}]))
    red = paint["red"]
    return [
        mark.mark_rule(color=red, strokeWidth=1.4).encode(x=_time_axis("t"), y="zero:Q", y2="half:Q"),
        mark.mark_rule(color=red, strokeWidth=1.4).encode(x=_time_axis("first"), x2="t:Q", y="half:Q"),
        words.mark_text(color=red, fontWeight=600, align="left" if left else "right", dx=7 if left else -7).encode(
            x=_time_axis("t"), y="y:Q", text="w:N"
        ),
    ]


def _inside(seconds: float) -> float:
    return min(max(seconds, SHORTEST), LONGEST)


def _week_words(rows: Sequence[dict[str, Any]]) -> str:
    return "{" + ", ".join(f"'{row['k']}': '{row['w']}'" for row in rows) + "}[datum.value]"


def _finished(chart: Any, paint: Palette) -> Any:
    """The house's type and lines."""
    font = "Source Sans, sans-serif"
    return (
        chart.configure(background="transparent", font=font, padding={"left": 0, "right": 4, "top": 6, "bottom": 0})
        .configure_view(stroke=None)
        .configure_axis(
            gridColor=paint["line"], labelColor=paint["quiet"], labelFont=font, labelFontSize=13,
            tickColor=paint["line"], domainColor=paint["line"],
        )
        .configure_text(font=font, fontSize=13)
    )  # fmt: skip
