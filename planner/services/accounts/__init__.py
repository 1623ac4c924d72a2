"""Accounts: who signs in, and the viewer that they are on a day.

`standing` works out the viewer, `passwords` keeps and checks passwords, `signing_in` begins and ends sessions,
`profile` is what a person sees and sets of their own account.
"""

from planner.services.accounts.passwords import LONGEST_PASSWORD, SHORTEST_PASSWORD
from planner.services.accounts.profile import Membership, OfficeHeld, Profile, get_profile, set_profile, zones
from planner.services.accounts.signing_in import (
    SignedIn,
    authenticate,
    change_password,
    create_account,
    normal_email,
    sign_out_everywhere,
)
from planner.services.accounts.standing import load_viewer

__all__ = [
    "LONGEST_PASSWORD",
    "SHORTEST_PASSWORD",
    "Membership",
    "OfficeHeld",
    "Profile",
    "SignedIn",
    "authenticate",
    "change_password",
    "create_account",
    "get_profile",
    "load_viewer",
    "normal_email",
    "set_profile",
    "sign_out_everywhere",
    "zones",
]
