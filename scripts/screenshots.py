"""Take the pictures of the README from the running program.

`python scripts/screenshots.py http://127.0.0.1:8000 PASSWORD` needs the test environment
(Playwright) and a Chromium; the program must run with the record and the illustration.
"""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"
WIDE = {"width": 1280, "height": 860}


def main() -> None:
    """Open the pages that the README shows, as the people whose job they are."""
    site, password = sys.argv[1].rstrip("/"), sys.argv[2]
    FOLDER.mkdir(parents=True, exist_ok=True)
    chromium = next(filter(None, (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        stranger = _open(browser)
        _take(stranger, f"{site}/", "home")
        _take(stranger, f"{site}/plan", "plan", whole=True)
        chair = _open(browser)
        _sign_in(chair, site, "chair", password)
        _take(chair, _first(chair, f"{site}/topics?sort=-cycle", "/plan-items/"), "chair-topic")
        secretariat = _open(browser)
        _sign_in(secretariat, site, "secretariat", password)
        _take(secretariat, f"{site}/workbench", "secretariat-workbench")
        delegate = _open(browser)
        _sign_in(delegate, site, "delegate", password)
        _make_feeds(delegate, f"{site}/calendars/mine")
        _take(delegate, f"{site}/calendars/mine", "delegate-calendars")
        browser.close()


def _make_feeds(page: Page, address: str) -> None:
    """Make two feeds where the person has none yet."""
    page.goto(address)
    if page.locator(".feed").count():
        return
    for name, chosen in (("Everything we may see", ("with_busy",)), ("What we present and owe", ("only_ours",))):
        page.fill("#name", name)
        for box in ("with_illustration", "deadlines_as_days", *chosen):
            page.check(f"#{box}")
        page.click("text=Make feed")
        page.wait_for_load_state()


def _open(browser: Browser) -> Page:
    return browser.new_context(viewport=WIDE, color_scheme="light").new_page()


def _sign_in(page: Page, site: str, name: str, password: str) -> None:
    page.goto(f"{site}/account/sign-in")
    page.fill("input[name=email]", f"{name}@demo.example")
    page.fill("input[name=password]", password)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda address: "sign-in" not in address)


def _first(page: Page, listing: str, part: str) -> str:
    """Return the address of the first record of a register."""
    page.goto(listing)
    return str(page.eval_on_selector(f"main a[href*='{part}']", "link => link.href"))


def _take(page: Page, address: str, name: str, *, whole: bool = False) -> None:
    page.goto(address)
    page.evaluate("() => document.fonts.ready")
    page.screenshot(path=FOLDER / f"{name}.png", full_page=whole)
    print(FOLDER / f"{name}.png")


if __name__ == "__main__":
    main()
