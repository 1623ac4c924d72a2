"""Remembered answers: sent again only while the data is in their state, and only to requests that are equal."""

from __future__ import annotations

import os
import threading
from wsgiref.util import FileWrapper

import pytest
from flask import Flask, Response, request
from werkzeug.test import Client, EnvironBuilder

from planner.web import remembered
from planner.web.remembered import Remembered, afterwards, remember


class Site:
    """A small application whose answers say how often it was asked, behind the memory."""

    def __init__(self):
        self.asked, self.state, self.fails = 0, 1, False
        self.job = None
        app = Flask("small")
        app.add_url_rule("/<path:path>", view_func=self.view, methods=["GET", "POST"])
        self.memory = Remembered(app.wsgi_app, self.read_state)
        self.client = Client(self.memory)

    def read_state(self):
        if self.fails:
            raise OSError("planted")
        return self.state

    def view(self, path):
        self.asked += 1
        if path != "private":
            remember(self.state)
        if self.job:
            afterwards(self.job)
        response = Response(f"{path} {self.asked} {request.query_string.decode()}")
        response.set_etag(f"tag-{self.asked}")
        return response.make_conditional(request)

    def get(self, path, **headers):
        answer = self.client.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        return answer.status_code, answer.text


@pytest.fixture
def site():
    return Site()


def test_an_answer_is_sent_again_until_the_data_changes(site):
    first = site.get("/a")
    assert [site.get("/a"), site.get("/a"), site.asked] == [first, first, 1]
    site.state = 2
    assert site.get("/a") == (200, "a 2 ")
    site.state = 1  # a mark never comes back; if it did, the answer would be of the other state all the same
    assert site.get("/a") == (200, "a 3 ")


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/b", {}),
        ("/a?x=1", {}),
        ("/a", {"Accept_Encoding": "gzip"}),
        ("/a", {"If_None_Match": '"other"'}),
        ("/a", {"If_Modified_Since": "Tue, 24 Nov 2026 09:00:00 GMT"}),
    ],
)
def test_whatever_an_answer_may_depend_on_makes_another(site, path, headers):
    site.get("/a")
    site.get(path, **headers)
    assert site.asked == 2


@pytest.mark.parametrize("headers", [{"Cookie": "planner=x"}, {"User_Agent": "Outlook"}, {"Accept": "*/*"}])
def test_what_it_does_not_depend_on_makes_none(site, headers):
    first = site.get("/a")
    assert site.get("/a", **headers) == first


def test_a_304_is_remembered_as_such(site):
    site.get("/a")
    assert site.get("/a", If_None_Match='"tag-2"') == (304, "")
    assert site.get("/a", If_None_Match='"tag-2"') == (304, "")
    assert site.asked == 2


def test_nothing_is_kept_of_other_views_and_of_writes(site):
    for _ in range(2):
        site.get("/private")
        site.client.post("/a")
    assert site.asked == 4


def test_what_is_done_afterwards_keeps_nobody_waiting(site):
    done, may_go_on = threading.Event(), threading.Event()

    def job():
        assert may_go_on.wait(10)
        done.set()

    site.job = job
    assert site.get("/private") == (200, "private 1 ")
    assert not done.is_set()
    may_go_on.set()
    assert done.wait(10)


def test_what_fails_afterwards_is_in_the_log(site, caplog):
    site.job = lambda: 1 / 0
    assert site.get("/private")[0] == 200
    site.memory._thread.shutdown()
    assert "ZeroDivisionError" in caplog.text


def test_a_large_answer_is_the_servers_file_where_it_takes_one():
    parts = [b"x" * remembered.LARGE_BYTES, b"y", b"z" * 9]
    sent = remembered._sent(parts, {"wsgi.file_wrapper": FileWrapper})
    assert (type(sent), b"".join(sent)) == (FileWrapper, b"".join(parts))
    assert remembered._sent(parts, {}) == parts


def test_the_file_of_an_answer_is_read_in_any_steps():
    file = remembered._Parts([b"abc", b"d", b"efgh"], None)
    assert [bytes(file.read(2)) for _ in range(6)] == [b"ab", b"c", b"d", b"ef", b"gh", b""]
    assert (file.seek(0, os.SEEK_END), file.seek(-3, os.SEEK_CUR), file.tell()) == (8, 5, 5)
    assert [bytes(file.read(9)), bytes(file.read(9))] == [b"fgh", b""]
    assert (file.seek(2), bytes(file.read(9)), file.tell()) == (2, b"c", 3)


def test_what_is_done_afterwards_leaves_the_processor_to_a_large_answer(site, monkeypatch):
    monkeypatch.setattr(remembered, "SENDING_SECONDS", 60)
    monkeypatch.setattr(remembered, "LARGE_BYTES", 4)
    done = threading.Event()
    site.job = done.set
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/private", "wsgi.file_wrapper": FileWrapper}
    sent = site.memory({**EnvironBuilder().get_environ(), **environ}, lambda *_: None)
    assert not done.wait(0.1)
    assert b"".join(sent) == b"private 1 "
    sent.close()
    assert done.wait(10)


def test_what_is_done_afterwards_does_not_wait_for_a_reader_who_stops(site, monkeypatch):
    monkeypatch.setattr(remembered, "SENDING_SECONDS", 0.01)
    monkeypatch.setattr(remembered, "LARGE_BYTES", 4)
    done = threading.Event()
    site.job = done.set
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/private", "wsgi.file_wrapper": FileWrapper}
    assert site.memory({**EnvironBuilder().get_environ(), **environ}, lambda *_: None)
    assert done.wait(10)


def test_a_database_that_does_not_answer_is_the_applications_matter(site):
    site.get("/a")
    site.fails = True
    assert site.get("/a") == (200, "a 2 ")


def test_the_memory_is_bounded(site, monkeypatch):
    monkeypatch.setattr(remembered, "MOST_BYTES", 40)
    monkeypatch.setattr(remembered, "MOST_ANSWERS", 3)
    for name in "abcdefgh":
        site.get(f"/{name}")
    assert len(site.memory._answers) == 3
    site.get("/" + "x" * 30)
    assert site.memory._size == sum(len(answer.body) for answer in site.memory._answers.values()) <= 40
    before = list(site.memory._answers)
    assert before
    site.get("/" + "y" * 50)  # larger than all of it: sent, and not kept
    assert list(site.memory._answers) == before
