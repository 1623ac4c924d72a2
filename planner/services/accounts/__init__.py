"""Accounts: who signs in, and the viewer that they are on a day.

`passwords` keeps and checks passwords, `signing_in` begins and ends sessions,
`profile` is what a person sees and sets of their own account. `keeping` is what administrators do with accounts,
`password_links` the address at which a person chooses a password, `overview` what administrators see of all this.
"""

from planner.services.accounts.keeping import (
    add_administrator,
    change_address,
    close_account,
    create_account,
    make_account,
    reopen_account,
)
from planner.services.accounts.overview import (
    STATES,
    Account,
    Candidate,
    find_candidates,
    get_account_page,
    list_accounts,
)
from planner.services.accounts.password_links import (
    LINK_HOURS,
    Invited,
    choose_password,
    get_invited,
    make_password_link,
    token_of,
    void_password_link,
)
from planner.services.accounts.passwords import LONGEST_PASSWORD, SHORTEST_PASSWORD
from planner.services.accounts.profile import Membership, OfficeHeld, Profile, get_profile, set_profile, zones
from planner.services.accounts.signing_in import (
    SignedIn,
    authenticate,
    change_password,
    normal_email,
    sign_out_everywhere,
)
from planner.services.viewers import accounts_with_names, load_viewer, viewer_of

__all__ = [
    "LINK_HOURS",
    "LONGEST_PASSWORD",
    "SHORTEST_PASSWORD",
    "STATES",
    "Account",
    "Candidate",
    "Invited",
    "Membership",
    "OfficeHeld",
    "Profile",
    "SignedIn",
    "accounts_with_names",
    "add_administrator",
    "authenticate",
    "change_address",
    "change_password",
    "choose_password",
    "close_account",
    "create_account",
    "find_candidates",
    "get_account_page",
    "get_invited",
    "get_profile",
    "list_accounts",
    "load_viewer",
    "make_account",
    "make_password_link",
    "normal_email",
    "reopen_account",
    "set_profile",
    "sign_out_everywhere",
    "token_of",
    "viewer_of",
    "void_password_link",
    "zones",
]
