"""What is said of a delivery as a whole: how many became what, never which or whose."""

from collections import Counter
from collections.abc import Iterable

from initiatives.words import thousands
from retention.intake.batch import Outcome, Result

WORDS = {
    Result.CREATED: "nieuw",
    Result.EXISTS: "al aanwezig",
    Result.CONFLICT: "in strijd met wat er al is",
    Result.REFUSED: "afgewezen",
    Result.FORBIDDEN: "voor een andere eenheid",
}


def counted(outcomes: Iterable[Outcome]) -> dict[str, int]:
    """How many became what, for what occurred."""
    return dict(Counter(outcome.result.value for outcome in outcomes))


def told(counts: dict[str, int]) -> str:
    """The same in words: `12 nieuw, 1 afgewezen`."""
    return ", ".join(f"{thousands(counts[result])} {word}" for result, word in WORDS.items() if counts.get(result))
