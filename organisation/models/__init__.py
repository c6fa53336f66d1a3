"""The organisation: units, the people who log in, who holds which role from when until when, and the policy rules.

Which role may do what, and for whom a role holds today, is the question of `permissions.py`; giving and ending roles is
in `services.py`.
"""

from organisation.models.assignments import Mandate, RoleAssignment
from organisation.models.endings import UnitEnding, UnitEndingDone, UnitEndingVerdict
from organisation.models.people import NUMBER, Person, PersonManager, Unit, UnitUserPermission
from organisation.models.policy import PolicyChange, PolicyRule, PolicyVerdict
from organisation.models.proposals import Outcome, Proposal, Verdict
from organisation.models.tokens import ApiToken, ApiTokenRevocation

__all__ = [
    "NUMBER",
    "ApiToken",
    "ApiTokenRevocation",
    "Mandate",
    "Outcome",
    "Person",
    "PersonManager",
    "PolicyChange",
    "PolicyRule",
    "PolicyVerdict",
    "Proposal",
    "RoleAssignment",
    "Unit",
    "UnitEnding",
    "UnitEndingDone",
    "UnitEndingVerdict",
    "UnitUserPermission",
    "Verdict",
]
