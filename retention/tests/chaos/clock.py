"""A clock that goes faster, for a throwaway database: an hour is some seconds, a lease of five minutes about one.

The owner's role replaces `retention_now()`, which the application cannot do. The worker's own clock goes along, or the
safety valve would rightly stop everything.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from bodycams.roles import as_owner


@dataclass(frozen=True)
class Clock:
    """Goes `times` as fast since `began`."""

    began: datetime
    times: float

    def now(self) -> datetime:
        return self.began + (datetime.now(UTC) - self.began) * self.times

    def replace_the_databases(self) -> None:
        moment = f"timestamptz '{self.began.isoformat()}'"
        with as_owner() as owner, owner.cursor() as cursor:
            cursor.execute(
                "CREATE OR REPLACE FUNCTION retention_now() RETURNS timestamptz LANGUAGE sql STABLE AS"
                f" $$ SELECT {moment} + (clock_timestamp() - {moment}) * {self.times}::float8 $$"
            )
