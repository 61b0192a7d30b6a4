"""Years before who holds a right, and words that end like streets, are no addresses; forms with a ZIP or PIN code are."""

import pytest

from scanner.names.address_forms import find_formed
from scanner.names.addresses import find_addresses


def addresses(text: str) -> list[str]:
    return [text[start:end] for start, end in find_addresses(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Copyright (C) 2008-2019, 2021, 2022 Anthony Green and Red Hat, Inc.",
        '.\\" Copyright (c) 1983, 1991 The Regents of the University of California.',
        '.\\"  Copyright 1992, 1993, 1994 Henry Spencer\n',
        "Copyright: 1991-2020, Thomas G. Lane, Guido Vollbeding.\n   1995-2019, Thomas G. Lane",
        "Copyright 2013,2014 Red Hat, Inc.",
        "Copyright: 2001 Jeremy G. Siek\n           2004 Eric Niebler\n           2007-2008 NEC Corporation\n           2009 Chris Procter",
        "We looked at Monitor 3 and Reactor 4.",
        "Das Textfeld 12 und der Arbeitsplatz 7 sind leer. Verkäufer 5 auch.",
        "We moved to Spring 4 and read Bloomberg 2.",
        "along Route 66 and Highway 61",
        "a 20 Mile Run and a 5 Point Bend",
    ],
)
def test_what_is_no_address(text: str) -> None:
    assert addresses(text) == []


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (
            "Copyright (C) 1991 Free Software Foundation, Inc., 51 Franklin Street, Boston, MA 02110-1301 USA",
            "51 Franklin Street, Boston, MA 02110-1301 USA",
        ),
        ("Er wohnt Am Berg 3, 50674 Köln.", "Am Berg 3, 50674 Köln"),
        ("Kaufhof, Marktplatz 7, 97070 Würzburg", "Marktplatz 7, 97070 Würzburg"),
        ("Hauptstraße 12", "Hauptstraße 12"),
        ("She lives at 20 Mile Run, Leeds LS1 4AB.", "20 Mile Run, Leeds LS1 4AB"),
    ],
)
def test_what_is_one(text: str, address: str) -> None:
    assert address in addresses(text)


@pytest.mark.parametrize(
    "address",
    [
        "4319 Diane Stravenue\nDuranfort, FL 37748",
        "94875 Roberts Cliffs Apt. 12, New Robertmouth, FL 64590-1234",
        "PSC 8909, Box 3100\nAPO AE 84009",
        "Unit 2050 Box 4190, DPO, AP 96278",
        "USCGC Terry\nFPO AA 34093",
        "H.No. 13\nKaran Zila, Thiruvananthapuram-379907",
        "48/75, Mani Chowk\nKochi-252760",
    ],
)
def test_the_code_tells(address: str) -> None:
    text = f"Please send it to {address}, as before."
    assert [text[start:end] for start, end in find_formed(text)] == [address]
    assert address in addresses(text)


@pytest.mark.parametrize(
    "text",
    [
        "In 2019 Berlin Paris, FL 37748 was it",
        "4319 diane stravenue, duranfort, FL 37748",
        "12 Parts, Model-123456",
        "Order 5, Item Widget, QA 12345",
        "PSC 8909, Box 3100",
    ],
)
def test_other_codes_do_not(text: str) -> None:
    assert list(find_formed(text)) == []
