"""What a PDF needs for the archive and WeasyPrint does not write: that it is PDF/UA-1 beside PDF/A-3a, each enclosed
file named once, and an empty place for a signature that belongs to the tree of tags.

All of it on the objects that WeasyPrint is about to write. Not here: making the PDF (`making.py`), its tags
(`tags.py`), signing (`signing.py`).
"""

from typing import Any

import pydyf

from bodycams.pdf.signing import SIGNATURE_FIELD

PDFUA = "http://www.aiim.org/pdfua/ns/id/"
IS_PDFUA = f"""<rdf:Description rdf:about="" xmlns:pdfuaid="{PDFUA}"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>{PDFUA}</pdfaSchema:namespaceURI><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
</rdf:RDF>"""
"""PDF/A knows no `pdfuaid`, so the file explains it (ISO 19005-3, 6.6.2.3); the end of WeasyPrint's own statements."""
PRINTED_AND_LOCKED = 4 + 128
FOR_WHAT = "Handtekening van het Bodycamregister"


def declare(pdf: Any) -> None:
    """The metadata stay readable without unpacking, for whoever looks for them in the bytes."""
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    metadata.stream = [metadata.stream[0].replace(b"</rdf:RDF>", IS_PDFUA.encode(), 1)]
    metadata.compress = False


def name_files_once(pdf: Any) -> None:
    """WeasyPrint names each enclosed file twice."""
    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))


def leave_room_for_a_signature(tree: Any) -> None:
    """An empty field on the first page, without a size: it is seen by who asks for signatures, and read as a form by
    who has the page read out. One that is added later would stand outside the tree (PDF/UA-1, 7.18.4).
    """
    pdf, first = tree.pdf, tree.pdf.page_references[0]
    page, numbers = tree.objects[first], tree.objects[tree.root["ParentTree"]]["Nums"]
    place, words = numbers[-2] + 1, pydyf.String(FOR_WHAT)
    form = pydyf.Dictionary(
        {"Type": "/StructElem", "S": "/Form", "P": tree.top.reference, "Pg": first, "Alt": words},
    )
    widget = pydyf.Dictionary(
        {
            "Type": "/Annot",
            "Subtype": "/Widget",
            "FT": "/Sig",
            "T": pydyf.String(SIGNATURE_FIELD),
            "TU": words,
            "F": PRINTED_AND_LOCKED,
            "Rect": pydyf.Array([0, 0, 0, 0]),
            "P": first,
            "StructParent": place,
        }
    )
    pdf.add_object(form)
    pdf.add_object(widget)
    form["K"] = pydyf.Dictionary({"Type": "/OBJR", "Obj": widget.reference, "Pg": first})
    page["Annots"] = pydyf.Array([*page.get("Annots", ()), widget.reference])
    tree.top["K"].append(form.reference)
    numbers.extend([place, form.reference])
    pdf.catalog["AcroForm"] = pydyf.Dictionary({"Fields": pydyf.Array([widget.reference])})
