"""Things that look sensitive and are not: what a pattern finds and a person would laugh about."""

from collections.abc import Iterator
from hashlib import sha1, sha256
from random import Random
from typing import Final
from uuid import UUID

from stdnum import luhn

from sample_data import made_numbers as numbers
from sample_data.marking import trap
from sample_data.people import CARDS, PHONE, SSN, ssn
from sample_data.sample import Sample, text_sample
from sample_data.tables import table_sample

ANYTHING: Final = "*"
IP: Final = "IPV4_ADDRESS"

# Numbers that payment providers publish for tests; none of them was ever issued.
TEST_CARDS: Final = [
    "4111111111111111",
    "4012888888881881",
    "4222222222222",
    "5555555555554444",
    "5105105105105100",
    "2223007648726984",
    "378282246310005",
    "371449635398431",
    "378734493671000",
    "6011111111111117",
    "6011000990139424",
    "30569309025904",
    "38520000023237",
    "3530111333300000",
    "3566002020360505",
    "6331101999990016",
    "4444333322221111",
    "4917610000000000",
    "5454545454545454",
    "4462030000000000",
    "4484070000000000",
    "36700102000000",
    "34343434343434",
    "6759649826438453",
    "4917300800000000",
    "3528000700000000",
    "5204740009900014",
    "5420923878724339",
    "5019717010103742",
    "76009244561",
]


def samples() -> Iterator[Sample]:
    """Every file of traps."""
    yield _shop()
    yield _neutral_numbers()
    yield _test_cards()
    yield _parts()
    yield _measurements()
    yield _repository()
    yield _placeholders()
    yield _documentation()
    yield _template()
    yield _words()


def _luhn_order(rng: Random) -> str:
    """An order number of 16 digits whose last happens to be right for a card."""
    body = "4" + numbers.digits(rng, 14)
    return body + str(luhn.calc_check_digit(body))


def _shop() -> Sample:
    rng = Random("shop")
    rows = [["order_id", "tracking_number", "isbn", "ean", "created_at", "price", "invoice_no"]]
    for index in range(30):
        order = _luhn_order(rng) if index % 2 else "4" + numbers.digits(rng, 15)
        tracking = "94" + numbers.digits(rng, 20)
        rows.append(
            [
                trap(CARDS, order, "an order number"),
                trap(ANYTHING, tracking, "a parcel's tracking number"),
                trap(ANYTHING, _ean("978", rng), "an ISBN"),
                trap(ANYTHING, _ean("40", rng), "an article number"),
                trap(ANYTHING, str(1_715_493_600_000 + rng.randint(0, 10**9)), "milliseconds since 1970"),
                f"{rng.randint(1, 900)}.{rng.randint(10, 99)}",
                trap(ANYTHING, str(rng.randint(219_000_000, 699_000_000)), "an invoice number"),
            ],
        )
    return table_sample("traps/shop_orders.csv", rows, "Long numbers of a shop; half of the order numbers have a fitting check digit")


def _ean(prefix: str, rng: Random) -> str:
    body = prefix + numbers.digits(rng, 12 - len(prefix))
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(body))
    return body + str(-total % 10)


def _neutral_numbers() -> Sample:
    rng = Random("neutral numbers")
    why = "random digits: only one in ten has a fitting check digit, as chance gives"
    rows = [["reference", "amount"], *([trap(CARDS, "4" + numbers.digits(rng, 15), why), str(rng.randint(5, 90))] for _ in range(80))]
    return table_sample(
        "traps/random_digits.csv", rows, "16 digits from 4 on, under a name that says nothing: the column as a whole speaks against cards"
    )


def _test_cards() -> Sample:
    rows = [
        ["provider", "card_number"],
        *(["test", trap(CARDS, number, "a payment provider's published test number")] for number in TEST_CARDS),
    ]
    return table_sample("traps/test_cards.csv", rows, "Test numbers that pass every check, and stand under the right name")


def _parts() -> Sample:
    rng = Random("parts")
    rows = [["part_number", "location", "serial"]]
    for _ in range(20):
        part = trap(SSN, numbers.us_ssn(rng), "a part number in the shape of a Social Security number")
        serial = trap(CARDS, "4" + numbers.digits(rng, 15), "a serial number")
        rows.append([part, f"{rng.randint(10, 99)}-{rng.randint(10, 99)}-{rng.randint(1000, 9999)}", serial])
    return table_sample("traps/part_numbers.csv", rows, "Part numbers in the shape of Social Security numbers")


def _measurements() -> Sample:
    rng = Random("measurements")
    rows = [["range", "firmware", "opened", "mass"]]
    for _ in range(20):
        span = trap("LATITUDE_LONGITUDE", f"{rng.uniform(10, 80):.6f},{rng.uniform(-80, -10):.6f}", "a range of values")
        version = trap(
            IP, f"{rng.randint(1, 20)}.{rng.randint(0, 30)}.{rng.randint(0, 200)}.{rng.randint(0, 250)}", "a version of four parts"
        )
        opened = trap("DATE_OF_BIRTH", f"19{rng.randint(50, 99)}-0{rng.randint(1, 9)}-{rng.randint(10, 28)}", "the opening of a mine")
        rows.append([span, version, opened, f"{rng.uniform(1e-9, 1e12):.4f}"])
    return table_sample("traps/measurements.csv", rows, "Pairs of decimals, versions, dates and floats")


def _repository() -> Sample:
    rng = Random("repository")
    lines = ["# What has changed", ""]
    for index in range(20):
        commit = trap(ANYTHING, sha1(str(index).encode(), usedforsecurity=False).hexdigest(), "a commit")
        digest = trap(ANYTHING, sha256(str(index).encode()).hexdigest(), "a digest")
        unique = trap(ANYTHING, str(UUID(int=rng.getrandbits(128), version=4)), "a UUID")
        version = trap(IP, f"{index}.{rng.randint(0, 30)}.{rng.randint(0, 200)}.{rng.randint(0, 250)}", "a version")
        lines += [f"- version {version}: commit {commit}", f"  image sha256:{digest}, build {unique}"]
    near = trap("AWS_CREDENTIALS", sha1(b"secret", usedforsecurity=False).hexdigest(), "a commit near the words secret key")
    lines += ["", f"The secret key to success: see commit {near}", ""]
    return text_sample("traps/changes.md", "\n".join(lines), "Commits, digests, UUIDs and versions")


def _placeholders() -> Sample:
    def empty(value: str, why: str = "a placeholder") -> str:
        return trap(ANYTHING, value, why)

    text = f"""# Copy this file to .env and fill it in.
DB_PASSWORD={empty("changeme")}
ADMIN_PASSWORD={empty("<your password here>")}
API_SECRET=${{{empty("API_SECRET")}}}
SMTP_PASSWORD={empty("********")}
TOKEN={empty("xxxxxxxxxxxxxxxxxxxxxxxx")}
PASSWORD=
SECRET_KEY={empty("your-secret-key-goes-here")}
PASSWORD_MIN_LENGTH={empty("12", "a length")}
PASSWORD_FILE={empty("/run/secrets/db_password", "a path")}
DATABASE_URL={empty("postgres://user:password@localhost:5432/app")}
CARD={trap(CARDS, "xxxx-xxxx-xxxx-xxxx", "a placeholder")}
MASKED_CARD={trap(CARDS, "4539-XXXX-XXXX-1234", "masked digits")}
ZEROS={trap(CARDS, "0000-0000-0000-0000", "a placeholder")}
"""
    return text_sample("traps/example.env", text, "Values that someone is meant to fill in")


def _documentation() -> Sample:
    access = trap(ANYTHING, "AKIA" + "IOSFODNN7" + "EXAMPLE", "the key id of Amazon's documentation")
    secret = trap(ANYTHING, "wJalrXUtnFEMI/K7MDENG/" + "bPxRfiCY" + "EXAMPLEKEY", "the secret key of Amazon's documentation")
    other = trap(
        ANYTHING,
        "je7MtGbClwBF/2Zp9Utk/" + "h3yCo8nvb" + "EXAMPLEKEY",
        "the other secret key of Amazon's documentation",
    )
    text = f"""# Set up the command line

    [default]
    aws_access_key_id = {access}
    aws_secret_access_key = {secret}

For the second account use `aws_secret_access_key = {other}` instead.
"""
    return text_sample("traps/aws_setup.md", text, "Documentation with the example keys that Amazon publishes")


def _template() -> Sample:
    def code(value: str, why: str) -> str:
        return trap(ANYTHING, value, why)

    text = f"""import {{ readConfig }} from "./config.js";

const password = {code('process.env["APP_PASSWORD"]', "read from the environment")};
const secret = {code('readConfig().get("secret")', "read from a configuration")};
let token = {code("null", "no value")};
export const PASSWORD_FIELD = "{code("password", "the name of a field")}";

export function login(user, password = {code('""', "an empty default")}) {{
  const prompt = "Password: {code("please enter", "a prompt")}";
  return check(user, {{ password: {code("password", "a variable")} }}) || ask(prompt);
}}
"""
    return text_sample("traps/login.js", text, "Source code that handles passwords without holding one")


def _words() -> Sample:
    rng = Random("words")
    iban = trap(ANYTHING, numbers.off_by_one(numbers.british_iban(rng)), "its check digits are wrong")
    text = f"""The card catalogue of the library has 4539 drawers in 12 rows, opened 1984-06-12, cake included.
A pan of water, a run of 3:05:59 and the sin of pride, MC 1234.
Email us at the usual place @ noon; follow @library or see user@host in the manual.
SSN stands for Social Security number; ten digits such as {trap(SSN, numbers.us_ssn(rng, "") + "7", "ten digits")} are none,
nor is {trap(SSN, f"{numbers.us_ssn(rng)}-22", "it goes on after the last group")}; but the ssn {ssn(rng)} in this line is one.
Phone: {trap(PHONE, "555-CALL-NOW", "letters")} or extension 4021. IBAN: {iban}
"""
    return text_sample("traps/keywords_in_prose.txt", text, "Keywords in ordinary sentences, and values that miss by one character")
