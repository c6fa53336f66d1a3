"""What came after approval as pages show it: what became of an initiative, and what an experiment taught."""

from datetime import date
from typing import Any, NamedTuple

from django.urls import reverse

from bodycams.look import Badge, Mark, Term, term
from initiatives.choices import INDICATORS, Advice, CarriedOut, Effect
from initiatives.evaluations import due_on, evaluation_of, may_evaluate
from initiatives.executions import may_report, permitted_on
from initiatives.models import Evaluation, Execution, Initiative
from initiatives.shown.decisions import Quote
from workflow.clock import local_date
from workflow.dates import day_in_words

MARKS = {Effect.BETTER: "yes", Effect.SAME: "none", Effect.WORSE: "no", Effect.UNKNOWN: "none"}
ADVICE = {Advice.GO_ON: ("good", ""), Advice.ADAPT: ("warn", "arrow-right"), Advice.STOP: ("bad", "")}


class Afterwards(NamedTuple):
    """What stands on the file of an approved initiative. `reports`: the one in force first; `due`: the term of an
    evaluation that is still to come.
    """

    reports: list[Quote]
    report_url: str
    evaluation: "Lesson | None"
    due: Term | None
    evaluate_url: str


class Lesson(NamedTuple):
    """A submitted evaluation in a list, or in short on its file."""

    title: str
    url: str
    number: str
    unit: str
    lessons: str
    advice: Badge
    submitted_on: str


def on_file(initiative: Initiative, person: Any, today: date) -> Afterwards | None:
    """None while there is no permission."""
    if permitted_on(initiative) is None:
        return None
    written, due = evaluation_of(initiative), due_on(initiative)
    submitted = written if written and written.submitted_at else None
    return Afterwards(
        reports=[_report(initiative, one) for one in reversed(initiative.executions.all())],
        report_url=reverse("execution", args=[initiative.pk]) if may_report(person, initiative) else "",
        evaluation=lesson(submitted) if submitted else None,
        due=term(due, today, "evaluatie") if due and not submitted else None,
        evaluate_url=reverse("evaluation", args=[initiative.pk]) if may_evaluate(person, initiative) else "",
    )


def lesson(written: Evaluation) -> Lesson:
    initiative = written.initiative
    return Lesson(
        title=initiative.title,
        url=reverse("lesson", args=[written.pk]),
        number=str(initiative.number),
        unit=initiative.unit.name,
        lessons=written.lessons,
        advice=_advice(written),
        submitted_on=day_in_words(local_date(written.submitted_at)) if written.submitted_at else "",
    )


def page(written: Evaluation) -> dict[str, Any]:
    """A submitted evaluation, whole."""
    initiative = written.initiative
    return {
        "lesson": lesson(written),
        "facts": [
            ("Eenheid", initiative.unit.name),
            ("Periode", _period(initiative)),
            ("Ingediend", day_in_words(local_date(written.submitted_at)) if written.submitted_at else ""),
        ],
        "texts": [
            ("Wat moeten andere eenheden hiervan weten?", written.lessons),
            ("Welke bijdrage leverde de bodycam aan het politiewerk?", written.contribution),
            ("Wanneer kan de camera het best worden ingezet?", written.best_use),
            ("Aan welke technische aspecten moet worden voldaan?", written.technique),
        ],
        "question": initiative.research_question,
        "indicators": [_indicator(key, said) for key, said in written.indicators.items()],
        "partner": written.research_partner,
        "advice_reasons": written.advice_reasons,
    }


def _indicator(key: str, said: dict[str, str]) -> tuple[str, Mark, str]:
    effect = Effect(said["effect"] or Effect.UNKNOWN)
    return INDICATORS[key], Mark(MARKS[effect], effect.label), said["note"]


def _advice(written: Evaluation) -> Badge:
    advice = Advice(written.advice)
    return Badge(f"Advies: {advice.label.lower()}", *ADVICE[advice])


def _report(initiative: Initiative, one: Execution) -> Quote:
    lead = f"{CarriedOut(one.outcome).label}, {day_in_words(one.on_day)}"
    return Quote(lead, one.sentence, f"{initiative.unit.name}, {day_in_words(local_date(one.reported_at))}")


def _period(initiative: Initiative) -> str:
    days = (initiative.period_from, initiative.period_until)
    return " tot en met ".join(day_in_words(day) for day in days if day)
