"""What `script/server` says when it is ready: the address, and who can log in to the demonstration.

Not here: the accounts themselves; `manage.py demo` makes them.
"""

UNITS = {
    "01": "Noord-Nederland",
    "02": "Oost-Nederland",
    "03": "Midden-Nederland",
    "04": "Noord-Holland",
    "05": "Amsterdam",
    "06": "Den Haag",
    "07": "Rotterdam",
    "08": "Zeeland-West-Brabant",
    "09": "Oost-Brabant",
    "10": "Limburg",
    "11": "Landelijke Eenheid",
}
WITHOUT_CONTACT = "10"
NATIONAL = (
    ("2001, 2008", "projectleider"),
    ("2002", "programmamanager Sensing"),
    ("2003", "portefeuillehouder"),
    ("2004", "auditor"),
    ("2005, 2009", "privacyfunctionaris"),
    ("2006, 2007", "beheerder"),
)


def address(port: int) -> str:
    return f"\nBodycamregister is klaar: http://127.0.0.1:{port}/\nStoppen: Ctrl-C."


def announcement(port: int) -> str:
    """The address and all demonstration accounts, aligned."""
    lines = [f"{'':<23}contactpersoon  onderdeelhoofd  beoordelaar  drager"]
    for number, unit in UNITS.items():
        contact = "-" if number == WITHOUT_CONTACT else f"1{number}1"
        contact += ", 1056" if number == "05" else ""
        lines.append(f"{unit:<23}{contact:<16}{f'1{number}2':<16}{f'1{number}3':<13}1{number}4")
    national = [f"{role:<25}{numbers}" for numbers, role in NATIONAL]
    sentence = "Log in met een nummer; het wachtwoord is voor iedereen: bodycams-demo"
    return "\n".join([address(port), "", sentence, "", *lines, "", *national, ""])
