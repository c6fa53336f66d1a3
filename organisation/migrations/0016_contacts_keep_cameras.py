"""Contact persons keep the cameras of their unit."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("organisation", "0015_docks_deliver_with_tokens"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="unit",
            options={
                "default_permissions": (),
                "ordering": ["sort_name"],
                "permissions": [
                    ("see_files", "Dossiers van de eenheid zien"),
                    ("file_initiative", "Initiatieven opstellen, aanmelden en intrekken"),
                    ("establish_necessity", "De noodzaak vaststellen"),
                    ("acquiesce", "Berusten in een besluit"),
                    ("make_objection", "Bezwaar maken en intrekken"),
                    ("give_mandate", "Een contactpersoon mandaat geven"),
                    ("pass_on_procedure", "Bevestigen dat de procedure is doorgegeven"),
                    ("ask_questions", "Vragen stellen aan de projectleider"),
                    ("keep_cameras", "Camera’s van de eenheid bijhouden"),
                    ("judge_recordings", "Opnamen van de eenheid beoordelen"),
                    ("follow_staff", "Opnamen bewaren om een medewerker te onderzoeken"),
                    ("wear_camera", "Eigen opnamen terugzien"),
                    ("see_all_filed", "Alle aangemelde initiatieven zien"),
                    ("see_overview", "Het landelijk overzicht zien"),
                    ("assess_initiative", "Initiatieven beoordelen en terugsturen"),
                    ("decide_initiative", "Besluiten over initiatieven"),
                    ("decide_objection", "Beslissen op bezwaar"),
                    ("give_view", "De zienswijze van de portefeuillehouder vastleggen"),
                    ("answer_questions", "Vragen beantwoorden"),
                    ("keep_documents", "Documenten van het beleid bijhouden"),
                    ("ask_edition", "Een editie van het overzicht aanvragen"),
                    ("confirm_edition", "Een editie van het overzicht bevestigen"),
                    ("audit", "Het journaal en alle overzichten controleren"),
                    ("guard_privacy", "Verzoeken van gefilmde personen behandelen"),
                    ("manage_organisation", "Eenheden, accounts en rollen beheren"),
                    ("manage_policy", "Beleidsregels beheren"),
                    ("see_organisation", "Eenheden en rollen zien"),
                ],
            },
        ),
    ]
