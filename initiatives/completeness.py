"""What an initiative must say before it can be filed, kind by kind: one table, used by the step and by the form.

Each requirement names the form's field, so that a page can link to it. A sentence begins with what it is about and a
colon; beside the field only the rest is said (`advice`).
"""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from initiatives.choices import SPECIAL_FUNCTIONS, Activation, Kind
from workflow.rules import Reason

if TYPE_CHECKING:
    from initiatives.models import Initiative

EVERY_KIND = frozenset(Kind)
BUT_DEFECTS_ALONE = EVERY_KIND - {Kind.REPLACEMENT}


class Requirement(NamedTuple):
    """Something that must be filled in when one of `kinds` is filed; `sentence` is what is said when it is not.
    `by_another`: not by who files.
    """

    field: str
    kinds: frozenset[Kind]
    sentence: str
    source: str
    holds: Callable[["Initiative"], bool]
    by_another: bool = False

    def concerns(self, initiative: "Initiative") -> bool:
        return bool(self.kinds & set(initiative.kinds))


def is_filled(initiative: "Initiative", field: str) -> bool:
    """Whether anything was answered. Something filled in can still be wrong: zero cameras, for instance."""
    if field == "defects":
        return len(initiative.defects.all()) > 0
    value = getattr(initiative, field)
    return value is not False and value not in (None, "", [])


def filled(field: str) -> Callable[["Initiative"], bool]:
    return lambda initiative: is_filled(initiative, field)


def advice(reason: Reason) -> str:
    """What to do, as it is said beside the field itself: `Titel: vul in …` becomes `Vul in …`."""
    rest = reason.sentence.rpartition(": ")[2]
    return rest[0].upper() + rest[1:]


def required(field: str, kinds: frozenset[Kind], sentence: str, source: str) -> Requirement:
    return Requirement(field, kinds, sentence, source, filled(field))


def only(*kinds: Kind) -> frozenset[Kind]:
    return frozenset(kinds)


def _asks_a_camera(initiative: "Initiative") -> bool:
    return bool(initiative.cameras_requested)


def _asks_no_more_than_are_defective(initiative: "Initiative") -> bool:
    if Kind.PURCHASE in initiative.kinds or initiative.cameras_requested is None:
        return True
    return bool(initiative.cameras_requested <= len(initiative.defects.all()))


def _is_necessary(initiative: "Initiative") -> bool:
    return initiative.necessity is not None and initiative.necessity.necessary


def _explains_what_films_more(initiative: "Initiative") -> bool:
    films_more = bool(set(initiative.functions) & set(SPECIAL_FUNCTIONS)) or initiative.activation in (
        Activation.CONTROL_ROOM,
        Activation.CONTINUOUS,
    )
    return bool(initiative.special_functions_reasons) or not films_more


REQUIREMENTS: tuple[Requirement, ...] = (
    required("title", EVERY_KIND, "Titel: vul in waar het initiatief over gaat.", "S0-18"),
    required("description", EVERY_KIND, "Omschrijving: vertel wat de eenheid wil.", "S0-18"),
    required("period_from", only(Kind.EXPERIMENT, Kind.DEVELOPMENT), "Periode: vul de eerste dag in.", "S0-18"),
    required("period_until", only(Kind.EXPERIMENT, Kind.DEVELOPMENT), "Periode: vul de laatste dag in.", "S0-18"),
    required("research_question", only(Kind.EXPERIMENT), "Onderzoeksvraag: schrijf op wat u wilt weten.", "S3-02"),
    Requirement(
        "necessity",
        only(Kind.PURCHASE),
        "Noodzaak: de politiechef moet eerst vaststellen dat de aanschaf nodig is.",
        "S0-22",
        _is_necessary,
        by_another=True,
    ),
    required("cameras_now", only(Kind.PURCHASE), "Camera’s in bezit nu: vul een aantal in, ook als het 0 is.", "S0-39"),
    Requirement(
        "cameras_requested",
        only(Kind.PURCHASE),
        "Camera’s die u vraagt: vul 1 of meer in.",
        "S0-39",
        _asks_a_camera,
    ),
    required("vendor", only(Kind.PURCHASE), "Leverancier: vul in bij wie u wilt kopen.", "S3-19"),
    Requirement(
        "special_functions_reasons",
        EVERY_KIND,
        "Leg uit waarom functies nodig zijn die meer filmen dan nodig lijkt.",
        "T-12",
        _explains_what_films_more,
    ),
    required(
        "contract",
        only(Kind.REPLACEMENT, Kind.MAINTENANCE),
        "Contract: vul in om welk contract het gaat.",
        "S3-24",
    ),
    required("contract_until", only(Kind.MAINTENANCE), "Contract: vul de nieuwe einddatum in.", "S0-18"),
    Requirement(
        "defects",
        only(Kind.REPLACEMENT),
        "Defecte camera’s: vul per camera het serienummer en de datum in.",
        "S3-24",
        filled("defects"),
    ),
    Requirement(
        "cameras_requested",
        only(Kind.REPLACEMENT),
        "Camera’s die u vraagt: dat kunnen er niet meer zijn dan er defect zijn.",
        "S3-24",
        _asks_no_more_than_are_defective,
    ),
    required("amount", only(Kind.PURCHASE, Kind.MAINTENANCE), "Bedrag: vul in wat het kost.", "S0-30"),
    required("cost_centre", only(Kind.PURCHASE), "Kostenplaats: vul het nummer in.", "S0-30"),
    required("tasks", EVERY_KIND, "Politietaken: kies er minstens één.", "S1-08"),
    required("purposes", EVERY_KIND, "Doelen: kies er minstens één.", "S3-06"),
    required("places", EVERY_KIND, "Plaatsen: kies er minstens één.", "S1-07"),
    required(
        "proportionality",
        BUT_DEFECTS_ALONE,
        "Evenredigheid: leg uit hoe u het filmen beperkt houdt.",
        "S1-15",
    ),
    required(
        "announcement",
        BUT_DEFECTS_ALONE,
        "Bekendmaking: schrijf op hoe mensen vooraf weten dat u filmt.",
        "S1-16",
    ),
)


def missing(initiative: "Initiative") -> Iterator[Reason]:
    """Everything that stands in the way of filing, in the order of the form."""
    if not initiative.kinds:
        yield Reason("Soort: kies minstens één soort initiatief.", "S0-18", "kinds")
    for requirement in REQUIREMENTS:
        if requirement.concerns(initiative) and not requirement.holds(initiative):
            yield Reason(requirement.sentence, requirement.source, requirement.field, requirement.by_another)


def waits_for_another(reasons: Iterable[Reason]) -> bool:
    """Whether something stands in the way, and none of it is for who files to fill in."""
    left = [reason.by_another for reason in reasons]
    return bool(left) and all(left)
