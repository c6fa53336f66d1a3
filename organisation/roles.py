"""Which roles there are and what each may do: one dictionary. Who holds a role, and for which unit, is
`permissions.py`'s question.

The permissions are a closed set of codes with a Dutch sentence; guardian's permissions on `Unit` and the groups are
made from them.
"""

from typing import NamedTuple

from django.db import models


class Perm(models.TextChoices):
    # for a unit
    SEE_FILES = "see_files", "Dossiers van de eenheid zien"
    FILE = "file_initiative", "Initiatieven opstellen, aanmelden en intrekken"
    ESTABLISH_NECESSITY = "establish_necessity", "De noodzaak vaststellen"
    ACQUIESCE = "acquiesce", "Berusten in een besluit"
    OBJECT = "make_objection", "Bezwaar maken en intrekken"
    GIVE_MANDATE = "give_mandate", "Een contactpersoon mandaat geven"
    PASS_ON = "pass_on_procedure", "Bevestigen dat de procedure is doorgegeven"
    ASK = "ask_questions", "Vragen stellen aan de projectleider"
    KEEP_CAMERAS = "keep_cameras", "Camera’s van de eenheid bijhouden"
    JUDGE_RECORDINGS = "judge_recordings", "Opnamen van de eenheid beoordelen"
    FOLLOW_STAFF = "follow_staff", "Opnamen bewaren om een medewerker te onderzoeken"
    WEAR_CAMERA = "wear_camera", "Eigen opnamen terugzien"
    # national
    SEE_ALL_FILED = "see_all_filed", "Alle aangemelde initiatieven zien"
    SEE_OVERVIEW = "see_overview", "Het landelijk overzicht zien"
    ASSESS = "assess_initiative", "Initiatieven beoordelen en terugsturen"
    DECIDE = "decide_initiative", "Besluiten over initiatieven"
    DECIDE_OBJECTION = "decide_objection", "Beslissen op bezwaar"
    GIVE_VIEW = "give_view", "De zienswijze van de portefeuillehouder vastleggen"
    ANSWER = "answer_questions", "Vragen beantwoorden"
    KEEP_DOCUMENTS = "keep_documents", "Documenten van het beleid bijhouden"
    ASK_EDITION = "ask_edition", "Een editie van het overzicht aanvragen"
    CONFIRM_EDITION = "confirm_edition", "Een editie van het overzicht bevestigen"
    AUDIT = "audit", "Het journaal en alle overzichten controleren"
    GUARD_PRIVACY = "guard_privacy", "Verzoeken van gefilmde personen behandelen"
    MANAGE_ORGANISATION = "manage_organisation", "Eenheden, accounts en rollen beheren"
    MANAGE_POLICY = "manage_policy", "Beleidsregels beheren"
    SEE_ORGANISATION = "see_organisation", "Eenheden en rollen zien"


class Role(models.TextChoices):
    CONTACT = "contactpersoon", "contactpersoon"
    HEAD = "onderdeelhoofd", "onderdeelhoofd"
    JUDGE = "beoordelaar", "beoordelaar opnamen"
    STAFF = "personeelsonderzoek", "beoordelaar personeelsonderzoek"
    WEARER = "drager", "drager"
    LEADER = "projectleider", "projectleider bodycams"
    MANAGER = "programmamanager", "programmamanager Sensing"
    HOLDER = "portefeuillehouder", "portefeuillehouder"
    AUDITOR = "auditor", "auditor"
    PRIVACY = "privacyfunctionaris", "privacyfunctionaris"
    ADMINISTRATOR = "beheerder", "functioneel beheerder"

    @classmethod
    def of_a_unit(cls) -> list[str]:
        return [role.value for role in cls if not ROLES[role].is_national]

    @classmethod
    def national(cls) -> list[str]:
        return [role.value for role in cls if ROLES[role].is_national]


class Definition(NamedTuple):
    """What a role is: `title` begins a sentence in the trail; a national role holds everywhere, the others for a
    unit.
    """

    title: str
    is_national: bool
    perms: tuple[Perm, ...]


ROLES: dict[Role, Definition] = {
    Role.CONTACT: Definition(
        "De contactpersoon", False, (Perm.SEE_FILES, Perm.FILE, Perm.KEEP_CAMERAS, Perm.ASK, Perm.SEE_OVERVIEW)
    ),
    Role.HEAD: Definition(
        "De politiechef",
        False,
        (
            Perm.SEE_FILES,
            Perm.ESTABLISH_NECESSITY,
            Perm.ACQUIESCE,
            Perm.OBJECT,
            Perm.GIVE_MANDATE,
            Perm.PASS_ON,
            Perm.ASK,
            Perm.SEE_OVERVIEW,
        ),
    ),
    Role.JUDGE: Definition("De beoordelaar", False, (Perm.JUDGE_RECORDINGS,)),
    Role.STAFF: Definition("De beoordelaar personeelsonderzoek", False, (Perm.FOLLOW_STAFF,)),
    Role.WEARER: Definition("De drager", False, (Perm.WEAR_CAMERA,)),
    Role.LEADER: Definition(
        "De projectleider",
        True,
        (
            Perm.SEE_ALL_FILED,
            Perm.SEE_OVERVIEW,
            Perm.ASSESS,
            Perm.DECIDE,
            Perm.ANSWER,
            Perm.KEEP_DOCUMENTS,
            Perm.ASK_EDITION,
            Perm.SEE_ORGANISATION,
        ),
    ),
    Role.MANAGER: Definition(
        "De programmamanager",
        True,
        (Perm.SEE_ALL_FILED, Perm.SEE_OVERVIEW, Perm.DECIDE_OBJECTION, Perm.CONFIRM_EDITION, Perm.ASK),
    ),
    Role.HOLDER: Definition(
        "De portefeuillehouder", True, (Perm.SEE_ALL_FILED, Perm.SEE_OVERVIEW, Perm.GIVE_VIEW, Perm.ASK)
    ),
    Role.AUDITOR: Definition(
        "De auditor", True, (Perm.SEE_ALL_FILED, Perm.SEE_OVERVIEW, Perm.AUDIT, Perm.SEE_ORGANISATION)
    ),
    Role.PRIVACY: Definition("De privacyfunctionaris", True, (Perm.SEE_OVERVIEW, Perm.GUARD_PRIVACY)),
    Role.ADMINISTRATOR: Definition(
        "De beheerder",
        True,
        (
            Perm.SEE_OVERVIEW,
            Perm.MANAGE_ORGANISATION,
            Perm.MANAGE_POLICY,
            Perm.KEEP_DOCUMENTS,
            Perm.SEE_ORGANISATION,
        ),
    ),
}
