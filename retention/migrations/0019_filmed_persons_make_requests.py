"""Requests of filmed persons, with who asks apart from what stays."""

import django.db.models.deletion
import django_fsm
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("retention", "0018_lateness_is_told_once_a_day"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PrivacyRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    django_fsm.FSMField(
                        choices=[
                            ("ontvangen", "Ontvangen"),
                            ("in_behandeling", "In behandeling"),
                            ("besloten", "Besloten"),
                            ("gesloten", "Gesloten"),
                        ],
                        default="ontvangen",
                        max_length=20,
                        protected=True,
                        verbose_name="status",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("kennisneming", "kennisneming"),
                            ("verwijdering", "verwijdering"),
                            ("aanpassing", "aanpassing"),
                        ],
                        max_length=20,
                        verbose_name="soort",
                    ),
                ),
                ("received_on", models.DateField(verbose_name="ontvangen op")),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("brief", "per brief"),
                            ("formulier", "met het formulier op politie.nl"),
                            ("balie", "aan de balie"),
                            ("anders", "anders"),
                        ],
                        max_length=20,
                        verbose_name="hoe",
                    ),
                ),
                ("registered_at", models.DateTimeField()),
                ("due_on", models.DateField()),
                ("identity_on", models.DateField(null=True, verbose_name="identiteit vastgesteld op")),
                (
                    "identity_by",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("identiteitsbewijs", "een geldig identiteitsbewijs, getoond"),
                            ("kopie", "een kopie van een identiteitsbewijs"),
                            ("inlogmiddel", "een inlogmiddel van de overheid"),
                            ("gemachtigde", "een gemachtigde, met de machtiging en een identiteitsbewijs"),
                        ],
                        max_length=20,
                        verbose_name="identiteit vastgesteld met",
                    ),
                ),
                ("adjourned_days", models.PositiveSmallIntegerField(default=0)),
                ("decided_on", models.DateField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "registered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="RequestLetter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("n", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("besluit", "Besluit op uw verzoek"),
                            ("verdaging", "Het besluit op uw verzoek komt later"),
                        ],
                        max_length=20,
                    ),
                ),
                ("dated", models.DateField()),
                ("facts", models.JSONField()),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="retention.privacyrequest",
                    ),
                ),
            ],
            options={
                "ordering": ["n"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="RequestLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="request_links",
                        to="retention.hold",
                    ),
                ),
                (
                    "recording",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="request_links",
                        to="retention.recording",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="links", to="retention.privacyrequest"
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Requester",
            fields=[
                (
                    "request",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="requester",
                        serialize=False,
                        to="retention.privacyrequest",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="naam")),
                ("address", models.TextField(verbose_name="adres")),
                ("description", models.TextField(verbose_name="wat de verzoeker schrijft")),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="RequestObjection",
            fields=[
                (
                    "request",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="objection",
                        serialize=False,
                        to="retention.privacyrequest",
                    ),
                ),
                ("received_on", models.DateField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="RequestPaper",
            fields=[
                (
                    "letter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="paper",
                        serialize=False,
                        to="retention.requestletter",
                    ),
                ),
                ("content", models.BinaryField()),
                ("sha256", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="RequestUnlink",
            fields=[
                (
                    "link",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="unlink",
                        serialize=False,
                        to="retention.requestlink",
                    ),
                ),
                ("reasons", models.TextField(verbose_name="redenen")),
                ("at", models.DateTimeField()),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="RequestAdjournment",
            fields=[
                (
                    "request",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="adjournment",
                        serialize=False,
                        to="retention.privacyrequest",
                    ),
                ),
                ("days", models.PositiveSmallIntegerField()),
                ("several_units", models.BooleanField()),
                ("reasons", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="RequestDecision",
            fields=[
                (
                    "request",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="decision",
                        serialize=False,
                        to="retention.privacyrequest",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("toegewezen", "toegewezen"),
                            ("deels", "deels toegewezen"),
                            ("afgewezen", "afgewezen"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("politietaak", "nodig voor de goede uitvoering van de politietaak (Wpg artikel 27)"),
                            ("derden", "gewichtige belangen van anderen (Wpg artikel 27)"),
                            ("staat", "de veiligheid van de staat (Wpg artikel 27)"),
                            ("juist_en_nodig", "de gegevens zijn juist en nog nodig (Wpg artikel 28)"),
                            ("niets_gevonden", "er is geen opname van de verzoeker gevonden"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "ends_in",
                    models.CharField(
                        blank=True,
                        choices=[("verwijderen", "verwijderen"), ("vernietigen", "vernietigen")],
                        max_length=20,
                    ),
                ),
                ("reasons", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="RequestObjectionResult",
            fields=[
                (
                    "objection",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="outcome",
                        serialize=False,
                        to="retention.requestobjection",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("gegrond", "gegrond"),
                            ("deels_gegrond", "deels gegrond"),
                            ("ongegrond", "ongegrond"),
                            ("niet_ontvankelijk", "niet-ontvankelijk"),
                            ("ingetrokken", "ingetrokken"),
                        ],
                        max_length=20,
                    ),
                ),
                ("decided_on", models.DateField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.AddIndex(
            model_name="privacyrequest",
            index=models.Index(
                condition=models.Q(("decided_on__isnull", True)), fields=["due_on", "id"], name="request_to_decide"
            ),
        ),
        migrations.AddIndex(
            model_name="privacyrequest",
            index=models.Index(fields=["received_on"], name="request_of_a_year"),
        ),
        migrations.AddConstraint(
            model_name="privacyrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_on__isnull", True),
                    models.Q(("identity_on__isnull", False), models.Q(("identity_by", ""), _negated=True)),
                    _connector="OR",
                ),
                name="no_decision_before_the_identity",
            ),
        ),
        migrations.AddConstraint(
            model_name="privacyrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_on__isnull", False), ("status", "besloten")),
                    ("status", "gesloten"),
                    models.Q(("decided_on__isnull", True), ("status__in", ["ontvangen", "in_behandeling"])),
                    _connector="OR",
                ),
                name="decided_exactly_when_it_says_so",
            ),
        ),
        migrations.AddConstraint(
            model_name="privacyrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at__isnull", False), ("status", "gesloten")),
                    models.Q(models.Q(("status", "gesloten"), _negated=True), ("closed_at__isnull", True)),
                    _connector="OR",
                ),
                name="closed_exactly_when_it_says_so",
            ),
        ),
        migrations.AddConstraint(
            model_name="privacyrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("adjourned_days", 0),
                    models.Q(("adjourned_days__in", (28, 42)), ("kind", "kennisneming")),
                    _connector="OR",
                ),
                name="only_access_is_adjourned",
            ),
        ),
        migrations.AddConstraint(
            model_name="privacyrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_on__gt", models.F("received_on"))), name="a_request_has_a_term"
            ),
        ),
        migrations.AddConstraint(
            model_name="requestletter",
            constraint=models.UniqueConstraint(fields=("request", "n"), name="letters_of_a_request_are_numbered"),
        ),
        migrations.AddField(
            model_name="requestunlink",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="requestadjournment",
            constraint=models.CheckConstraint(
                condition=models.Q(("days", 28), models.Q(("days", 42), ("several_units", True)), _connector="OR"),
                name="six_weeks_for_several_units",
            ),
        ),
        migrations.AddConstraint(
            model_name="requestdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ground", ""), ("outcome", "toegewezen")),
                    models.Q(
                        models.Q(("outcome", "toegewezen"), _negated=True), models.Q(("ground", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="what_is_not_granted_has_a_ground",
            ),
        ),
        migrations.AddConstraint(
            model_name="requestdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_in", ""), models.Q(("outcome", "afgewezen"), _negated=True), _connector="OR"),
                name="what_is_refused_ends_in_nothing",
            ),
        ),
        migrations.AddField(
            model_name="requestobjectionresult",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
    ]
