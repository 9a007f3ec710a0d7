"""WORKSPACE: the sign-in page as HTML and its style sheet. Comes in: where to go next, and why not yet. Goes out: text.

Everything that somebody typed is escaped. Holds no script; the policy that goes with it allows none.
"""

from collections.abc import Sequence
from html import escape
from pathlib import Path

import streamlit

from workspace.demo_door import Person
from workspace.theme import variables

PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
LOGO = '<span class="logo"><i aria-hidden="true"></i>Quarterdeck</span>'
ROLES = {"ambassador": "answers people", "manager": "reads reports and approves", "admin": "sets everything up"}


def page(wanted: str, *, email: str = "", refused: str = "", people: Sequence[Person] = ()) -> str:
    """The whole page. `wanted` is a path of this site, `refused` says why they are still here."""
    told = f'<p class="refused" role="alert" id="why">{escape(refused)}</p>' if refused else ""
    described = ' aria-describedby="why" aria-invalid="true"' if refused else ""
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Sign in · Quarterdeck</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/sign-in.css">
</head>
<body>
<main>
{LOGO}
<h1>Sign in</h1>
{told}
{_people(people, wanted)}
<form method="post" action="/sign-in">
<input type="hidden" name="next" value="{escape(wanted)}">
<label>Email
<input name="email" type="email" autocomplete="username" required maxlength="254" value="{escape(email)}"
{described}{_focus(people)}>
</label>
<label>Password
<input name="password" type="password" autocomplete="current-password" required maxlength="1024"{described}>
</label>
<button{' class="second"' if people else ""}>Sign in</button>
</form>
<p class="quiet">No account, or the password is lost? An admin of this workspace can help.</p>
</main>
</body>
</html>
"""


def _people(people: Sequence[Person], wanted: str) -> str:
    """The demo's cast, one button each; nothing where there is none."""
    if not people:
        return ""
    buttons = "\n".join(
        f'<button name="as" value="{escape(p.email)}"><b>{escape(p.name)}</b>'
        f"<span>{escape(p.role)} · {escape(ROLES.get(p.role, ''))}</span></button>"
        for p in people
    )
    return f"""<form method="post" action="/sign-in" class="people">
<p>This is a demo: people and posts are invented, and nothing leaves this machine. Come in as</p>
<input type="hidden" name="next" value="{escape(wanted)}">
{buttons}
</form>
<p class="or">or with a password</p>"""


def _focus(people: Sequence[Person]) -> str:
    return "" if people else " autofocus"


def style() -> str:
    """The page's style sheet, with the font that Streamlit ships."""
    folder = Path(streamlit.__file__).parent / "static" / "static" / "media"
    font = next((f.name for f in sorted(folder.glob("SourceSansVF-Upright*.woff2"))), "")
    return _FONT.replace("FILE", font) + variables(":root") + _STYLE


_FONT = """@font-face { font-family: "Source Sans"; font-weight: 200 900;
  src: url("/static/media/FILE") format("woff2"); }
"""
_STYLE = """
:root { color-scheme: light dark; }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 24px; background: var(--qd-page);
  color: var(--qd-ink); font: 15px/1.45 var(--qd-font); }
main { width: min(400px, 100%); background: var(--qd-panel); border: 1px solid var(--qd-line); border-radius: 12px;
  padding: 30px 32px 24px; }
.logo { display: flex; gap: 9px; align-items: center; font-weight: 700; font-size: 16px; letter-spacing: -.01em; }
.logo i { width: 18px; height: 18px; border: 2.5px solid var(--qd-accent); border-radius: 50%; position: relative; }
.logo i::after { content: ""; position: absolute; left: 5.2px; top: -5px; width: 2.6px; height: 9px;
  background: var(--qd-accent); border-radius: 2px; }
h1 { font-size: 24px; font-weight: 650; line-height: 1.2; margin: 22px 0 16px; }
form { display: grid; gap: 14px; }
label { display: grid; gap: 5px; font-weight: 600; }
input { font: inherit; padding: 9px 12px; color: inherit; background: var(--qd-page); border: 1px solid var(--qd-edge);
  border-radius: 8px; width: 100%; }
button { font: inherit; font-weight: 600; padding: 10px 14px; margin-top: 4px; border: 1px solid transparent;
  border-radius: 8px; cursor: pointer; background: var(--qd-accent); color: var(--qd-on-accent); }
button.second { background: var(--qd-panel); color: var(--qd-ink); border-color: var(--qd-edge); }
input:focus-visible, button:focus-visible { outline: 3px solid var(--qd-accent); outline-offset: 2px; }
.people { gap: 8px; }
.people p { margin: 0 0 6px; color: var(--qd-quiet); }
.people button { display: grid; text-align: left; margin: 0; background: var(--qd-accent-soft); color: var(--qd-ink); }
.people button:hover { border-color: var(--qd-accent); }
.people span { color: var(--qd-quiet); font-weight: 400; font-size: 13px; }
.or { display: flex; gap: 12px; align-items: center; color: var(--qd-quiet); font-size: 13px; margin: 18px 0 14px; }
.or::before, .or::after { content: ""; height: 1px; flex: 1; background: var(--qd-line); }
.refused { background: var(--qd-red-soft); color: var(--qd-red); border-radius: 8px; padding: 9px 12px;
  margin: 0 0 16px; }
.quiet { color: var(--qd-quiet); font-size: 13px; margin: 18px 0 0; }
"""
FAVICON = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
<g fill="none" stroke="#0b5d73" stroke-width="4" stroke-linecap="round"><circle cx="16" cy="17.5" r="11"/>
<path d="M16 3v11"/></g></svg>
"""
