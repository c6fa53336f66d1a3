"""The closed lists from which a form's answers are chosen, in the words of the letter and the Handreiking.

The values are known outside (API, reports): a value is never renamed. Statuses and steps are in `procedure.py`.
"""

from django.db.models import TextChoices


class Kind(TextChoices):
    """What is filed (S0-18, S3-24). Extension of the stock is `aanschaf` (S0-39)."""

    PURCHASE = "aanschaf", "Aanschaf"
    REPLACEMENT = "vervanging_defect", "Vervanging van defecte camera’s"
    MAINTENANCE = "verlenging_onderhoudscontract", "Verlenging van een onderhoudscontract"
    DEVELOPMENT = "ontwikkeling", "Ontwikkeling"
    EXPERIMENT = "experiment", "Experiment"


class TargetGroup(TextChoices):
    """Who will wear them (S4-03)."""

    TEAM = "basisteam", "Basisteam"
    DOGS = "hondengeleiders", "Hondengeleiders"
    BIKERS = "bikers", "Bikers"
    NAUTICAL = "nautisch", "Nautische politie"
    OTHER = "overig", "Overig"


class Use(TextChoices):
    """What for, in daily work (S3-03)."""

    CRIME = "vvc", "Veelvoorkomende criminaliteit"
    NIGHTLIFE = "horeca", "Horeca"
    EMERGENCY = "noodhulp", "Noodhulp"
    EVENT = "evenement", "Evenement"
    TRAFFIC = "verkeer", "Verkeer"
    OTHER = "overig", "Overig"


class Function(TextChoices):
    """The nine functions that a camera may have (S3-05)."""

    SCREEN = "uitkijkscherm", "Schermpje om mee te kijken"
    STAMP = "tijd_datum_gps", "Tijd, datum en gps toevoegen"
    ZOOM = "inzoomen", "Inzoomen"
    ALARM = "noodknop", "Noodknop"
    PHOTO = "fotos", "Foto’s maken"
    PRERECORDING = "pre_recording", "Opnemen vóór de start (pre-recording)"
    TRANSFER = "verzenden", "Opname versturen naar andere opslag"
    STREAMING = "live_streaming", "Live meekijken"
    REMOTE = "op_afstand", "Op afstand aan- en uitzetten"


class Activation(TextChoices):
    """Who switches the camera on (S3-10)."""

    WEARER = "drager", "De drager"
    CONTROL_ROOM = "meldkamer", "De meldkamer"
    CONTINUOUS = "continu", "Niemand, hij staat altijd aan"


class Task(TextChoices):
    """The parts of the police task of Politiewet 2012 art. 3 (S1-08 to S1-13)."""

    ORDER = "a", "Handhaving van de openbare orde"
    CRIMINAL_LAW = "b", "Strafrechtelijke handhaving van de rechtsorde"
    HELP = "c", "Hulp aan wie die nodig heeft"
    JUSTICE = "d", "Taken ten dienste van justitie"
    SAFETY = "e", "Waken over de veiligheid van personen"


class Purpose(TextChoices):
    """The purposes of use (S3-06, S2-21, S3-12). Ethnic profiling is not among them, and cannot be (S2-20)."""

    DEESCALATION = "de_escalatie", "Versterking van het de-escalerend vermogen"
    SAFETY = "veiligheid", "Veiligheid van politie en burgers"
    EVIDENCE = "bewijsvoering", "Bewijsvoering"
    TRAINING = "opleiding", "Opleiding"
    RESEARCH = "onderzoek", "Onderzoek"
    COMPLAINTS = "klachtafhandeling", "Klachtafhandeling"
    STAFF = "personeelsvolg", "Onderzoek naar het handelen van politiemedewerkers"


class Place(TextChoices):
    """Where is filmed: for now in public only (S1-07); another place is said, and pointed out to the project leader."""

    ROAD = "openbare_weg", "Openbare weg"
    BUILDING = "openbaar_gebouw", "Openbaar gebouw"
    DWELLING = "woning", "Woning"
    YARD = "besloten_erf", "Besloten erf"


class Support(TextChoices):
    """The five kinds of support (S0-31 to S0-36)."""

    POLICY = "operationeel_beleid", "Operationeel beleid"
    PURCHASING = "inkoopproces", "Inkoopproces"
    MANAGEMENT = "beheersondersteuning", "Beheersondersteuning"
    ICT = "ict_integratie", "ICT-integratie"
    LEGAL = "juridische_borging", "Juridische borging"


class Progress(TextChoices):
    """How far support work is."""

    OPEN = "open", "Open"
    RUNNING = "loopt", "Loopt"
    DONE = "afgerond", "Afgerond"


class Origin(TextChoices):
    """Who made the cameras available (S1-06, T-25)."""

    POLICE = "politie", "De politie"
    OTHERS = "met_instemming", "Een ander, met instemming van de politie"


class Party(TextChoices):
    """With whom the unit consults (S1-24, S1-25, T-24)."""

    IT = "dienst_im", "Dienst IM"
    WORKS_COUNCIL = "ondernemingsraad", "Ondernemingsraad"
    MAYOR = "burgemeester", "Burgemeester"
    PROSECUTOR = "officier_van_justitie", "Officier van justitie"


class Outcome(TextChoices):
    """How a consultation ended. Any outcome will do, a negative one is answered by the project leader (T-20)."""

    POSITIVE = "positief", "Positief"
    NEUTRAL = "neutraal", "Neutraal"
    NEGATIVE = "negatief", "Negatief"


class Subject(TextChoices):
    """What the unit's leadership records agreements about (S1-26); the last one only when there is such an instruction
    (S1-27).
    """

    STORAGE = "opslag", "Opslag"
    SECURITY = "beveiliging", "Beveiliging"
    AUTHORISATIONS = "autorisaties", "Autorisaties"
    AUTHENTICITY = "authenticiteit", "Authenticiteit"
    LOGGING = "logging", "Logging"
    CAMERAS = "toegang_cameras", "Toegang tot de camera’s"
    RECORDINGS = "toegang_opnamen", "Toegang tot de opnamen"
    INSTRUCTION = "gebruiksinstructie", "Gebruiksinstructie"


class Element(TextChoices):
    """What must be ready, and hang together, before cameras are used (S2-05, S2-12)."""

    MANAGEMENT = "beheerorganisatie", "Beheerorganisatie"
    TRAINING = "opleiding", "Opleiding"
    TECHNIQUE = "techniek", "Techniek"
    GUIDANCE = "begeleiding", "Begeleiding op de werkvloer"
    COHERENCE = "samenhang", "Samenhang van deze vier"


class Outside(TextChoices):
    """Why something is outside the procedure (S0-19, S0-41, T-03)."""

    NO_BODYCAM = "geen_bodycam", "Het is geen bodycam"
    USE = "operationele_inzet", "Alleen operationele inzet van camera’s die er al zijn"
    UPKEEP = "onderhoud_en_beheer", "Alleen uitvoering van onderhoud en beheer"


class Judgement(TextChoices):
    """How far something fits (S0-14)."""

    YES = "ja", "Ja"
    PARTLY = "deels", "Deels"
    NO = "nee", "Nee"
    UNKNOWN = "onbekend", "Onbekend"


class Compliance(TextChoices):
    """The judgement on one of the eleven principles (S1-04)."""

    MET = "voldoet", "Voldoet"
    DEVIATES = "afwijking", "Afwijking"
    NOT_APPLICABLE = "nvt", "Niet van toepassing"


class Opinion(TextChoices):
    """The portfolio holder's view (T-19)."""

    AGREES = "eens", "Eens"
    DISAGREES = "oneens", "Oneens"


class Dictum(TextChoices):
    """The outcome of an objection."""

    FOUNDED = "gegrond", "Gegrond"
    PARTLY_FOUNDED = "deels_gegrond", "Deels gegrond"
    UNFOUNDED = "ongegrond", "Ongegrond"
    INADMISSIBLE = "niet_ontvankelijk", "Niet-ontvankelijk"


class FinalGround(TextChoices):
    """Why a decision is final."""

    NOTHING_REFUSED = "niets_geweigerd", "er is niets geweigerd"
    ACQUIESCED = "berusting", "de eenheid heeft berust"
    TERM_LAPSED = "termijn_verstreken", "de bezwaartermijn is voorbij"
    DECIDED = "beslissing_op_bezwaar", "er is op het bezwaar beslist"
    WITHDRAWN = "bezwaar_ingetrokken", "het bezwaar is ingetrokken"


class CarriedOut(TextChoices):
    """What became of an approved initiative."""

    DONE = "uitgevoerd", "Uitgevoerd"
    ENDED_EARLY = "eerder_beeindigd", "Eerder beëindigd"
    NOT_DONE = "niet_uitgevoerd", "Niet uitgevoerd"


class Effect(TextChoices):
    """What an experiment did to something that was measured."""

    BETTER = "beter", "Beter"
    SAME = "gelijk", "Gelijk gebleven"
    WORSE = "slechter", "Slechter"
    UNKNOWN = "niet_gemeten", "Niet gemeten"


class Advice(TextChoices):
    """What the unit advises after an experiment (S3-04)."""

    GO_ON = "doorgaan", "Doorgaan"
    ADAPT = "aanpassen", "Doorgaan in een andere vorm"
    STOP = "stoppen", "Stoppen"


INDICATORS: dict[str, str] = {
    "veiligheid_politie": "De veiligheid van medewerkers",
    "gevoel_politie": "Het veiligheidsgevoel van medewerkers",
    "veiligheid_burgers": "De veiligheid van burgers",
    "gevoel_burgers": "Het veiligheidsgevoel van burgers",
    "de_escalatie": "Het de-escalerend vermogen",
    "agressie": "Agressie en geweld (beter betekent minder)",
}
"""What an experiment is measured by: safety, real and felt, of police and citizens (S1-14), and the effects that were
found nationally (S2-11)."""

PRINCIPLES: tuple[tuple[int, str], ...] = (
    (1, "Ruimte voor de vakman"),
    (2, "Camera’s van de politie, of met instemming van de politie"),
    (3, "Alleen de openbare weg en openbare gebouwen"),
    (4, "Past bij een taak uit de Politiewet, artikel 3"),
    (5, "Doel is veiligheid van burger en collega"),
    (6, "Beperkt, kortstondig en vooraf bekendgemaakt"),
    (7, "Zorgvuldig met politiegegevens (Wpg)"),
    (8, "Weg binnen 28 dagen"),
    (9, "Niet om medewerkers te volgen"),
    (10, "Overleg is gevoerd"),
    (11, "Afspraken over beheer liggen vast"),
)
"""The eleven principles of the Handreiking (S1-05 to S1-27)."""

SPECIAL_FUNCTIONS = (Function.STAMP, Function.PRERECORDING, Function.STREAMING, Function.REMOTE)
"""Functions that film more than seems needed, and ask for a justification (T-12)."""
