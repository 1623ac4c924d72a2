"""The scripts, the width of phones and the barriers that axe finds, in a real browser under the strict content policy.

Pages and files come from this checkout through a route of the browser: no server, no network.
"""

import mimetypes
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from planner.pictures.balance import balance as lay_out

ROOT = Path(__file__).resolve().parents[2]
POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'"

pytestmark = pytest.mark.browser

ADDRESS = "https://planner.example/feeds/very-long-secret-address-of-a-feed/calendar.ics"

PAGE = Path(__file__).with_name("every_component.html").read_text(encoding="utf-8")


@pytest.fixture
def open_page(browser, render):
    """Open every_component.html; `policy` is lifted where axe has to be put in."""
    contexts = []

    def answer(route):
        path = urlsplit(route.request.url).path
        if path.startswith("/static/"):
            file = ROOT / "planner" / path.removeprefix("/")
            route.fulfill(path=file, content_type=mimetypes.guess_type(file.name)[0])
        else:
            body = render(
                PAGE,
                languages=[("en", "English"), ("ar", "العربية")],
                lang="en",
                address_of_feed=ADDRESS,
                segments=lay_out({"SP": 25, "RO": 5}),
                **opened,
            )
            route.fulfill(
                body=body, content_type="text/html; charset=utf-8", headers={"content-security-policy": POLICY}
            )

    opened = {}

    def open_page(*, width=1280, scheme="light", policy=True, scripts=True, **values):
        opened.update(values)
        context = browser.new_context(
            viewport={"width": width, "height": 800},
            color_scheme=scheme,
            bypass_csp=not policy,
            java_script_enabled=scripts,
            timezone_id="Africa/Nairobi",
        )
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.route("**/*", answer)
        page.goto("http://planner.test/")
        return page

    yield open_page
    for context in contexts:
        context.close()


def test_strict_policy_stops_nothing(open_page):
    page = open_page()
    assert page.locator(".addr button").count() == 1
    assert page.complaints == []
    assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith('"Plex Sans"')
    assert page.evaluate("document.fonts.check('16px \"Plex Sans\"')")


def test_own_hours_stand_under_those_of_the_venue(open_page):
    page = open_page()
    assert page.locator("#when").inner_text().split("\n") == [
        "10:00–13:00, Geneva",
        "Tue 16 Feb, 12:00–15:00, your time, Africa/Nairobi",
    ]


def test_page_says_the_same_without_scripts(open_page):
    page = open_page(scripts=False)
    assert page.locator("#when").inner_text() == "10:00–13:00, Geneva"
    assert page.locator(".addr").inner_text() == ADDRESS


def test_address_is_copied(open_page):
    page = open_page()
    page.evaluate(
        "Object.defineProperty(navigator, 'clipboard', {value: {writeText: async (text) => { window.copied = text; }}})"
    )
    page.locator(".addr button").click()
    page.wait_for_function("document.querySelector('.addr button span').textContent === 'Copied'")
    assert page.evaluate("window.copied") == ADDRESS


def test_address_is_selected_where_the_browser_does_not_copy(open_page):
    page = open_page()
    assert page.evaluate("navigator.clipboard === undefined"), "an address without https has no clipboard"
    page.locator(".addr button").click()
    page.wait_for_function("window.getSelection().toString() !== ''")
    assert page.evaluate("window.getSelection().toString()") == ADDRESS


def test_nothing_is_destroyed_without_a_yes(open_page):
    page = open_page()
    sent = []
    page.on("request", lambda request: sent.append(urlsplit(request.url).path) if request.method == "POST" else None)
    revoke = page.locator("button[data-confirm]")
    revoke.click()
    assert page.locator("dialog p").inner_text() == "Revoke this address?"
    page.keyboard.press("Escape")
    page.locator("dialog").wait_for(state="detached")  # it goes with its close event, a task later
    assert revoke.evaluate("button => button === document.activeElement")
    assert sent == []
    revoke.click()
    with page.expect_navigation():
        page.locator('dialog button[value="yes"]').click()
    assert sent == ["/revoke"]


def test_typed_text_is_not_left_behind_unasked(open_page):
    page = open_page()
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.fill("#topic", "Post-delivery verification")
    with page.expect_event("dialog"):
        page.evaluate("location.href = '/elsewhere'")
    assert asked == ["beforeunload"]
    assert urlsplit(page.url).path == "/"
    with page.expect_navigation():
        page.get_by_role("button", name="Save").click()
    assert asked == ["beforeunload"]


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("width", [320, 375, 768, 1280])
def test_no_page_scrolls_sideways(open_page, width, direction):
    page = open_page(width=width, dir=direction)
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_text_of_a_short_item_is_not_cut(open_page):
    page = open_page()
    assert page.evaluate(
        "[...document.querySelectorAll('.tt-it')].every(item => item.scrollHeight <= item.clientHeight)"
    )
    assert page.evaluate("document.querySelector('.tt-it').clientHeight") > 15


def test_small_menu_opens_without_scripts(open_page):
    page = open_page(width=375, scripts=False)
    link = page.locator(".nav-small nav a", has_text="Documents")
    assert not link.is_visible()
    page.locator(".nav-small > summary").click()
    assert link.is_visible()


def test_menu_of_more_actions_opens_without_scripts_and_by_keyboard(open_page):
    page = open_page(scripts=False)
    cancel = page.get_by_role("link", name="Cancel the session")
    assert not cancel.is_visible()
    page.locator(".more > summary").press("Enter")
    assert cancel.is_visible()
    page.keyboard.press("Tab")
    assert cancel.evaluate("link => link === document.activeElement")
    page.locator(".more > summary").press("Enter")
    assert not cancel.is_visible()


def test_open_menu_closes_where_the_reader_goes_elsewhere(open_page):
    page = open_page()
    summary, history = page.locator(".more > summary"), page.get_by_role("link", name="History")

    def open_again():
        summary.click()
        assert history.is_visible()

    open_again()
    history.focus()
    page.keyboard.press("Escape")
    assert not history.is_visible()
    assert summary.evaluate("summary => summary === document.activeElement")
    open_again()
    page.locator("h1").click()
    assert not history.is_visible()
    open_again()
    history.focus()
    page.keyboard.press("Tab")
    assert not history.is_visible()


def test_no_menu_is_printed(open_page):
    page = open_page()
    page.locator(".more > summary").click()
    page.emulate_media(media="print")
    assert not page.locator(".more").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_no_barrier(open_page, width, scheme):
    page = open_page(width=width, scheme=scheme, policy=False, illustration=True)
    page.evaluate((ROOT / "tests" / "vendor" / "axe.min.js").read_text(encoding="utf-8"))
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = page.evaluate("tags => axe.run(document, {runOnly: tags})", tags)
    assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found["violations"]] == []
    assert len(found["passes"]) > 30
