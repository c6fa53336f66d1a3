"""What a recording is, what was judged of it, what holds it, and how it ended."""

from retention.models.comparison import Comparison, ComparisonRelease, StorageIncident
from retention.models.declaration import Declaration, DeclarationPaper
from retention.models.delivery import Delivery
from retention.models.destruction import Destruction, Proof, Run, RunRelease
from retention.models.hold import Hold, HoldExtension, HoldRelease, HoldReview, PrivacyReminder
from retention.models.judgement import Judgement, TermRequest, TermVerdict
from retention.models.recording import Recording
from retention.models.register import CaughtUp, Register
from retention.models.reminder import RecordingReminder
from retention.models.request import (
    PrivacyRequest,
    RequestAdjournment,
    RequestDecision,
    Requester,
    RequestLetter,
    RequestLink,
    RequestObjection,
    RequestObjectionResult,
    RequestPaper,
    RequestUnlink,
    Restriction,
)
from retention.models.viewing import Disclosure, Viewing

__all__ = [
    "CaughtUp",
    "Comparison",
    "ComparisonRelease",
    "Declaration",
    "DeclarationPaper",
    "Delivery",
    "Destruction",
    "Disclosure",
    "Hold",
    "HoldExtension",
    "HoldRelease",
    "HoldReview",
    "Judgement",
    "PrivacyReminder",
    "PrivacyRequest",
    "Proof",
    "Recording",
    "RecordingReminder",
    "Register",
    "RequestAdjournment",
    "RequestDecision",
    "RequestLetter",
    "RequestLink",
    "RequestObjection",
    "RequestObjectionResult",
    "RequestPaper",
    "RequestUnlink",
    "Requester",
    "Restriction",
    "Run",
    "RunRelease",
    "StorageIncident",
    "TermRequest",
    "TermVerdict",
    "Viewing",
]
