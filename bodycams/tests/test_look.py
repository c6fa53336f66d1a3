"""Icons, badges, terms and marks, by their functions and by their tags."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string

from bodycams.look import TONES, Badge, Mark, Term, badge_html, icon_html, mark_html, term, term_html

TODAY = date(2026, 11, 23)


def render(template: str, **context: object) -> str:
    return Template("{% load look %}" + template).render(Context(context))


def test_icon_beside_a_word_is_hidden_from_screen_readers() -> None:
    assert 'aria-hidden="true"' in icon_html("lock")
    assert "icons.svg#lock" in icon_html("lock")


def test_icon_alone_says_what_it_means() -> None:
    assert 'role="img" aria-label="Zoeken &amp; vinden"' in icon_html("search", "Zoeken & vinden")


@pytest.mark.parametrize("tone", TONES)
def test_badge_has_an_icon_a_tone_and_a_word(tone: str) -> None:
    html = badge_html(Badge("Een woord", tone))
    assert f"badge--{tone}" in html
    assert f"#{TONES[tone]}" in html
    assert "Een woord" in html


def test_badge_with_an_icon_of_its_own_keeps_it() -> None:
    assert "#clock" in badge_html(Badge("Laat aangeleverd", "warn", "clock"))


def test_badge_escapes_its_words() -> None:
    assert "&lt;script&gt;" in badge_html(Badge("<script>", "open"))


@pytest.mark.parametrize(
    ("last_day", "expected"),
    [
        (date(2026, 11, 21), Term("2 dagen te laat", "za 21 nov 2026", "late")),
        (date(2026, 11, 22), Term("1 dag te laat", "zo 22 nov 2026", "late")),
        (date(2026, 11, 23), Term("vandaag", "ma 23 nov 2026", "late")),
        (date(2026, 11, 24), Term("nog 1 dag", "di 24 nov 2026", "soon")),
        (date(2026, 11, 30), Term("nog 7 dagen", "ma 30 nov 2026", "soon")),
        (date(2026, 12, 1), Term("nog 8 dagen", "di 1 dec 2026", "ok")),
    ],
)
def test_term_is_louder_when_less_is_left(last_day: date, expected: Term) -> None:
    assert term(last_day, TODAY) == expected


def test_term_that_says_what_for_writes_the_date_short() -> None:
    assert term(date(2026, 12, 28), TODAY, "eerste besluit").date == "eerste besluit 28-12-2026"


def test_late_term_has_a_mark_beside_its_colour() -> None:
    html = term_html(term(date(2026, 11, 20), TODAY))
    assert "term--late" in html
    assert "#alert-circle" in html


def test_no_term_is_said() -> None:
    assert "geen termijn" in term_html(None)


@pytest.mark.parametrize(
    ("show", "shown"), [("word", "> geweigerd<"), ("icon", 'aria-label="geweigerd"'), ("narrow", "> geweigerd<")]
)
def test_mark_says_its_word(show: str, shown: str) -> None:
    assert shown in mark_html(Mark("no", "geweigerd"), show)


def test_tags_give_what_the_functions_give() -> None:
    status = Badge("Aangemeld", "open")
    assert render("{% badge status %}", status=status) == badge_html(status)
    assert render('{% flag "Dringend" "urgent" %}') == badge_html(Badge("Dringend", "urgent"))
    assert render("{% term term %}", term=None) == term_html(None)
    assert render('{% icon "lock" %}') == icon_html("lock")
    assert render('{% mark given "icon" %}', given=Mark("yes", "gegeven")) == mark_html(Mark("yes", "gegeven"), "icon")


def test_alert_has_the_icon_of_its_tone() -> None:
    html = render('{% alert "ok" "Uw aanmelding is ontvangen." %}')
    assert "utrecht-alert--ok" in html
    assert "#circle-check" in html


def test_panel_holds_what_stands_in_it() -> None:
    html = render('{% panel "Let op" %}<p>{{ text }}</p>{% endpanel %}', text="a & b")
    assert "<h2>Let op</h2>" in html
    assert "<p>a &amp; b</p>" in html


@pytest.mark.parametrize("page", ["400.html", "403.html", "403_csrf.html", "404.html", "500.html"])
def test_error_page_needs_no_context(page: str) -> None:
    html = render_to_string(page)
    assert html.count("<h1>") == 1
    assert "Wat kunt u wel doen?" in html


def test_refusal_gives_its_reason() -> None:
    assert "U hebt dit dossier zelf aangemeld." in render_to_string(
        "403.html", {"exception": "U hebt dit dossier zelf aangemeld."}
    )


def test_what_surrounds_a_page_shows_only_what_is_there() -> None:
    house = {
        "navigation": [{"label": "Mijn werk", "url": "/", "current": True, "count": 9}],
        "account": {"role": "Projectleider", "place": "2001 · landelijk", "logout_url": "/uitloggen/"},
    }
    html = render_to_string("base.html", {"house": house})
    assert 'aria-current="page"' in html
    assert "Uitloggen" in html
    assert "Meldingen" not in html
    assert "site-search" not in html


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2026, 3, 8, 8, 5, tzinfo=UTC), '<time datetime="2026-03-08T09:05:00+01:00">8 mrt 2026, 09.05</time>'),
        (datetime(2026, 7, 31, 22, 30, tzinfo=UTC), "1 aug 2026, 00.30"),
        (datetime(2026, 12, 31, 22, 59, 59, tzinfo=UTC), "31 dec 2026, 23.59"),
    ],
)
def test_moment_is_written_by_the_clock_of_the_netherlands(moment: datetime, expected: str) -> None:
    assert expected in render("{% moment moment %}", moment=moment)
