"""The dialect of a table, its header row, and where its data begins."""

import pytest

from scanner.readers.dialect import Dialect
from scanner.readers.encoding import detect
from scanner.readers.layout import Layout, lay_out


def laid_out(text: str) -> Layout:
    return lay_out(text.encode(), detect(text.encode()), whole=True)


@pytest.mark.parametrize(
    ("text", "dialect"),
    [
        ("id,name\n1,Anna\n2,Bob\n", Dialect(",")),
        ("id\tname\n1\tSmith, Anna\n2\tBob\n", Dialect("\t")),
        ("id;betrag\n1;1,50\n2;2,75\n", Dialect(";")),
        ("1;1,50\n2;2,75\n3;7,25\n", Dialect(";")),
        ("id|mail\n1|a@example.com\n2|b@example.com\n", Dialect("|")),
        ("id\x01name\tof\n1\x01Anna\n2\x01Bob\n", Dialect("\t")),
        ("".join(f"{number}\x01Anna\x01x\n" for number in range(6)), Dialect("\x01")),
        ("".join(f"user{number}:x:{number}:/home/user{number}\n" for number in range(6)), Dialect(":")),
        ('id,text\n1,"a \\"quoted\\", text"\n2,"b"\n', Dialect(",", escape="\\")),
        ("id,name\n1,'Smith, Anna'\n2,'Jones, Bob'\n", Dialect(",", quote="'")),
        ('id\tsize\n1\t"5 inch\n2\t6 inch\n3\t7 inch\n4\t8 inch\n', Dialect("\t", quote="")),
        ('id,note\n1,"two\nlines"\n2,"three\nmore\nlines"\n', Dialect(",")),
        ("just one column\nof words\n", Dialect(",")),
    ],
)
def test_the_special_characters_are_those_that_make_rows_regular(text: str, dialect: Dialect) -> None:
    assert laid_out(text).dialect == dialect


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("first_name,last_name,city\nAnna,Smith,Paris\nBob,Jones,Rome\n", ("first_name", "last_name", "city")),
        ("First Name,Last Name,City\nAnna,Smith,Paris\nBob,Jones,Rome\n", ("First Name", "Last Name", "City")),
        ("SSN\n219-09-9999\n219-09-9998\n", ("SSN",)),
        ("email\na@example.com\nb@example.com\n", ("email",)),
        ("Country,2010,2011\nFrance,1,2\nSpain,4,5\n", ("Country", "2010", "2011")),
        ("имя,телефон\nАнна,+7 495 123-45-67\nБорис,+7 495 123-45-68\n", ("имя", "телефон")),
        (",name,ssn\n0,Anna,219-09-9999\n1,Bob,219-09-9998\n", ("", "name", "ssn")),
        (" id , name \n1,Anna\n", ("id", "name")),
        ("ssn,name\n", ("ssn", "name")),
        ("code,code\nAB12,CD34\nEF56,GH78\n", ("code", "code")),
    ],
)
def test_a_row_of_names_over_rows_of_values_is_a_header(text: str, names: tuple[str, ...]) -> None:
    assert laid_out(text).names == names


@pytest.mark.parametrize(
    "text",
    [
        "1,2,3\n4,5,6\n7,8,9\n",
        "219-09-9999,Anna,Smith\n219-09-9998,Bob,Jones\n",
        "219-09-9999,Anna\n",
        "a@example.com\nb@example.com\n",
        "4111111111111111,12/26,123\n5500005555555559,01/27,456\n",
        "1,Anna Smith,anna@example.com,2020-01-01\n2,Bob,bob@example.com,2020-01-02\n",
        "1998,2001\n2003,1999\n",
    ],
)
def test_a_row_of_values_is_no_header(text: str) -> None:
    assert laid_out(text).names == ()


def test_titles_above_the_header_belong_to_the_heading() -> None:
    text = "Report of customers\nGenerated 2024-01-01\n\nName,SSN\nAnna,219-09-9999\nBob,219-09-9998\nCarl,219-09-9997\n"
    layout = laid_out(text)

    assert layout.names == ("Name", "SSN")
    assert layout.heading_rows == 3
    assert text[layout.data_start :].startswith("Anna,")


def test_the_line_that_tells_excel_the_delimiter_is_no_header() -> None:
    found = laid_out("sep=;\nid;ssn\n1;219-22-9999\n2;219-22-9998\n")

    assert (found.dialect, found.names, found.heading_rows) == (Dialect(";"), ("id", "ssn"), 2)


def test_the_column_of_row_names_that_r_leaves_without_a_name_has_none() -> None:
    assert laid_out("name,ssn\n1,Anna,219-09-9999\n2,Bob,219-09-9998\n").names == ("", "name", "ssn")


def test_columns_beyond_the_header_have_no_name() -> None:
    assert laid_out("name,ssn\nAnna,1\n").name(2) == ""


def test_the_data_begins_behind_a_header_of_several_lines() -> None:
    text = 'id,"social\nsecurity"\n1,219-09-9999\n'

    assert laid_out(text).names == ("id", "social\nsecurity")
    assert laid_out(text).data_start == text.index("1,219")


def test_a_byte_order_mark_is_not_part_of_the_first_name() -> None:
    layout = laid_out("\ufeffssn,name\n219-09-9999,Anna\n219-09-9998,Bob\n")

    assert layout.names == ("ssn", "name")
    assert layout.data_start == 12
