"""Mailing addresses by rule: as they are written in different countries, in a line and in a block, and what only looks like one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.names.addresses import find_addresses
from scanner.names.lexicon import is_city, load_lexicon


def found(text: str) -> list[str]:
    return [text[start:end] for start, end in find_addresses(text, lambda word: is_city(word, load_lexicon()))]


@pytest.mark.parametrize(
    "marked",
    [
        "She lives at «12 High Street, Leeds LS1 4AB», as before.",
        "Ship to\nAnn Sample\n«PO Box 1187\nTaos, NM 87571\nUSA»\nDO NOT BEND",
        "residing at «2417 Sycamore Hollow Drive, Apt 6C, Columbus, OH 43221» (the Tenant)",
        "witness of «Flat 12, Peveril House, 250 Rush Green Road, Romford RM7 0AX», will say",
        "wohnhaft «Am Sandberg 5, 8010 Graz». Die Aufnahme",
        "Anschrift «Kaiserswerther Straße 88, 3. OG links, 40476 Düsseldorf» noch stimmt",
        "Herrn Muster\n«Hermannstraße 214\n12049 Berlin»\nBerlin, den 3. Mai",
        "à savoir «7, impasse du Moulin-à-Vent, 44300 Nantes». Si vous",
        "demeurant «221, avenue de Tervueren, bte 6, 1150 Woluwe-Saint-Pierre, Belgique», ci-après",
        "con domicilio en «Plaza de España, 3, 2.º C, 12001 Castellón de la Plana», y manifiesta",
        "Morada: «Travessa das Mercês, 9, 1.º, 7000-590 Évora»\nProfissão: professora",
        "Indirizzo: «Borgo San Frediano 112, 50124 Firenze FI»\nNumero contratto: 04",
        "Ship it to «8666 Garcia Roads Apt. 440, South Amanda, RI 74732»? Thanks",
        "moved to «57986 Amanda Pine, Port Scottburgh, PA 01016» from Denver",
        "at «PSC 7127, Box 6842, APO AA 72619».",
        "Post: «Level 7 2 Jamie Ramp, Dwayneside, ACT, 8414».",
        "Office: «4003 Dyer Viaduct, Richardside, ON N1C 3L7» (closed)",
        "vive en «Pasadizo de Marc Bou 68, Huelva, 51589».",
        "Sede: «Piazza Ziani, 13, 22023, Castiglione D'Intelvi (CO)»\nTel.",
        "Entrega: «Sítio Araújo, 53, Araguaia, 87801759 Sales / GO».",
        "Adres: «Evieboulevard 12, 7423 ZF, Buren».",
        "wonende te «Laan van Meerdervoort 1208 B, 2555 CD Den Haag», hierna: koper",
    ],
)
def test_an_address_is_found_whole(marked: str) -> None:
    text = marked.replace("«", "").replace("»", "")
    assert found(text) == [marked[marked.index("«") + 1 : marked.index("»")]]


@pytest.mark.parametrize(
    "text",
    [
        "Traffic on the Martin Luther King Boulevard corridor rose by four percent.",
        "We ended up above a bakery on Jefferson Street.",
        "Take the Blue Line to Washington Park, then walk.",
        "def street(number: int = 12) -> str:  # see Road.py, line 300",
        "2024-05-02 08:14:11 INFO  Jenkins build 4471 started on node 10",
        "Im Jahr 2015 und am Montag 12 stand es im Abschnitt 3.",
        "In der Tabelle 4 sind Werte, Kapitel 12 nennt sie.",
        "2\nAugust 2015\nCRACK SHOT 26",
        "Python 3.11, Windows 2000 and Ubuntu 22.04 are supported.",
    ],
)
def test_what_only_looks_like_an_address_is_none(text: str) -> None:
    assert found(text) == []


@given(st.text(alphabet=st.sampled_from("Aa1 9,.\n-/ªº'Straße 12 LS1 4AB"), max_size=200))
@settings(max_examples=50, deadline=None)
def test_any_text_gives_spans_inside_it_that_do_not_overlap(text: str) -> None:
    behind = 0
    for start, end in find_addresses(text):
        assert behind <= start < end <= len(text)
        behind = end
