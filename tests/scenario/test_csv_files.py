"""CSV files as spreadsheets of the world write them, and files that are none."""

import pytest

from optimizer.scenario.csv_file import read_csv
from optimizer.scenario.read import read
from optimizer.scenario.schema import SCHEMA
from optimizer.scenario.write import write
from tests.scenario import starter_files as make

HEADER = "country,customs_territory,currency,note\n"


def table_of(data, name="countries"):
    raw, problems = read_csv(SCHEMA[name], data)
    assert problems == []
    return raw


def trouble(data, name="countries"):
    raw, problems = read_csv(SCHEMA[name], data)
    assert len(problems) == 1
    return str(problems[0])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_chinese_text_survives_in_every_encoding(tmp_path, encoding):
    folder = tmp_path / "s"
    write(make.STARTER, folder, language="zh")
    for file in folder.glob("*.csv"):
        file.write_bytes(file.read_text("utf-8-sig").encode(encoding))
    make.same(read(folder), make.STARTER)


def test_chinese_table_names_are_read(tmp_path):
    folder = make.starter_folder(tmp_path)
    for table in SCHEMA.values():
        if (folder / f"{table.name}.csv").exists():
            (folder / f"{table.name}.csv").rename(folder / f"{table.chinese}.csv")
    make.same(read(folder), make.STARTER)


@pytest.mark.parametrize("separator", [";", "\t"])
def test_other_separators_are_recognised(separator):
    raw = table_of((HEADER + "CN,CN,CNY,a b\n").replace(",", separator).encode())
    assert [texts.iloc[0] for texts in raw.columns] == ["CN", "CN", "CNY", "a b"]


def test_a_separator_inside_quotes_does_not_count():
    raw = table_of((HEADER + 'CN,CN,CNY,"a, b; c"\n').encode())
    assert raw.columns[3].iloc[0] == "a, b; c"


def test_line_ends_of_windows_are_read():
    raw = table_of((HEADER + "CN,CN,,\nUS,US,,\n").replace("\n", "\r\n").encode())
    assert list(raw.columns[0]) == ["CN", "US"]
    assert list(raw.rows) == [2, 3]


def test_rows_that_end_early_are_filled_with_nothing():
    raw = table_of((HEADER + "CN,CN\nUS,US,USD\n").encode())
    assert list(raw.columns[2]) == ["", "USD"]


def test_trailing_separators_are_harmless():
    raw = table_of(b"country,customs_territory,,,\nCN,CN,,,\nUS,US,,,\n")
    assert raw.headers == ("country", "customs_territory")
    assert list(raw.columns[0]) == ["CN", "US"]


def test_the_words_na_and_null_are_texts():
    raw = table_of((HEADER + "NA,null,None,nan\n").encode())
    assert [texts.iloc[0] for texts in raw.columns] == ["NA", "null", "None", "nan"]


def test_blanks_around_cells_and_headers_are_dropped():
    raw = table_of(b" country , customs_territory\n  CN ,\tCN \n")
    assert raw.headers == ("country", "customs_territory")
    assert raw.columns[0].iloc[0] == "CN"


def test_a_header_alone_is_a_table_without_rows():
    assert len(table_of(HEADER.encode()).rows) == 0
    assert len(table_of(HEADER.rstrip().encode()).rows) == 0


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf", b",,,\n"])
def test_an_empty_file_is_refused(data):
    assert trouble(data).startswith("countries: the file is empty. Write a header with at least country, customs")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "the file is a picture, not a CSV table"),
        (b"PK\x03\x04rest", "the file is a zip file or an Excel workbook"),
        (b"%PDF-1.7", "a PDF document"),
        (b"PAR1....", "a Parquet file"),
        (b"country\0,x\n", "the file is binary"),
        (b"<!DOCTYPE html><html><table><tr><td>country", "a web page or XML"),
        (b"\n <html>", "a web page or XML"),
        (b"\xff\xfe\x00", "the encoding of the file cannot be told"),
        ("country,customs_territory\nÖsterreich,Österreich\nKöln,Köln\n".encode("latin-1"), "the encoding of the file"),
        (b"hello world\nthis is text\n", "none of the names in the first row is a column of this table"),
    ],
)
def test_a_file_that_is_not_a_table_is_refused(data, words):
    assert words in trouble(data)


def test_a_quote_that_is_never_closed_is_named_with_its_row():
    line = trouble(b'country,customs_territory\nCN,CN\n"US,US\nDE,EU\n')
    assert line == "countries row 3: a quote is opened and never closed. Close it, or remove it."


def test_a_first_row_with_too_many_cells_is_named_and_nothing_is_dropped():
    # pandas would only warn, and drop every cell beyond the first row's own header.
    line = trouble(b"country,customs_territory\nCN,CN,,x\nUS,US\n")
    assert line.startswith("countries row 2: the row has 4 cells, but the header has 2.")


@pytest.mark.parametrize("rows", [b"CN,CN,,,,\nUS,US\n", b"CN,CN\nUS,US,,,,,\n"])
def test_empty_cells_right_of_the_header_are_harmless_in_any_row(rows):
    assert list(table_of(b"country,customs_territory\n" + rows).columns[0]) == ["CN", "US"]


def test_line_ends_of_old_macs_are_read():
    raw = table_of((HEADER + "CN,CN,,\nUS,US,,\n").replace("\n", "\r").encode())
    assert list(raw.columns[0]) == ["CN", "US"]


def test_a_row_with_too_many_cells_is_named():
    assert trouble((HEADER + "CN,CN,CNY,,\nUS,US,USD,a,b\n").encode()).startswith(
        "countries row 3 = 'b': a value stands"
    )
    long = trouble((HEADER + "CN,CN,CNY,\nUS,US,USD,a,b,c,d\n").encode())
    assert long.startswith("countries row 3: the row has 7 cells, but the header has 4.")


def test_a_title_above_the_header_is_named():
    short = trouble(b"My countries\ncountry,customs_territory\nCN,CN\n")
    assert short.endswith("the header stands in row 2, not in row 1. Delete the row above the header.")
    line = trouble(b"My countries 2026,,,\n,,,\ncountry,customs_territory,currency,note\nCN,CN,,\n")
    assert line.startswith(
        "countries row 1 = 'My countries 2026': the header stands in row 3, not in row 1. Delete the 2 rows above"
    )


def test_a_text_that_a_spreadsheet_would_run_is_shielded_and_read_back(tmp_path):
    wild = ["=HYPERLINK(1)", "+1", "-5C", "@x", "'=quoted", "'plain", "''@"]
    scenario = make.with_rows(make.STARTER, "countries", *[
        {"country": f"C{place}", "customs_territory": "US", "currency": "USD", "note": note}
        for place, note in enumerate(wild)
    ])  # fmt: skip
    write(scenario, tmp_path / "s")
    cells = [line.split(",")[-1] for line in (tmp_path / "s" / "countries.csv").read_text("utf-8-sig").splitlines()]
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@")]
    make.same(read(tmp_path / "s"), scenario)
