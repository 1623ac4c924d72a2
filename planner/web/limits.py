"""Rate limits, counted in the process or in Redis."""

from __future__ import annotations

import hashlib
import logging
import math
import time
from collections.abc import Sequence

from flask import Flask, current_app
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from limits import RateLimitItem, RateLimitItemPerMinute

log = logging.getLogger("planner")

limiter = Limiter(key_func=get_remote_address, headers_enabled=True)

WRONG_PASSWORDS = RateLimitItemPerMinute(10, 15)
"""Failures, per address and per account: ten in a quarter of an hour."""


def init_app(app: Flask) -> None:
    """Join the limiter; its counters live where `PLANNER_REDIS_URL` says, else in this process."""
    app.config.setdefault("RATELIMIT_STORAGE_URI", app.config["SETTINGS"].redis_url or "memory://")
    app.config.setdefault("RATELIMIT_SWALLOW_ERRORS", True)
    limiter.init_app(app)


class FailureCount:
    """Counts failures of one act under several keys at once; what succeeds is not counted.

    Flask-Limiter's decorator counts requests by one key and answers by itself; here the page with what was typed is
    the answer, and the keys are known only once the form has been read.
    """

    def __init__(self, name: str, limit: RateLimitItem, *keys: str) -> None:
        """Name the act, its limit, and who is counted. Keys may be personal, so their digests are kept."""
        self.limit = limit
        self.keys = [(name, hashlib.sha256(key.encode()).hexdigest()[:32]) for key in keys]

    def wait_seconds(self) -> int:
        """Return how many seconds to wait before the next try, 0 where none."""
        return max((self._wait(key) for key in self.keys), default=0)

    def add(self) -> None:
        """Count a failure under every key."""
        for key in self.keys:
            self._ask(key, "hit")

    def _wait(self, key: Sequence[str]) -> int:
        if self._ask(key, "test"):
            return 0
        try:
            reset_at = limiter.limiter.get_window_stats(self.limit, *key).reset_time
        except limiter.limiter.storage.base_exceptions:
            return 0
        return max(1, math.ceil(reset_at - time.time()))

    def _ask(self, key: Sequence[str], act: str) -> bool:
        """Test or count; where the counters cannot be reached people may still sign in, and the log says so."""
        if not current_app.config.get("RATELIMIT_ENABLED", True):
            return True
        try:
            return bool(getattr(limiter.limiter, act)(self.limit, *key))
        except limiter.limiter.storage.base_exceptions:
            log.exception("the counters of wrong passwords cannot be reached")
            return True


def failed_sign_ins(email: str) -> FailureCount:
    """Return the count of failures for an e-mail and for the address that the request came from."""
    return FailureCount("sign-in", WRONG_PASSWORDS, f"address {get_remote_address()}", f"email {email}")


def failed_devices(email: str) -> FailureCount:
    """Return the count of wrong passwords of devices for an e-mail and for the address that the request came from."""
    return FailureCount("device", WRONG_PASSWORDS, f"address {get_remote_address()}", f"email {email}")


def wrong_present_passwords(user_id: int | None) -> FailureCount:
    """Return the count of wrong present passwords of an account, for whoever found its session open."""
    return FailureCount("password", WRONG_PASSWORDS, f"address {get_remote_address()}", f"account {user_id}")
