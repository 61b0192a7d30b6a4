"""JSON documents and JSON Lines."""

import json
from collections.abc import Iterator, Sequence
from random import Random

from sample_data import made_numbers as numbers
from sample_data.marking import found, trap
from sample_data.people import BIRTH, CARDS, EMAIL, NAME, SSN, born, card, people, person, phone, ssn
from sample_data.sample import Sample, truth_of, with_outcome
from sample_data.trees import Tree, plain_tree, tree_places, whole

# A record that was cut off while it was written; nothing in it is sensitive.
BROKEN_LINE = '{"id": 4, "kind": "login", "user": {"name": "cut o'


def samples() -> Iterator[Sample]:
    """Every document."""
    yield _customer()
    yield _orders()
    yield _integers()
    yield _escapes()
    yield _deep()
    yield _places()
    yield _scalars()
    yield lines_sample("json/events.jsonl", events(12), "One record a line")
    yield lines_sample("json/events_as.json", events(5), "JSON Lines under the name of a document")
    yield _bad_lines()
    yield _truncated()


def document(name: str, tree: Tree, about: str, *, indent: int | None = 2) -> Sample:
    """One document in one file; its only record has index 0."""
    text = json.dumps(plain_tree(tree), ensure_ascii=False, indent=indent)
    return Sample(name, text.encode(), truth_of(about, tree_places(tree, 0)))


def lines_sample(name: str, records: Sequence[Tree], about: str) -> Sample:
    """A record a line, counted from 0."""
    lines = [json.dumps(plain_tree(record), ensure_ascii=False) + "\n" for record in records]
    placed = [placed for index, record in enumerate(records) for placed in tree_places(record, index)]
    return Sample(name, "".join(lines).encode(), truth_of(about, placed))


def events(count: int) -> list[dict[str, Tree]]:
    """Made-up events of a service."""
    rng = Random(f"events {count}")
    made: list[dict[str, Tree]] = []
    for index, someone in enumerate(people(rng, count)):
        user = {"name": found(NAME, someone.first), "email": someone.email}
        payment = {"cardNumber": card(rng), "amount": rng.randint(1, 500) + 0.5} if index % 3 == 0 else None
        made.append({"id": index, "kind": "order" if payment else "login", "user": user, "payment": payment, "ok": True})
    return made


def _customer() -> Sample:
    rng = Random("customer")
    someone, other = people(rng, 2)
    tree = {
        "customer": {
            "name": someone.listed,
            "identity": {"ssn": ssn(rng), "date_of_birth": born(rng)},
            "contacts": [{"type": "phone", "phone": phone(rng)}, {"type": "mail", "value": someone.email}],
            "cards": [card(rng), card(rng)],
            "order_ids": [trap(CARDS, numbers.card(rng), "an order id, though its check digit fits")],
        },
        "note": f"asked {other.email} to phone {phone(rng)}\nand sent a second line with ssn {ssn(rng)}",
        "created": trap(BIRTH, "2024-05-12", "a date, but nobody's birth"),
    }
    return document("json/customer.json", tree, "A nested document; names along the path tell what a value is")


def _orders() -> Sample:
    rng = Random("orders")
    tree = [
        {
            "Order No": trap(CARDS, numbers.card(rng), "an order number, though its check digit fits"),
            "Card Number": card(rng),
            "E-Mail": someone.email,
        }
        for someone in people(rng, 6)
    ]
    return document("json/orders.json", tree, "An array at the top, names with spaces and dashes, all on one line", indent=None)


def _integers() -> Sample:
    rng = Random("integers")
    tree = {
        "applicants": [
            {"ssn": whole(found(SSN, numbers.us_ssn(rng, ""))), "card_number": whole(card(rng)), "score": rng.randint(300, 850)}
            for _ in range(5)
        ],
        "checksum": whole(trap(SSN, numbers.us_ssn(rng, ""), "nothing says that it is one")),
    }
    return document("json/integers.json", tree, "Numbers that are stored as numbers")


def _escapes() -> Sample:
    someone = person(Random("escapes"))
    tree = {
        "owner \u2713": f"caf\u00e9 \U0001f600 {someone.email}",
        "path": "C:\\temp\\new",
        "tab": f"a\tb\t{found(EMAIL, 'tab.user@example.org')}",
    }
    text = json.dumps(plain_tree(tree), ensure_ascii=True).replace("@", "\\u0040")
    about = "Escaped characters, a surrogate pair and an escaped @: places count the characters that are meant"
    return Sample("json/escapes.json", text.encode(), truth_of(about, tree_places(tree, 0)))


def _deep() -> Sample:
    tree: Tree = {"ssn": ssn(Random("deep"))}
    for level in range(60, 0, -1):
        tree = {"next": tree} if level % 2 else [tree]
    return document("json/deep.json", tree, "A value under sixty levels of objects and arrays", indent=None)


def _places() -> Sample:
    spot = "LATITUDE_LONGITUDE"
    tree = {
        "stops": [
            {"name": "depot", "coordinates": found(spot, "41.948614,-87.655311")},
            {"name": "lake", "coordinates": found(spot, "48.208174, 16.373819")},
        ],
        "interval": trap(spot, "41.948614,-87.655311", "nothing says that it is a place"),
    }
    return document("json/places.json", tree, "Coordinates, and a pair of numbers that looks like them")


def _scalars() -> Sample:
    tree: Tree = [None, True, 3.25, "", {}, [], "no value here", {"": "an empty name"}]
    return document("json/nothing_here.json", tree, "Empty values of every kind")


def _bad_lines() -> Sample:
    sample = lines_sample("json/bad_lines.jsonl", events(8), "The fifth line is cut off and the seventh is empty; the others count")
    lines = sample.content.splitlines(keepends=True)
    lines[4], lines[6] = BROKEN_LINE.encode() + b"\n", b"\n"
    lost = ("record 4 ", "record 6 ")
    findings = tuple(finding for finding in sample.truth.findings if not finding.place.anchor.startswith(lost))
    return with_outcome(sample, b"".join(lines), findings, "partial(bad_records)")


def _truncated() -> Sample:
    sample = document("json/truncated.json", events(6), "A document whose second half is missing; what was read counts")
    end = sample.content.index(b'"id": 3')
    kept = tuple(
        finding for finding in sample.truth.findings if finding.place.anchor.startswith(("record 0 $[0]", "record 0 $[1]", "record 0 $[2]"))
    )
    return with_outcome(sample, sample.content[:end], kept, "partial(malformed)")
