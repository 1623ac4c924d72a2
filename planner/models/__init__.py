"""What exists: all tables, one module per noun. This is the glossary; each class says what it is.

The chain: Document (mandate) → Plan → PlanItem (theme → topic → question) → PlanSession → AgendaItem → Slot ← Offer |
Contribution
→ Output → ConferenceAction → FollowUp → carried into the next Cycle.
"""

from planner.models.audit import AuditEntry, AuditHead
from planner.models.body import Body, BodyKind, Cycle
from planner.models.calendar_entry import (
    GONE,
    ON_REQUEST,
    PERSONAL,
    CalendarEntry,
    CalendarEntryText,
    EntryKind,
    FeedRevision,
)
from planner.models.consultation import (
    Comment,
    CommentKind,
    CommentReaders,
    CommentsShown,
    Consultation,
    ConsultationLink,
    Disposition,
)
from planner.models.contribution import Contribution, ContributionKind
from planner.models.data_state import DataState
from planner.models.dav import DavCollection, DavMember, DavState
from planner.models.device import DevicePassword
from planner.models.document import Document, DocumentFollows, DocumentLanguage, DocumentSubmitter
from planner.models.follow import Follow
from planner.models.follow_up import FollowUp
from planner.models.instrument import Instrument
from planner.models.invitation import REFUSED_OUTCOMES, Answer, Invitation, MailReply, ReplyOutcome
from planner.models.meeting import AttendanceCount, Meeting, MeetingBody, Mode
from planner.models.offer import Call, Offer, OfferItem, OfferPresenter
from planner.models.office import Chairing, Office, OfficeRole, OfficeUser
from planner.models.outbox import OPEN_STATES, TOLD_STATES, MessageKind, MessageState, OutboxMessage
from planner.models.output import ConferenceAction, Decision, Output, OutputVersion
from planner.models.personal_feed import PersonalFeed
from planner.models.plan import Plan, PlanVersion, VersionKind
from planner.models.plan_item import (
    ItemKind,
    ItemLineage,
    LineageKind,
    PlanItem,
    PlanItemRevision,
    RevisionArticle,
    RevisionStage,
    ThemeMeeting,
)
from planner.models.plan_session import (
    AgendaItem,
    Intervention,
    PlanSession,
    SessionBody,
    SessionItem,
    SessionKind,
    Slot,
)
from planner.models.record import AudienceGrant, ChainLink, Origin, Record, RecordArticle, RecordDocument, RecordHost
from planner.models.release import PublishedSession, PublishedSlot, Release
from planner.models.search_document import Edition, SearchDocument
from planner.models.source import Citation, CitationSource, Confidence, Provenance, ReferenceNote, Source
from planner.models.stakeholder import (
    Delegation,
    DelegationRole,
    Person,
    Registration,
    Stakeholder,
    StakeholderClass,
    StatusPeriod,
)
from planner.models.stored_feed import StoredFeed
from planner.models.treaty import Stage, TreatyArticle
from planner.models.user import UserAccount

__all__ = [
    "GONE",
    "ON_REQUEST",
    "OPEN_STATES",
    "PERSONAL",
    "REFUSED_OUTCOMES",
    "TOLD_STATES",
    "AgendaItem",
    "Answer",
    "AttendanceCount",
    "AudienceGrant",
    "AuditEntry",
    "AuditHead",
    "Body",
    "BodyKind",
    "CalendarEntry",
    "CalendarEntryText",
    "Call",
    "ChainLink",
    "Chairing",
    "Citation",
    "CitationSource",
    "Comment",
    "CommentKind",
    "CommentReaders",
    "CommentsShown",
    "ConferenceAction",
    "Confidence",
    "Consultation",
    "ConsultationLink",
    "Contribution",
    "ContributionKind",
    "Cycle",
    "DataState",
    "DavCollection",
    "DavMember",
    "DavState",
    "Decision",
    "Delegation",
    "DelegationRole",
    "DevicePassword",
    "Disposition",
    "Document",
    "DocumentFollows",
    "DocumentLanguage",
    "DocumentSubmitter",
    "Edition",
    "EntryKind",
    "FeedRevision",
    "Follow",
    "FollowUp",
    "Instrument",
    "Intervention",
    "Invitation",
    "ItemKind",
    "ItemLineage",
    "LineageKind",
    "MailReply",
    "Meeting",
    "MeetingBody",
    "MessageKind",
    "MessageState",
    "Mode",
    "Offer",
    "OfferItem",
    "OfferPresenter",
    "Office",
    "OfficeRole",
    "OfficeUser",
    "Origin",
    "OutboxMessage",
    "Output",
    "OutputVersion",
    "Person",
    "PersonalFeed",
    "Plan",
    "PlanItem",
    "PlanItemRevision",
    "PlanSession",
    "PlanVersion",
    "Provenance",
    "PublishedSession",
    "PublishedSlot",
    "Record",
    "RecordArticle",
    "RecordDocument",
    "RecordHost",
    "ReferenceNote",
    "Registration",
    "Release",
    "ReplyOutcome",
    "RevisionArticle",
    "RevisionStage",
    "SearchDocument",
    "SessionBody",
    "SessionItem",
    "SessionKind",
    "Slot",
    "Source",
    "Stage",
    "Stakeholder",
    "StakeholderClass",
    "StatusPeriod",
    "StoredFeed",
    "ThemeMeeting",
    "TreatyArticle",
    "UserAccount",
    "VersionKind",
]
