"""Every library has its room, and stairs go down only: between apps, and between the rooms of one app."""

from collections.abc import Callable, Iterator

import pytest

from bodycams.tests.building import APPS, Import, Module, faults, modules

HOMES: dict[str, tuple[str, ...]] = {
    "guardian": ("organisation/permissions.py", "organisation/models/", "organisation/migrations/"),
    "django_fsm": ("workflow/", "*/procedure.py", "*/request_procedure.py", "*/migrations/"),
    "weasyprint": ("bodycams/pdf/making.py", "bodycams/embedded/pango.py"),
    "pydyf": ("bodycams/pdf/archive.py", "bodycams/pdf/tags.py"),
    "pikepdf": ("bodycams/pdf/contents.py", "bodycams/pdf/parts.py"),
    "pyhanko": ("bodycams/pdf/signing.py",),
    "pyhanko_certvalidator": ("bodycams/pdf/signing.py",),
    "cryptography": ("bodycams/pdf/signing_key.py",),
    "celery": ("bodycams/celery.py", "*/tasks.py"),
    "gunicorn": ("bodycams/webserver.py",),
    "psycopg2": ("conftest.py", "bodycams/embedded/", "bench/"),
    "redis": ("bodycams/heartbeat.py", "bodycams/embedded/"),
    "axes": ("organisation/throttle.py", "organisation/views/door.py"),
    "ninja": ("bodycams/api/site.py", "*/api.py", "*/api/"),
    "pydantic": ("*/api/",),
    "structlog": ("bodycams/logs.py", "bodycams/request_id.py", "bodycams/celery.py"),
    "environ": ("bodycams/settings.py",),
    "botocore": ("retention/storage/s3.py", "retention/storage/s3_errors.py"),
    "urllib3": ("retention/storage/s3_errors.py",),
}
"""The rooms in which a library may be imported; `*` stands for any app. Tests may try what a room makes of it."""

COSTLY = ("botocore", "weasyprint", "pikepdf", "pyhanko", "pyhanko_certvalidator")
"""Imported inside a function only: importing costs a second."""

LEVELS = (
    {"rules"},
    {"procedure", "querysets"},
    {"models"},
    {"services"},
    {"forms", "overview", "letters"},
    {"views", "urls", "api", "admin", "tasks", "context", "templatetags", "management"},
)
"""The rooms that every app may have, from the ground up. Others must only not go round in a circle."""


# --- libraries ------------------------------------------------------------------------------------


def libraries_outside_their_room(module: Module) -> Iterator[str]:
    for name in module.imports:
        homes = HOMES.get(name.app, ())
        if homes and not module.is_test and not any(is_in(module, home) for home in homes):
            yield f"line {name.line} imports {name.app}, which is for {', '.join(homes)}"


def is_in(module: Module, home: str) -> bool:
    place = module.path.replace(module.app, "*", 1) if home.startswith("*") else module.path
    return place.startswith(home) if home.endswith("/") else place == home


def costly_imports_at_the_top(module: Module) -> Iterator[str]:
    for name in module.imports:
        if name.app in COSTLY and not name.in_function and not module.is_test:
            yield f"line {name.line} imports {name.app} outside a function"


# --- stairs ---------------------------------------------------------------------------------------


def stairs_up(module: Module) -> Iterator[str]:
    """`bodycams/tests` looks at the whole building; so does the top-level conftest, which is no app's."""
    if module.app in APPS and not module.path.startswith("bodycams/tests/"):
        for name in module.imports:
            if name.app in APPS and APPS.index(name.app) > APPS.index(module.app):
                yield f"line {name.line} goes up, from {module.app} to {name.app}"


def level(room: str) -> int | None:
    """`request_rules` is a room of rules."""
    kind = room.rpartition("_")[2]
    return next((number for number, rooms in enumerate(LEVELS) if kind in rooms), None)


def stairs_up_inside(module: Module) -> Iterator[str]:
    here = level(module.room)
    for name in within(module):
        there = level(name.room)
        if here is not None and there is not None and there > here:
            yield f"line {name.line} goes up, from {module.room} to {name.room}"


def within(module: Module) -> list[Import]:
    """What a module imports from other rooms of its own app."""
    if module.is_test or module.is_migration:
        return []
    return [name for name in module.imports if name.app == module.app and name.room not in ("", module.room)]


Doors = dict[str, set[str]]


def between_rooms(building: tuple[Module, ...]) -> Doors:
    """`apps` is where Django enters, and opens every door."""
    doors: Doors = {}
    for module in building:
        if module.app in APPS and module.room not in ("apps", "tests"):
            doors.setdefault(f"{module.app}.{module.room}", set()).update(
                f"{name.app}.{name.room}" for name in within(module)
            )
    return doors


def between_modules(building: tuple[Module, ...]) -> Doors:
    """Of one room too, where an import inside a function could hide it."""
    found = {".".join(module.parts).removesuffix(".__init__"): module for module in building if not module.is_test}
    return {
        place: {name.name if name.name in found else name.name.rpartition(".")[0] for name in module.imports} - {place}
        for place, module in found.items()
        if module.app in APPS and module.room != "apps"
    }


def circles(doors: Doors) -> list[str]:
    """What can only be entered through each other."""
    while outside := {
        place
        for place, others in doors.items()
        if not others & doors.keys() or not any(place in behind for behind in doors.values())
    }:
        doors = {place: others for place, others in doors.items() if place not in outside}
    return sorted(doors)


# --- the building, and the twins ------------------------------------------------------------------

CHECKS = (libraries_outside_their_room, costly_imports_at_the_top, stairs_up, stairs_up_inside)


@pytest.mark.parametrize("check", CHECKS)
def test_every_module_stays_in_its_room(check: Callable[[Module], Iterator[str]]) -> None:
    assert faults(check, modules()) == []


@pytest.mark.parametrize("doors", [between_rooms, between_modules])
def test_nothing_goes_round_in_a_circle(doors: Callable[[tuple[Module, ...]], Doors]) -> None:
    assert circles(doors(modules())) == []


@pytest.mark.parametrize(
    ("check", "path", "text"),
    [
        (libraries_outside_their_room, "initiatives/services.py", "from guardian.shortcuts import assign_perm"),
        (libraries_outside_their_room, "organisation/services.py", "def f():\n    import celery"),
        (libraries_outside_their_room, "initiatives/models/decision.py", "import django_fsm"),
        (libraries_outside_their_room, "bodycams/health.py", "import psycopg2.errors"),
        (costly_imports_at_the_top, "bodycams/pdf/making.py", "import weasyprint"),
        (stairs_up, "journal/read.py", "from workflow import clock"),
        (stairs_up, "workflow/tests/test_take.py", "from organisation.tests.factories import person"),
        (stairs_up, "bodycams/context.py", "def f():\n    from organisation.permissions import may"),
        (stairs_up_inside, "organisation/models.py", "from organisation.services import assign_role"),
        (stairs_up_inside, "organisation/services.py", "from organisation.views.account import page"),
        (stairs_up_inside, "initiatives/rules.py", "import initiatives.procedure"),
    ],
)
def test_twin_wrong_door_is_found(check: Callable[[Module], Iterator[str]], path: str, text: str) -> None:
    assert len(faults(check, [Module(path, text)])) == 1


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("initiatives/procedure.py", "from django_fsm import GET_STATE"),
        ("bodycams/pdf/making.py", "def pdf(html):\n    import weasyprint"),
        ("organisation/tests/test_views.py", "import celery"),
        ("initiatives/services.py", "from journal.write import record\nfrom initiatives.models import Initiative"),
    ],
)
def test_right_door_is_no_fault(path: str, text: str) -> None:
    assert [fault for check in CHECKS for fault in faults(check, [Module(path, text)])] == []


def test_twin_circle_is_found() -> None:
    building = (
        Module("organisation/one.py", "from organisation.two import x"),
        Module("organisation/two.py", "from organisation.three import x"),
        Module("organisation/three.py", "def f():\n    from organisation.one import x"),
        Module("organisation/four.py", "from organisation.one import x"),
    )
    for doors in (between_rooms, between_modules):
        assert circles(doors(building)) == ["organisation.one", "organisation.three", "organisation.two"]
        assert circles(doors(building[:2])) == []


def test_twin_circle_inside_a_room_is_found() -> None:
    building = (
        Module("organisation/room/__init__.py", "from organisation.room.one import x"),
        Module("organisation/room/one.py", "from organisation.room import two"),
        Module("organisation/room/two.py", "def f():\n    from organisation.room.one import x"),
    )
    assert circles(between_rooms(building)) == []
    assert circles(between_modules(building)) == ["organisation.room.one", "organisation.room.two"]
