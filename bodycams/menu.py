"""What stands in the main menu and at the foot of every page, in order, by the names of the addresses.

`perms` are codes of permissions of which one is enough; empty: for everybody. An address that does not exist is not
shown. Drawing it is `organisation/context.py`'s work.
"""

from typing import NamedTuple


class Item(NamedTuple):
    name: str
    label: str
    perms: tuple[str, ...] = ()


REGISTER = Item("register", "Register", ("see_files", "see_all_filed"))
"""Also what the box in the head of the page searches."""

RECORDINGS = ("judge_recordings", "wear_camera", "guard_privacy", "establish_necessity", "see_all_filed")
"""Who judges, wore the camera or guards privacy sees recordings; a head and who has the whole country their numbers."""

MENU = (
    Item("my-work", "Mijn werk"),
    REGISTER,
    Item("recordings", "Opnamen", RECORDINGS),
    Item("overview", "Overzicht", ("see_overview",)),
    Item("questions", "Vragen", ("see_overview",)),
    Item("support", "Ondersteuning", ("see_files", "see_all_filed")),
    Item("lessons", "Geleerd", ("see_overview",)),
    Item("inventory", "Inventaris", ("see_overview",)),
    Item("privacy-requests", "Verzoeken", ("guard_privacy",)),
    Item("privacy-request-figures", "Verzoeken in cijfers", ("audit",)),
    Item("policy", "Beleid"),
    Item("terms", "Termijnen"),
    Item("organisation", "Organisatie", ("see_organisation",)),
    Item("destruction-runs", "Vernietigingen", ("audit", "guard_privacy", "judge_recordings", "establish_necessity")),
    Item("journal", "Journaal", ("audit", "guard_privacy", "manage_organisation")),
)

PUBLIC = (
    Item("procedure", "Procedure in gewone taal"),
    Item("recording-procedure", "Opnamen in gewone taal"),
    Item("accessibility", "Toegankelijkheid"),
    Item("privacy", "Privacy"),
)
