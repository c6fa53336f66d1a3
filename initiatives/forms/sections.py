"""The form of a concept in its parts, each with how far it is: complete, so many fields empty, so many wrong.

Empty is what filing still asks for; wrong is what was filled in and cannot be filed, or cannot be read. Which parts
there are stands here; what is asked in `completeness.py` and `policy.py`; how a part is drawn in
`templates/initiatives/concept/`.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace

from bodycams.look import Badge
from initiatives.completeness import advice, is_filled
from initiatives.forms.concept import ConceptForm
from initiatives.models import Initiative
from initiatives.snapshot import SIGNED_FOR
from workflow.rules import Reason

COMPLETE = Badge("Compleet", "good")
NOTHING_ASKED = Badge("Niets gevraagd", "good")
NECESSITY_ASKED = Badge("Vult de politiechef in", "off", "circle-dashed")
NECESSITY_GIVEN = Badge("Vastgesteld", "good")
NECESSITY_DENIED = Badge("Niet noodzakelijk", "bad", "alert-circle")
NECESSITY_FREE = Badge("Niet verplicht", "good")

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
            "special_functions_reasons contract contract_until defects"
        ),
    ),
    ("kosten", "Kosten", "amount cost_centre costs_accepted"),
    ("doel", "Doel en grondslag", "tasks purposes places situations proportionality announcement"),
    ("ondersteuning", "Gevraagde ondersteuning", "requested_support"),
)
"""Name, title and fields of each part, in the order of the page."""

BY_ANOTHER = "noodzaak"
"""The part that the unit head fills in, with a step."""

EMPTY_NOTE = "nog leeg, nodig bij het aanmelden"
LAPSE_NOTE = "verandert u dit, dan vervalt de noodzaak"
HELD_NOTE = "nog niet bewaard"


@dataclass(frozen=True)
class Section:
    """A part of the form. `open`: the writer has still something to do here, or has just begun."""

    number: int
    name: str
    title: str
    look: Badge
    wrong: int
    empty: int
    open: bool
    current: bool = False

    @property
    def is_complete(self) -> bool:
        return not self.wrong and not self.empty

    @property
    def template(self) -> str:
        return f"initiatives/concept/{self.name}.html"


def sections_of(form: ConceptForm, reasons: Iterable[Reason], held: Collection[str] = ()) -> list[Section]:
    """The parts of `form`. `reasons` say what still stands in the way of filing, `held` are fields that were not saved
    yet; both are noted at their fields.
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
    return _with_current(found)


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
    return [replace(section, current=section in todo[:1]) for section in found]


def _look(initiative: Initiative, wrong: int, empty: int) -> Badge:
    words = []
    if wrong:
        words.append("1 fout" if wrong == 1 else f"{wrong} fouten")
    if empty:
        words.append("1 veld leeg" if empty == 1 else f"{empty} velden leeg")
    if not words:
        return COMPLETE
    return Badge(", ".join(words), "bad", "alert-circle") if wrong else Badge(words[0], "off", "circle-dashed")


def _look_of_necessity(initiative: Initiative, wrong: int, empty: int) -> Badge:
    if initiative.necessity and not initiative.necessity.necessary:
        return NECESSITY_DENIED
    if initiative.necessity:
        return NECESSITY_GIVEN
    return NECESSITY_ASKED if empty else NECESSITY_FREE


def _look_of_support(initiative: Initiative, wrong: int, empty: int) -> Badge:
    chosen = len(initiative.requested_support)
    if wrong or not chosen:
        return _look(initiative, wrong, empty) if wrong else NOTHING_ASKED
    return Badge("1 soort gekozen" if chosen == 1 else f"{chosen} soorten gekozen", "good")


LOOKS: dict[str, Callable[[Initiative, int, int], Badge]] = {
    "noodzaak": _look_of_necessity,
    "ondersteuning": _look_of_support,
}
