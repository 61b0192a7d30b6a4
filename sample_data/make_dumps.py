"""Dumps of databases, and e-mail whose parts are encoded."""

import base64
import quopri
from collections.abc import Iterator, Sequence
from dataclasses import replace
from random import Random

from sample_data.marking import Mark, plain
from sample_data.people import card, person, phone, ssn
from sample_data.places import Place
from sample_data.sample import Sample, text_sample, truth_of
from sample_data.tables import table_places, table_sample

Rows = Sequence[Sequence[str]]


def samples() -> Iterator[Sample]:
    """Every dump, and the e-mail."""
    yield _copied()
    yield _inserted()
    yield _mail()


def _copied() -> Sample:
    rows = [["id", "full_name", "email", "ssn", "note"], *_people(Random("copied"), 12)]
    lines = "".join("\t".join(plain(cell).replace("\\", "\\\\") or "\\N" for cell in row) + "\n" for row in rows[1:])
    text = f"""--
-- PostgreSQL database dump
--

SET client_encoding = 'UTF8';

CREATE TABLE public.people (
    id integer NOT NULL,
    full_name text,
    email text,
    ssn character varying(11),
    note text
);

COPY public.people (id, full_name, email, ssn, note) FROM stdin;
{lines}\\.

ALTER TABLE ONLY public.people ADD CONSTRAINT people_pkey PRIMARY KEY (id);
"""
    about = "As pg_dump writes it: names of columns above rows that are far from them"
    return Sample("dumps/people.sql", text.encode(), truth_of(about, _in_table("people", rows)))


def _people(rng: Random, count: int) -> Iterator[list[str]]:
    for number in range(count):
        someone = person(rng)
        yield [str(number + 1), someone.listed, someone.email, ssn(rng), "back \\ slash" if number % 4 == 0 else ""]


def _inserted() -> Sample:
    rng = Random("inserted")
    rows = [["id", "card_number", "phone", "note"]]
    rows += [[str(number + 1), card(rng), phone(rng), "it's paid; (twice)" if number == 2 else ""] for number in range(9)]
    written = ",".join(f"({','.join(_quoted(plain(cell)) for cell in row)})" for row in rows[1:])
    text = f"""-- MySQL dump 10.13
DROP TABLE IF EXISTS `orders`;
CREATE TABLE `orders` (
  `id` int NOT NULL AUTO_INCREMENT,
  `card_number` varchar(19) DEFAULT NULL,
  `phone` varchar(20) DEFAULT 'none, yet',
  `note` text,
  PRIMARY KEY (`id`),
  KEY `by_phone` (`phone`)
) ENGINE=InnoDB;
LOCK TABLES `orders` WRITE;
INSERT INTO `orders` VALUES {written};
UNLOCK TABLES;
"""  # noqa: S608 - a sample, no query
    about = "As mysqldump writes it: all rows in one line, and the names of the columns only in CREATE TABLE"
    return Sample("dumps/orders.sql", text.encode(), truth_of(about, _in_table("orders", rows)))


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'" if value else "NULL"


def _in_table(table: str, rows: Rows) -> Iterator[tuple[Mark, Place]]:
    """Every mark with its cell; rows count from 1, without the names of the columns, which are told with that of the table."""
    named = [[f"{table}.{name}" for name in rows[0]], *rows[1:]]
    for mark, place in table_places(named):
        row, _, rest = place.anchor.removeprefix("row ").partition(",")
        yield mark, Place.of_slice(f"row {int(row) - 1},{rest}", place.start[1], place.end[1] + 1)


def _mail() -> Sample:
    rng = Random("attachments")
    sender = person(rng)
    letter = text_sample("letter.txt", f"Hello,\n\nplease take my new card number {card(rng)}, the old one is void.\n", "")
    rows = [["full_name", "ssn"], *([person(rng).listed, ssn(rng)] for _ in range(6))]
    table = table_sample("staff.csv", rows, "")
    head = text_sample("head.txt", f"From: {sender.listed} <{sender.email}>\n", "")
    lines = [
        head.content.decode().rstrip("\n"),
        "Subject: two things",
        "MIME-Version: 1.0",
        'Content-Type: multipart/mixed; boundary="=_parts"',
        "",
        "--=_parts",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: quoted-printable",
        "",
        quopri.encodestring(letter.content).decode().rstrip("\n"),
        "--=_parts",
        "Content-Type: text/csv",
        'Content-Disposition: attachment; filename="staff.csv"',
        "Content-Transfer-Encoding: base64",
        "",
        base64.encodebytes(table.content).decode().rstrip("\n"),
        "--=_parts--",
    ]
    truth = head.truth
    parts = (("part 2.txt", letter), ("staff.csv", table))
    findings = [*truth.findings, *(one for name, part in parts for one in part.truth.inside(name).findings)]
    about = "An e-mail with a body in quoted-printable and a table in base64"
    text = "".join(f"{line}\n" for line in lines)
    return Sample("dumps/attachments.eml", text.encode(), replace(truth, about=about, findings=tuple(findings)))
