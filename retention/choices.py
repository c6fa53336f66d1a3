"""The closed lists that facts and judgements of recordings are chosen from, in the words of the law and the letters."""

from django.db.models import TextChoices


class Place(TextChoices):
    """Where was filmed (S1-07, S4-05)."""

    ROAD = "openbare_weg", "openbare weg"
    BUILDING = "openbaar_gebouw", "openbaar gebouw"
    DWELLING = "woning", "woning"
    YARD = "besloten_erf", "besloten erf"


PRIVATE = (Place.DWELLING, Place.YARD)
"""Where filming needs an exception (S4-05, T-11)."""


class PlaceException(TextChoices):
    """Why was filmed in a dwelling or a closed yard (S4-05)."""

    EMERGENCY = "noodsituatie", "noodsituatie"
    CAUGHT = "heterdaad", "aanhouding op heterdaad"


class Ground(TextChoices):
    """The article of the Wet politiegegevens under which a recording is kept longer (S1-22)."""

    DAILY = "8", "artikel 8: de dagelijkse politietaak"
    INVESTIGATION = "9", "artikel 9: een onderzoek"
    INVOLVEMENT = "10", "artikel 10: betrokkenheid bij ernstige misdrijven"
    INFORMANTS = "12", "artikel 12: informanten"
    SUPPORT = "13", "artikel 13: ondersteunende taken"


class KeepingPurpose(TextChoices):
    """What a necessary recording is kept for (S3-12, S1-23, T-08)."""

    DETECTION = "opsporing", "opsporing"
    PROSECUTION = "strafzaak", "bewijs in een strafzaak"
    COMPLAINT = "klachtafhandeling", "behandeling van een klacht"
    FORCE = "geweldsonderzoek", "onderzoek naar geweld door de politie"
    STAFF = "personeelsvolg", "onderzoek naar een medewerker"
    EDUCATION = "onderwijs", "onderwijs, training en coaching"
    SCIENCE = "wetenschap", "wetenschappelijk onderzoek"
    ORGANISATION = "organisatieonderzoek", "onderzoek naar de organisatie"


NEVER_ALONE = (KeepingPurpose.EDUCATION, KeepingPurpose.SCIENCE, KeepingPurpose.ORGANISATION)
"""Never enough by themselves, whoever approves (T-08)."""


class ReasonCode(TextChoices):
    """Why a recording is not necessary (S3-14)."""

    IMAGE = "onbruikbaar_beeld", "onbruikbaar beeld"
    SOUND = "geen_audio", "geen geluid"
    SENSELESS = "niet_zinvol", "niet zinvol"
    NO_LONGER = "niet_langer_noodzakelijk", "niet langer noodzakelijk"
    ASKED = "verzoek_betrokkene", "verzoek van de betrokkene"


AT_END_OF_SHIFT = (ReasonCode.SENSELESS, ReasonCode.IMAGE, ReasonCode.SOUND)
"""What a wearer can say of a recording at the end of the shift; the other reasons are a judge's (S3-14)."""


class HoldReason(TextChoices):
    """Why destruction waits (T-26)."""

    REQUEST = "betrokkeneverzoek", "verzoek van een gefilmde persoon"
    COMPLAINT = "klacht", "klacht"
    DEMAND = "vordering_ovj", "vordering van de officier van justitie"


class Why(TextChoices):
    """On which ground a recording is destroyed."""

    JUDGED = "niet_noodzakelijk", "beoordeeld als niet noodzakelijk"
    UNDECIDED = "termijn_verstreken", "niet beoordeeld binnen de termijn"
    ENDED = "einde_noodzaak", "niet langer noodzakelijk"
    REMOVED = "einde_verwijdering", "vijf jaar na de verwijdering"
    NEVER_CAME = "nooit_ontvangen", "nooit ontvangen"


class How(TextChoices):
    """How it was established that nothing is left."""

    DELETED = "verwijderd", "verwijderd, daarna nagekeken dat het bestand weg is"
    ABSENT = "afwezig_na_opdracht", "het bestand was al weg nadat met vernietigen was begonnen"
    NEVER_CAME = "nooit_ontvangen", "de opslag heeft het bestand nooit gehad"
    DECLARED = "verklaard", "verklaard door de privacyfunctionaris"


class Use(TextChoices):
    """What is done with image and sound."""

    VIEW = "bekijken", "bekeken"
    DOWNLOAD = "downloaden", "gedownload"


class ViewingPurpose(TextChoices):
    """What somebody looks for (S1-18): a closed list, and always with a reason in own words."""

    JUDGING = "beoordelen", "beoordelen of de opname noodzakelijk is"
    REPORT = "verslag", "een proces-verbaal of mutatie schrijven"
    CASE = "strafzaak", "opsporing of bewijs in een strafzaak"
    COMPLAINT = "klacht", "een klacht behandelen"
    FORCE = "geweld", "geweld door de politie onderzoeken"
    REQUEST = "verzoek", "een verzoek van een gefilmde persoon behandelen"
    SUPERVISION = "toezicht", "nagaan of de regels worden gevolgd"


class DisclosureGround(TextChoices):
    """The article of the Wet politiegegevens under which a recording is given to others (S4-10)."""

    AUTHORITY = "16", "artikel 16: aan gezag, openbaar ministerie of burgemeester"
    ABROAD = "17a", "artikel 17a: aan een bevoegde autoriteit in het buitenland"
    OFTEN = "18", "artikel 18: aan derden die een besluit of ministeriële regeling noemt"
    ONCE = "19", "artikel 19: aan derden in een bijzonder geval"
    TOGETHER = "20", "artikel 20: aan partners in een samenwerkingsverband"


class Stop(TextChoices):
    """Why a run does not destroy what it found until somebody has looked."""

    QUANTITY = "aantal", "veel meer dan gewoonlijk"
    CLOCK = "klok", "de klok klopt misschien niet"


class Astray(TextChoices):
    """What is wrong between storage and register."""

    UNKNOWN = "onbekend", "bestand zonder opname"
    RETURNED = "teruggekomen", "terug na vernietiging"
    LOST = "vermist", "bestand van een opname is weg"


class Ending(TextChoices):
    """How that ended."""

    DELETED = "verwijderd", "vernietigd door het register, daarna nagekeken dat het weg is"
    ABSENT = "afwezig_na_opdracht", "al weg nadat het register met vernietigen was begonnen"
    GONE = "verdwenen", "weg, zonder dat het register iets deed"
    CLAIMED = "bij_opname", "hoort bij een opname die later is aangeleverd"
    FOUND = "teruggevonden", "het bestand is er weer"
    TAKEN_OVER = "overgenomen", "verder bij de vernietiging van de opname"
