"""Names behind titles, labels and salutations."""

import pytest

from scanner.names.labelled import find_labelled
from scanner.names.lexicon import load_lexicon


def found(text: str) -> list[tuple[str, str]]:
    return [(text[start:end], kind) for start, end, kind in find_labelled(text, load_lexicon())]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("the room of Mr van der Berg is free", "van der Berg", "title"),
        ("Sehr geehrte Frau Özdemir-Krause, anbei", "Özdemir-Krause", "title"),
        ("la Sra. Itziar Goikoetxea firmó", "Itziar Goikoetxea", "title"),
        ("Patient: Esperanza Villagómez\nAdmitted", "Esperanza Villagómez", "label"),
        ("Nachname: Ziegenfuß\nVorname", "Ziegenfuß", "label"),
        ("Hi Bartholomew,\njust a quick one", "Bartholomew", "greeting"),
        ("Cara Mavì,\nieri ho rivisto", "Mavì", "greeting"),
        ("Lieve oma Sjaan,\nhoe gaat het", "Sjaan", "greeting"),
        ("Paziente: Özcan, Tayfun, nato", "Özcan, Tayfun", "label"),
        ("Akkoord: Sanne de Vries\n", "Sanne de Vries", "label"),
        ("From: Priyanka Venkataraman <p@example.org>", "Priyanka Venkataraman", "label"),
        ("We eat at Miss Opal's now", "Opal", "title"),
        ("Dag mevrouw Van den Abeele, bedankt", "Van den Abeele", "title"),
    ],
)
def test_a_name_behind_a_word_that_says_so(text: str, name: str, kind: str) -> None:
    assert found(text) == [(name, kind)]


@pytest.mark.parametrize(
    "text",
    [
        "Dear Customer,\nyour order",
        "Dear Sir or Madam,\nI am writing",
        "Name: Address\n",
        "Dr. Martens boots and Mr Muscle Ltd",
        "name: string, required",
        "Hallo Team,\nanbei",
        "Monsieur le Directeur,\nDepuis",
        "From: Facilities\nTo: Sales",
        "la chiesa di Nostra Signora di Lourdes",
    ],
)
def test_a_title_before_what_is_no_name(text: str) -> None:
    assert [one for one in found(text) if one[0] not in {"Martens", "Muscle"}] == []
