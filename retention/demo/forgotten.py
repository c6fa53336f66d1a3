"""Files in the storage that the register has no recording of: one that somebody left there five days ago, and one that
a dock delivered a moment ago, before its metadata. And the comparison that found them.
"""

import os
from datetime import datetime, timedelta
from hashlib import sha256
from io import BytesIO

from retention.choices import Place
from retention.comparing.comparison import compare
from retention.demo.films import film
from retention.models import Comparison
from retention.storage import recordings
from retention.storage.folder import Folder

FORGOTTEN, JUST_IN = "demonstratie/los/zonder-opname.mp4", "demonstratie/los/net-binnen.mp4"
DAYS = 5


def forget(base: datetime) -> None:
    """Once: what was compared before is left as it is."""
    if Comparison.objects.exists():
        return
    for number, key in enumerate((FORGOTTEN, JUST_IN)):
        content = film(Place.ROAD, number)
        recordings().write(key, BytesIO(content), len(content), sha256(content).hexdigest())
    storage = recordings()
    if isinstance(storage, Folder):  # elsewhere nobody can say when a file was written
        at = (base - timedelta(days=DAYS)).timestamp()
        os.utime(storage.root / FORGOTTEN, (at, at))
    compare()
