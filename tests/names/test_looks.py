"""What single values look like: names, addresses, and what only resembles them."""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.names.headers import Role
from scanner.names.look import Look
from scanner.names.people import look
from scanner.names.places import Spot, spot
from scanner.names.valid import which_hold_one

LOOKS = {
    Look.FULL: [
        *(
            "Maria Gonzalez",
            "GONZALEZ MARIA",
            "Hill, John",
            "J. R. Hill",
            "Dr. Anna Müller",
            "O'Brien, Sean",
            "HILL/ANN MS",
            "Mr. & Mrs. Hill",
        ),
        *("Ludwig van der Berg", "Кузнецова Анна Петровна", "王建国", "김민준", "小林 直樹", "コバヤシ ナオキ", "محمد أحمد", "Ivan Petrov"),
    ],
    Look.GIVEN: ["Maria", "ZOË", "Jean-Pierre", "Андреевна"],
    Look.SURNAME: ["Gonzalez", "Müller", "van Dijk", "Kowalewski", "Иванченко"],
    Look.INITIALS: ["J.", "J.C.", "M. E."],
    Look.PLACE: ["San Diego", "Los Angeles", "東京"],
    Look.OTHER: [
        *(
            "Acme Inc.",
            "Müller GmbH",
            "Blue Chair",
            "The Lord of the Rings",
            "Sales Manager",
            "12",
            "",
            "user_1",
            "a@b.example",
            "C:\\temp",
        ),
        *("北京华信科技有限公司", "Charlotte's Web of Lies", "x" * 100),
    ],
}
SPOTS = {
    Spot.FULL: ["12 Elm St, Dayton OH 45431", "12 rue Victor Hugo, 69002 Lyon", "Via Roma 9, 20121 Milano", "東京都渋谷区渋谷2-21-1"],
    Spot.STREET: ["12 Elm St", "Hauptstraße 5", "P.O. Box 313", "ul. Długa 14/3", "Rua Augusta 15", "ул. Мира, 33", "Kungsgatan 71"],
    Spot.ROAD: ["Elm Street", "Lindenallee", "Rua das Acácias"],
    Spot.NUMBERED: ["14 Mill Bank", "Kolonnaden 3"],
    Spot.CITY: ["Dayton", "München"],
    Spot.OTHER: ["10.0.0.1", "0x3f8a00", "ops@site.example", "https://a.example/street", "Blue chair", "12345", "", "/var/log/street 5"],
}


@pytest.mark.parametrize(("kind", "value"), [(kind, value) for kind, values in LOOKS.items() for value in values])
def test_a_value_looks_like_a_name_or_not(kind: Look, value: str) -> None:
    assert look(value) is kind


@pytest.mark.parametrize(("kind", "value"), [(kind, value) for kind, values in SPOTS.items() for value in values])
def test_a_value_looks_like_an_address_or_not(kind: Spot, value: str) -> None:
    assert spot(value) is kind


@given(st.text(max_size=300))
def test_any_text_is_judged(text: str) -> None:
    assert isinstance(look(text), Look)
    assert isinstance(spot(text), Spot)


def test_empty_cells_and_fillers_hold_no_name() -> None:
    cells = ["Ann Hill", "", None, "N/A", "unknown", "-", "Hill GmbH", "12", " Zoë ", "名前", "Иванова"]

    assert which_hold_one(pa.array(cells), Role.FULL).tolist() == [True, *[False] * 7, True, True, True]


def test_empty_cells_and_fillers_hold_no_address() -> None:
    cells = ["12 Elm St", "", None, "n/a", "12", "京都市1"]

    assert which_hold_one(pa.array(cells), Role.STREET).tolist() == [True, False, False, False, False, True]
