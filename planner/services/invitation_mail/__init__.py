"""The mails about invitations: drafted in the transaction of whatever changed, never sent from here.

`services/changes.py` ends every write with `follow`. What a person was told last is compared with what they should
know now; where the two differ, one draft says so, and takes the place of an earlier one that has not gone out.
Here nothing opens a change of its own.
"""

from planner.services.invitation_mail.following import concerned_by, follow, settle, settle_all, settle_person
from planner.services.invitation_mail.senders import Senders, configure, invited_by, reads_code, senders

__all__ = [
    "Senders",
    "concerned_by",
    "configure",
    "follow",
    "invited_by",
    "reads_code",
    "senders",
    "settle",
    "settle_all",
    "settle_person",
]
