"""What the codes of a document symbol say in words (DOMAIN.md section 5). Reading a symbol is in `symbols.py`."""

from collections.abc import Mapping
from types import MappingProxyType

from planner.core.i18n import N_, Message
from planner.rules.symbols import Symbol

TYPES: Mapping[str, Message] = MappingProxyType(
    {
        "LetterWorkPlans": N_("letter with work plans"),
        "LetterSubDocs": N_("letter with documents of the sub-groups"),
        "DrAgenda": N_("draft agenda"),
        "AnnAgenda": N_("annotated agenda"),
        "DrWP": N_("draft working paper"),
        "IntroPaper": N_("introductory paper"),
        "DiscPaper": N_("discussion paper"),
        "BackgrPaper": N_("background paper"),
        "Rep": N_("report"),
        "FinRep": N_("final report"),
        "WP": N_("working paper"),
        "ToR": N_("terms of reference"),
        "INF": N_("information paper"),
        "CONF": N_("Conference paper"),
    }
)

MARKERS: Mapping[str, Message] = MappingProxyType(
    {
        "M1": N_("first working group series"),
        "M2": N_("second working group series"),
        "PM1": N_("first preparatory meeting"),
        "PM2": N_("second preparatory meeting"),
        "WG": N_("working groups"),
        "Conf": N_("Conference"),
    }
)

AUTHORS: Mapping[str, Message] = MappingProxyType(
    {
        "CHAIR": N_("the Chair"),
        "SEC": N_("the Secretariat"),
        "PRES": N_("the President"),
        "MC": N_("the Management Committee"),
        "GROUP": N_("a group of States"),
    }
)


def kind_word(symbol: Symbol) -> Message:
    """Return what kind of paper it is; codes without words are shown as they are ("document Div")."""
    codes = symbol.parts if symbol.style == "modern" else tuple(filter(None, [symbol.series]))
    known = next((code for code in codes if code in TYPES), None)
    others = ".".join(code for code in codes if code != known)
    if known is None:
        return N_("document {codes}", codes=others) if others else N_("document")
    return N_("{kind} ({codes})", kind=TYPES[known], codes=others) if others else TYPES[known]


def series_word(symbol: Symbol) -> Message | None:
    """Return the meetings for which it was issued, or None where the symbol does not say."""
    if symbol.preparatory is not None:
        return N_("preparatory meeting {number}", number=symbol.preparatory)
    if symbol.marker is None:
        return None
    return MARKERS.get(symbol.marker, N_("series {marker}", marker=symbol.marker))


def author_word(symbol: Symbol) -> Message | None:
    """Return who issued it, or None where the symbol does not say; an author without words is shown by its code."""
    if symbol.author is None:
        return None
    return AUTHORS.get(symbol.author, Message("{code}", {"code": symbol.author}))


def reads_as(symbol: Symbol) -> Message:
    """Return the symbol in words: "final report, issued by the Secretariat, Conference, revision 1"."""
    words = kind_word(symbol)
    if (author := author_word(symbol)) is not None:
        words = N_("{words}, issued by {author}", words=words, author=author)
    if (series := series_word(symbol)) is not None:
        words = N_("{words}, {series}", words=words, series=series)
    if symbol.revision is not None:
        words = N_("{words}, revision {number}", words=words, number=symbol.revision)
    if symbol.corrigendum is not None:
        words = N_("{words}, corrigendum", words=words)
    return words
