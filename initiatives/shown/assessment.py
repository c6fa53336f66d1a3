"""The project leader's assessment as the file shows it: per group what was judged, how, and with which remark."""

from collections.abc import Iterator
from typing import NamedTuple

from bodycams.look import Mark
from initiatives.choices import PRINCIPLES, Compliance, Judgement
from initiatives.models import Assessment, Initiative
from initiatives.procedure import Status
from workflow.clock import local_date
from workflow.dates import day_in_words

JUDGED = {
    Judgement.YES: Mark("yes", "ja"),
    Judgement.PARTLY: Mark("none", "deels"),
    Judgement.NO: Mark("no", "nee"),
    Judgement.UNKNOWN: Mark("none", "onbekend"),
}
COMPLIES = {
    Compliance.MET: Mark("yes", "voldoet"),
    Compliance.DEVIATES: Mark("no", "afwijking"),
    Compliance.NOT_APPLICABLE: Mark("none", "n.v.t."),
}
DIMENSIONS = ("technical", "organisational", "legal", "political")
GOALS = ("harmonisation", "uniformity", "standardisation")
FITS = ("fit_technical", "fit_policy")


class Row(NamedTuple):
    what: str
    judged: Mark
    remark: str


class Group(NamedTuple):
    title: str
    rows: list[Row]


class Shown(NamedTuple):
    title: str
    groups: list[Group]


def in_force(initiative: Initiative) -> Assessment | None:
    """The assessment that holds: the last one, unless the file was sent back after it."""
    made = list(initiative.assessments.all())
    still = initiative.status not in (Status.CONCEPT, Status.AANGEMELD)
    return made[-1] if made and still else None


def assessments(initiative: Initiative) -> tuple[list[Shown], list[Shown]]:
    """The one that holds, if there is one; and those made before the file was sent back, the last one first."""
    found = [_shown(assessment) for assessment in reversed(initiative.assessments.all())]
    holds = 0 if initiative.status in (Status.CONCEPT, Status.AANGEMELD) else 1
    return found[:holds], found[holds:]


def _shown(assessment: Assessment) -> Shown:
    day = day_in_words(local_date(assessment.assessed_at))
    return Shown(
        title=f"{day}, getoetst aan: {assessment.policy_version}",
        groups=[
            Group("Hoe het past", list(_rows(assessment, DIMENSIONS))),
            Group("Landelijke doelen", list(_rows(assessment, GOALS))),
            Group("Wat er al is", list(_rows(assessment, FITS))),
            Group("Elf uitgangspunten", list(_principles(assessment))),
        ],
    )


def _rows(assessment: Assessment, names: tuple[str, ...]) -> Iterator[Row]:
    for name in names:
        what = str(Assessment._meta.get_field(name).verbose_name).capitalize()  # type: ignore[union-attr]
        yield Row(what, JUDGED[Judgement(getattr(assessment, name))], getattr(assessment, f"{name}_note", ""))


def _principles(assessment: Assessment) -> Iterator[Row]:
    for number, what in PRINCIPLES:
        judged = assessment.principles[str(number)]
        yield Row(f"{number}. {what}", COMPLIES[Compliance(judged["judgement"])], judged["note"])
