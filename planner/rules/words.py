"""Words for the codes that the record and the forms use: kinds of documents, modes, languages, classes, regions.

A code without words of its own is shown as its own words ("chair_letter" → "Chair letter"), so that nothing is hidden.
"""

from __future__ import annotations

from collections.abc import Mapping

from planner.core.i18n import N_, Message
from planner.rules.comment_words import COMMENT_WORDS
from planner.rules.editing_words import EDITING_WORDS
from planner.rules.mail_words import MAIL_WORDS

DOCUMENT_KINDS = {
    "annotated_agenda": N_("Annotated agenda"),
    "background_paper": N_("Background paper"),
    "chair_letter": N_("Chair’s letter"),
    "chair_report": N_("Chair’s report"),
    "corrigendum": N_("Corrigendum"),
    "decision": N_("Decision"),
    "discussion_paper": N_("Discussion paper"),
    "draft_agenda": N_("Draft agenda"),
    "final_report": N_("Final report"),
    "guidance": N_("Guidance"),
    "information_paper": N_("Information paper"),
    "introductory_paper": N_("Introductory paper"),
    "non_paper": N_("Non-paper"),
    "proposal": N_("Proposal"),
    "provisional_agenda": N_("Provisional agenda"),
    "reference_list": N_("Reference list"),
    "rule5_submission": N_("Submission under Rule 5"),
    "summary_report": N_("Summary report"),
    "terms_of_reference": N_("Terms of reference"),
    "work_plan": N_("Work plan"),
    "working_document": N_("Working document"),
    "working_paper": N_("Working paper"),
}
MODES = {
    "in_person": N_("In person"),
    "in_person_with_livestream": N_("In person, with livestream"),
    "in_person_with_remote_access": N_("In person, with remote access"),
    "hybrid": N_("Hybrid"),
    "virtual": N_("Online"),
    "written_procedure": N_("Written procedure"),
    "cancelled_replaced_by_written_comments": N_("Cancelled, replaced by written comments"),
}
CLASSES = {
    "state_party": N_("State Party"),
    "signatory_state": N_("Signatory State"),
    "observer_state": N_("Observer State"),
    "regional_organisation": N_("Regional organisation"),
    "international_organisation": N_("International organisation"),
    "civil_society": N_("Civil society"),
    "research_academia": N_("Research and academia"),
    "industry": N_("Industry"),
    "secretariat": N_("Secretariat"),
}
CLASS_CODES = {
    "state_party": "sp",
    "signatory_state": "sg",
    "observer_state": "ob",
    "regional_organisation": "ro",
    "international_organisation": "io",
    "civil_society": "cs",
    "research_academia": "ra",
    "industry": "in",
    "secretariat": "xx",
}
LANGUAGES = {
    "ar": N_("Arabic"),
    "en": N_("English"),
    "es": N_("Spanish"),
    "fr": N_("French"),
    "ru": N_("Russian"),
    "zh": N_("Chinese"),
}
REGIONS = {
    "Africa": N_("Africa"),
    "Americas": N_("Americas"),
    "Asia": N_("Asia"),
    "Europe": N_("Europe"),
    "Oceania": N_("Oceania"),
    "global": N_("Global"),
}
ITEM_KINDS = {
    "theme": N_("Theme"),
    "topic": N_("Topic"),
    "question": N_("Guiding question"),
    "expected_output": N_("Expected output"),
}
RECORD_KINDS = {
    "agenda_item": N_("Agenda item"),
    "body": N_("Body"),
    "call": N_("Call"),
    "comment": N_("Comment"),
    "contribution": N_("Contribution"),
    "cycle": N_("Cycle"),
    "decision": N_("Decision"),
    "document": N_("Document"),
    "follow_up": N_("Follow-up"),
    "instrument": N_("Instrument"),
    "meeting": N_("Meeting"),
    "offer": N_("Presentation"),
    "office": N_("Office"),
    "output": N_("Output"),
    "person": N_("Person"),
    "plan": N_("Plan"),
    "plan_item": N_("Item of the plan"),
    "plan_session": N_("Session"),
    "plan_version": N_("Version of the plan"),
    "reference_note": N_("Note of the record"),
    "release": N_("Release"),
    "source": N_("Source"),
    "stage": N_("Stage"),
    "stakeholder": N_("Stakeholder"),
    "treaty_article": N_("Article"),
}
OFFICE_ROLES = {
    "president": N_("President"),
    "chair": N_("Chair"),
    "facilitator": N_("Facilitator"),
    "secretariat": N_("Secretariat"),
    "administrator": N_("Administrator"),
}
BODY_KINDS = {
    "conference": N_("Conference"),
    "working_group": N_("Working group"),
    "sub_working_group": N_("Sub-working group"),
    "committee": N_("Committee"),
    "forum": N_("Forum"),
    "gathering": N_("Gathering outside the calendar"),
}
SERIES = {
    "M1": N_("First series"),
    "M2": N_("Second series"),
    "WG": N_("Working group meeting"),
    "PM": N_("Preparatory meeting"),
    "Conf": N_("Conference"),
    "consultations": N_("Consultations"),
}
CONTRIBUTION_KINDS = {
    "study": N_("Study"),
    "proposal": N_("Proposal"),
    "answer": N_("Written answer"),
    "expertise": N_("Expertise"),
}
STATION_NAMES = {
    "mandate": N_("Mandate"),
    "plan": N_("Plan"),
    "theme": N_("Theme"),
    "topic": N_("Topic"),
    "question": N_("Question"),
    "session": N_("Session"),
    "output": N_("Output"),
    "action": N_("Action"),
    "follow_up": N_("Follow-up"),
}
RELATIONS = {
    "annex": N_("Annex"),
    "annex_of": N_("Annex of"),
    "follows": N_("Follows"),
    "followed_by": N_("Followed by"),
    "supersedes": N_("Replaces"),
    "superseded_by": N_("Replaced by"),
    "used_by": N_("Used by"),
}
OUTPUT_KINDS = {
    "chair_report": N_("Chair’s report"),
    "decision": N_("Decision"),
    "guidance": N_("Guidance"),
    "lessons_learned": N_("Lessons learned"),
    "recommendation": N_("Recommendation"),
    "report": N_("Report"),
    "work_plan": N_("Work plan"),
}
INSTRUMENT_KINDS = {
    "control_regime": N_("Control regime"),
    "declaration": N_("Declaration"),
    "eu_law": N_("Law of the European Union"),
    "guideline": N_("Guideline"),
    "political": N_("Political commitment"),
    "resolution_goal": N_("Goal of a resolution"),
    "treaty": N_("Treaty"),
}
BINDINGS = {"legally": N_("Legally"), "politically": N_("Politically"), "none": N_("Not binding")}
SOURCE_KINDS = {
    "att_document": N_("Document of the process"),
    "att_site": N_("Page of the process’s site"),
    "civil_society_report": N_("Report of civil society"),
    "encyclopaedia": N_("Encyclopaedia"),
    "founding_document": N_("Founding paper"),
    "government_statement": N_("Statement of a government"),
    "legislation": N_("Legislation"),
    "other": N_("Other"),
    "research_report": N_("Research report"),
    "rule": N_("Rule of procedure"),
    "treaty": N_("Treaty"),
    "treaty_status": N_("Status of the Treaty"),
}
EXTENTS = {
    "whole": N_("The whole was read"),
    "part": N_("A part was read"),
    "opening": N_("The opening was read"),
    "short_page": N_("A short page, read"),
    "title": N_("Only the title was read"),
}
STATUSES = {"state_party": N_("State Party"), "signatory": N_("Signatory")}
STATUS_ACTS = {
    "acceptance": N_("acceptance"),
    "accession": N_("accession"),
    "approval": N_("approval"),
    "ratification": N_("ratification"),
    "signature": N_("signature"),
    "succession": N_("succession"),
}
DELEGATION_ROLES = {
    "head": N_("Head of delegation"),
    "alternate": N_("Alternate"),
    "focal_point": N_("Focal point"),
    "member": N_("Member"),
}
STANDINGS = {"living_document": N_("a living document")}
OWNER_KINDS = {"stakeholder": N_("State or organisation"), "body": N_("Body"), "person": N_("Person")}
GROUNDS = {
    "public": N_("Everybody"),
    "participants": N_("Those registered for the meeting"),
    "states": N_("States Parties and signatory States"),
    "states_parties": N_("States Parties"),
    "owner": N_("Those whom it concerns"),
    "invited": N_("Those invited by name"),
    "officers": N_("Officers of the body"),
}
SESSION_KINDS = {"session": N_("Session"), "side_event": N_("Side event")}
ATTENDANCE_GROUPS = {
    "states": N_("States"),
    "states_parties": N_("States Parties"),
    "signatory_states": N_("Signatory States"),
    "observer_states": N_("Observer States"),
    "international_organisations": N_("International organisations"),
    "regional_organisations": N_("Regional organisations"),
    "civil_society_organisations": N_("Civil society organisations"),
    "industry_organisations": N_("Organisations of industry"),
    "state_representatives": N_("Representatives of States"),
    "civil_society_and_un_representatives": N_("Representatives of civil society and the United Nations"),
    "panellists": N_("Panellists"),
}
ARTICLE_TOPICS = {
    "assistance": N_("Assistance"),
    "brokering": N_("Brokering"),
    "cooperation_illicit_actors": N_("Cooperation against illicit actors"),
    "cooperation_on_transfer": N_("Cooperation on a transfer"),
    "corruption": N_("Corruption"),
    "duty_to_prevent": N_("Duty to prevent"),
    "effective_measures_report": N_("Report on effective measures"),
    "export_assessment": N_("Export assessment"),
    "gender_based_violence": N_("Gender-based violence"),
    "import_control": N_("Control of imports"),
    "import_documentation": N_("Import documentation"),
    "import_information": N_("Information for importers"),
    "information_sharing": N_("Sharing of information"),
    "lessons_learned": N_("Lessons learned"),
    "national_control_system": N_("National control system"),
    "prohibitions": N_("Prohibitions"),
    "record_keeping": N_("Record keeping"),
    "reporting_measures": N_("Reporting measures"),
    "response": N_("Response to a diversion"),
    "risk_and_mitigation": N_("Risk and mitigation"),
    "transit": N_("Transit and trans-shipment"),
    "voluntary_trust_fund": N_("Voluntary trust fund"),
}
CONFIDENCES = {"high": N_("high"), "medium": N_("medium"), "low": N_("low")}
PROVENANCES = {"sourced": N_("sourced"), "recalled": N_("recalled"), "derived": N_("derived")}
ORIGINS = {"record": N_("the record"), "illustration": N_("illustration"), "own": N_("entered here")}

SECTORS = {
    "arms_manufacturing": N_("Arms manufacturing"),
    "bank": N_("Bank"),
    "broker": N_("Broker"),
    "carrier": N_("Carrier"),
    "customs": N_("Customs"),
    "export_control": N_("Export control"),
    "insurer": N_("Insurer"),
    "law_enforcement": N_("Law enforcement"),
    "manufacturer": N_("Manufacturer"),
    "shipper": N_("Shipper"),
}
STAKEHOLDER_ROLES = {
    "assistance_implementer": N_("Implements assistance"),
    "donor_fund": N_("Fund of donors"),
}

WORDS: Mapping[str, Mapping[str, Message]] = {
    "doc_kind": DOCUMENT_KINDS,
    "mode": MODES,
    "class": CLASSES,
    "language": LANGUAGES,
    "region": REGIONS,
    "item_kind": ITEM_KINDS,
    "record_kind": RECORD_KINDS,
    "office_role": OFFICE_ROLES,
    "body_kind": BODY_KINDS,
    "series": SERIES,
    "contribution_kind": CONTRIBUTION_KINDS,
    "provenance": PROVENANCES,
    "origin": ORIGINS,
    "sector": SECTORS,
    "role": STAKEHOLDER_ROLES,
    "relation": RELATIONS,
    "confidence": CONFIDENCES,
    "output_kind": OUTPUT_KINDS,
    "article_topic": ARTICLE_TOPICS,
    "instrument_kind": INSTRUMENT_KINDS,
    "binding": BINDINGS,
    "source_kind": SOURCE_KINDS,
    "extent": EXTENTS,
    "status": STATUSES,
    "status_act": STATUS_ACTS,
    "delegation_role": DELEGATION_ROLES,
    "standing": STANDINGS,
    "owner_kind": OWNER_KINDS,
    "ground": GROUNDS,
    "session_kind": SESSION_KINDS,
    "attendance": ATTENDANCE_GROUPS,
    **EDITING_WORDS,
    **MAIL_WORDS,
    **COMMENT_WORDS,
}


def word(words: str, code: str | None) -> Message:
    """Return the words for a code of a list ("mode", "virtual"); an unknown code is shown as its own words."""
    if code is None:
        return N_("not known")
    found = WORDS.get(words, {}).get(code)
    return found or Message("{code}", {"code": code.replace("_", " ").capitalize()})
