"""Pages of this area."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _

from planner.core import clock
from planner.core.i18n import N_
from planner.home import hub, news
from planner.models import Origin
from planner.pictures.glance import glance_upright, glance_wide
from planner.rules.words import word
from planner.services import broken_links as links
from planner.services import home
from planner.services import search as find
from planner.services.registers import BadQuery
from planner.web import registers as registers_page
from planner.web.i18n import translate
from planner.web.plan_pictures import direction, drawn_plan
from planner.web.viewer import current_viewer, public_route

bp = Blueprint("home", __name__)


@bp.get("/")
@public_route
def index() -> str:
    """Show what is next, what changed, and how to subscribe."""
    viewer = current_viewer()
    view = home.get_home(viewer, now=clock.now())
    drawn = drawn_plan(view.glance)
    return render_template(
        "home/index.html",
        view=view,
        news=news.rows(view.news, viewer.day),
        due=news.due_rows(view.due),
        distance=news.distance(view.next.on_text, viewer.day) if view.next else "",
        own_zone=news.own_zone(viewer.zone, view.next),
        wide=glance_wide(drawn, direction()) if drawn else None,
        upright=glance_upright(drawn, direction()) if drawn else None,
        illustration=view.has_illustration,
    )


@bp.get("/registers")
@public_route
def registers() -> str:
    """List all registers."""
    return render_template("home/registers.html", groups=hub.list_groups(current_viewer()), current="registers")


@bp.get("/search")
@public_route
def search() -> str:
    """Search titles and texts."""
    q, kind = request.args.get("q", "").strip(), request.args.get("kind", "")
    page = registers_page.number(request.args.get("page"), default=1) or 1
    results = find.search(current_viewer(), q, kind=kind, page=page)

    def url(number: int | None = None, *, only: str = kind) -> str:
        return url_for("home.search", q=q, kind=only or None, page=number)

    return render_template(
        "home/search.html",
        results=results,
        search_query=q,
        pages=registers_page.pager(page, results.pages, url),
        tabs=[(name, count, url(only=name)) for name, count in results.kinds],
        all_url=url(only=""),
        previous_url=url(page - 1 if page > 2 else None) if page > 1 else None,
        next_url=url(page + 1) if page < results.pages else None,
    )


@bp.get("/broken-links")
@public_route
def broken_links() -> str:
    """Report where a link of the chain is due and missing."""
    origin = _origin(request.args.get("origin", ""))
    found = links.check_plan(current_viewer(), origin=origin)
    groups = [(kind, [link for link in found if link.kind is kind]) for kind in links.KINDS]
    return render_template(
        "home/broken_links.html",
        groups=[(kind, some) for kind, some in groups if some],
        tabs=[_origin_tab(one, origin) for one in (None, *Origin)],
        current="registers",
    )


def _origin(text: str) -> Origin | None:
    if text and text not in set(Origin):
        raise BadQuery(N_("“{value}” is not an origin of records.", value=text[:60]))
    return Origin(text) if text else None


def _origin_tab(one: Origin | None, chosen: Origin | None) -> dict[str, Any]:
    text = translate(word("origin", one)) if one else _("All")
    return {"text": text, "url": url_for("home.broken_links", origin=one), "is_current": one == chosen}
