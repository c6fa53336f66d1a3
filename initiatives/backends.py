"""Who comes in: fetched together with what the head of every page says of that person, so that no page asks again."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Func, IntegerField, OuterRef

from bodycams.prepared import prepared
from initiatives.models import Notice
from organisation.models import Person

MOST = 100
"""So many unread notices are counted at most: counting stops there."""

UNREAD = Func(
    ArraySubquery(Notice.objects.unread().filter(person=OuterRef("pk")).order_by().values("pk")[:MOST]),
    function="cardinality",
    output_field=IntegerField(),
)


_by_key = prepared(lambda key: Person.objects.filter(pk=key).annotate(unread=UNREAD), -1)


class Backend(ModelBackend):
    """Django's own, by number and password; who is logged in has `unread`, the number of notices not read yet."""

    def get_user(self, user_id: Any) -> Person | None:
        person: Person | None = next(iter(_by_key(user_id)), None)
        return person if person and self.user_can_authenticate(person) else None
