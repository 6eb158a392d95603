"""A Word document holds what was put into it, in its order, whatever signs a text has."""

import zipfile
from io import BytesIO
from xml.etree import ElementTree as ET

from core.word import Document

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def saved(document: Document) -> zipfile.ZipFile:
    target = BytesIO()
    document.save(target)
    return zipfile.ZipFile(target)


def lines(archive: zipfile.ZipFile) -> list[str]:
    root = ET.fromstring(archive.read("word/document.xml"))
    return ["".join(run.text or "" for run in one.iter(f"{W}t")) for one in root.iter(f"{W}p")]


def test_texts_tables_and_pictures_stand_in_their_order() -> None:
    document = Document()
    document.title("主题党日活动记录")
    document.table([("主题", "甲\n乙"), ("应到", "8", "实到", "7")], (1, 2, 1, 2), head=False)
    document.paragraph("第一段\n第二段")
    document.picture(b"jpeg", 400, 300)
    archive = saved(document)

    shown = ["主题党日活动记录", "主题", "甲", "乙", "应到", "8", "实到", "7", "第一段", "第二段"]
    assert [line for line in lines(archive) if line] == shown
    spans = ET.fromstring(archive.read("word/document.xml")).iter(f"{W}gridSpan")
    assert [one.get(f"{W}val") for one in spans] == ["3"]
    assert archive.read("word/media/1.jpg") == b"jpeg"
    assert 'Id="rId101"' in archive.read("word/_rels/document.xml.rels").decode()


def test_no_sign_of_a_text_breaks_the_file() -> None:
    document = Document()
    document.paragraph('<w:p>&"\x00\x0b\ud800　甲\ufffe')
    archive = saved(document)

    assert lines(archive) == ['<w:p>&"', "　甲"]
    for name in archive.namelist():
        if not name.endswith(".jpg"):
            ET.fromstring(archive.read(name))


def test_each_part_that_a_relation_names_is_there() -> None:
    archive = saved(Document())
    links = ET.fromstring(archive.read("word/_rels/document.xml.rels"))

    assert {f"word/{one.get('Target')}" for one in links} <= set(archive.namelist())
