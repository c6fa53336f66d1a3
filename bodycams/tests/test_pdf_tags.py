"""The tags of a PDF as assistive technology reads them, and that each check sees what it is for."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
import pytest

from bodycams.pdf import making
from bodycams.tests.pdf_checks import faults, read
from bodycams.tests.pdf_reader import Pdf

ROWS = "".join(f"<tr><th scope=row>{number}</th><td><b>rij</b>\n{number}</td></tr>" for number in range(60))
HTML = f"""<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>Proef</title>
<link rel="stylesheet" href="css/fonts.css"></head><body>
<h1>Proef</h1><p>Lees <a href="#verder">verder
hieronder</a>.</p>
<div><figure><figcaption>Figuur 1. Een vlak</figcaption>
<svg width="20" height="20"><title>Een vlak: 1</title><rect width="20" height="20"/></svg></figure></div>
<h2 id="verder">Verder</h2>
<table><thead><tr><th scope=col>Nummer</th><th scope=col>Tekst</th></tr></thead><tbody>{ROWS}</tbody></table>
<h2>Nog een</h2>
<table><caption>Tabel 2</caption><tbody><tr><th scope=row>a</th><td>b</td></tr></tbody></table>
<ul><li>een</li><li>twee</li></ul></body></html>"""
CSS = '@page { size: A6; @bottom-right { content: "Pagina " counter(page) } }'


@pytest.fixture(scope="module")
def made() -> bytes:
    return making.write_pdf(HTML, CSS)


@pytest.fixture(scope="module")
def unfinished() -> bytes:
    """The same by WeasyPrint alone."""
    weasyprint = making.library()
    return bytes(
        weasyprint.HTML(string=HTML, base_url=making.BASE, url_fetcher=making.own_files()).write_pdf(
            pdf_variant="pdf/ua-1"
        )
    )


def test_nothing_is_wrong_with_it(made: bytes) -> None:
    assert faults(made) == []


def test_a_table_over_several_pages_is_one_table_with_one_head(made: bytes) -> None:
    document = Pdf(made)
    assert len(document.file.pages) > 3
    first, second = document.root.all("Table")
    assert [element.tag for element in first.kids] == ["THead", "TBody"]
    assert [row.kids[0].text for row in first.all("TR")] == ["Nummer", *map(str, range(60))]
    assert [element.tag for element in second.kids] == ["Caption", "TBody"]


def test_a_cell_holds_its_text_and_nothing_that_means_nothing(made: bytes) -> None:
    cell = Pdf(made).root.all("TD")[7]
    assert (cell.text, cell.kids) == ("rij 7", [])


def test_what_stands_in_the_margin_is_beside_the_text(made: bytes) -> None:
    document = Pdf(made)
    assert document.beside[2].endswith("Pagina 3")
    assert "Pagina" not in document.root.text


def test_a_repeated_head_is_read_once(made: bytes) -> None:
    document = Pdf(made)
    assert document.root.text.count("Nummer") == 1
    assert sum("Nummer" in beside for beside in document.beside) > 1


def test_a_figure_holds_its_caption_and_says_what_it_shows(made: bytes) -> None:
    document = Pdf(made)
    (figure,) = document.root.all("Figure")
    assert [element.text for element in figure.all("Caption")] == ["Figuur 1. Een vlak"]
    assert str(figure.raw.Alt) == "Een vlak: 1"


def test_a_link_says_where_it_leads(made: bytes) -> None:
    file = read(made)
    (link,) = [link for page in file.pages for link in page.obj.get("/Annots", ())]
    assert str(link.Contents) == "verder hieronder"


def test_heads_say_what_they_head(made: bytes) -> None:
    document = Pdf(made)
    assert {str(head.raw.A.Scope) for head in document.root.all("TH")} == {"/Row", "/Column"}


def test_twin_without_the_finisher_each_of_these_fails(unfinished: bytes) -> None:
    document = Pdf(unfinished)
    assert len(document.root.all("Table")) > 2
    assert document.root.all("NonStruct")
    assert {str(head.raw.A.get("/Scope")) for head in document.root.all("TH")} == {"None"}
    assert not document.root.all("Figure")[0].all("Caption")
    assert any("heads" in fault for fault in faults(unfinished))


def without_language(file: Any) -> None:
    del file.Root["/Lang"]


def without_title(file: Any) -> None:
    del file.docinfo["/Title"]


def without_words_for_a_picture(file: Any) -> None:
    for element in file.objects:
        if isinstance(element, pikepdf.Dictionary) and element.get("/S") == "/Figure":
            del element["/Alt"]


def with_a_script(file: Any) -> None:
    file.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))


def with_something_drawn_beside_everything(file: Any) -> None:
    file.pages[0].contents_add(b"0 0 10 10 re f", prepend=True)


def with_a_heading_too_deep(file: Any) -> None:
    for element in file.objects:
        if isinstance(element, pikepdf.Dictionary) and element.get("/S") == "/H2":
            element.S = pikepdf.Name.H4


def without_a_cell(file: Any) -> None:
    for element in file.objects:
        if isinstance(element, pikepdf.Dictionary) and element.get("/S") == "/TR":
            del element.K[1]
            return


def without_what_an_archive_asks(file: Any) -> None:
    said = file.Root.Metadata.read_bytes()
    file.Root.Metadata.write(said.replace(b'pdfaid:part="3"', b'pdfaid:part="2"'))


def without_what_everybody_asks(file: Any) -> None:
    said = file.Root.Metadata.read_bytes()
    file.Root.Metadata.write(said.replace(b"<pdfuaid:part>1<", b"<pdfuaid:part>0<"))


def without_what_colours_mean(file: Any) -> None:
    del file.Root["/OutputIntents"]


def with_a_file_that_belongs_to_nothing(file: Any) -> None:
    file.attachments["los.txt"] = b"los"


def with_a_link_that_is_not_seen(file: Any) -> None:
    for page in file.pages:
        for link in page.obj.get("/Annots", ()):
            link.F = 6


@pytest.mark.parametrize(
    "harm",
    [
        without_what_an_archive_asks,
        without_what_everybody_asks,
        without_what_colours_mean,
        with_a_file_that_belongs_to_nothing,
        with_a_link_that_is_not_seen,
        without_language,
        without_title,
        without_words_for_a_picture,
        with_a_script,
        with_something_drawn_beside_everything,
        with_a_heading_too_deep,
        without_a_cell,
    ],
)
def test_twin_what_is_wrong_is_found(made: bytes, harm: Callable[[Any], None]) -> None:
    file = read(made)
    assert faults(saved(file)) == []
    harm(file)
    assert faults(saved(file)) != []


def saved(file: Any) -> bytes:
    target = BytesIO()
    file.save(target)
    return target.getvalue()
