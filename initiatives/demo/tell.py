"""How each thing in the stories is told to the register: by the same services as the pages use, as whoever plays it.
What takes several of them is told whole or not at all, since one entry in the journal says that it was.

In which order, and what was told before, is in `load.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from initiatives import evaluations, executions
from initiatives.choices import CarriedOut, Outside
from initiatives.concepts import begin_concept, save_concept
from initiatives.demo import stories as told
from initiatives.demo import tell_national
from initiatives.demo.arrangements import arranged, papers
from initiatives.demo.moments import day_of
from initiatives.demo.stories import (
    ANSWERS,
    ASKS,
    BEGINS,
    EVALUATES,
    LAPSES,
    REPORTS,
    SUPPORTS,
    WRITES,
    Departure,
    Mandate,
    Part,
    Report,
    Story,
    number_of,
)
from initiatives.demo.typed import in_concept, in_step, in_support
from initiatives.documents import add_documents
from initiatives.finality import make_lapsed_decisions_final
from initiatives.models import Initiative, Question, SupportWork
from initiatives.passed_on import confirm
from initiatives.questions import answer, ask
from initiatives.scope import register_outside
from initiatives.services import take_step
from initiatives.support import write_about
from organisation import models as organisation
from organisation.demo import MANAGES
from organisation.mandates import give_mandate
from organisation.models import Person, RoleAssignment, Unit
from organisation.permissions import require_for
from organisation.roles import Perm, Role
from organisation.services import end_role
from workflow.clock import local_date
from workflow.steps import Step


@dataclass
class Teller:
    """Tells what happened; `base` is the moment from which days are counted back, `initiatives` what each story made,
    `people` who acted, with the rights that they keep until somebody is given or loses one.
    """

    base: datetime
    initiatives: dict[str, int] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)

    def part(self, story: Story, part: Part, at: datetime) -> None:
        PARTS.get(part.take, Teller._take)(self, story, part, at)

    @transaction.atomic
    def _lapse(self, story: Story, part: Part, at: datetime) -> None:
        make_lapsed_decisions_final(at)

    def _begin(self, story: Story, part: Part, at: datetime) -> None:
        person = self.person(part.by)
        self.initiatives[story.key] = begin_concept(person, _unit(story.unit), story.kinds, at=at).pk

    def _take(self, story: Story, part: Part, at: datetime) -> None:
        def read(initiative: Initiative, step: Step) -> dict[str, Any]:
            return in_step(step.name, part.says, initiative, at, self.base)

        take_step(self.initiatives[story.key], part.take, person=self.person(part.by), at=at, read=read)

    @transaction.atomic
    def _write(self, story: Story, part: Part, at: datetime) -> None:
        initiative = Initiative.objects.get(pk=self.initiatives[story.key])
        given, defects = in_concept(part.says, self.base)
        if initiative.version == 1:
            given = {**arranged(story.key, story.kinds, local_date(at)), **given}
            add = papers(story.key, story.kinds, local_date(at), given.get("title", ""))
            add_documents(initiative, add, person=self.person(part.by), at=at)
        save_concept(
            initiative,
            {**given, "version": initiative.version},
            defects or list(initiative.defects.values_list("serial", "defective_since")),
            person=self.person(part.by),
            at=at,
        )

    def _ask(self, story: Story, part: Part, at: datetime) -> None:
        initiative = Initiative.objects.select_related("unit").get(pk=self.initiatives[story.key])
        ask(self.person(part.by), **part.says, at=at, initiative=initiative)

    def _answer(self, story: Story, part: Part, at: datetime) -> None:
        """The last question that was asked about this initiative."""
        self._say(Question.objects.filter(initiative=self.initiatives[story.key])[0], part.says["text"], part.by, at)

    def _say(self, question: Question, text: str, by: str, at: datetime) -> None:
        answer(question, text, person=self.person(by), at=at, after=question.answers.count())

    def _support(self, story: Story, part: Part, at: datetime) -> None:
        given = in_support(part.says, self.base)
        work = SupportWork.objects.select_related("initiative").get(
            initiative=self.initiatives[story.key], kind=given.pop("kind")
        )
        line = {"due_on": work.due_on, "responsible": work.responsible, **given}
        require_for(self.person(part.by), Perm.DECIDE, work.initiative)
        write_about(work, line, lines=work.lines, person=self.person(part.by), at=at)

    def _report(self, story: Story, part: Part, at: datetime) -> None:
        """On the day itself, when the story names no other."""
        on_day = part.says.get("on_day", local_date(at))
        outcome, sentence = CarriedOut(part.says["outcome"]), part.says["sentence"]
        initiative = Initiative.objects.get(pk=self.initiatives[story.key])
        executions.report(initiative, outcome, on_day, sentence, person=self.person(part.by), at=at)

    def _evaluate(self, story: Story, part: Part, at: datetime) -> None:
        effects = {key: {"effect": effect, "note": ""} for key, effect in part.says["effects"].items()}
        given = {name: text for name, text in part.says.items() if name != "effects"}
        initiative = Initiative.objects.select_related("unit").get(pk=self.initiatives[story.key])
        evaluations.save(
            initiative, {**given, "indicators": effects}, person=self.person(part.by), at=at, after=0, submit=True
        )

    def question(self, question: told.Question, at: datetime) -> None:
        ask(self.person(question.by), question.title, question.text, at=at)

    def answer(self, given: told.Answer, at: datetime) -> None:
        asked = Question.objects.get(initiative=None, title=given.title)
        self._say(asked, given.text, number_of(Role.LEADER, ""), at)

    def passed_on(self, confirmed: told.PassedOn, at: datetime) -> None:
        head = self.person(number_of(Role.HEAD, confirmed.unit))
        confirm(_unit(confirmed.unit), confirmed.how, person=head, at=at, day=local_date(at))

    def report(self, report: Report, at: datetime) -> None:
        person = self.person(report.by)
        register_outside(person, _unit(report.unit), Outside(report.answer), report.reasons, at=at)

    def mandate(self, mandate: Mandate, at: datetime) -> None:
        give_mandate(
            self.person(number_of(Role.HEAD, mandate.unit)),
            self.person(number_of(Role.CONTACT, mandate.unit)),
            _unit(mandate.unit),
            organisation.Mandate.Kind(mandate.kind),
            from_date=local_date(at),
            until_date=day_of(mandate.until, self.base),
        )
        self.people.clear()

    def departure(self, departure: Departure, at: datetime) -> None:
        """The last thing that can be told of this unit's contact person: from here on there is none."""
        number = number_of(Role.CONTACT, departure.unit)
        assignment = RoleAssignment.objects.get(person__number=number, role=Role.CONTACT)
        end_role(assignment, until_date=local_date(at), by=self.person(MANAGES), at=at)
        self.people.clear()

    def person(self, number: str) -> Person:
        if number not in self.people:
            self.people[number] = Person.objects.get(number=number)
        return self.people[number]


PARTS: dict[str, Callable[[Teller, Story, Part, datetime], None]] = {
    LAPSES: Teller._lapse,
    BEGINS: Teller._begin,
    WRITES: Teller._write,
    ASKS: Teller._ask,
    ANSWERS: Teller._answer,
    SUPPORTS: Teller._support,
    REPORTS: Teller._report,
    EVALUATES: Teller._evaluate,
}
"""How a part is told that is no step."""

TELLS: dict[type, Callable[[Teller, Any, datetime], None]] = {
    Report: Teller.report,
    told.Question: Teller.question,
    told.Answer: Teller.answer,
    told.PassedOn: Teller.passed_on,
    Mandate: Teller.mandate,
    Departure: Teller.departure,
    told.Team: tell_national.team,
    told.Ending: tell_national.ending,
    told.Confirmation: tell_national.confirmation,
    told.Deputy: tell_national.deputy,
    told.Proposal: tell_national.proposal,
    told.Token: tell_national.token,
    told.Selection: tell_national.selection,
}


def _unit(code: str) -> Unit:
    return Unit.objects.get(code=code)
