"""Recordings with their moments, what was judged of them, what holds them, and how they end."""

import datetime

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
import django_fsm
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("initiatives", "0028_the_database_guards_the_editions"),
        ("organisation", "0013_two_people_publish_an_edition"),
        ("retention", "0001_the_clock_of_the_28_days"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Recording",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    django_fsm.FSMField(
                        choices=[
                            ("te_beoordelen", "Te beoordelen"),
                            ("noodzakelijk", "Noodzakelijk"),
                            ("niet_noodzakelijk", "Niet noodzakelijk"),
                            ("verwijderd", "Verwijderd"),
                            ("vernietigd", "Vernietigd"),
                        ],
                        default="te_beoordelen",
                        max_length=20,
                        protected=True,
                        verbose_name="status",
                    ),
                ),
                ("source", models.CharField(max_length=40, verbose_name="bron")),
                ("source_id", models.CharField(max_length=120, verbose_name="kenmerk bij de bron")),
                ("camera_serial", models.CharField(max_length=60, verbose_name="camera")),
                ("wearer", models.CharField(blank=True, max_length=12, verbose_name="drager")),
                ("used_from", models.DateTimeField(verbose_name="gebruikt van")),
                ("used_to", models.DateTimeField(verbose_name="gebruikt tot")),
                ("shift_end", models.DateTimeField(verbose_name="einde van de dienst")),
                ("uploaded_at", models.DateTimeField(verbose_name="geüpload op")),
                ("arrived_at", models.DateTimeField(verbose_name="binnengekomen op")),
                ("size", models.BigIntegerField(verbose_name="grootte")),
                ("sha256", models.CharField(max_length=64)),
                ("storage_key", models.CharField(max_length=255)),
                (
                    "place",
                    models.CharField(
                        choices=[
                            ("openbare_weg", "openbare weg"),
                            ("openbaar_gebouw", "openbaar gebouw"),
                            ("woning", "woning"),
                            ("besloten_erf", "besloten erf"),
                        ],
                        max_length=20,
                        verbose_name="plaats",
                    ),
                ),
                (
                    "exception",
                    models.CharField(
                        blank=True,
                        choices=[("noodsituatie", "noodsituatie"), ("heterdaad", "aanhouding op heterdaad")],
                        db_default="",
                        max_length=20,
                        verbose_name="uitzondering",
                    ),
                ),
                ("announced", models.BooleanField(verbose_name="aangekondigd")),
                (
                    "not_announced_reason",
                    models.TextField(blank=True, db_default="", verbose_name="waarom niet aangekondigd"),
                ),
                ("true_from", models.DateTimeField(editable=False, null=True, verbose_name="het juiste tijdstip")),
                ("file_seen_at", models.DateTimeField(editable=False, null=True)),
                (
                    "status_before",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("te_beoordelen", "Te beoordelen"),
                            ("noodzakelijk", "Noodzakelijk"),
                            ("niet_noodzakelijk", "Niet noodzakelijk"),
                            ("verwijderd", "Verwijderd"),
                            ("vernietigd", "Vernietigd"),
                        ],
                        db_default="",
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("judged_at", models.DateTimeField(editable=False, null=True)),
                (
                    "ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("8", "artikel 8: de dagelijkse politietaak"),
                            ("9", "artikel 9: een onderzoek"),
                            ("10", "artikel 10: betrokkenheid bij ernstige misdrijven"),
                            ("12", "artikel 12: informanten"),
                            ("13", "artikel 13: ondersteunende taken"),
                        ],
                        db_default="",
                        editable=False,
                        max_length=2,
                        verbose_name="grondslag",
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("opsporing", "opsporing"),
                            ("strafzaak", "bewijs in een strafzaak"),
                            ("klachtafhandeling", "behandeling van een klacht"),
                            ("geweldsonderzoek", "onderzoek naar geweld door de politie"),
                            ("personeelsvolg", "onderzoek naar een medewerker"),
                            ("onderwijs", "onderwijs, training en coaching"),
                            ("wetenschap", "wetenschappelijk onderzoek"),
                            ("organisatieonderzoek", "onderzoek naar de organisatie"),
                        ],
                        db_default="",
                        editable=False,
                        max_length=30,
                        verbose_name="doel",
                    ),
                ),
                (
                    "case_reference",
                    models.CharField(
                        blank=True, db_default="", editable=False, max_length=60, verbose_name="zaaknummer"
                    ),
                ),
                ("keep_until", models.DateField(editable=False, null=True, verbose_name="bewaren tot en met")),
                (
                    "set_apart",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.F("used_from"),
                            models.F("uploaded_at"),
                            models.F("arrived_at"),
                            models.F("true_from"),
                            function="retention_set_apart",
                            output_field=models.BooleanField(),
                        ),
                        output_field=models.BooleanField(),
                    ),
                ),
                (
                    "late",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.F("arrived_at"),
                            models.F("shift_end"),
                            function="retention_late",
                            output_field=models.BooleanField(),
                        ),
                        output_field=models.BooleanField(),
                    ),
                ),
                (
                    "rank",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.F("place"),
                            models.F("exception"),
                            function="retention_rank",
                            output_field=models.SmallIntegerField(),
                        ),
                        output_field=models.SmallIntegerField(),
                    ),
                ),
                (
                    "judging_closes_at",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.F("used_from"),
                            models.F("uploaded_at"),
                            models.F("arrived_at"),
                            models.F("true_from"),
                            function="retention_recording_closes",
                            output_field=models.DateTimeField(null=True),
                        ),
                        output_field=models.DateTimeField(null=True),
                    ),
                ),
                (
                    "must_be_gone_by",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.F("used_from"),
                            models.F("uploaded_at"),
                            models.F("arrived_at"),
                            models.F("true_from"),
                            function="retention_recording_gone",
                            output_field=models.DateTimeField(null=True),
                        ),
                        output_field=models.DateTimeField(null=True),
                    ),
                ),
                (
                    "next_at",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.F("status"),
                            models.F("judged_at"),
                            models.F("keep_until"),
                            models.F("used_from"),
                            models.F("uploaded_at"),
                            models.F("arrived_at"),
                            models.F("true_from"),
                            function="retention_next",
                            output_field=models.DateTimeField(null=True),
                        ),
                        output_field=models.DateTimeField(null=True),
                    ),
                ),
                (
                    "initiative",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="initiatives.initiative",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.unit",
                        verbose_name="eenheid",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("betrokkeneverzoek", "verzoek van een gefilmde persoon"),
                            ("klacht", "klacht"),
                            ("vordering_ovj", "vordering van de officier van justitie"),
                        ],
                        max_length=30,
                        verbose_name="waarom",
                    ),
                ),
                ("explanation", models.TextField(verbose_name="toelichting")),
                ("placed_at", models.DateTimeField()),
                ("until_at", models.DateTimeField()),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="eigenaar",
                    ),
                ),
                (
                    "placed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "recording",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="holds", to="retention.recording"
                    ),
                ),
            ],
            options={
                "ordering": ["placed_at", "pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="HoldExtension",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("until_at", models.DateTimeField()),
                ("reasons", models.TextField(verbose_name="redenen")),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "hold",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="extensions", to="retention.hold"
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="HoldRelease",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reasons", models.TextField(verbose_name="redenen")),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "hold",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="release", to="retention.hold"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="HoldReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reasons", models.TextField(verbose_name="redenen")),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "hold",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="retention.hold"
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Judgement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("step", models.CharField(max_length=40)),
                ("role", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                (
                    "ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("8", "artikel 8: de dagelijkse politietaak"),
                            ("9", "artikel 9: een onderzoek"),
                            ("10", "artikel 10: betrokkenheid bij ernstige misdrijven"),
                            ("12", "artikel 12: informanten"),
                            ("13", "artikel 13: ondersteunende taken"),
                        ],
                        max_length=2,
                        verbose_name="grondslag",
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("opsporing", "opsporing"),
                            ("strafzaak", "bewijs in een strafzaak"),
                            ("klachtafhandeling", "behandeling van een klacht"),
                            ("geweldsonderzoek", "onderzoek naar geweld door de politie"),
                            ("personeelsvolg", "onderzoek naar een medewerker"),
                            ("onderwijs", "onderwijs, training en coaching"),
                            ("wetenschap", "wetenschappelijk onderzoek"),
                            ("organisatieonderzoek", "onderzoek naar de organisatie"),
                        ],
                        max_length=30,
                        verbose_name="doel",
                    ),
                ),
                (
                    "second_purposes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("opsporing", "opsporing"),
                                ("strafzaak", "bewijs in een strafzaak"),
                                ("klachtafhandeling", "behandeling van een klacht"),
                                ("geweldsonderzoek", "onderzoek naar geweld door de politie"),
                                ("personeelsvolg", "onderzoek naar een medewerker"),
                                ("onderwijs", "onderwijs, training en coaching"),
                                ("wetenschap", "wetenschappelijk onderzoek"),
                                ("organisatieonderzoek", "onderzoek naar de organisatie"),
                            ],
                            max_length=30,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="ook voor",
                    ),
                ),
                ("reasons", models.TextField(blank=True, verbose_name="redenen")),
                ("case_reference", models.CharField(blank=True, max_length=60, verbose_name="zaaknummer")),
                ("keep_until", models.DateField(blank=True, null=True, verbose_name="bewaren tot en met")),
                (
                    "reason_code",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("onbruikbaar_beeld", "onbruikbaar beeld"),
                            ("geen_audio", "geen geluid"),
                            ("niet_zinvol", "niet zinvol"),
                            ("niet_langer_noodzakelijk", "niet langer noodzakelijk"),
                            ("verzoek_betrokkene", "verzoek van de betrokkene"),
                        ],
                        max_length=30,
                        verbose_name="reden",
                    ),
                ),
                ("usable", models.BooleanField(null=True, verbose_name="bruikbaar")),
                ("viewed", models.BooleanField(db_default=False, default=False, verbose_name="bekeken")),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recording",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="judgements", to="retention.recording"
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Run",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("began_at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-began_at", "-pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="TermRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("keep_until", models.DateField(verbose_name="bewaren tot en met")),
                ("reasons", models.TextField(verbose_name="redenen")),
                ("asked_at", models.DateTimeField()),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "recording",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="term_requests",
                        to="retention.recording",
                    ),
                ),
            ],
            options={
                "ordering": ["asked_at", "pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="TermVerdict",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("agreed", models.BooleanField(verbose_name="akkoord")),
                ("reasons", models.TextField(verbose_name="redenen")),
                ("decided_at", models.DateTimeField()),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "request",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="verdict", to="retention.termrequest"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Destruction",
            fields=[
                (
                    "recording",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="destruction",
                        serialize=False,
                        to="retention.recording",
                    ),
                ),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("niet_noodzakelijk", "beoordeeld als niet noodzakelijk"),
                            ("termijn_verstreken", "niet beoordeeld binnen de termijn"),
                            ("einde_noodzaak", "niet langer noodzakelijk"),
                            ("einde_verwijdering", "vijf jaar na de verwijdering"),
                            ("nooit_ontvangen", "nooit ontvangen"),
                        ],
                        max_length=30,
                    ),
                ),
                ("planned_at", models.DateTimeField()),
                ("lease_until", models.DateTimeField(null=True)),
                ("attempts", models.PositiveIntegerField(db_default=0, default=0)),
                ("last_error", models.TextField(blank=True, db_default="")),
                ("point_of_no_return_at", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="destructions", to="retention.run"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Proof",
            fields=[
                (
                    "recording",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="proof",
                        serialize=False,
                        to="retention.recording",
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("niet_noodzakelijk", "beoordeeld als niet noodzakelijk"),
                            ("termijn_verstreken", "niet beoordeeld binnen de termijn"),
                            ("einde_noodzaak", "niet langer noodzakelijk"),
                            ("einde_verwijdering", "vijf jaar na de verwijdering"),
                            ("nooit_ontvangen", "nooit ontvangen"),
                        ],
                        max_length=30,
                    ),
                ),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("verwijderd", "verwijderd, daarna nagekeken dat het bestand weg is"),
                            ("afwezig_na_opdracht", "het bestand was al weg nadat met vernietigen was begonnen"),
                            ("nooit_ontvangen", "de opslag heeft het bestand nooit gehad"),
                            ("verklaard", "verklaard door de privacyfunctionaris"),
                        ],
                        max_length=30,
                    ),
                ),
                ("destroyed_at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="proofs", to="retention.run"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.AddIndex(
            model_name="recording",
            index=models.Index(
                condition=models.Q(("status", "te_beoordelen")),
                fields=["unit", "rank", "judging_closes_at", "id"],
                name="recording_to_judge",
            ),
        ),
        migrations.AddIndex(
            model_name="recording",
            index=models.Index(fields=["unit", "status", "-id"], name="recording_of_a_unit"),
        ),
        migrations.AddIndex(
            model_name="recording",
            index=models.Index(
                condition=models.Q(("wearer", ""), _negated=True),
                fields=["wearer", "-shift_end"],
                name="recording_of_a_wearer",
            ),
        ),
        migrations.AddIndex(
            model_name="recording",
            index=models.Index(
                condition=models.Q(("next_at__isnull", False)), fields=["next_at", "id"], name="recording_clock"
            ),
        ),
        migrations.AddIndex(
            model_name="recording",
            index=models.Index(
                condition=models.Q(("file_seen_at__isnull", True), models.Q(("status", "vernietigd"), _negated=True)),
                fields=["unit", "arrived_at"],
                name="recording_without_file",
            ),
        ),
        migrations.AddConstraint(
            model_name="recording",
            constraint=models.UniqueConstraint(fields=("source", "source_id"), name="a_source_names_a_recording_once"),
        ),
        migrations.AddConstraint(
            model_name="recording",
            constraint=models.CheckConstraint(
                condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")), name="recording_has_a_digest"
            ),
        ),
        migrations.AddConstraint(
            model_name="recording",
            constraint=models.CheckConstraint(condition=models.Q(("size__gte", 0)), name="recording_has_a_size"),
        ),
        migrations.AddConstraint(
            model_name="recording",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "noodzakelijk"), _negated=True),
                    models.Q(
                        models.Q(("ground", ""), _negated=True),
                        models.Q(("purpose", ""), _negated=True),
                        models.Q(("case_reference", ""), _negated=True),
                        ("keep_until__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="necessary_on_a_ground_for_a_case_until_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="recording",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "verwijderd"), _negated=True), ("keep_until__isnull", False), _connector="OR"
                ),
                name="a_removed_recording_has_a_last_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="recording",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "niet_noodzakelijk"), _negated=True),
                    ("judged_at__isnull", False),
                    _connector="OR",
                ),
                name="not_necessary_was_judged",
            ),
        ),
        migrations.AddConstraint(
            model_name="recording",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "vernietigd"), _negated=True),
                    models.Q(("not_announced_reason", ""), ("wearer", "")),
                    _connector="OR",
                ),
                name="a_tombstone_names_no_wearer",
            ),
        ),
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until_at__gt", models.F("placed_at")),
                    (
                        "until_at__lte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("placed_at"), "+", models.Value(datetime.timedelta(days=43))
                        ),
                    ),
                ),
                name="a_hold_ends_within_six_weeks",
            ),
        ),
        migrations.AddConstraint(
            model_name="holdextension",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until_at__gt", models.F("at")),
                    (
                        "until_at__lte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("at"), "+", models.Value(datetime.timedelta(days=43))
                        ),
                    ),
                ),
                name="an_extension_ends_within_six_weeks",
            ),
        ),
        migrations.AddConstraint(
            model_name="termverdict",
            constraint=models.CheckConstraint(
                condition=models.Q(("asked_by", models.F("decided_by")), _negated=True),
                name="a_longer_term_takes_two_people",
            ),
        ),
        migrations.AddIndex(
            model_name="destruction",
            index=models.Index(
                condition=models.Q(("done_at__isnull", True)), fields=["recording"], name="destruction_to_do"
            ),
        ),
        migrations.AddConstraint(
            model_name="destruction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("done_at__isnull", True), ("point_of_no_return_at__isnull", False), _connector="OR"
                ),
                name="done_only_after_the_point_of_no_return",
            ),
        ),
    ]
