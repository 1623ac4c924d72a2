"""Writing records: what may be written of each kind, by whom, what must be true, and what if two write at once.

`specs/` says per kind which fields and links there are; nothing else can be written. `kinds` and `references` clean
what was typed, `records` creates and edits, `moves` changes states, `plan_items` and `versions` know the working copy
of a plan, `slots` the places of presentations, `agenda` the order of a session's agenda, `merging` and `splitting` what
becomes of it when it goes on in another session.
"""

from planner.services.editing.agenda import Agenda, arrange_agenda, get_agenda
from planner.services.editing.faults import EditConflict, Wrong
from planner.services.editing.links import LinkList, add_link, get_links, remove_link
from planner.services.editing.merging import Carried, to_take_over
from planner.services.editing.moves import ROUND_DEFAULTS, cycle_of_day, fields_of, get_move, move_record, zone_of
from planner.services.editing.options import Option, names_of, options
from planner.services.editing.reading import Editable, digests, get_editable
from planner.services.editing.records import create_record, edit_record, may_create, require_creation
from planner.services.editing.references import Links, Ref
from planner.services.editing.slots import PLACE, get_offer_to_place, place_offer, remove_slot, slot_values
from planner.services.editing.spec import Field, Spec
from planner.services.editing.specs import SPECS
from planner.services.editing.splitting import SPLIT, Split, get_session_to_split, preview_split, split_session
from planner.services.editing.suggestions import session_of_agenda_item, suggested_values

__all__ = [
    "PLACE",
    "ROUND_DEFAULTS",
    "SPECS",
    "SPLIT",
    "Agenda",
    "Carried",
    "EditConflict",
    "Editable",
    "Field",
    "LinkList",
    "Links",
    "Option",
    "Ref",
    "Spec",
    "Split",
    "Wrong",
    "add_link",
    "arrange_agenda",
    "create_record",
    "cycle_of_day",
    "digests",
    "edit_record",
    "fields_of",
    "get_agenda",
    "get_editable",
    "get_links",
    "get_move",
    "get_offer_to_place",
    "get_session_to_split",
    "may_create",
    "move_record",
    "names_of",
    "options",
    "place_offer",
    "preview_split",
    "remove_link",
    "remove_slot",
    "require_creation",
    "session_of_agenda_item",
    "slot_values",
    "split_session",
    "suggested_values",
    "to_take_over",
    "zone_of",
]
