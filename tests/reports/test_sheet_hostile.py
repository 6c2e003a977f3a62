"""Files that mean harm or are something else: each a clear sentence, from a process that is confined.

Every file goes through the real reading process, as one that somebody dropped would.
"""

from __future__ import annotations

import json
import re
import stat
import struct
import subprocess
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
from openpyxl import Workbook

from reports.sheet import reading
from reports.sheet.child import LIMITS
from reports.sheet.filled import UnreadableSheet
from reports.sheet.parcel import OLE
from reports.sheet.reading import COMMAND, ROOT, read_sheet
from reports.sheet.refusals import SENTENCES
from reports.sheet.writing import write_sheet
from tests.reports.sheet_making import (
    FIRST,
    FORM,
    TABLE,
    filled_in,
    parts_of,
    saved,
    with_part,
    zipped,
)

DOCTYPE = b"<?xml version='1.0'?><!DOCTYPE sst [%s]>"
PLAIN = write_sheet(FORM)


def at_the_end(cells: bytes) -> Callable[[bytes], bytes]:
    """Rows put behind those of the table."""
    return lambda body: body.replace(b"</sheetData>", cells + b"</sheetData>")


def two_cells() -> bytes:
    """1.5 KB that reach from A1 to XFD1048576."""
    book = Workbook()
    page = book.worksheets[0]
    page["A1"], page["XFD1048576"] = 1, 2
    return saved(book)


def declared(body: bytes) -> bytes:
    """`sharedStrings.xml` under a document type."""
    return (
        DOCTYPE % body + b"<sst xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'>"
    )


def laughs() -> bytes:
    levels = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
    body = declared(b'<!ENTITY l0 "lol">' + levels) + b"<si><t>&l9;</t></si></sst>"
    return with_part("xl/sharedStrings.xml", body)


def outside_entity() -> bytes:
    body = declared(b'<!ENTITY x SYSTEM "file:///etc/passwd">') + b"<si><t>&x;</t></si></sst>"
    return with_part("xl/sharedStrings.xml", body)


def lying_size() -> bytes:
    """Both headers of the table say that it is 10 bytes long."""
    data = bytearray(PLAIN)
    with zipfile.ZipFile(BytesIO(PLAIN)) as parcel:
        true = struct.pack("<I", parcel.getinfo(TABLE).file_size)
    at = data.find(true)
    while at != -1:
        data[at : at + 4] = struct.pack("<I", 10)
        at = data.find(true, at + 4)
    return bytes(data)


def linked() -> bytes:
    """A part that says by its mode that it is a symbolic link."""
    buffer = BytesIO(PLAIN)
    with zipfile.ZipFile(buffer, "a") as parcel:
        link = zipfile.ZipInfo("xl/link")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        parcel.writestr(link, "/etc/passwd")
    return buffer.getvalue()


def encrypted_part() -> bytes:
    """The flag of an encrypted part, set in every header of the directory."""
    data = bytearray(PLAIN)
    at = data.find(b"PK\x01\x02")
    while at != -1:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


def office(folder: str) -> bytes:
    return zipped({"[Content_Types].xml": b"<Types/>", f"{folder}/document.xml": b"<x/>"})


def macro_enabled(body: bytes) -> bytes:
    return body.replace(b"spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main")


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "empty"),
    "A1 and XFD1048576": (two_cells, "foreign"),
    "10 MB of one letter": (lambda: with_part("xl/media/x", b"A" * 10_000_000), "too_big"),
    "60 MB in one cell": (
        lambda: with_part(
            TABLE,
            at_the_end(b'<row><c t="inlineStr"><is><t>%s</t></is></c></row>' % (b"A" * 60_000_000)),
        ),
        "too_big",
    ),
    "201 parts": (
        lambda: zipped({**parts_of(PLAIN), **{f"x{n}": b"" for n in range(201)}}),
        "too_big",
    ),
    "6 MB": (lambda: b"PK\x03\x04" + bytes(6 * 1024 * 1024), "too_big"),
    "a size that lies": (lying_size, "broken"),
    "billion laughs": (laughs, "broken"),
    "an entity from outside": (outside_entity, "broken"),
    "cut off": (lambda: PLAIN[: len(PLAIN) // 2], "broken"),
    "an empty zip": (lambda: zipped({}), "broken"),
    "a link": (linked, "broken"),
    "a path upwards": (lambda: with_part("../../etc/passwd", b"x"), "broken"),
    "an absolute path": (lambda: with_part("/etc/passwd", b"x"), "broken"),
    "no pages": (lambda: with_part("xl/workbook.xml", b"<workbook/>"), "foreign"),
    "damaged xml": (lambda: with_part(TABLE, lambda body: body[:-40]), "broken"),
    ".xls": (lambda: OLE + bytes(4096), "xls"),
    "with a password": (
        lambda: OLE + bytes(512) + "EncryptedPackage".encode("utf-16-le"),
        "locked",
    ),
    "an encrypted part": (encrypted_part, "locked"),
    ".xlsm": (lambda: with_part("xl/vbaProject.bin", OLE), "macro"),
    ".xlsm by its type alone": (lambda: with_part("[Content_Types].xml", macro_enabled), "macro"),
    ".xlsb": (lambda: zipped({"xl/workbook.bin": b"x"}), "xlsb"),
    ".ods": (lambda: zipped({"mimetype": b"application/vnd.oasis"}), "ods"),
    ".docx": (lambda: office("word"), "other_office"),
    "some zip": (lambda: zipped({"a.txt": b"x"}), "not_excel"),
    "text called .xlsx": ("番号,実績値\n1-1b,12\n".encode, "text"),
    "a CSV of Excel": (lambda: "番号,実績値\r\n1-1b,12\r\n".encode("cp932"), "text"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(50), "image"),
    "a photo of a phone": (lambda: b"\x00\x00\x00\x18ftypheic" + bytes(50), "image"),
    "a PDF": (lambda: b"%PDF-1.7\n", "pdf"),
    "noise": (lambda: bytes(range(1, 32)) * 20, "unknown"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_file_that_is_not_taken_is_told_with_what_to_do(what: str) -> None:
    """Its own sentence, and nothing of what the file would have fetched."""
    make, reason = REFUSED[what]
    with pytest.raises(UnreadableSheet) as refused:
        read_sheet(make())
    assert str(refused.value) == SENTENCES[reason]
    assert "root:" not in str(refused.value)


def a_million_rows() -> bytes:
    rows = b"".join(b'<row r="%d"/>' % n for n in range(FIRST + 4, 1_000_000))
    return with_part(TABLE, at_the_end(rows))


def claiming(size: bytes) -> Callable[[bytes], bytes]:
    """The page says that it is of another size."""
    return lambda body: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="%s"' % size, body)


READ: dict[str, Callable[[], bytes]] = {
    "a million rows behind the table": a_million_rows,
    "a cell at the far end": lambda: with_part(
        TABLE, at_the_end(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    ),
    "a false size of the page": lambda: with_part(TABLE, claiming(b"A1:XFD1048576")),
    "no size of the page": lambda: with_part(TABLE, claiming(b"A1")),
    "a link to another book": lambda: with_part(
        "xl/externalLinks/externalLink1.xml", b"<externalLink/>"
    ),
}


@pytest.mark.parametrize("what", READ)
def test_what_a_sheet_claims_beside_its_table_does_not_matter(what: str) -> None:
    """Its rows are read as ever."""
    found = read_sheet(READ[what]())
    assert [row.key for row in found.rows] == ["1-1b", "1-1c", "3-3a", "4-1a"]
    assert found.rows[3].cells["value"].text == "3"


@pytest.mark.parametrize(
    "formula", ['=WEBSERVICE("http://127.0.0.1:1/x")', "=[1]Sheet1!A1", "=cmd|'/c calc'!A1"]
)
def test_a_formula_keeps_its_cell_from_being_read(formula: str) -> None:
    """With the value that the file claims for it, which nobody calculated."""

    def claimed(body: bytes) -> bytes:
        assert b"<v></v>" in body or b"<v />" in body or b"<v/>" in body
        for empty in (b"<v></v>", b"<v />", b"<v/>"):
            body = body.replace(empty, b"<v>999999</v>")
        return body

    data = with_part(TABLE, claimed, filled_in({"1-1b": formula}))
    cell = read_sheet(data).rows[0].cells["value"]
    assert cell.text == ""
    assert cell.trouble is not None
    assert cell.trouble.startswith("計算式（=")
    assert cell.address == f"J{FIRST}"


def run_confined(code: str) -> subprocess.CompletedProcess[str]:
    """Something else done by a process that is confined as the reading one."""
    command = [*COMMAND[:-2], "-c", f"from reports.sheet.child import confine; confine(); {code}"]
    return subprocess.run(
        command, capture_output=True, text=True, env={"PYTHONPATH": str(ROOT)}, check=False
    )


def test_the_reading_process_is_confined() -> None:
    """Memory, processor time, writing of files: as its table of limits says."""
    code = "import json; print(json.dumps([resource.getrlimit(n) for n, _ in LIMITS]))"
    done = run_confined(f"import resource; from reports.sheet.child import LIMITS; {code}")
    assert json.loads(done.stdout) == [[most, most] for _, most in LIMITS]


def test_more_memory_than_allowed_is_not_had() -> None:
    """The limit is the kernel's, not ours to keep."""
    assert "MemoryError" in run_confined("bytearray(300 * 1024 * 1024)").stderr


def test_a_file_that_needs_more_than_allowed_is_told_of() -> None:
    """30 MB of cell formats: within every limit of the zip, far beyond that of the process."""

    def styles(body: bytes) -> bytes:
        one = b'<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        kinds = b"".join(one.replace(b'"0"/>', b'"%d"/>' % (n % 7919)) for n in range(450_000))
        return body.replace(b"</cellXfs>", kinds + b"</cellXfs>")

    with pytest.raises(UnreadableSheet) as refused:
        read_sheet(with_part("xl/styles.xml", styles))
    assert str(refused.value) == SENTENCES["too_much"]


def test_a_file_that_takes_too_long_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process is killed, and the sentence says so."""
    monkeypatch.setattr(reading, "SECONDS", 0.001)
    with pytest.raises(UnreadableSheet) as refused:
        read_sheet(PLAIN)
    assert str(refused.value) == SENTENCES["too_much"]


@pytest.mark.parametrize("reason", SENTENCES)
def test_every_sentence_says_what_to_do(reason: str) -> None:
    """Polite, complete, in Japanese."""
    said = SENTENCES[reason].format(about="備考")
    assert said.endswith("。")
    assert "ください" in said or "受け取れます" in said
