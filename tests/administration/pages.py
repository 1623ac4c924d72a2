"""Forms as a browser without scripts reads and sends them."""

from __future__ import annotations

from lxml import html


def fields_of(page: bytes, action: str = "") -> list[tuple[str, str]]:
    """Return what a browser would send of the form whose action holds a text, untouched, in the order of the page."""
    tree = html.fromstring(page)
    form = next(f for f in tree.xpath("//main//form[@method='post']") if action in (f.get("action") or ""))
    # A parser of HTML drops the line end that begins a textarea, lxml keeps it.
    areas = {area.get("name") for area in form.xpath(".//textarea")}
    return [
        (name, value.lstrip("\r\n") if name in areas else value)
        for name, value in form.form_values()
        if name != "csrf_token"
    ]


def with_values(fields: list[tuple[str, str]], **changed: str | list[str] | None) -> dict[str, list[str]]:
    """Return the fields with some typed anew; None leaves a field out, a list sends it several times."""
    sent: dict[str, list[str]] = {}
    for name, value in fields:
        sent.setdefault(name, []).append(value)
    for key, value in changed.items():
        name = key.replace("__", "-")
        if value is None:
            sent.pop(name, None)
        else:
            sent[name] = value if isinstance(value, list) else [value]
    return sent


def errors_of(page: bytes) -> list[str]:
    """Return what the summary above the form says."""
    return [" ".join(item.text_content().split()) for item in html.fromstring(page).xpath("//div[@class='errors']//li")]


def value_in(page: bytes, name: str) -> str:
    """Return what a field of the page holds."""
    return dict(fields_of(page)).get(name, "")


def pressed(
    page: bytes, name: str, value: str, action: str = "", **changed: str | list[str] | None
) -> dict[str, list[str]]:
    """Return what a browser sends when one of the buttons of a form is pressed. It must be there."""
    tree = html.fromstring(page)
    assert tree.xpath(f"//main//form[@method='post']//button[@name='{name}'][@value='{value}']")
    return {**with_values(fields_of(page, action), **changed), name: [value]}
