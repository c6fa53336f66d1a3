"""How a form comes out: marks that the contract promises, errors that lead somewhere, dates that browsers read."""

from datetime import date

from django import forms
from django.template.loader import render_to_string

from bodycams.forms import AmountInput, Choice, DateInput, FilterForm


class Example(forms.Form):
    reasons = forms.CharField(label="Redenen", help_text="Schrijf korte zinnen.", widget=forms.Textarea)
    note = forms.CharField(label="Opmerking", required=False)
    by_when = forms.DateField(label="Uiterlijk", widget=DateInput)
    amount = forms.DecimalField(label="Bedrag", widget=AmountInput, required=False)
    view = forms.ChoiceField(
        label="Zienswijze", choices=[("eens", "Eens"), ("oneens", "Oneens")], widget=forms.RadioSelect
    )
    places = forms.MultipleChoiceField(
        label="Plaatsen",
        choices=[
            ("openbare_weg", Choice("Openbare weg", "Straat, plein en water")),
            ("openbaar_gebouw", "Openbaar gebouw"),
        ],
        widget=forms.CheckboxSelectMultiple,
    )
    costs_accepted = forms.BooleanField(label="Onze eenheid betaalt deze kosten", required=False)
    unit = forms.ChoiceField(label="Eenheid", choices=[("ON", "Oost-Nederland")])


class HalfDone(forms.Form):
    says_optional = False
    title = forms.CharField(label="Titel", required=False)


class Narrowed(FilterForm):
    narrowing = ("q",)
    q = forms.CharField(label="Zoek", required=False)
    order = forms.CharField(label="Volgorde", required=False)


def field(name: str, form: forms.Form | None = None) -> str:
    return str((form or Example())[name].as_field_group())


def test_what_is_needed_is_marked_required() -> None:
    assert " required" in field("reasons")
    assert field("view").count(" required") == 2
    assert " required" not in field("note")


def test_group_of_boxes_of_which_one_is_needed_says_so_on_its_fieldset() -> None:
    html = field("places")
    assert "<fieldset" in html
    assert "data-required" in html
    assert " required" not in html.replace("data-required", "")


def test_optional_is_said_and_required_is_the_rule() -> None:
    assert "(mag leeg blijven)" in field("note")
    assert "(mag leeg blijven)" not in field("reasons")


def test_form_that_is_saved_half_done_does_not_repeat_that_all_is_optional() -> None:
    assert "mag leeg blijven" not in field("title", HalfDone())


def test_explanation_and_error_belong_to_the_field() -> None:
    html = field("reasons", Example({}))
    assert 'aria-describedby="id_reasons_helptext id_reasons_error"' in html
    assert 'aria-invalid="true"' in html
    assert (
        html.index("Redenen")
        < html.index("Schrijf korte zinnen.")
        < html.index("id_reasons_error")
        < html.index("<textarea")
    )


def test_date_is_written_as_browsers_read_it() -> None:
    assert 'value="2026-04-03"' in field("by_when", Example(initial={"by_when": date(2026, 4, 3)}))
    assert 'type="date"' in field("by_when")


def test_typed_date_that_is_wrong_comes_back_as_typed() -> None:
    assert 'value="gisteren"' in field("by_when", Example({"by_when": "gisteren"}))


def test_amount_stands_behind_a_euro_sign_and_is_read_as_a_number() -> None:
    assert "€" in field("amount")
    assert 'inputmode="decimal"' in field("amount")


def test_choice_may_carry_an_explanation() -> None:
    html = field("places")
    assert "<small>Straat, plein en water</small>" in html
    assert html.count("<small>") == 1


def test_one_box_has_its_words_behind_it() -> None:
    html = field("costs_accepted")
    assert html.index("<input") < html.index("Onze eenheid betaalt")


def test_every_kind_of_field_has_the_classes_of_the_design_system() -> None:
    assert "utrecht-textarea--html-textarea" in field("reasons")
    assert "utrecht-textbox--html-input" in field("note")
    assert "utrecht-select--html-select" in field("unit")
    assert "utrecht-textbox" not in field("costs_accepted")


def test_error_summary_counts_and_links_to_each_field() -> None:
    html = render_to_string("components/error-summary.html", {"form": Example({"amount": "veel"})})
    assert "Er zijn 6 fouten" in html
    for anchor in ("id_reasons", "id_by_when", "id_amount", "id_view_0", "id_places_0", "id_unit"):
        assert f'href="#{anchor}"' in html
        assert f'id="{anchor}"' in str(Example())


def test_error_summary_of_a_form_without_errors_is_empty() -> None:
    assert render_to_string("components/error-summary.html", {"form": HalfDone({})}).strip() == ""


def test_one_error_is_counted_as_one() -> None:
    form = HalfDone({"title": "x"})
    form.add_error(None, "Vul minstens één veld in.")
    html = render_to_string("components/error-summary.html", {"form": form})
    assert "Er is 1 fout<" in html
    assert "Vul minstens één veld in." in html


def test_list_is_narrowed_by_what_is_filled_in_not_by_its_page_or_order() -> None:
    asked: tuple[dict[str, str], ...] = (
        {},
        {"pagina": "2"},
        {"q": "", "order": "oudste"},
        {"q": "hond", "pagina": "2"},
    )
    assert [Narrowed(given).is_used() for given in asked] == [False, False, False, True]
