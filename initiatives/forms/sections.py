"""The form of a concept in its parts, each with how far it is: complete, so many fields empty, so many wrong.

Empty is what filing still asks for; wrong is what was filled in and cannot be filed, or cannot be read. Which parts
there are stands here; what is asked in `completeness.py` and `policy.py`; how a part is drawn in
`templates/initiatives/concept/`.
"""

from collections.abc import Callable, Collection, Iterable
from typing import NamedTuple

from bodycams.look import Badge
from initiatives.completeness import advice, is_filled
from initiatives.forms.arrangements import detail_fields
from initiatives.forms.concept import ConceptForm
from initiatives.matrix import Answer, Group, Row
from initiatives.models import Initiative
from initiatives.models.document import ATTACHMENT
from initiatives.snapshot import SIGNED_FOR
from initiatives.words import so_many
from organisation.models import PolicyRule
from workflow.rules import Reason

COMPLETE = Badge("Compleet", "good")
NOTHING_ASKED = Badge("Niets gevraagd", "good")
NECESSITY_ASKED = Badge("Vult de politiechef in", "off", "circle-dashed")
NECESSITY_GIVEN = Badge("Vastgesteld", "good")
NECESSITY_DENIED = Badge("Niet noodzakelijk", "bad", "alert-circle")
NECESSITY_FREE = Badge("Niet verplicht", "good")

ARRANGEMENTS = tuple(name for name, _ in detail_fields())
PARTS: tuple[tuple[str, str, str], ...] = (
    (
        "melding",
        "Melding",
        "unit kinds title description earlier teams target_groups uses period_from period_until research_question",
    ),
    ("noodzaak", "Noodzaak", "necessity"),
    (
        "cameras",
        "Camera’s",
        (
            "cameras_now cameras_requested vendor model_name vendor_reasons functions activation "
            "special_functions_reasons origin origin_consent contract contract_until defects"
        ),
    ),
    ("kosten", "Kosten", "amount cost_centre costs_accepted"),
    (
        "doel",
        "Doel en grondslag",
        "tasks purposes places situations proportionality announcement wearer_may_not_review",
    ),
    ("overleg", "Overleg", " ".join(name for name in ARRANGEMENTS if name.startswith("consultation_"))),
    ("afspraken", "Afspraken", " ".join(name for name in ARRANGEMENTS if name.startswith("agreement_"))),
    (
        "gereedheid",
        "Gereedheid",
        " ".join(name for name in ARRANGEMENTS if not name.startswith(("consultation_", "agreement_", "attach"))),
    ),
    ("ondersteuning", "Gevraagde ondersteuning", "requested_support"),
    ("bijlagen", "Bijlagen", "attachments"),
)
"""Name, title and fields of each part, in the order of the page."""

BY_ANOTHER = "noodzaak"
"""The part that the unit head fills in, with a step."""

ASKED_LATER: dict[str, tuple[str, ...]] = {
    "overleg": ("consultations",),
    "afspraken": ("agreements",),
    "gereedheid": ("readiness", "dpia"),
}
"""Parts that filing does not ask for, and a later step does: the groups of the matrix that say how far they are."""

LATER = {
    PolicyRule.Mode.BLOCKS.value: "Aanmelden kan al. Goedkeuren kan pas als dit compleet is.",
    PolicyRule.Mode.WARNS.value: "Aanmelden kan al. Is dit dan niet compleet, dan moet de projectleider uitleggen "
    "waarom goedkeuren toch kan.",
    "": "Aanmelden kan al. De projectleider kijkt hiernaar bij het beoordelen.",
}
NOT_ASKED = "Bij deze soort initiatief hoeft dit niet. Het mag wel."

EMPTY_NOTE = "nog leeg, nodig bij het aanmelden"
LAPSE_NOTE = "verandert u dit, dan vervalt de noodzaak"
HELD_NOTE = "nog niet bewaard"


class Section(NamedTuple):
    """A part of the form. `open`: the writer has still something to do here, or has just begun. `later` says what a
    later step asks for, of which so many things are `lacking`.
    """

    number: int
    name: str
    title: str
    look: Badge
    wrong: int
    empty: int
    open: bool
    current: bool = False
    later: str = ""
    lacking: int = 0

    @property
    def is_complete(self) -> bool:
        return not self.wrong and not self.empty and not self.lacking

    @property
    def template(self) -> str:
        return f"initiatives/concept/{self.name}.html"


def sections_of(
    form: ConceptForm, reasons: Iterable[Reason], groups: Iterable[Group], held: Collection[str] = ()
) -> list[Section]:
    """The parts of `form`. `reasons` say what still stands in the way of filing, `held` are fields that were not saved
    yet; both are noted at their fields. `groups` are the matrix of the initiative.
    """
    initiative, wrong, empty = form.initiative, set(form.errors), set()
    for reason in reasons:
        if reason.field in wrong:
            continue
        if reason.field in form.fields and is_filled(initiative, reason.field):
            form.errors[reason.field] = form.error_class([advice(reason)], renderer=form.renderer)
        elif reason.field in form.fields:
            form.notes[reason.field] = EMPTY_NOTE
        empty.add(reason.field)
    empty -= set(form.errors)
    if initiative.necessity:
        form.notes |= {**dict.fromkeys(SIGNED_FOR, LAPSE_NOTE), **dict.fromkeys(held, HELD_NOTE)}
    found = [_section(form, number, *part, empty=empty, held=held) for number, part in enumerate(PARTS, 1)]
    by_name = {group.name: group for group in groups}
    later = {name: [row for group in names for row in by_name[group].rows] for name, names in ASKED_LATER.items()}
    return _with_current([_asked_later(one, later[one.name]) if one.name in later else one for one in found])


def _asked_later(section: Section, rows: list[Row]) -> Section:
    """How far a part is of which only a later step asks something; nothing in it keeps the writer from filing."""
    asked = [row for row in rows if row.answer is not Answer.NOT_APPLICABLE]
    lacking = sum(row.answer is Answer.NOT_MET for row in asked)
    later = LATER[max(row.weight for row in asked)] if asked else NOT_ASKED
    look = section.look
    if not section.wrong and not asked:
        look = NOTHING_ASKED
    elif not section.wrong and lacking:
        look = Badge(f"{len(asked) - lacking} van {len(asked)}", "off", "circle-dashed")
    return section._replace(look=look, later=later, lacking=lacking, open=bool(section.wrong))


def _section(
    form: ConceptForm, number: int, name: str, title: str, fields: str, *, empty: set[str], held: Collection[str]
) -> Section:
    here = set(fields.split())
    wrong_here, empty_here = len(here.intersection(form.errors)), len(here & empty)
    look = LOOKS.get(name, _look)(form.initiative, wrong_here, empty_here)
    todo = form.initiative.version == 1 or wrong_here or empty_here or here.intersection(held)
    return Section(number, name, title, look, wrong_here, empty_here, open=bool(todo) and name != BY_ANOTHER)


def _with_current(found: list[Section]) -> list[Section]:
    """Where to go on: the first part with something wrong, else the first with something empty."""
    todo = [section for section in found if section.wrong] or [section for section in found if section.empty]
    return [section._replace(current=section in todo[:1]) for section in found]


def _look(initiative: Initiative, wrong: int, empty: int) -> Badge:
    words = []
    if wrong:
        words.append(so_many(wrong, "fout", "fouten"))
    if empty:
        words.append(so_many(empty, "veld leeg", "velden leeg"))
    if not words:
        return COMPLETE
    return Badge(", ".join(words), "bad", "alert-circle") if wrong else Badge(words[0], "off", "circle-dashed")


def _look_of_necessity(initiative: Initiative, wrong: int, empty: int) -> Badge:
    if initiative.necessity and not initiative.necessity.necessary:
        return NECESSITY_DENIED
    if initiative.necessity:
        return NECESSITY_GIVEN
    return NECESSITY_ASKED if empty else NECESSITY_FREE


def _look_of_attachments(initiative: Initiative, wrong: int, empty: int) -> Badge:
    there = len(initiative.documents_by_place().get(ATTACHMENT, []))
    if wrong:
        return _look(initiative, wrong, empty)
    return Badge(so_many(there, "bijlage", "bijlagen"), "good") if there else Badge("Geen", "good")


def _look_of_support(initiative: Initiative, wrong: int, empty: int) -> Badge:
    chosen = len(initiative.requested_support)
    if wrong or not chosen:
        return _look(initiative, wrong, empty) if wrong else NOTHING_ASKED
    return Badge(so_many(chosen, "soort gekozen", "soorten gekozen"), "good")


LOOKS: dict[str, Callable[[Initiative, int, int], Badge]] = {
    "noodzaak": _look_of_necessity,
    "ondersteuning": _look_of_support,
    "bijlagen": _look_of_attachments,
}
