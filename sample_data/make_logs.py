"""Logs and e-mail: many lines, few hits, and everything that programs print."""

from collections.abc import Iterator
from hashlib import sha256
from random import Random
from typing import Final
from uuid import UUID

from sample_data import made_numbers as numbers
from sample_data.marking import found, trap
from sample_data.people import CARDS, EMAIL, NAME, PHONE, lone_card, people, person, phone, ssn
from sample_data.sample import Sample, text_sample

IPV4: Final = "IPV4_ADDRESS"
IPV6: Final = "IPV6_ADDRESS"
MAC: Final = "MAC_ADDRESS"


def samples() -> Iterator[Sample]:
    """Every log and e-mail."""
    yield _access_log()
    yield _network_log()
    yield _long_log()
    yield _mail()


def public_ipv4(rng: Random) -> str:
    """An IPv4 address that is neither private nor set aside."""
    return f"{rng.choice([81, 89, 130, 188, 213])}.{rng.randint(20, 99)}.{rng.randint(1, 254)}.{rng.randint(1, 254)}"


def public_ipv6(rng: Random) -> str:
    """An IPv6 address of the range that is given out in Europe."""
    return ":".join(["2a02", *(f"{rng.randint(0x1000, 0xFFFF):x}" for _ in range(7))])


def _access_log() -> Sample:
    rng = Random("access log")
    lines = []
    for second in range(12):
        address = found(IPV4, public_ipv4(rng)) if second % 3 else found(IPV6, public_ipv6(rng))
        browser = trap(IPV4, f"{rng.randint(100, 130)}.0.{rng.randint(100, 250)}.{rng.randint(10, 99)}", "the version of a browser")
        request = f'"GET /item/{rng.randint(1000, 9999)} HTTP/1.1" 200 {rng.randint(300, 9000)} "-"'
        lines.append(f'{address} - - [12/May/2024:06:25:{second:02} +0200] {request} "Mozilla/5.0 Edg/{browser}"')
    return text_sample(
        "logs/access.log", "\r\n".join(lines) + "\r\n", "A web server's log: addresses of visitors, and versions that look like addresses"
    )


def _network_log() -> Sample:
    rng = Random("network log")
    octets = [f"{rng.randint(0, 255):02x}" for _ in range(40)]
    first, second = ":".join(["3c", *octets[:5]]), "-".join(["a4", *octets[5:10]]).upper()
    fingerprint = trap(f"{MAC} {IPV6}", ":".join(octets[10:26]), "a fingerprint of 16 octets")
    lines = [
        f"06:25:01 dhcpd: DHCPACK to {found(MAC, first)} (laptop) via eth0",
        f"06:25:07 switch: port 12 learned {found(MAC, second)}",
        f"06:25:09 sshd: MD5 fingerprint {fingerprint}",
        f"06:25:11 build: class std::map, at {trap(f'{MAC} {IPV6}', '06:25:11', 'a time of day')}, in ns::detail::cache",
        f"06:25:12 firewall: dropped {found(IPV4, public_ipv4(rng))}:443, then {found(IPV6, '2a02:8071::7a22:31b0')}",
    ]
    return text_sample(
        "logs/network.log", "\n".join(lines) + "\n", "Hardware addresses in both spellings, and colons that mean something else"
    )


def _long_log() -> Sample:
    rng = Random("long log")
    lines = [_event(rng, number) for number in range(1, 2401)]
    someone = people(rng, 2)
    lines[731] += f" user={someone[0].email}"
    lines[1203] += f" raw request holds {lone_card(rng)}"
    lines[1204] += f" caller phone {phone(rng)}"
    lines[2398] += f" applicant ssn={ssn(rng)}"
    return text_sample("logs/application.log", "\n".join(lines) + "\n", "2,400 lines of a service with four slips in them")


def _event(rng: Random, number: int) -> str:
    trace = UUID(int=rng.getrandbits(128), version=4)
    commit = sha256(str(number).encode()).hexdigest()[:40]
    moment = f"2024-05-12T{number // 600 + 6:02}:{number // 10 % 60:02}:{number % 10 * 6:02}.{rng.randint(0, 999):03}Z"
    what = rng.choice(
        [f"commit={commit}", f"took={rng.randint(1, 999)}ms", f"offset={rng.randint(10**9, 10**10)}", f"epoch={1715493600000 + number}"]
    )
    return f"{moment} INFO [{trace}] queue-{number % 7} {what}"


def _mail() -> Sample:
    rng = Random("mail")
    sender, receiver = person(rng), person(rng)
    reference = trap(EMAIL, "20240512.8f21c0@mailer.example.net", "a message id")
    order = trap(CARDS, numbers.card(rng), "an order number, though its check digit fits")
    text = f"""From: {sender.listed} <{sender.email}>
To: {receiver.listed} <{receiver.email}>
Subject: Order number {order}
Message-ID: <{reference}>
Date: Sun, 12 May 2024 06:25:01 +0200
Content-Type: text/plain; charset=utf-8

Hello {found(NAME, receiver.first)},

please charge {found("CREDIT_CARD_NUMBER", numbers.grouped(numbers.card(rng), "-"))} (my new card) instead.
From abroad call {found(PHONE, numbers.us_phone(rng, "+1 {} {} {}"))}.

{found(NAME, sender.first)}
"""
    return text_sample(
        "logs/message.eml", text, "An e-mail: addresses in its head, a message id that looks like one, a card and an order number"
    )
