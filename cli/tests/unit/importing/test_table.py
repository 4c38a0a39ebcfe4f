"""CSV files as people's programs write them."""

from __future__ import annotations

from pathlib import Path

import pytest
from deskcli.importing.table import Line, NotATable, grouped, read

TEXT = "slug,naam\ncafé,Één\n"


def written(folder: Path, content: bytes) -> Path:
    path = folder / "file.csv"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_encodings_delimiters_and_line_ends(
    tmp_path: Path, encoding: str, delimiter: str, line_end: str
) -> None:
    content = TEXT.replace(",", delimiter).replace("\n", line_end).encode(encoding)
    table = read(written(tmp_path, content))
    assert table.header == ("slug", "naam")
    assert table.lines == [Line(2, {"slug": "café", "naam": "Één"})]


def test_lines_are_numbered_as_an_editor_numbers_them(tmp_path: Path) -> None:
    content = b'a,b\n1,"two\nlines"\n\n3,4\n'
    table = read(written(tmp_path, content))
    assert [(line.number, line.values["b"]) for line in table.lines] == [(2, "two\nlines"), (5, "4")]


def test_a_delimiter_inside_quotes_is_text(tmp_path: Path) -> None:
    table = read(written(tmp_path, b'name;"a,b,c,d";x\n1;2;3\n'))
    assert table.header == ("name", "a,b,c,d", "x")


@pytest.mark.parametrize(("row", "count"), [(b"1", 1), (b"1,2,3", 3)])
def test_a_row_with_too_few_or_too_many_cells_is_marked(tmp_path: Path, row: bytes, count: int) -> None:
    (line,) = read(written(tmp_path, b"a,b\n" + row)).lines
    assert line.problem == f"it has {count} cells, the header has 2"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf", "does not begin with a header row"),
        (b"just text\n", "does not begin with a header row"),
        (b"a,,c\n1,2,3\n", "does not begin with a header row"),
        (b"a,b,a\n1,2,3\n", "has two columns 'a'"),
        (b"PK\x03\x04\0\0", "is not a text file; save it as CSV first"),
        (b"\xff\xfe\x00", "is neither UTF-8 nor Windows-1252"),
        (b"a,b\n\x81,2\n", "is neither UTF-8 nor Windows-1252"),
        (b"a,b\n" + b"x" * 1_100_000 + b",2\n", "line 2: field larger than field limit"),
    ],
)
def test_what_is_no_table_is_explained(tmp_path: Path, content: bytes, sentence: str) -> None:
    with pytest.raises(NotATable, match=sentence):
        read(written(tmp_path, content))


def test_a_file_that_is_not_there_is_explained(tmp_path: Path) -> None:
    with pytest.raises(NotATable, match="No such file or directory"):
        read(tmp_path / "none.csv")


def test_lines_of_one_key_come_together_and_those_without_stand_alone() -> None:
    keys = ["a", "b", "", " a ", "", "b"]
    lines = [Line(number, {"key": key}) for number, key in enumerate(keys, 2)]
    assert [[line.number for line in group] for group in grouped(lines, "key")] == [[2, 5], [3, 7], [4], [6]]
    assert [len(group) for group in grouped(lines, None)] == [1] * 6
