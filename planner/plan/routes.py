"""Pages of the plan area: the plan over the years, plans, versions, items, cycles, Articles and stages."""

from flask import Blueprint, Response, render_template, request

from planner.core.errors import NotVisible
from planner.core.i18n import N_
from planner.pictures.plan import SHEET_WIDTH, plan_picture
from planner.pictures.plan_grid import WIDTH
from planner.pictures.plan_listing import plan_listing
from planner.plan import papers
from planner.rules.redline.sentences import sentence
from planner.services import plans
from planner.services.registers import BadQuery
from planner.web import registers
from planner.web.i18n import translate
from planner.web.plan_pictures import direction, drawn_plan, version_name
from planner.web.registers import number
from planner.web.viewer import current_viewer, public_route

bp = Blueprint("plan", __name__)
bp.register_blueprint(papers.bp)

ITEM_PAGES = {
    "theme": "themes",
    "topic": "topics",
    "question": "questions",
    "expected_output": "expected-outputs",
}


@bp.get("/plan")
@public_route
def index() -> str:
    """Show the plan over the years, of all plans or of one plan or one body, on the screen or as a sheet to print."""
    plan_id, body = request.args.get("plan", ""), request.args.get("body", "")
    if plan_id and not (plan_id.isascii() and plan_id.isdigit() and len(plan_id) < 10):
        raise BadQuery(N_("“{value}” is not a number.", value=plan_id[:40]))
    sheet = request.args.get("sheet", "")
    if sheet not in ("", "a3"):
        raise BadQuery(N_("The plan is drawn for the screen and as a sheet “a3”."))
    overview = plans.get_overview(current_viewer(), plan_id=int(plan_id) if plan_id else None, body=body or None)
    if (plan_id or body) and not overview.plans:
        raise NotVisible
    drawn = drawn_plan(overview)
    return render_template(
        "plan/index.html",
        view=overview,
        picture=plan_picture(drawn, direction(), SHEET_WIDTH if sheet else WIDTH) if drawn else None,
        listing=plan_listing(drawn) if drawn else None,
        chosen=overview.plans[0] if plan_id else None,
        asked={"plan": plan_id, "body": body, "sheet": sheet},
        version_name=version_name,
        illustration=overview.has_illustration,
        current="plan",
    )


@bp.get("/plans")
@public_route
def plan_list() -> Response | str:
    """List the plans."""
    return registers.show("plans")


@bp.get("/plans/<int:record_id>")
@public_route
def plan_page(record_id: int) -> str:
    """Show a plan."""
    view = plans.get_plan(current_viewer(), record_id)
    return render_template("plan/plan.html", view=view, frame=view.frame, version_name=version_name, current="plan")


@bp.get("/plan-versions/<int:record_id>")
@public_route
def version_page(record_id: int) -> str:
    """Show a version of a plan."""
    view = plans.get_version(current_viewer(), record_id)
    return render_template("plan/version.html", view=view, frame=view.frame, current="plan")


@bp.get("/plan-versions/<int:record_id>/redline")
@public_route
def redline_page(record_id: int) -> str:
    """Show what changed from another version of the plan to this one."""
    view = plans.get_redline(current_viewer(), record_id, number(request.args.get("against"), default=None))
    return render_template(
        "plan/redline.html",
        view=view,
        frame=view.frame,
        version_name=version_name,
        sentence=lambda change: translate(sentence(change, view.names)),
        whole=request.args.get("whole") == "1",
        current="plan",
    )


@bp.get("/plan-items/<int:record_id>")
@public_route
def item_page(record_id: int) -> str:
    """Show a theme, topic, guiding question or expected output."""
    view = plans.get_item(current_viewer(), record_id)
    return render_template(
        "plan/item.html",
        view=view,
        frame=view.frame,
        register=ITEM_PAGES[view.item.item_kind],
        version_name=version_name,
        current="plan",
    )


@bp.get("/themes")
@public_route
def theme_list() -> Response | str:
    """List the themes."""
    return registers.show("themes")


@bp.get("/topics")
@public_route
def topic_list() -> Response | str:
    """List the topics."""
    return registers.show("topics")


@bp.get("/questions")
@public_route
def question_list() -> Response | str:
    """List the guiding questions."""
    return registers.show("questions")


@bp.get("/expected-outputs")
@public_route
def expected_output_list() -> Response | str:
    """List the expected outputs."""
    return registers.show("expected-outputs")


@bp.get("/cycles")
@public_route
def cycle_list() -> Response | str:
    """List the cycles."""
    return registers.show("cycles")


@bp.get("/cycles/<int:record_id>")
@public_route
def cycle_page(record_id: int) -> str:
    """Show a cycle."""
    view = plans.get_cycle(current_viewer(), record_id)
    return render_template("plan/cycle.html", view=view, frame=view.frame, current="plan")


@bp.get("/articles")
@public_route
def article_list() -> Response | str:
    """List the Articles of the Treaty."""
    return registers.show("articles")


@bp.get("/articles/<int:record_id>")
@public_route
def article_page(record_id: int) -> str:
    """Show an Article."""
    view = plans.get_article(current_viewer(), record_id)
    return render_template("plan/article.html", view=view, frame=view.frame, current="plan")


@bp.get("/stages")
@public_route
def stage_list() -> Response | str:
    """List the stages of the transfer chain."""
    return registers.show("stages")


@bp.get("/stages/<int:record_id>")
@public_route
def stage_page(record_id: int) -> str:
    """Show a stage."""
    view = plans.get_stage(current_viewer(), record_id)
    return render_template("plan/stage.html", view=view, frame=view.frame, current="plan")
