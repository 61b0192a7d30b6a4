"""Plain text: letters and notes in the encodings and with the line ends that people have."""

from collections.abc import Iterator
from random import Random
from typing import Final

from sample_data import made_numbers as numbers
from sample_data.marking import found, trap
from sample_data.people import BIRTH, EMAIL, SSN, card, lone_card, person, phone, ssn
from sample_data.sample import Sample, text_sample

NIR: Final = "FRANCE_NATIONAL_IDENTIFICATION_NUMBER"


def samples() -> Iterator[Sample]:
    """Every text."""
    yield _letter()
    yield _british_note()
    yield _french_letter()
    yield _japanese_notice()
    yield _many_scripts()
    yield from _byte_orders()
    yield _old_mac()
    yield _without_last_line_end()
    yield _keyword_distances()
    yield _odd_name()


def _letter() -> Sample:
    rng = Random("letter")
    someone = person(rng)
    text = f"""Harbour Street Credit Union
Member Services

Dear {someone.listed},

thank you for your visit. We have noted your new Social Security card: the number is
{ssn(rng)}. Your date of birth, {found(BIRTH, "March 4, 1971")}, was already on file.

Your debit card {found("CREDIT_CARD_NUMBER", numbers.grouped(numbers.card(rng)))} was sent on 12 May. If it is lost, phone
{phone(rng)} or write to {someone.email}. The letter has the
reference {trap("USA_SOCIAL_SECURITY_NUMBER", "2024-117-4482", "its groups are of another length")} and is no invoice.

Yours sincerely
"""
    return text_sample("text/letter.txt", text, "A letter in UTF-8, values in running text")


def _british_note() -> Sample:
    rng = Random("british note")
    someone = person(rng)
    text = f"""Visit of 14 January \u2013 “no charge”, about £40…
Patient: {someone.listed}
NHS number: {found("UK_NHS_NUMBER", numbers.uk_nhs(rng))}
National Insurance number \u2013 {found("UK_NATIONAL_INSURANCE_NUMBER", numbers.uk_nino(rng))}
Bank details for the refund: {found("UK_BANK_ACCOUNT_NUMBER", numbers.grouped(numbers.british_iban(rng)))}
"""
    return text_sample(
        "text/visit_note.txt", text.replace("\n", "\r\n"), "Windows line ends and cp1252 with its quotes, dashes and ellipsis", "cp1252"
    )


def _french_letter() -> Sample:
    rng = Random("french letter")
    someone = person(rng)
    wrong = trap(NIR, numbers.off_by_one(numbers.french_nir(rng)), "its key is off by one")
    text = f"""Madame, Monsieur,

après vérification, votre numéro de sécurité sociale {found(NIR, numbers.french_nir(rng))}
a été enregistré. Pour être remboursé, écrivez à : {someone.email}
Numéro de sécurité sociale refusé : {wrong}

À bientôt, l'équipe déléguée
"""
    return text_sample("text/lettre.txt", text, "French in Latin-1", "latin-1")


def _japanese_notice() -> Sample:
    rng = Random("japanese notice")
    someone = person(rng)
    text = f"""お客様各位
いつも当店をご利用いただき、誠にありがとうございます。年末年始の営業時間についてお知らせいたします。
お問い合わせは担当者 {someone.email} までご連絡ください。
営業時間は午前九時から午後六時までとなっております。ご来店を心よりお待ち申し上げております。
"""
    return text_sample("text/notice_shift_jis.txt", text, "Japanese in Shift JIS: columns count characters, not bytes", "shift_jis")


def _many_scripts() -> Sample:
    rng = Random("many scripts")
    one, two, three = (person(rng) for _ in range(3))
    text = f"""Παρακαλώ γράψτε στο {one.email} σήμερα.
Пишите на адрес {two.email}, пожалуйста.
👩‍💻🇸🇪 e-mail {three.email} 👍
e\u0301te\u0301 and no-break\u00a0spaces\u00a0before ssn\u00a0{ssn(rng)}
"""
    return text_sample(
        "text/many_scripts.txt", text, "Greek, Cyrillic, emoji beyond the first plane, combining accents and no-break spaces"
    )


def _byte_orders() -> Iterator[Sample]:
    for encoding, name, about in (
        ("utf-8-sig", "utf8_bom.txt", "UTF-8 with a byte order mark, which is no column"),
        ("utf-16", "utf16_bom.txt", "UTF-16 with a byte order mark"),
        ("utf-16-le", "utf16_without_bom.log", "UTF-16, little end first, without a byte order mark"),
        ("utf-16-be", "utf16_big_end_without_bom.log", "UTF-16, big end first, without a byte order mark"),
        ("utf-32", "utf32_bom.txt", "UTF-32 with a byte order mark"),
    ):
        rng = Random(name)
        someone = person(rng)
        text = f"ssn {ssn(rng)} of {someone.listed}\nsecond line: mail {someone.email}, phone {phone(rng)}\n"
        yield text_sample(f"text/{name}", text, about, encoding)


def _old_mac() -> Sample:
    rng = Random("old mac")
    someone = person(rng)
    lines = ["Address book", f"{someone.listed}: phone {phone(rng)}", "", f"mail {someone.email}", f"credit card {card(rng)}", "end"]
    return text_sample("text/old_mac.txt", "\r".join(lines), "Lines that end with a lone carriage return")


def _without_last_line_end() -> Sample:
    rng = Random("no last line end")
    return text_sample("text/no_last_line_end.txt", f"one line\nssn {ssn(rng)}", "The value is the very last thing in the file")


def _keyword_distances() -> Sample:
    """A keyword counts up to 30 characters away, on either side; the filler lines keep the cases apart."""
    rng = Random("distances")
    filler = "\n" + "nothing to see in this line of filler, nor in its second half\n" * 2
    far = "its keyword is 31 characters away, one too many"
    cases = [
        f"ssn {ssn(rng)}",
        f"ssn {'.' * 28} {ssn(rng)}",
        f"ssn {'.' * 29} {trap(SSN, numbers.us_ssn(rng), far)}",
        f"{ssn(rng)} {'.' * 28} ssn",
        f"{trap(SSN, numbers.us_ssn(rng), far)} {'.' * 29} ssn",
        f"the classname {trap(SSN, numbers.us_ssn(rng), 'ssn is a part of a word here')}",
        f"Social-Security {ssn(rng)}",
        f"SOCIAL_SECURITY: {ssn(rng)}",
        f"nothing names {trap(SSN, numbers.us_ssn(rng), 'nothing names it')}",
        f"nothing need name {lone_card(rng)}",
    ]
    return text_sample(
        "text/keyword_distance.txt", filler.join(cases) + "\n", "Keywords at the allowed distance and one character beyond it"
    )


def _odd_name() -> Sample:
    rng = Random("odd name")
    text = f"contact: {found(EMAIL, 'maeve.omalley@example.org')}\nssn {ssn(rng)}\n"
    return text_sample(
        "text/year end #3 (50%) & more.txt", text, "A name with spaces and characters that mean something in URIs and shells"
    )
