"""Who sees which screen, and the top bar in a real browser."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from models import Event, SignIn, User
from models.base import utc_now
from models.database import Database
from models.values import Role
from tests.house import make_cast
from tests.workspace.conftest import PHONE, Running, Watch, serving
from tests.workspace.test_signin import PASSWORD, with_password
from workspace.components.topbar import initials
from workspace.navigation import SCREENS, screens_for


def test_everybody_sees_queue_sources_and_team_and_managers_the_reports_too() -> None:
    assert [s.title for s in SCREENS if Role.AMBASSADOR in s.roles] == ["Queue", "Sources", "Team"]
    for role in (Role.MANAGER, Role.ADMIN):
        assert [s.title for s in SCREENS if role in s.roles] == ["Queue", "Reports", "Sources", "Team"]


def test_only_a_screen_whose_file_is_there_is_listed() -> None:
    for role in Role:
        assert all(s.script.is_file() for s in screens_for(role))


@pytest.mark.parametrize(
    ("name", "two"),
    [("Ana", "AN"), ("Ben Kaya", "BK"), ("mia@example.org", "MI"), ("j.r.t@b.org", "JR"), ("", "?"), ("陳怡", "陳怡")],
)  # fmt: skip
def test_a_face_has_two_letters(name: str, two: str) -> None:
    assert initials(name) == two


@pytest.mark.parametrize(("name", "role"), [("ana", Role.AMBASSADOR), ("mia", Role.MANAGER), ("ada", Role.ADMIN)])
def test_a_screen_of_another_role_does_not_exist(
    run_as: Callable[..., AppTest], database: Database, name: str, role: Role
) -> None:
    make_cast(database)
    test = run_as(name)
    assert not test.exception
    for screen in SCREENS:
        if screen.script.is_file() and role not in screen.roles:
            with pytest.raises(ValueError, match="page"):
                test.switch_page(str(screen.script))


# ---------------------------------------------------------------- in a browser


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Running]:
    """One workspace for the tests below."""
    with serving(tmp_path_factory.mktemp("navigation"), sqlite_template, with_password) as started:
        yield started


def bar(page: Page) -> Page:
    """The page, once its top bar stands."""
    expect(page.get_by_role("navigation", name="Screens").get_by_role("link").first).to_be_visible()
    return page


@pytest.mark.browser
def test_signing_in_by_hand_leads_to_where_one_wanted_to_go(
    running: Running, visit: Callable[..., Page], watch: Watch
) -> None:
    page = visit(running, None, "/team?from=link")
    page.get_by_label("Email").fill("ana@example.org")
    page.get_by_label("Password").fill("wrong")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("do not open a session")
    expect(page.get_by_label("Email")).to_have_value("ana@example.org")
    watch.errors.clear()  # the browser tells of the 401
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    bar(page)
    assert page.url == f"{running.url}/team?from=link"
    assert page.evaluate("document.cookie.includes('quarterdeck_session')") is False


@pytest.mark.browser
def test_the_sign_in_form_needs_no_script(running: Running, visit: Callable[..., Page]) -> None:
    page = visit(running, None, java_script_enabled=False)
    page.get_by_label("Email").fill("ana@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{running.url}/")
    assert len(page.context.cookies()) >= 1


@pytest.mark.browser
@pytest.mark.parametrize(("name", "role"), [("ana", Role.AMBASSADOR), ("ada", Role.ADMIN)])
@pytest.mark.parametrize("told", [{}, {"color_scheme": "dark"}, {"viewport": PHONE, "has_touch": True}])
def test_the_bar_shows_the_screens_of_the_role_and_leads_to_them(
    running: Running, visit: Callable[..., Page], name: str, role: Role, told: dict[str, object]
) -> None:
    page = bar(visit(running, name, **told))
    links = page.get_by_role("navigation", name="Screens").get_by_role("link")
    assert links.all_inner_texts() == [s.title for s in screens_for(role)]
    for screen in reversed(screens_for(role)):
        links.filter(has_text=screen.title).click()
        expect(links.filter(has_text=screen.title)).to_have_attribute("aria-current", "page")
        page.wait_for_url(f"{running.url}/{screen.path}*")


@pytest.mark.browser
def test_the_address_of_another_role_says_so_and_shows_nothing(running: Running, visit: Callable[..., Page]) -> None:
    page = bar(visit(running, "ana", "/reports"))
    expect(page.get_by_text("This screen is not for your role here.")).to_be_visible()
    expect(page.get_by_role("link", name="Reports")).to_have_count(0)


@pytest.mark.browser
def test_signing_out_in_one_tab_signs_out_the_other(running: Running, visit: Callable[..., Page], watch: Watch) -> None:
    page = bar(visit(running, "mia"))
    other = page.context.new_page()
    other.goto(running.url)
    bar(other)
    page.locator("summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    expect(other.get_by_role("heading", name="Sign in")).to_be_visible()
    watch.errors = [told for told in watch.errors if "401" not in told]  # what the other tab asked for in vain
    running.tokens.pop("mia")
    with running.database.reading() as session:
        mine = select(SignIn).join(User).where(User.name == "Mia")
        assert all(row.ended_at is not None for row in session.exec(mine))


@pytest.mark.browser
def test_the_keys_are_shown_and_letters_can_be_switched_off(running: Running, visit: Callable[..., Page]) -> None:
    page = bar(visit(running, "ana"))
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    expect(dialog).to_be_visible()
    page.get_by_label("Letters are commands").uncheck()
    assert page.evaluate("localStorage.getItem('quarterdeck.letters')") == "off"
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


@pytest.mark.browser
def test_a_nudge_reaches_every_component_of_the_page(running: Running, visit: Callable[..., Page]) -> None:
    page = bar(visit(running, "ana"))
    expect(page.locator("html")).to_have_attribute("data-quarterdeck-live", "yes")
    page.evaluate("window.addEventListener('quarterdeck:nudge', () => { document.body.dataset.heard = 'it' })")
    with running.database.writing() as session:
        session.add(Event(verb="claimed", at=utc_now()))
    expect(page.locator("body")).to_have_attribute("data-heard", "it")


@pytest.mark.browser
def test_eight_tabs_of_one_browser_all_open_and_all_hear(running: Running, visit: Callable[..., Page]) -> None:
    first = bar(visit(running, "ana"))
    expect(first.locator("html")).to_have_attribute("data-quarterdeck-live", "yes")
    tabs = [first, *(first.context.new_page() for _ in range(7))]
    for tab in tabs[1:]:
        tab.goto(running.url)
        bar(tab)
    for tab in tabs:
        tab.evaluate("window.addEventListener('quarterdeck:nudge', () => { document.body.dataset.heard = 'it' })")
    with running.database.writing() as session:
        session.add(Event(verb="claimed", at=utc_now()))
    for tab in tabs:
        tab.bring_to_front()
        expect(tab.locator("body")).to_have_attribute("data-heard", "it")


@pytest.mark.browser
def test_another_tab_takes_the_stream_over_when_the_first_is_closed(
    running: Running, visit: Callable[..., Page]
) -> None:
    first = bar(visit(running, "ana"))
    expect(first.locator("html")).to_have_attribute("data-quarterdeck-live", "yes")
    other = first.context.new_page()
    other.goto(running.url)
    bar(other)
    expect(other.locator("html")).to_have_attribute("data-quarterdeck-live", "yes")
    other.evaluate("delete document.documentElement.dataset.quarterdeckLive")
    first.close()
    expect(other.locator("html")).to_have_attribute("data-quarterdeck-live", "yes")


@pytest.mark.browser
def test_the_watch_sees_what_leaves_and_what_the_policy_stops(
    running: Running, visit: Callable[..., Page], watch: Watch
) -> None:
    page = bar(visit(running, "ana"))
    page.evaluate("new Promise(done => { const i = new Image(); i.onerror = done; i.src = 'http://192.0.2.1/x.png' })")
    page.evaluate(
        "document.head.append(Object.assign(document.createElement('script'), {textContent: 'window.ran = 1'}))"
    )
    assert page.evaluate("window.ran") is None
    assert sum("Content Security Policy" in error for error in watch.errors) >= 2
    watch.errors.clear()
    watch.left.clear()
