"""What a judge need not type again: ground and case of the last recording that this judge called necessary."""

from organisation.models import Person
from retention.models import Judgement


def last_kept(person: Person) -> Judgement | None:
    return Judgement.objects.filter(person=person).exclude(ground="").order_by("-at").first()
