"""What an initiative is, and everything that is recorded about it."""

from initiatives.models.afterwards import Evaluation, Execution
from initiatives.models.arrangements import Agreement, Consultation, Readiness
from initiatives.models.decision import (
    Adjournment,
    Assessment,
    AssessmentDraft,
    Decision,
    Objection,
    Postponement,
    View,
)
from initiatives.models.document import Document
from initiatives.models.edition import Edition, EditionPaper, EditionRequest, EditionSchedule, EditionVerdict
from initiatives.models.filing import FileTerm, Necessity, NumberCounter, OutsideProcedure, Return, Submission
from initiatives.models.initiative import Defect, Initiative
from initiatives.models.letter import Letter, LetterPaper
from initiatives.models.library import PassedOn, PolicyDocument, PolicyFile, PolicyVersion
from initiatives.models.notice import Digest, Notice, Reminder
from initiatives.models.question import Answer, Question
from initiatives.models.selection import SavedSelection
from initiatives.models.support import SupportLine, SupportWork

__all__ = [
    "Adjournment",
    "Agreement",
    "Answer",
    "Assessment",
    "AssessmentDraft",
    "Consultation",
    "Decision",
    "Defect",
    "Digest",
    "Document",
    "Edition",
    "EditionPaper",
    "EditionRequest",
    "EditionSchedule",
    "EditionVerdict",
    "Evaluation",
    "Execution",
    "FileTerm",
    "Initiative",
    "Letter",
    "LetterPaper",
    "Necessity",
    "Notice",
    "NumberCounter",
    "Objection",
    "OutsideProcedure",
    "PassedOn",
    "PolicyDocument",
    "PolicyFile",
    "PolicyVersion",
    "Postponement",
    "Question",
    "Readiness",
    "Reminder",
    "Return",
    "SavedSelection",
    "Submission",
    "SupportLine",
    "SupportWork",
    "View",
]
