"""What becomes of made-up initiatives: how many of a thousand go which way, and how far each of them gets."""

from typing import NamedTuple

from initiatives.choices import Dictum, FinalGround


class Fate(NamedTuple):
    """One way that an initiative can go.

    `weight`: so many of a thousand, the open ones apart. `permission` is None when it was not decided on. `ground`: why
    the first decision became final; `again`: why the file did after an objection.
    """

    name: str
    weight: int
    is_filed: bool = True
    is_returned: bool = False
    is_assessed: bool = True
    permission: bool | None = None
    is_refused_in_part: bool = False
    ground: str = ""
    is_objected_to: bool = False
    is_viewed: bool = False
    dictum: str = ""
    again: str = ""
    is_withdrawn: bool = False


CLOSED = (
    Fate("granted", 330, permission=True, ground=FinalGround.NOTHING_REFUSED),
    Fate("part lapsed", 140, permission=True, is_refused_in_part=True, ground=FinalGround.TERM_LAPSED),
    Fate("part acquiesced", 80, permission=True, is_refused_in_part=True, ground=FinalGround.ACQUIESCED),
    Fate("refused lapsed", 120, permission=False, ground=FinalGround.TERM_LAPSED),
    Fate("refused acquiesced", 90, permission=False, ground=FinalGround.ACQUIESCED),
    Fate("upheld", 80, permission=False, is_objected_to=True, is_viewed=True, dictum=Dictum.FOUNDED,
         again=FinalGround.DECIDED),
    Fate("dismissed", 80, permission=False, is_objected_to=True, is_viewed=True, dictum=Dictum.UNFOUNDED,
         again=FinalGround.DECIDED),
    Fate("objection withdrawn", 30, permission=False, is_objected_to=True, again=FinalGround.WITHDRAWN),
    Fate("withdrawn", 50, is_assessed=False, is_withdrawn=True),
)  # fmt: skip
OPEN = (
    Fate("concept", 200, is_filed=False, is_assessed=False),
    Fate("returned", 80, is_returned=True, is_assessed=False),
    Fate("filed", 320, is_assessed=False),
    Fate("assessed", 200),
    Fate("part running", 60, permission=True, is_refused_in_part=True),
    Fate("refused running", 60, permission=False),
    Fate("objected", 40, permission=False, is_objected_to=True),
    Fate("viewed", 40, permission=False, is_objected_to=True, is_viewed=True),
)
