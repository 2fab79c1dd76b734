"""Office documents lose their author, their company and the paths of the computer they were written on; their words stay."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
from openpyxl.comments import Comment
from PIL import Image, PngImagePlugin

from office.cleaning import Cleaned, clean_file

NAME = "Nguyễn Văn Kín"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CORE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/'
    'metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Đơn phản ánh</dc:title>'
    f"<dc:creator>{NAME}</dc:creator><cp:lastModifiedBy>{NAME}</cp:lastModifiedBy></cp:coreProperties>"
)
APP = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>Microsoft Office Word</Application><Company>Hộ Kín</Company></Properties>"
)
BODY = '<w:document><w:p><w:ins w:id="1" w:author="{name}" w:date="2026-11-20T08:00:00Z"><w:t>Một cửa quát người dân</w:t></w:ins></w:p></w:document>'
THUMBNAIL = '<Relationship Id="rId1" Type="t" Target="docProps/thumbnail.jpeg"/>'
RELS = f'<Relationships>{THUMBNAIL}<Relationship Id="rId2" Type="c" Target="core"/></Relationships>'
SETTINGS = r'<Relationships><Relationship Id="a" Target="file:///C:\Users\Kin\mau.dotx" TargetMode="External"/></Relationships>'
PEOPLE = f'<w15:people><w15:person w15:author="{NAME}"><w15:presenceInfo w15:providerId="AD" w15:userId="S::kin@vidu.vn"/></w15:person></w15:people>'


def photo() -> bytes:
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x010F] = "Kin"
    Image.linear_gradient("L").save(out, "JPEG", exif=exif)
    return out.getvalue()


def drawing() -> bytes:
    out, words = io.BytesIO(), PngImagePlugin.PngInfo()
    words.add_text("Author", "Kin")
    Image.linear_gradient("L").save(out, "PNG", pnginfo=words)
    return out.getvalue()


def docx(**others: str | bytes) -> dict[str, str | bytes]:
    """The parts of a document as Word packs it."""
    return {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": RELS,
        "docProps/core.xml": CORE,
        "docProps/app.xml": APP,
        "docProps/thumbnail.jpeg": photo(),
        "word/document.xml": BODY.replace("{name}", NAME),
        "word/people.xml": PEOPLE,
        "word/_rels/settings.xml.rels": SETTINGS,
        "word/media/image1.jpeg": photo(),
        "word/media/image2.png": drawing(),
        **others,
    }


def packed(parts: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_word_document() -> None:
    cleaned = clean_file(packed(docx()), DOCX)
    assert cleaned.sure
    parts = parts_of(cleaned.content)
    for part in parts.values():
        assert NAME.encode() not in part
        assert b"Kin" not in part
        assert "Hộ Kín".encode() not in part
    assert "Một cửa quát người dân" in parts["word/document.xml"].decode()
    assert 'w:author="Author" w:date=' in parts["word/document.xml"].decode()
    assert parts["docProps/core.xml"].endswith(b"></cp:coreProperties>")
    assert "docProps/thumbnail.jpeg" not in parts
    assert parts["_rels/.rels"] == b'<Relationships><Relationship Id="rId2" Type="c" Target="core"/></Relationships>'
    assert [*parts] == [name for name in docx() if "thumbnail" not in name]
    for name, of in (("word/media/image1.jpeg", photo()), ("word/media/image2.png", drawing())):
        assert Image.open(io.BytesIO(parts[name])).tobytes() == Image.open(io.BytesIO(of)).tobytes()


def test_a_spreadsheet_still_opens() -> None:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.properties.creator = book.properties.lastModifiedBy = NAME
    book.active["A1"] = "Giấy tờ thiếu"
    book.active["A1"].comment = Comment("xem lại", NAME)
    book.active["A2"].hyperlink = "https://vidu.vn/home/x"
    book.save(out)
    assert any(NAME.encode() in part for part in parts_of(out.getvalue()).values())
    cleaned = clean_file(out.getvalue(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    assert cleaned.sure
    assert not any(NAME.encode() in part for part in parts_of(cleaned.content).values())
    again = openpyxl.load_workbook(io.BytesIO(cleaned.content))
    assert again.active["A1"].value == "Giấy tờ thiếu"
    assert again.active["A1"].comment.text == "xem lại"
    assert again.active["A2"].hyperlink.target == "https://vidu.vn/home/x"


def test_the_path_of_a_spreadsheet() -> None:
    book = r'<workbook><x15ac:absPath url="C:\Users\Kin\Desktop\" xmlns:x15ac="x"/></workbook>'
    cleaned = clean_file(packed({"xl/workbook.xml": book, "xl/persons/person.xml": f'<person displayName="{NAME}" id="1"/>'}), DOCX)
    assert cleaned.sure
    parts = parts_of(cleaned.content)
    assert b"Kin" not in parts["xl/workbook.xml"]
    assert NAME.encode() not in parts["xl/persons/person.xml"]


def test_an_open_document() -> None:
    meta = (
        '<?xml version="1.0"?><office:document-meta xmlns:office="o" office:version="1.3"><office:meta><meta:initial-creator>'
        f"{NAME}</meta:initial-creator><dc:creator>{NAME}</dc:creator></office:meta></office:document-meta>"
    )
    body = f"<office:body><office:annotation><dc:creator>{NAME}</dc:creator><text:p>xem</text:p></office:annotation></office:body>"
    manifest = '<manifest:manifest><manifest:file-entry manifest:full-path="Thumbnails/thumbnail.png"/></manifest:manifest>'
    parts = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": body, "meta.xml": meta}
    cleaned = clean_file(packed(parts | {"META-INF/manifest.xml": manifest, "Thumbnails/thumbnail.png": drawing()}), "")
    assert cleaned.sure
    kept = parts_of(cleaned.content)
    assert [*kept] == ["mimetype", "content.xml", "meta.xml", "META-INF/manifest.xml"]
    assert NAME not in kept["content.xml"].decode() + kept["meta.xml"].decode()
    assert b"<text:p>xem</text:p>" in kept["content.xml"]
    assert b"thumbnail" not in kept["META-INF/manifest.xml"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("word/document.xml", f'<w:document><w:fldSimple w:instr="AUTHOR"><w:t>{NAME}</w:t></w:fldSimple></w:document>'),
        ("word/embeddings/oleObject1.bin", b"\xd0\xcf\x11\xe0"),
        ("word/media/image3.jpeg", b"\xff\xd8\xff\xe1\xff\xffcut off"),
        ("word/header1.xml", b"\xff\xfe<\0"),
    ],
)
def test_a_name_may_be_left(name: str, content: str | bytes) -> None:
    cleaned = clean_file(packed(docx(**{name: content})), DOCX)
    assert not cleaned.sure
    assert NAME.encode() not in parts_of(cleaned.content)["docProps/core.xml"]  # what can be done is done


LOCKED = packed(docx()).replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00")


@pytest.mark.parametrize(
    "content",
    [
        LOCKED,
        packed(docx(**{"_xmlsignatures/sig1.xml": "<Signature/>"})),
        packed(docx())[:-30],
        packed(docx(**{"word/big.xml": b" " * 90_000_000})),
        packed({f"{number}.xml": "" for number in range(4_000)}),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,  # DOC and XLS of old
    ],
)
def test_what_cannot_be_cleaned_stays_as_it_is_and_says_so(content: bytes) -> None:
    assert clean_file(content, DOCX) == Cleaned(content, sure=False)


def test_plain_text_has_no_author() -> None:
    assert clean_file("Một cửa".encode(), "text/plain") == Cleaned("Một cửa".encode(), sure=True)
