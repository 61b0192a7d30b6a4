"""Keywords in running text, and names split into words."""

import pytest
import regex
from hypothesis import assume, given
from hypothesis import strategies as st

from identifiers.keywords import keyword_end, keyword_regex, split_name

FOUND = [
    ("ssn", "SSN: 1"),
    ("ssn", "employee_ssn=1"),
    ("ssn", "my-ssn-1"),
    ("ssn", "employeeSsn"),
    ("ssn", "<ssnNumber>"),
    ("social security", "Social\n  Security"),
    ("social security", "SOCIALSECURITY"),
    ("social security", "social_security"),
    ("social security", "social-security no"),
    ("ss#", "ss#219"),
    ("p. iva", "P. IVA 1"),
    ("numéro", "NUMÉRO 5"),
    ("卡号", "银行卡号是4111"),
    ("生年月日", "私の生年月日は1985"),
    ("비밀번호", "비밀번호는"),
    ("imei", "我的IMEI是4901"),
    ("個人番号", "個人番号カード"),
    ("个人编号", "他的个人编号12"),
    ("マイナンバー", "私のマイナンバーは12"),
    ("บัตรประชาชน", "เลขบัตรประชาชนของ"),
    ("เลขประจำตัวผู้เสียภาษี", "มีเลขประจำตัวผู้เสียภาษี12"),
    ("дата рождения", "Дата рождения"),
]
NOT_FOUND = [
    ("ssn", "lessness"),
    ("ssn", "SSNS"),
    ("ssn", "ssn2"),
    ("pan", "company"),
    ("pan", "PANEL"),
    ("mc", "MCMXC"),
    ("sin", "basin"),
    ("sin", "singular"),
    ("card", "discard"),
    ("card", "cardé"),
    ("social security", "social    security"),
    ("social security", "social. security"),
    ("run", "Ärun"),
]


@pytest.mark.parametrize(("keyword", "text"), FOUND)
def test_a_keyword_is_found_as_a_whole_word_in_every_spelling(keyword: str, text: str) -> None:
    assert keyword_regex(keyword).search(text)


@pytest.mark.parametrize(("keyword", "text"), NOT_FOUND)
def test_a_keyword_is_not_found_in_a_longer_word(keyword: str, text: str) -> None:
    assert not keyword_regex(keyword).search(text)


def test_a_match_spans_the_keyword_alone() -> None:
    match = keyword_regex("card number").search("the Card_Number: 4")

    assert match
    assert match.span() == (4, 15)


NAMES = {
    "socialSecurityNumber2": "social security number 2",
    "SSNNumber": "ssn number",
    "userSSN": "user ssn",
    "user_ssn": "user ssn",
    "CARD-NO": "card no",
    "customer.address.zipCode": "customer address zip code",
    "iPhone4S": "i phone 4 s",
    "ss#": "ss #",
    "Date of Birth": "date of birth",
    "naïveÉtat": "naïve état",
    "カード番号": "カード番号",
    "номерКарты": "номер карты",
    "PAN2card": "pan 2 card",
    "  __ ": "",
    "": "",
}


@pytest.mark.parametrize(("name", "words"), NAMES.items())
def test_names_are_split_into_words(name: str, words: str) -> None:
    assert split_name(name) == words


@given(st.lists(st.text("abcdefgh", min_size=2, max_size=6), min_size=1, max_size=4))
def test_all_ways_to_write_a_name_split_alike(words: list[str]) -> None:
    expected = " ".join(words)

    assert split_name("_".join(words)) == expected
    assert split_name("-".join(words).upper()) == expected
    assert split_name("".join(word.capitalize() for word in words)) == expected


@given(st.text(max_size=40))
def test_splitting_twice_changes_nothing(name: str) -> None:
    # Some capital letters have no small one: those of mathematics.
    assume(not regex.search(r"\p{Lu}", name.lower()))
    assert split_name(split_name(name)) == split_name(name)


WRITTEN = st.lists(
    st.sampled_from(
        [
            "ssn",
            "SSN",
            "Ssn",
            "social",
            "Security",
            "no",
            "_",
            "-",
            " ",
            "\n",
            "  ",
            "    ",
            "a",
            "Z",
            "9",
            "é",
            "漢",
            "\u212a",
            "ſ",
            "NUMARASI",
            "Numarası",
            "KİMLİK",
            "ΟΔΟΣ",
            "\xa0",
            "#",
            ".",
        ]
    ),
    max_size=10,
).map("".join)


SPOKEN = ["ssn", "social security", "ss#", "a no", "k", "social security no", "straße", "漢字", "no.", "kimlik numarası", "οδος"]


@given(text=WRITTEN, keyword=st.sampled_from(SPOKEN))
def test_keywords_end_where_the_regex_says(text: str, keyword: str) -> None:
    for start in range(len(text)):
        match = keyword_regex(keyword).match(text, start)

        assert keyword_end(keyword, text, start) == (match.end() if match else None), (text, start)
