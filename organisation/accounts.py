"""Use cases of accounts: made, closed, opened again, and their passwords. Nobody but the owner of an account ever knows
its password: a new one is chosen by a link that is mailed, and works once.

Each leaves its trace in the journal. Roles are given in `services.py`.
"""

from django.contrib.auth.tokens import default_token_generator
from django.db import IntegrityError, transaction

from journal.models import Result
from journal.write import record
from organisation.models import Person
from organisation.permissions import capacity_with
from organisation.refusals import OrganisationRefused, must_hold
from organisation.roles import Perm, Role


def create_account(number: str, email: str, *, by: Person) -> Person:
    """Make an account without a password or a role, and mail its owner the link to choose one."""
    _must_manage(by)
    try:
        with transaction.atomic():
            person = Person.objects.create_user(number, email=email)
            _record("account_gemaakt", f"Het account {number} is gemaakt.", person, by)
            _send_link(person)
    except IntegrityError as taken:
        raise OrganisationRefused("Dit nummer heeft al een account.") from taken
    return person


def send_new_link(person: Person, *, by: Person) -> None:
    """Mail the owner of an account a link to choose a new password."""
    _must_manage(by)
    if not person.is_active:
        raise OrganisationRefused("Dit account is gesloten. Open het eerst.")
    if not person.email:
        raise OrganisationRefused("Dit account heeft geen e-mailadres. Er kan dus geen link heen.")
    with transaction.atomic():
        _record("wachtwoordlink_gestuurd", f"Nummer {person.number} kreeg een link voor een wachtwoord.", person, by)
        _send_link(person)


def close_account(person: Person, *, by: Person) -> None:
    """From now on nobody gets in on this account; whoever is in, is out at the next click."""
    _set_active(person, False, "account_gesloten", f"Het account {person.number} is gesloten.", by)


def open_account(person: Person, *, by: Person) -> None:
    _set_active(person, True, "account_geopend", f"Het account {person.number} is weer geopend.", by)


def set_password(person: Person, password: str) -> None:
    """Give one's own account a new password; every other session of this person ends."""
    with transaction.atomic():
        person.set_password(password)
        person.save(update_fields=["password"])
        record("wachtwoord_gekozen", f"Nummer {person.number} koos een nieuw wachtwoord.", actor=person, about=person)


def choose_mail(person: Person, mail: Person.Mail) -> None:
    """Let somebody get every message at once, or one mail a day."""
    with transaction.atomic():
        person.mail = mail
        person.save(update_fields=["mail"])
        record("mail_gekozen", f"Nummer {person.number} koos: {mail.label}.", actor=person, about=person)


def person_of_link(pk: int, token: str) -> Person | None:
    """Whose link this is, as long as it works: three days, and until a password was chosen or somebody logged in."""
    person = Person.objects.people().filter(pk=pk, is_active=True).first()
    return person if person and default_token_generator.check_token(person, token) else None


def _set_active(person: Person, is_active: bool, action: str, sentence: str, by: Person) -> None:
    _must_manage(by)
    if by.pk == person.pk:
        raise OrganisationRefused("U kunt uw eigen account niet sluiten of openen. Vraag het een andere beheerder.")
    with transaction.atomic():
        locked = Person.objects.held().get(pk=person.pk)
        if locked.is_active is is_active:
            raise OrganisationRefused("Dat is al gebeurd.")
        locked.is_active = is_active
        locked.save(update_fields=["is_active"])
        _record(action, sentence, locked, by)


def _must_manage(by: Person) -> None:
    must_hold(by, Perm.MANAGE_ORGANISATION, "Alleen een functioneel beheerder kan accounts maken en veranderen.")


def record_view(person: Person, *, by: Person) -> None:
    """Put on record that `by`, who may see the organisation, is going to see this person's roles and history."""
    capacity = capacity_with(by, Perm.SEE_ORGANISATION)
    sentence = f"{capacity.title} heeft de gegevens van nummer {person.number} ingezien."
    record("account_ingezien", sentence, actor=by, role=capacity.role, about=person, result=Result.SEEN)


def _record(action: str, sentence: str, person: Person, by: Person) -> None:
    record(action, sentence, actor=by, role=Role.ADMINISTRATOR, about=person)


def _send_link(person: Person) -> None:
    """After commit; a broker that does not answer then costs the mail, not the account: a new link can be sent."""
    from organisation.tasks import mail_password_link

    transaction.on_commit(lambda: mail_password_link.delay(person.pk), robust=True)
