"""What the database must refuse, and what it must still allow, each as SQL; `:name` is the id of a record."""

from __future__ import annotations

from planner.core.db import table_of
from planner.models import Record

NOT_CHANGED = "the version was acted on"
DRAFT = "a reconstruction or working copy is a draft"
NO_CYCLE = "a version is acted on by the Conference of a cycle"
DONE = "a follow-up that is done has evidence, an owner and a due day"
DROPPED = "a follow-up that is dropped has a reason"
MARK = "the text of a decision changes with a mark and a reason"
SHOWN = "what everybody sees changes with a release"
ACT = "an output that was acted on has an act of the Conference"
CYCLES = "the last cycle is not before the first"
RING = "nothing stands above itself"
ENTRY = "a calendar entry keeps its UID, and its sequence never falls"
KEPT = "records are cancelled, never deleted"
NEW_SESSION = """INSERT INTO published_session
  (session_id, release_id, title, state, position, session_kind, zone, programme)
  VALUES (:unseen, :release, 'Unseen', 'confirmed', 1, 'session', 'UTC', '{}')"""
_GIVEN = ("id", "kind", "ref", "state")
_OTHERS = ", ".join(column.name for column in table_of(Record).columns if column.name not in _GIVEN)
NEW_RECORD = f"""INSERT INTO record (id, kind, ref, state, {_OTHERS})
  SELECT 99999, '{{kind}}', 'new', '{{state}}', {_OTHERS} FROM record WHERE id = :wg"""

CLOSED_ROUND = "the round of comments is closed"
NEW_COMMENT = """INSERT INTO comment (id, version_id, item_id, stakeholder_id, stakeholder_class, comment_kind, text,
    submitted_at, is_late)
  SELECT :plan, {version}, {item}, stakeholder_id, stakeholder_class, comment_kind, text, submitted_at, is_late
  FROM comment WHERE id = :comment_asked"""

BREACHES: dict[str, tuple[str, ...]] = {
    # an adopted version never changes
    "unfreezing": ("UPDATE record SET state = 'draft' WHERE id = :acted", NOT_CHANGED),
    "taking back while its act stands": ("UPDATE record SET state = 'submitted' WHERE id = :acted", NOT_CHANGED),
    "another verb": ("UPDATE record SET state = 'adopted' WHERE id = :acted", NOT_CHANGED),
    "unfreezing in two steps": (
        "UPDATE record SET state = 'superseded' WHERE id = :acted",
        "UPDATE record SET state = 'circulated' WHERE id = :acted",
        NOT_CHANGED,
    ),
    "taken back while its act is there": (
        "UPDATE record SET state = 'submitted' WHERE id = :acted",
        NOT_CHANGED,
    ),
    "taken back under another version": (
        "DELETE FROM conference_action WHERE record_id = :acted",
        "UPDATE plan_version SET based_on_id = :acted WHERE id = :numbered",
        "UPDATE record SET state = 'submitted' WHERE id = :acted",
        NOT_CHANGED,
    ),
    "withdrawn without a reason": ("UPDATE record SET is_withdrawn = true WHERE id = :annex", "withdrawn_with_reason"),
    "withdrawn for nothing": (
        "UPDATE record SET withdrawn_because = ' ' WHERE id = :annex",
        "withdrawn_with_reason",
    ),
    "a meeting withdrawn": (
        "UPDATE record SET withdrawn_because = 'x' WHERE id = :meeting",
        "withdrawn_kind",
    ),
    "its title": ("UPDATE record SET title = 'Other' WHERE id = :acted", NOT_CHANGED),
    "its cycle": ("UPDATE plan_version SET acted_by_cycle_id = NULL WHERE id = :acted", NOT_CHANGED),
    "its number": ("UPDATE plan_version SET number = 7 WHERE id = :acted", NOT_CHANGED),
    "its day": ("UPDATE plan_version SET on_text = '2020' WHERE id = :acted", NOT_CHANGED),
    "its document": ("UPDATE plan_version SET document_id = :annex WHERE id = :acted", NOT_CHANGED),
    "its fields when superseded": (
        "UPDATE record SET state = 'superseded' WHERE id = :acted",
        "UPDATE plan_version SET change = 'x' WHERE id = :acted",
        NOT_CHANGED,
    ),
    "acted on by nobody": ("UPDATE record SET state = 'welcomed' WHERE id = :numbered", NO_CYCLE),
    "new, acted on by nobody": (
        NEW_RECORD.format(kind="plan_version", state="adopted"),
        """INSERT INTO plan_version (id, plan_id, version_kind, number, position, text_held)
           VALUES (99999, :plan, 'numbered', 9, 9, true)""",
        NO_CYCLE,
    ),
    "its text": ("UPDATE plan_item_revision SET text = 'Other' WHERE id = :frozen", NOT_CHANGED),
    "its text away": ("UPDATE plan_item_revision SET version_id = :numbered WHERE id = :frozen", NOT_CHANGED),
    "a text into it": ("UPDATE plan_item_revision SET version_id = :acted WHERE id = :loose", NOT_CHANGED),
    "a new text in it": (
        """INSERT INTO plan_item_revision (item_id, version_id, is_shown, title, position)
           VALUES (:other, :acted, false, 'New', 9)""",
        NOT_CHANGED,
    ),
    "its text deleted": ("DELETE FROM plan_item_revision WHERE id = :frozen", NOT_CHANGED),
    **{
        f"{what} {table}": (statement.format(table=table), NOT_CHANGED)
        for table in ("revision_article", "revision_stage")
        for what, statement in (
            ("another", "UPDATE {table} SET position = 5 WHERE revision_id = :frozen"),
            ("one more into", "UPDATE {table} SET revision_id = :frozen, position = 2 WHERE revision_id = :loose"),
            ("a deleted", "DELETE FROM {table} WHERE revision_id = :frozen"),
        )
    },
    "a new article": (
        "DELETE FROM revision_article WHERE revision_id = :loose",
        "INSERT INTO revision_article (revision_id, article_id, position) VALUES (:frozen, :article, 3)",
        NOT_CHANGED,
    ),
    "a new stage": (
        "INSERT INTO revision_stage (revision_id, stage_id, position) VALUES (:frozen, :stage, 3)",
        NOT_CHANGED,
    ),
    # neither working copy nor adopted
    "a working copy endorsed": (
        "UPDATE plan_version SET acted_by_cycle_id = :early WHERE id = :copy",
        "UPDATE record SET state = 'endorsed' WHERE id = :copy",
        DRAFT,
    ),
    "a working copy withdrawn": ("UPDATE record SET state = 'withdrawn' WHERE id = :copy", DRAFT),
    "a reconstruction adopted": (
        "UPDATE plan_version SET acted_by_cycle_id = :early WHERE id = :rebuilt",
        "UPDATE record SET state = 'adopted' WHERE id = :rebuilt",
        DRAFT,
    ),
    "a reconstruction circulated": ("UPDATE record SET state = 'circulated' WHERE id = :rebuilt", DRAFT),
    "circulated made a reconstruction": (
        "UPDATE plan_version SET version_kind = 'reconstruction', number = NULL WHERE id = :numbered",
        DRAFT,
    ),
    "a new reconstruction, adopted": (
        NEW_RECORD.format(kind="plan_version", state="adopted"),
        """INSERT INTO plan_version (id, plan_id, version_kind, position, text_held, acted_by_cycle_id)
           VALUES (99999, :plan, 'reconstruction', 9, true, :early)""",
        DRAFT,
    ),
    "two working copies": ("UPDATE plan_version SET version_kind = 'working_copy' WHERE id = :rebuilt", "plan_version"),
    # closing needs evidence
    "done without evidence": ("UPDATE record SET state = 'done' WHERE id = :open", DONE),
    "done by nobody": ("UPDATE record SET state = 'done' WHERE id = :nobodys", DONE),
    "done some day": ("UPDATE record SET state = 'done' WHERE id = :undated", DONE),
    "evidence lost": ("UPDATE follow_up SET evidence = ' ' WHERE id = :done", DONE),
    "owner lost": ("UPDATE follow_up SET owner_id = NULL WHERE id = :done", DONE),
    "due day lost": ("UPDATE follow_up SET due_on = NULL WHERE id = :done", DONE),
    "new and done": (
        NEW_RECORD.format(kind="follow_up", state="done"),
        "INSERT INTO follow_up (id, evidence) VALUES (99999, 'Sent')",
        DONE,
    ),
    "dropped without reason": ("UPDATE record SET state = 'dropped' WHERE id = :open", DROPPED),
    "reason lost": ("UPDATE follow_up SET reason = NULL WHERE id = :dropped", DROPPED),
    "new and dropped": (
        NEW_RECORD.format(kind="follow_up", state="dropped"),
        "INSERT INTO follow_up (id) VALUES (99999)",
        DROPPED,
    ),
    # correctable only with a mark and a reason
    "a decision deleted": ("DELETE FROM decision WHERE id = :decision", KEPT),
    "its text without mark": ("UPDATE record SET title = 'Asks for nothing' WHERE id = :decision", MARK),
    "its text with a state alone": (
        "UPDATE record SET title = 'Other', state = 'corrected' WHERE id = :decision",
        MARK,
    ),
    "corrected without mark": ("UPDATE record SET state = 'corrected' WHERE id = :decision", MARK),
    "its mark taken away": ("UPDATE record SET state = 'recorded' WHERE id = :corrected", MARK),
    "its old text taken away": ("UPDATE decision SET original_text = NULL WHERE id = :corrected", MARK),
    "its old text changed": ("UPDATE decision SET original_text = 'Never so' WHERE id = :corrected", MARK),
    "an old text that it never had": (
        "UPDATE decision SET original_text = 'Never so', correction_reason = 'x' WHERE id = :decision",
        MARK,
    ),
    "its reason taken away": (
        "UPDATE decision SET correction_reason = NULL WHERE id = :corrected",
        "ck_decision_reason",
    ),
    "new and corrected": (
        NEW_RECORD.format(kind="decision", state="corrected"),
        "INSERT INTO decision (id, meeting_id, position) VALUES (99999, :meeting, 9)",
        MARK,
    ),
    # a release is immutable, and what everybody sees follows from it
    "its name": ("UPDATE record SET title = 'Other' WHERE id = :release", "a release does not change"),
    "its programme": ("UPDATE release SET programme = '{}' WHERE id = :release", "a release does not change"),
    "a release deleted": ("DELETE FROM release WHERE id = :release", KEPT),
    "an edition changed": ("UPDATE published_session SET room = 'X' WHERE session_id = :session", SHOWN),
    "an edition deleted": ("DELETE FROM published_slot WHERE offer_id = :offer AND session_id = :session", SHOWN),
    "a place changed": ("UPDATE published_slot SET minutes = 1 WHERE offer_id = :offer", SHOWN),
    "an edition of no current release": (
        "UPDATE release SET is_current = false WHERE id = :release",
        NEW_SESSION,
        SHOWN,
    ),
    "a place of no current release": (
        "UPDATE release SET is_current = false WHERE id = :release",
        """INSERT INTO published_slot (offer_id, session_id, title, state, presenter_id, stakeholder_class, position)
           SELECT :waits, session_id, title, state, presenter_id, stakeholder_class, 1 FROM published_slot""",
        SHOWN,
    ),
    # an output that was acted on
    "acted on without an act": ("UPDATE record SET state = 'acted_on' WHERE id = :final", ACT),
    "new and acted on": (NEW_RECORD.format(kind="output", state="acted_on"), ACT),
    "its last act deleted": ("DELETE FROM conference_action WHERE id = :act", ACT),
    "its last act given away": ("UPDATE conference_action SET record_id = :final WHERE id = :act", ACT),
    # orders and rings
    "a body that ends before it begins": (
        "UPDATE body SET first_cycle_id = :late, last_cycle_id = :early WHERE id = :top",
        CYCLES,
    ),
    "a plan that ends before it begins": ("UPDATE plan SET first_cycle_id = :late, last_cycle_id = :early", CYCLES),
    "an item that ends before it begins": (
        "UPDATE plan_item_revision SET last_cycle_id = :early WHERE id = :drafted",
        CYCLES,
    ),
    "a body below itself": ("UPDATE body SET parent_id = id WHERE id = :top", RING),
    "a new body below itself": (
        NEW_RECORD.format(kind="body", state="x").replace("'x'", "NULL"),
        """INSERT INTO body (id, slug, code, body_kind, parent_id) VALUES (99999, 'x', 'x', 'forum', 99999)""",
        "ck_body_not_its_own_parent",
    ),
    "a ring of bodies": ("UPDATE body SET parent_id = :sub WHERE id = :top", RING),
    "a ring of annexes": ("UPDATE document SET annex_of_id = :annex_of_annex WHERE id = :annex", RING),
    "a ring of successors": ("UPDATE document SET supersedes_id = :annex_of_annex WHERE id = :annex", RING),
    "overlapping cycles": ("UPDATE cycle SET from_on = '2010-01-01' WHERE id = :late", "cycles of one series overlap"),
    "a meeting that ends before it starts": (
        "UPDATE meeting SET start_on = '2027-02-18' WHERE id = :meeting",
        "ck_meeting_end_not_before_start",
    ),
    "a meeting that ends in the month before": (
        "UPDATE meeting SET end_on = '2027-01' WHERE id = :meeting",
        "ck_meeting_end_not_before_start",
    ),
    # calendars
    "half a place": ("UPDATE meeting SET latitude = 46.2 WHERE id = :meeting", "latitude_with_longitude"),
    "beyond the pole": ("UPDATE meeting SET latitude = 91, longitude = 6 WHERE id = :meeting", "latitude_range"),
    "around the earth": ("UPDATE meeting SET latitude = 46, longitude = 181 WHERE id = :meeting", "longitude_range"),
    "remote access without a lock": (
        "UPDATE plan_session SET remote_url = 'http://remote.example' WHERE id = :session",
        "remote_url_https",
    ),
    "another UID": ("UPDATE calendar_entry SET uid = 'other' WHERE id = :entry", ENTRY),
    "a lower sequence": (
        "UPDATE calendar_entry SET sequence = 5 WHERE id = :entry",
        "UPDATE calendar_entry SET sequence = 4 WHERE id = :entry",
        ENTRY,
    ),
    # a round of comments
    "closed while a comment has no answer": (
        "UPDATE consultation SET closed_at = opened_at, closed_by = 'x' WHERE version_id = :running",
        "a round closes when every comment has a disposition",
    ),
    "closed by nobody": ("UPDATE consultation SET closed_by = 'x' WHERE version_id = :running", "closed_by_whom"),
    "a round moved": ("UPDATE consultation SET version_id = :numbered WHERE version_id = :running", "a round stays"),
    "a round deleted": ("DELETE FROM consultation WHERE version_id = :running", "closed, never deleted"),
    "a comment on a closed round": (NEW_COMMENT.format(version=":closed", item="NULL"), CLOSED_ROUND),
    "a comment on an item of another version": (
        NEW_COMMENT.format(version=":running", item=":elsewhere"),
        "the version has no such item",
    ),
    "a comment without a round": (NEW_COMMENT.format(version=":numbered", item="NULL"), CLOSED_ROUND),
    "an answer taken back after the close": (
        "UPDATE comment SET disposition = NULL, disposed_at = NULL, disposed_by = NULL WHERE id = :comment_decided",
        CLOSED_ROUND,
    ),
    "a comment restored after the close": (
        "UPDATE record SET is_withdrawn = false, withdrawn_because = NULL WHERE id = :comment_gone",
        CLOSED_ROUND,
    ),
    "late without being late": ("UPDATE comment SET is_late = true WHERE id = :comment_asked", "a comment is late"),
    "in time without being in time": (
        "UPDATE comment SET submitted_at = '2030-01-01 00:00:00.000000+00' WHERE id = :comment_asked",
        "a comment is late",
    ),
    "a comment moved to another item": (
        "UPDATE comment SET item_id = :theme WHERE id = :comment_asked",
        "a comment stays where it was made",
    ),
    "a comment given to another": (
        "UPDATE comment SET stakeholder_id = :theme WHERE id = :comment_asked",
        "a comment stays",
    ),
    "a reply across rounds": (
        "UPDATE comment SET in_reply_to_id = :comment_decided WHERE id = :comment_asked",
        "a comment stays",
    ),
    "not taken without a reason": (
        """UPDATE comment SET disposition = 'not_taken', disposed_at = submitted_at, disposed_by = 'x',
           disposition_reason = ' ' WHERE id = :comment_asked""",
        "disposition_with_reason",
    ),
    "a reason without an answer": (
        "UPDATE comment SET disposition_reason = 'x' WHERE id = :comment_asked",
        "disposition_with_reason",
    ),
    "answered by nobody": (
        "UPDATE comment SET disposition = 'taken', disposed_at = submitted_at WHERE id = :comment_asked",
        "disposed_by_whom",
    ),
    "a remark applied": (
        "UPDATE comment SET applied_at = submitted_at WHERE id = :comment_decided",
        "applied_if_taken",
    ),
    "a comment that says nothing": ("UPDATE comment SET text = NULL WHERE id = :comment_asked", "says_something"),
    "an empty comment": ("UPDATE comment SET text = '' WHERE id = :comment_asked", "text_length"),
    "a wording of a remark": (
        "UPDATE comment SET proposed_title = 'x' WHERE id = :comment_asked",
        "says_something",
    ),
    "a comment deleted": ("DELETE FROM comment WHERE id = :comment_asked", KEPT),
    # nothing is deleted, and nothing becomes another thing
    "another kind": ("UPDATE record SET kind = 'stage' WHERE id = :plan", "a record stays what it is"),
    "a record deleted": ("DELETE FROM record WHERE id = :waits", KEPT),
    "a meeting deleted": ("DELETE FROM meeting WHERE id = :meeting", KEPT),
    "the history deleted": ("DELETE FROM audit_entry", "the history does not change"),
    "the history changed": ("UPDATE audit_entry SET actor_name = 'x'", "the history does not change"),
}

ALLOWED: dict[str, tuple[str, ...]] = {
    "taking back what was no act": (
        "DELETE FROM conference_action WHERE record_id = :acted",
        "UPDATE record SET state = 'submitted' WHERE id = :acted",
        "UPDATE plan_version SET acted_by_cycle_id = NULL WHERE id = :acted",
    ),
    "superseding": ("UPDATE record SET state = 'superseded' WHERE id = :acted",),
    "withdrawing": ("UPDATE record SET is_withdrawn = true, withdrawn_because = 'x' WHERE id = :annex",),
    "showing another text": ("UPDATE plan_item_revision SET is_shown = false WHERE id = :frozen",),
    "acting on it": (
        "UPDATE plan_version SET acted_by_cycle_id = :late WHERE id = :numbered",
        "UPDATE record SET state = 'adopted' WHERE id = :numbered",
    ),
    "numbering a working copy": (
        "UPDATE plan_version SET version_kind = 'numbered', number = 3 WHERE id = :copy",
        "UPDATE record SET state = 'withdrawn' WHERE id = :copy",
    ),
    "closing": (
        "UPDATE follow_up SET evidence = 'Sent' WHERE id = :open",
        "UPDATE record SET state = 'done' WHERE id = :open",
    ),
    "opening again": (
        "UPDATE record SET state = 'open' WHERE id = :done",
        "UPDATE follow_up SET evidence = NULL WHERE id = :done",
    ),
    "correcting": (
        "UPDATE decision SET original_text = 'Asks for a list', correction_reason = 'x' WHERE id = :decision",
        "UPDATE record SET title = 'Asks for two lists', state = 'corrected' WHERE id = :decision",
    ),
    "an edition of a release before": (
        "UPDATE release SET is_current = false WHERE id = :release",
        "DELETE FROM published_slot WHERE offer_id = :offer",
        "DELETE FROM published_session WHERE session_id = :session",
    ),
    "an act of two": (
        """INSERT INTO conference_action (record_id, origin, verb, cycle_id)
           VALUES (:output, 'own', 'adopts', :early)""",
        "DELETE FROM conference_action WHERE id = :act",
    ),
    "a meeting in a month": ("UPDATE meeting SET start_on = '2027-02-16', end_on = '2027-02' WHERE id = :meeting",),
    "a place": ("UPDATE meeting SET latitude = -90, longitude = 180 WHERE id = :meeting",),
    "remote access": ("UPDATE plan_session SET remote_url = 'https://remote.example' WHERE id = :session",),
    "closing a round": (
        """UPDATE comment SET disposition = 'taken', disposed_at = submitted_at, disposed_by = 'x'
           WHERE version_id = :running""",
        "UPDATE consultation SET closed_at = opened_at, closed_by = 'x' WHERE version_id = :running",
    ),
    "restoring a comment while the round runs": (
        "UPDATE record SET is_withdrawn = true, withdrawn_because = 'x' WHERE id = :comment_asked",
        "UPDATE record SET is_withdrawn = false, withdrawn_because = NULL WHERE id = :comment_asked",
    ),
    "a comment": (NEW_COMMENT.format(version=":running", item=":on"),),
    "a higher sequence": ("UPDATE calendar_entry SET sequence = 9 WHERE id = :entry",),
    "another parent": ("UPDATE body SET parent_id = :wg WHERE id = :sub",),
}
