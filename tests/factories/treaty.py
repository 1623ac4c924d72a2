"""Articles of the Treaty and stages of the transfer chain for tests."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from planner.core.db import db
from planner.models import RecordArticle, Stage, TreatyArticle
from planner.rules.audience import Ground
from planner.services import changes
from tests.factories.meeting import AT, WRITER


def make_article(number: str, *, position: int = 0, at: datetime = AT, **values: Any) -> TreatyArticle:
    """Make a public Article."""
    with changes.change(WRITER, at=at):
        values = {"title": f"Article {number}", "audience_own": int(Ground.PUBLIC), **values}
        article = TreatyArticle(ref=number, number=number, position=position, **values)
        db.session.add(article)
    return article


def make_stage(number: int, *articles: TreatyArticle, at: datetime = AT, **values: Any) -> Stage:
    """Make a public stage that relates to Articles."""
    with changes.change(WRITER, at=at):
        values = {"title": f"Stage {number} (its note)", "audience_own": int(Ground.PUBLIC), **values}
        links = [RecordArticle(article_id=article.id, position=n) for n, article in enumerate(articles)]
        stage = Stage(ref=f"stage-{number}", number=number, article_links=links, **values)
        db.session.add(stage)
    return stage
