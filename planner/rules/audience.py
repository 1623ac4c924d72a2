"""Who gets in, as a set of grounds in a small integer (DESIGN.md section 3). The SQL that asks it is in `access`.

A viewer gets in where any one ground of the record's mask holds for them. A record has an audience of its own or that
of its one audience parent; it may be narrower than its parent, never wider, whatever was typed or moved. That is why
the stored mask is always the result of `clamp`, worked out again for all below when a parent changes.

Grounds are of three sorts. The *broad* ones are about the viewer's class and can be compared. `OWNER` and `INVITED`
are about rows of the record itself: the owner of an offer is not the owner of the call above it, so no mask can say
whether one is inside the other. `clamp` keeps them, and each such grant is narrowed by the limit that `grant_limit`
makes of the parent: the State that is invited to a paper of a closed session must belong to those who may know the
session. `OFFICERS` are always in.

Masks are plain integers here, because a database driver may write a flag by its name.
"""

from enum import IntFlag


class Ground(IntFlag):
    """A reason for which a viewer gets in; a mask is several of them. The numbers are stored: never change one."""

    PUBLIC = 1
    PARTICIPANTS = 2
    STATES = 4
    STATES_PARTIES = 8
    OWNER = 16
    INVITED = 32
    OFFICERS = 64


BROAD = int(Ground.PUBLIC | Ground.PARTICIPANTS | Ground.STATES | Ground.STATES_PARTIES)
PER_RECORD = int(Ground.OWNER | Ground.INVITED)
EVERY_GROUND = BROAD | PER_RECORD | int(Ground.OFFICERS)

SEEN_BY_OWNER = frozenset({"contribution"})
"""Kinds of records that their owner sees from the moment they are recorded, published or not: what somebody gave is
theirs to read, while a session, say, is nobody's before its release."""


def implied_by(ground: int, parent: int) -> bool:
    """Return whether everyone whom one ground lets in is let in by the parent's mask too.

    A public parent implies every ground, `STATES` (States Parties and signatories) implies `STATES_PARTIES`, each
    ground implies itself, and `OFFICERS` are implied by all. For `OWNER` and `INVITED` the answer speaks only of the
    same rows; see the head of this module.
    """
    if ground == Ground.OFFICERS or parent & Ground.PUBLIC or parent & ground:
        return True
    return ground == Ground.STATES_PARTIES and bool(parent & Ground.STATES)


def is_inside(narrow: int, wide: int) -> bool:
    """Return whether everyone whom one mask lets in is let in by the other; see `implied_by` for those named."""
    return narrow == wide or all(implied_by(ground, wide) for ground in Ground if narrow & ground)


def is_known_to_all(narrow: int, wide: int, *, same_meeting: bool, same_body: bool) -> bool:
    """Return whether whoever may see one record may certainly see another that is neither above nor below it.

    `same_meeting` and `same_body` say whether the grounds `PARTICIPANTS` and `OFFICERS` mean the same people for both.
    Those who are named on one record may be others than those named on the other, so nothing follows from them. What
    one text for all readers of a record may say of another record is decided by this.
    """
    if wide & Ground.PUBLIC:
        return True
    comparable = wide & (Ground.STATES | Ground.STATES_PARTIES | (Ground.PARTICIPANTS if same_meeting else 0))
    broad = [ground for ground in _grounds(narrow) if ground != Ground.OFFICERS]
    return same_body and all(ground & BROAD and implied_by(ground, comparable) for ground in broad)


def clamp(own: int | None, parent: int) -> int:
    """Return the mask to store: the record's own grounds as far as the parent implies them, and the officers.

    Without an own audience (None) it is the parent's, whose owner and invited rows then count for the record too.
    `OWNER` and `INVITED` of its own are kept; `grant_limit` narrows them. Raise ValueError for what is no mask.
    """
    _check(parent)
    if own is None:
        return parent | int(Ground.OFFICERS)
    _check(own)
    kept = sum(ground for ground in _grounds(own & BROAD) if implied_by(ground, parent))
    return kept | own & PER_RECORD | int(Ground.OFFICERS)


def grant_limit(parent: int) -> int:
    """Return the broad grounds of the parent, any one of which an owner or invited person of the child must meet too.

    `PUBLIC` in the limit means that there is no limit. A limit of 0 means that the parent lets nobody in by class: then
    only those get in whom the parent itself names.
    """
    _check(parent)
    return parent & BROAD


def wider_than(own: int, parent: int) -> int:
    """Return the broad grounds of an audience that the parent does not imply, for a form to show; 0 if all is well."""
    _check(own)
    _check(parent)
    return sum(ground for ground in _grounds(own & BROAD) if not implied_by(ground, parent))


def _grounds(mask: int) -> list[int]:
    return [int(ground) for ground in Ground if mask & ground]


def _check(mask: int) -> None:
    # Nothing quiet: an unknown bit would be dropped here and mean something in a later version.
    if mask & ~EVERY_GROUND:
        raise ValueError(f"{mask} is not a set of grounds. They are numbers from 0 to {EVERY_GROUND}.")
