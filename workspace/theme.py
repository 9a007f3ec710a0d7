"""WORKSPACE: every colour once. Comes in: nothing. Goes out: CSS variables for components and pages, and Streamlit's
options. Never chooses light or dark: `light-dark()` follows the scheme of the page, and the page follows the system.
"""

from typing import NamedTuple


class Colour(NamedTuple):
    """One colour, by day and by night."""

    light: str
    dark: str


COLOURS = {
    "page": Colour("#fbfaf7", "#10151c"),
    "panel": Colour("#ffffff", "#161d26"),
    "sunk": Colour("#f3f1ec", "#1d2631"),
    "line": Colour("#e4e0d8", "#2a3542"),
    "edge": Colour("#8c877c", "#6b7887"),
    "ink": Colour("#1b2430", "#e8ecf1"),
    "quiet": Colour("#5d6672", "#a7b1bd"),
    "accent": Colour("#0b5d73", "#5fb6cc"),
    "accent-soft": Colour("#e3eff2", "#15313a"),
    "on-accent": Colour("#ffffff", "#06222a"),
    "red": Colour("#b42318", "#ff8a7a"),
    "red-soft": Colour("#fbe9e7", "#3a1d1b"),
    "amber": Colour("#9a5b00", "#f0b45b"),
    "amber-soft": Colour("#fbf0dc", "#35280f"),
    "green": Colour("#1f6f43", "#7fd0a0"),
    "green-soft": Colour("#e4f2e9", "#15301f"),
    "violet": Colour("#5b3fa0", "#b9a5f2"),
    "violet-soft": Colour("#eee9f8", "#292042"),
    "blue": Colour("#1f4f99", "#8db8ff"),
    "blue-soft": Colour("#e6eefa", "#182944"),
}
"""page, panel and sunk are grounds; line divides, edge outlines what can be typed in or clicked (3:1); ink and quiet
are text; the others mean something, each with its soft ground: red overdue and danger, amber soon and caution, green
praise and "can be done", violet wants to buy, blue question."""

FONT = '"Source Sans", system-ui, "Noto Sans", "Noto Sans CJK TC", sans-serif'
TEXT_PIXELS = 15
RADIUS_PIXELS = 8


def variables(selector: str = ":host") -> str:
    """A CSS rule that gives the selector every colour as `--qd-<name>`, and the font and the corner as `--qd-…`."""
    lines = [f"--qd-{name}: light-dark({colour.light}, {colour.dark});" for name, colour in COLOURS.items()]
    lines += [f"--qd-font: {FONT};", f"--qd-radius: {RADIUS_PIXELS}px;"]
    return f"{selector} {{ {' '.join(lines)} }}\n"


def streamlit_options() -> dict[str, object]:
    """Streamlit's own parts in the same picture: its theme options by their full names."""
    options: dict[str, object] = {
        "theme.font": "sans-serif",  # Source Sans, which Streamlit ships: nothing is loaded from elsewhere
        "theme.baseFontSize": TEXT_PIXELS,
        "theme.baseRadius": f"{RADIUS_PIXELS}px",
        "theme.buttonRadius": "7px",
        "theme.headingFontSizes": ["24px", "17px", "16px", "15px", "15px", "15px"],
        "theme.headingFontWeights": [650, 650, 650, 600, 600, 600],
        "theme.metricValueFontSize": "24px",
        "theme.metricValueFontWeight": 650,
        "theme.linkUnderline": True,
        "theme.showWidgetBorder": True,
        "theme.paddingTop": "0px",
        "theme.paddingBottom": "24px",
    }
    for side in ("light", "dark"):
        options |= {f"theme.{side}.{name}": value for name, value in _side(side).items()}
    return options


def _side(side: str) -> dict[str, object]:
    def colour(name: str) -> str:
        return str(getattr(COLOURS[name], side))

    plain = {
        "primaryColor": "accent", "backgroundColor": "page", "secondaryBackgroundColor": "sunk", "textColor": "ink",
        "borderColor": "line", "linkColor": "accent", "codeBackgroundColor": "sunk", "codeTextColor": "ink",
        "dataframeBorderColor": "line", "dataframeHeaderBackgroundColor": "sunk", "dataframeHeaderTextColor": "quiet",
        "grayColor": "quiet", "grayTextColor": "quiet", "grayBackgroundColor": "sunk",
    }  # fmt: skip
    found: dict[str, object] = {option: colour(name) for option, name in plain.items()}
    for ours in ("red", "amber", "green", "violet", "blue"):
        theirs = "orange" if ours == "amber" else ours
        found |= {
            f"{theirs}Color": colour(ours), f"{theirs}TextColor": colour(ours),
            f"{theirs}BackgroundColor": colour(f"{ours}-soft"),
        }  # fmt: skip
    found |= {"yellowColor": colour("amber"), "yellowTextColor": colour("amber"),
              "yellowBackgroundColor": colour("amber-soft")}  # fmt: skip
    found["chartCategoricalColors"] = [colour(n) for n in ("accent", "quiet", "amber", "violet", "green", "red")]
    return found
