"""Plans and what they are made of: the picture over the years, and the page of each record of the plan area."""

from planner.services.plans.cycles import CycleView, get_cycle
from planner.services.plans.ground import ArticleView, StageView, get_article, get_stage
from planner.services.plans.items import ItemView, get_item
from planner.services.plans.overview import Overview, get_glance, get_overview
from planner.services.plans.redlines import RedlineView, get_redline
from planner.services.plans.texts import read_texts
from planner.services.plans.versions import PlanView, VersionView, get_plan, get_version

__all__ = [
    "ArticleView",
    "CycleView",
    "ItemView",
    "Overview",
    "PlanView",
    "RedlineView",
    "StageView",
    "VersionView",
    "get_article",
    "get_cycle",
    "get_glance",
    "get_item",
    "get_overview",
    "get_plan",
    "get_redline",
    "get_stage",
    "get_version",
    "read_texts",
]
