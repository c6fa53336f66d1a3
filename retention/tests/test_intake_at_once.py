"""Two docks deliver the same at once, on a real database: no recording comes in twice, and nobody hears of a
failure.
"""

import random
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, transaction

from retention.intake.batch import Result, take_in
from retention.models import Recording
from retention.tests.deliveries import item

TOGETHER, ITEMS = 4, 60


@pytest.mark.django_db(transaction=True)
def test_the_same_delivered_at_once_comes_in_once() -> None:
    items, start = [item() for _ in range(ITEMS)], Barrier(TOGETHER)

    def deliver(seed: int) -> list[Result]:
        mixed: list[Any] = random.Random(seed).sample(items, ITEMS)
        try:
            start.wait()
            with transaction.atomic():
                return [outcome.result for outcome in take_in(mixed, None)]
        finally:
            connection.close()

    with ThreadPoolExecutor(TOGETHER) as pool:
        became = [result for results in pool.map(deliver, range(TOGETHER)) for result in results]
    assert Recording.objects.count() == ITEMS
    assert (became.count(Result.CREATED), became.count(Result.EXISTS)) == (ITEMS, ITEMS * (TOGETHER - 1))
