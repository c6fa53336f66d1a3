"""When beat has which task done (UTC). What a task does is in the `tasks.py` that it names."""

from datetime import timedelta
from typing import Any

SCHEDULE: dict[str, dict[str, Any]] = {
    "seal_journal": {
        "task": "journal.tasks.seal_journal",
        "schedule": timedelta(seconds=5),
        "options": {"expires": 5},
    },
    "anchor_journal": {"task": "journal.tasks.anchor_journal", "schedule": timedelta(minutes=1)},
    "mail_anchor": {"task": "organisation.tasks.mail_anchor", "schedule": timedelta(hours=1)},
    "check_journal": {"task": "journal.tasks.check_journal", "schedule": timedelta(days=1)},
    "clear_ended_sessions": {"task": "bodycams.tasks.clear_ended_sessions", "schedule": timedelta(hours=1)},
    "carry_out_endings": {"task": "organisation.tasks.carry_out_endings", "schedule": timedelta(minutes=10)},
    "end_mandates_of_former_heads": {
        "task": "organisation.tasks.end_mandates_of_former_heads",
        "schedule": timedelta(hours=1),
    },
    "derive_all_rights": {"task": "organisation.tasks.derive_all_rights", "schedule": timedelta(days=1)},
    "mail_notices": {
        "task": "initiatives.tasks.mail_notices",
        "schedule": timedelta(seconds=10),
        "options": {"expires": 10},
    },
    "tell_in_the_morning": {
        "task": "initiatives.tasks.tell_in_the_morning",
        "schedule": timedelta(minutes=10),
    },
    "make_letters": {
        "task": "initiatives.tasks.make_letters",
        "schedule": timedelta(seconds=5),
        "options": {"expires": 5},
    },
    "make_editions": {
        "task": "initiatives.tasks.make_editions",
        "schedule": timedelta(seconds=5),
        "options": {"expires": 5},
    },
    "ask_half_yearly": {"task": "initiatives.tasks.ask_half_yearly", "schedule": timedelta(hours=1)},
    "make_lapsed_decisions_final": {
        "task": "initiatives.tasks.make_lapsed_decisions_final",
        "schedule": timedelta(hours=1),  # so that a night on which beat stood still is made up for
    },
    "remind_of_evaluations": {
        "task": "initiatives.tasks.remind_of_evaluations",
        "schedule": timedelta(hours=1),
    },
    "review_recordings": {
        "task": "retention.tasks.review_recordings",
        "schedule": timedelta(minutes=5),  # it does so once an hour, and at once when something was let go
    },
    "destroy_recordings": {
        "task": "retention.tasks.destroy_recordings",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 60},
    },
    "compare_storage": {
        "task": "retention.tasks.compare_storage",
        "schedule": timedelta(minutes=10),  # it compares once a night, and again when that was not finished
        "options": {"expires": 600},
    },
    "remove_unused_overviews": {
        "task": "initiatives.tasks.remove_unused_overviews",
        "schedule": timedelta(days=1),
    },
    "go_through_deliveries": {
        "task": "retention.tasks.go_through_deliveries",
        "schedule": timedelta(seconds=3),
        "options": {"expires": 60},  # a judge looks on: also a busy worker comes to it
    },
    "look_for_files": {
        "task": "retention.tasks.look_for_files",
        "schedule": timedelta(hours=1),
        "options": {"expires": 3600},
    },
    "clear_unfinished_files": {"task": "retention.tasks.clear_unfinished_files", "schedule": timedelta(hours=6)},
    "remind_privacy_officers": {"task": "retention.tasks.remind_privacy_officers", "schedule": timedelta(hours=1)},
    "make_request_letters": {
        "task": "retention.tasks.make_request_letters",
        "schedule": timedelta(seconds=10),
        "options": {"expires": 10},
    },
    "declare_destructions": {
        "task": "retention.tasks.declare_destructions",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 60},
    },
    "forget_requesters": {"task": "retention.tasks.forget_requesters", "schedule": timedelta(hours=1)},
}
