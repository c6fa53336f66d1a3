"""The closed lists of requests of filmed persons, in the words of the Wet politiegegevens (Wpg)."""

from django.db.models import TextChoices


class RequestKind(TextChoices):
    """What is asked (S3-16; Wpg 25 and 28)."""

    ACCESS = "kennisneming", "kennisneming"
    REMOVAL = "verwijdering", "verwijdering"
    CORRECTION = "aanpassing", "aanpassing"


class Channel(TextChoices):
    """How the request came in."""

    LETTER = "brief", "per brief"
    FORM = "formulier", "met het formulier op politie.nl"
    DESK = "balie", "aan de balie"
    OTHER = "anders", "anders"


class IdentityBy(TextChoices):
    """How was established who asks (Wpg 26)."""

    DOCUMENT = "identiteitsbewijs", "een geldig identiteitsbewijs, getoond"
    COPY = "kopie", "een kopie van een identiteitsbewijs"
    LOGIN = "inlogmiddel", "een inlogmiddel van de overheid"
    REPRESENTED = "gemachtigde", "een gemachtigde, met de machtiging en een identiteitsbewijs"


class Outcome(TextChoices):
    """What was decided."""

    GRANTED = "toegewezen", "toegewezen"
    PARTLY = "deels", "deels toegewezen"
    REFUSED = "afgewezen", "afgewezen"


class RefusalGround(TextChoices):
    """Why not, or not all of it (Wpg 27 and 28)."""

    TASK = "politietaak", "nodig voor de goede uitvoering van de politietaak (Wpg artikel 27)"
    OTHERS = "derden", "gewichtige belangen van anderen (Wpg artikel 27)"
    STATE = "staat", "de veiligheid van de staat (Wpg artikel 27)"
    RIGHT = "juist_en_nodig", "de gegevens zijn juist en nog nodig (Wpg artikel 28)"
    NOTHING = "niets_gevonden", "er is geen opname van de verzoeker gevonden"


class EndsIn(TextChoices):
    """What a request for removal ends in: two different words (T-27)."""

    REMOVED = "verwijderen", "verwijderen"
    DESTROYED = "vernietigen", "vernietigen"


ENDS_IN_WORDS = {
    EndsIn.REMOVED: (
        "De opname gaat vanaf dit besluit uit gebruik. Alleen een privacyfunctionaris kan haar nog zien, voor klachten "
        "en verantwoording. Zolang u bezwaar kunt maken, is vernietigen opgeschort. Daarna wordt zij vernietigd zodra "
        "haar bewaartermijn om is."
    ),
    EndsIn.DESTROYED: (
        "De opname wordt vernietigd, maar niet zolang u bezwaar kunt maken: tot dan is vernietigen opgeschort. Daarna "
        "blijft er niets van de opname over. Alleen het bewijs van vernietiging blijft."
    ),
}


class ObjectionOutcome(TextChoices):
    UPHELD = "gegrond", "gegrond"
    PARTLY = "deels_gegrond", "deels gegrond"
    DISMISSED = "ongegrond", "ongegrond"
    INADMISSIBLE = "niet_ontvankelijk", "niet-ontvankelijk"
    WITHDRAWN = "ingetrokken", "ingetrokken"
