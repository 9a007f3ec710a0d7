"""WORKSPACE: signing in and out. Comes in: a form of our own page. Goes out: a session's cookie, or why not.

Plain HTML without any script, so it works without JavaScript, is the same for a screen reader, and its content policy
allows nothing at all. A form is taken only from our own page: a browser says where one comes from in `Origin`.
"""

from urllib.parse import parse_qs, urlsplit

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from models.base import utc_now
from worker import signins
from worker.signins import SignInRefused
from workspace import demo_door
from workspace.house import house
from workspace.identity import COOKIE
from workspace.nudges import NUDGES
from workspace.signin_page import PAGE_POLICY, page

LONGEST_FORM = 8_192
NOT_FROM_HERE = "This form did not come from this site, so nothing was done. Open the page again and try once more."


class SignInPage:
    """What somebody who is not signed in sees at every address, so that a deep link survives signing in."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the page; the form remembers where they wanted to go."""
        query = scope.get("query_string", b"").decode("latin-1")
        wanted = f"{scope['path']}?{query}" if query else str(scope["path"])
        await (await _page(local_path(wanted)))(scope, receive, send)


async def sign_in(request: Request) -> Response:
    """POST /sign-in: open a session and go where they wanted to; or the page again, saying why not."""
    if request.method != "POST":
        return RedirectResponse("/", 303)
    if not same_site(request):
        return PlainTextResponse(NOT_FROM_HERE, 403)
    form = await read_form(request)
    email, wanted = form.get("email", ""), local_path(form.get("next", "/"))
    try:
        if "as" in form:
            local = demo_door.on_this_machine(request)
            token = await run_sync(lambda: demo_door.sign_in_as(form["as"], local=local))
        else:
            token = await run_sync(signins.sign_in, house()[0], email, form.get("password", ""), utc_now())
    except SignInRefused as refused:
        return await _page(wanted, email=email, refused=str(refused), status=429 if refused.wait else 401)
    answer = RedirectResponse(wanted, 303)
    set_cookie(request, answer, token)
    return answer


async def sign_out(request: Request) -> Response:
    """POST /sign-out: end the session's row, so that a copy of the cookie opens nothing either."""
    if request.method != "POST":
        return RedirectResponse("/", 303)
    if not same_site(request):
        return PlainTextResponse(NOT_FROM_HERE, 403)
    await run_sync(_end, request.state.token_hash)
    await NUDGES.announce()  # other tabs of this session notice that it has ended
    answer = RedirectResponse("/", 303)
    answer.delete_cookie(COOKIE, path="/")
    return answer


def same_site(request: Request) -> bool:
    """Whether a form was sent by our own page. Every browser says so; a program has to say it too."""
    origin = urlsplit(request.headers.get("origin", ""))
    fetched = request.headers.get("sec-fetch-site", "same-origin")
    return bool(origin.netloc) and origin.netloc == request.headers.get("host") and fetched == "same-origin"


def local_path(wanted: str) -> str:
    """An address on this site: the path as wanted, or "/" where it would lead elsewhere."""
    plain = all(" " <= c != "\\" and c != "\x7f" for c in wanted)
    return wanted if plain and wanted.startswith("/") and not wanted.startswith("//") and len(wanted) < 2000 else "/"


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a small form; a larger body than 8 kB is no form of ours and counts as empty."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LONGEST_FORM:
            return {}
    fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=10)
    return {name: values[0] for name, values in fields.items()}


def set_cookie(request: Request, answer: Response, token: str) -> None:
    """Give the browser its session: out of reach of scripts, of other sites, and of plain http where we have https."""
    answer.set_cookie(
        COOKIE, token, max_age=int(signins.LASTS.total_seconds()), path="/", httponly=True, samesite="lax",
        secure=request.url.scheme == "https",
    )  # fmt: skip


def _end(token_hash: str) -> None:
    database, _ = house()
    with database.writing() as session:
        signins.end(session, token_hash, utc_now())


async def _page(wanted: str, *, email: str = "", refused: str = "", status: int = 200) -> Response:
    people = await run_sync(demo_door.people)
    body = page(wanted, email=email, refused=refused, people=people)
    headers = {"content-security-policy": PAGE_POLICY, "cache-control": "no-store"}
    return HTMLResponse(body, status, headers=headers)
