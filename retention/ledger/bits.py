"""Which recordings were met while something long was read: one bit for each that there is."""

from django.db.models import Max

from retention.models import Recording


class Bits:
    """Of the recordings up to `last`, the newest when reading began; what came in since is not told of."""

    def __init__(self) -> None:
        self.last: int = Recording.objects.aggregate(last=Max("pk"))["last"] or 0
        self._bits = bytearray(self.last // 8 + 1)

    def add(self, pk: int) -> None:
        if pk <= self.last:
            self._bits[pk >> 3] |= 1 << (pk & 7)

    def __contains__(self, pk: int) -> bool:
        return pk <= self.last and bool(self._bits[pk >> 3] >> (pk & 7) & 1)
