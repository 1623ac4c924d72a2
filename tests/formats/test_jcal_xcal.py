"""jCal and xCal say what the text says: written back from them it is the same lines; icalendar reads the same jCal."""

import json
import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from icalendar import Calendar
from lxml import etree

from planner.core.xml_text import xml_safe
from planner.formats.content_lines import listed, read_component, unescaped
from planner.formats.ical import entry_text, feed_text, zones_in
from planner.formats.jcal import DEFAULT_TYPES, jcal, jcal_text
from planner.formats.xcal import NAMESPACE, xcal_text
from tests.factories.entry import make_entry
from tests.formats.test_ical_any_values import entries, texts

MADE = datetime(2026, 5, 4, 8, 30, tzinfo=UTC)
LISTS = ("categories", "resources")


def feed(*found, name="All", **more):
    written = [entry_text(*one) for one in found]
    zones = {zone for text in written for zone in zones_in(text)}
    return feed_text(written, name=name, uid="all@planner.example", zones=zones, **more)


def entry(**changes):
    facts = {
        "component": "VEVENT",
        "uid": "session-12@planner.example",
        "summary": "Diversion; causes, and C:\\New remedies",
        "starts": datetime(2027, 2, 23, 9, tzinfo=UTC),
        "ends": datetime(2027, 2, 23, 12, tzinfo=UTC),
        "zone": "Europe/Zurich",
        "status": "CONFIRMED",
        "sequence": 3,
        "description": "One.\n\nTwo, three; four",
        "location": "Room A, Geneva",
        "url": "https://plan.example/sessions/12?a=1,2;3",
        "categories": ("WGETI", "Stage 2, transit"),
        "related_to": ("meeting-3@planner.example",),
        "created": MADE,
        "last_modified": MADE,
    }
    return make_entry(**(facts | changes))


# ------------------------------------------------------------ back from jCal, and from xCal to jCal, as the RFCs say


def lines_of(node):
    """Return the content lines that a component of jCal stands for."""
    name, properties, parts = node
    yield f"BEGIN:{name.upper()}"
    yield from map(line_of, properties)
    for part in parts:
        yield from lines_of(part)
    yield f"END:{name.upper()}"


def line_of(one):
    name, params, kind, *values = one
    params = dict(params)
    default = DEFAULT_TYPES.get(name.upper(), "unknown")
    # our texts name the type of REFRESH-INTERVAL as RFC 7986 section 5.7 asks, though none other is allowed
    if kind != default or name == "refresh-interval":
        params["value"] = kind.upper()
    head = name.upper() + "".join(f";{key.upper()}={value}" for key, value in params.items())
    return f"{head}:{','.join(value_of(kind, value) for value in values)}"


def value_of(kind, value):
    if kind == "text":
        return re.sub(r"([\\;,])", r"\\\1", value).replace("\n", r"\n")
    if kind in ("date", "date-time", "utc-offset"):
        return re.sub(r"(?<=\d)[-:]", "", value)
    if kind == "recur":
        return ";".join(f"{key.upper()}={','.join(map(str, each(part)))}" for key, part in value.items())
    return str(value)


def each(value):
    return value if isinstance(value, list) else [value]


def node_of(element):
    properties = element.find(f"{{{NAMESPACE}}}properties")
    parts = element.find(f"{{{NAMESPACE}}}components")
    return [
        tag(element),
        [property_of(one) for one in (properties if properties is not None else ())],
        [node_of(one) for one in (parts if parts is not None else ())],
    ]


def tag(element):
    return etree.QName(element).localname


def property_of(element):
    values = list(element)
    params = {tag(one): one[0].text for one in values.pop(0)} if tag(values[0]) == "parameters" else {}
    kind = tag(values[0])
    assert {tag(one) for one in values} == {kind}
    return [tag(element), params, kind, *(typed(kind, one) for one in values)]


def typed(kind, element):
    if kind == "recur":
        parts = {}
        for one in element:
            value = int(one.text) if tag(one) in ("bymonth", "bymonthday", "count", "interval") else one.text
            parts[tag(one)] = [*each(parts[tag(one)]), value] if tag(one) in parts else value
        return parts
    return int(element.text) if kind == "integer" else (element.text or "")


def unfolded(text):
    return re.sub("\r\n[ \t]", "", text).split("\r\n")[:-1]


def safe(value):
    """Return a jCal with its texts as XML can hold them."""
    if isinstance(value, str):
        return xml_safe(value)
    if isinstance(value, dict):
        return {key: safe(one) for key, one in value.items()}
    return [safe(one) for one in value] if isinstance(value, list) else value


def in_order(node):
    """Return a jCal with the parts of its rules in the order of the schema of xCal, which has one."""
    name, properties, parts = node
    return [
        name,
        [[dict(sorted(v.items())) if isinstance(v, dict) else v for v in one] for one in properties],
        [in_order(part) for part in parts],
    ]


# ------------------------------------------------------------------------------------------------ what is promised


def test_the_whole_of_a_small_calendar():
    text = feed(entry(), entry(uid="m@planner", starts=date(2027, 2, 23), ends=None, status=None, url=None))
    name, properties, parts = jcal(text)
    assert name == "vcalendar"
    assert ["name", {}, "text", "All"] in properties
    assert ["refresh-interval", {}, "duration", "PT1H"] in properties
    assert ["x-wr-calname", {}, "unknown", "All"] in properties
    assert [part[0] for part in parts] == ["vtimezone", "vevent", "vevent"]
    rules = [one for zone in parts[0][2] for one in zone[1] if one[0] == "rrule"]
    assert rules == [
        ["rrule", {}, "recur", {"freq": "YEARLY", "bymonth": 10, "byday": "-1SU"}],
        ["rrule", {}, "recur", {"freq": "YEARLY", "bymonth": 3, "byday": "-1SU"}],
    ]
    said = parts[1][1]
    for one in [
        ["summary", {}, "text", "Diversion; causes, and C:\\New remedies"],
        ["dtstart", {"tzid": "Europe/Zurich"}, "date-time", "2027-02-23T10:00:00"],
        ["dtstamp", {}, "date-time", "2026-05-04T08:30:00Z"],
        ["sequence", {}, "integer", 3],
        ["categories", {}, "text", "WGETI", "Stage 2, transit"],
        ["description", {}, "text", "One.\n\nTwo, three; four"],
        ["url", {}, "uri", "https://plan.example/sessions/12?a=1,2;3"],
    ]:
        assert one in said
    assert ["dtstart", {}, "date", "2027-02-23"] in parts[2][1]


def test_a_property_in_xcal():
    root = etree.fromstring(xcal_text(feed(entry())).encode())
    (start,) = root.iterfind(f".//{{{NAMESPACE}}}vevent//{{{NAMESPACE}}}dtstart")
    assert etree.tostring(start, encoding="unicode") == (
        f'<dtstart xmlns="{NAMESPACE}"><parameters><tzid><text>Europe/Zurich</text></tzid></parameters>'
        "<date-time>2027-02-23T10:00:00</date-time></dtstart>"
    )
    (rule, _) = root.iterfind(f".//{{{NAMESPACE}}}recur")
    assert [tag(part) for part in rule] == ["freq", "byday", "bymonth"]


@settings(deadline=None, max_examples=150)
@given(entries(), texts)
def test_jcal_written_back_is_the_text(one, name):
    text = feed(one, name=name, description=name)
    assert list(lines_of(jcal(text))) == unfolded(text)
    assert json.loads(jcal_text(text)) == jcal(text)


@settings(deadline=None, max_examples=100)
@given(entries(), texts)
def test_icalendar_reads_the_same(one, name):
    text = feed(one, name=name)
    assert normal(jcal(text)) == normal(Calendar.from_ical(text).to_jcal())


def normal(node):
    """Leave out what icalendar gives no type, and write rules as it does."""
    name, properties, parts = node
    kept = []
    for one in properties:
        if one[0] in ("name", "x-wr-calname", "x-published-ttl"):
            continue
        values = [{k: [str(x) for x in each(v)] for k, v in v.items()} if isinstance(v, dict) else v for v in one[3:]]
        if "tzid" in one[1]:  # icalendar writes the Z of UTC after the time of a zone that is at zero
            values = [str(value).removesuffix("Z") for value in values]
        kept.append([*one[:3], *([{**v, "freq": sorted(v["freq"])} if isinstance(v, dict) else v for v in values])])
    return [name, kept, [normal(part) for part in parts]]


@settings(deadline=None, max_examples=100)
@given(entries(), texts)
def test_xcal_is_sound_and_maps_to_the_same_jcal(one, name):
    text = feed(one, name=name, description=name)
    root = etree.fromstring(xcal_text(text).encode())
    assert root.tag == f"{{{NAMESPACE}}}icalendar"
    (calendar,) = root
    assert in_order(node_of(calendar)) == in_order(safe(jcal(text)))


def test_equal_texts_give_equal_bytes():
    text = feed(entry())
    assert (jcal_text(text), xcal_text(text)) == (jcal_text(text), xcal_text(text))


def test_parameters_of_all_kinds():
    text = (
        "BEGIN:VEVENT\r\nUID:a\r\n"
        "CONFERENCE;VALUE=URI;FEATURE=AUDIO,VIDEO;LABEL=\"Room: A, ^'B^'\":https://meet.example/a\r\n"
        "ATTACH;FMTTYPE=application/pdf:https://plan.example/a.pdf\r\n"
        "GEO:46.2;6.14\r\nEXDATE:20270101T000000Z,20270102T000000Z\r\nX-APPLE-PLACE;VALUE=URI:geo:46,6\r\n"
        "X-ALT-DESC;FMTTYPE=text/html:<p>a\\, b</p>\r\nRELATED-TO;RELTYPE=SIBLING:b\r\nEND:VEVENT\r\n"
    )
    assert jcal(text)[1] == [
        ["uid", {}, "text", "a"],
        ["conference", {"feature": ["AUDIO", "VIDEO"], "label": 'Room: A, "B"'}, "uri", "https://meet.example/a"],
        ["attach", {"fmttype": "application/pdf"}, "uri", "https://plan.example/a.pdf"],
        ["geo", {}, "float", [46.2, 6.14]],
        ["exdate", {}, "date-time", "2027-01-01T00:00:00Z", "2027-01-02T00:00:00Z"],
        ["x-apple-place", {}, "uri", "geo:46,6"],
        ["x-alt-desc", {"fmttype": "text/html"}, "unknown", "<p>a\\, b</p>"],
        ["related-to", {"reltype": "SIBLING"}, "text", "b"],
    ]
    written = xcal_text(text)
    assert "<geo><latitude>46.2</latitude><longitude>6.14</longitude></geo>" in written
    assert "<feature><text>AUDIO</text><text>VIDEO</text></feature>" in written


@pytest.mark.parametrize(
    "text",
    [
        "",
        "BEGIN:VEVENT\r\nUID:a\r\n",
        "BEGIN:VEVENT\r\nEND:VTODO\r\n",
        "BEGIN:VEVENT\r\nno colon\r\nEND:VEVENT\r\n",
        "BEGIN:VEVENT\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nEND:VEVENT\r\n",
        "UID:a\r\nBEGIN:VEVENT\r\nEND:VEVENT\r\n",
        "END:VEVENT\r\n",
        "BEGIN:VEVENT\r\nDTSTART:2027\r\nEND:VEVENT\r\n",
        "BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:2027-01-01\r\nEND:VEVENT\r\n",
        "BEGIN:VEVENT\r\nFREEBUSY;VALUE=PERIOD:20270101T000000Z/PT1H\r\nEND:VEVENT\r\n",
        "BEGIN:DAYLIGHT\r\nTZOFFSETTO:1\r\nEND:DAYLIGHT\r\n",
    ],
)
def test_what_is_not_understood_is_refused(text):
    with pytest.raises(ValueError, match=r"not |no jCal|END"):
        jcal(text)


@pytest.mark.parametrize(
    ("written", "values"),
    [("", [""]), ("a", ["a"]), (r"a\,b,c", [r"a\,b", "c"]), (r"a\\,b,", [r"a\\", "b", ""])],
)
def test_lists_part_at_bare_commas(written, values):
    assert listed(written) == values


def test_components_are_found_by_name():
    one = read_component("BEGIN:VEVENT\r\nSUMMARY:a\\, b\\nc\r\nEND:VEVENT\r\n")
    assert (one.text("SUMMARY"), one.text("LOCATION"), one.find("URL")) == ("a, b\nc", "", None)
    assert unescaped(r"C:\\New\;") == "C:\\New;"
