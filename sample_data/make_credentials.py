"""Credentials that look live. Nothing here is stored: files are put together from random pieces whenever they are needed."""

import json
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable, Iterator
from hashlib import sha256
from hmac import digest
from random import Random
from string import ascii_letters, ascii_lowercase, ascii_uppercase, digits
from typing import Final
from zlib import crc32

from sample_data.make_archives import archive
from sample_data.make_json import document
from sample_data.marking import found, trap
from sample_data.people import NAME, people
from sample_data.sample import Sample, text_sample
from sample_data.tables import table_sample

ALNUM: Final = ascii_letters + digits
PASSWORD: Final = "GENERIC_PASSWORD"  # noqa: S105 - the name of an identifier
URL: Final = "URL_CREDENTIALS"


def samples() -> Iterator[Sample]:
    """Every file with credentials."""
    made = [_environment(), _settings(), _ini(), _compose(), _tokens(), _keys(), _web_log(), _cloud(), _vault(), _logins()]
    yield from made
    yield archive("generated/leak.zip", "Credentials inside an archive", [made[0], made[5]])


def pick(rng: Random, alphabet: str, count: int) -> str:
    """`count` random characters of `alphabet`."""
    return "".join(rng.choice(alphabet) for _ in range(count))


def password(rng: Random) -> str:
    """A password as a careful person makes one."""
    return pick(rng, ascii_uppercase, 1) + pick(rng, ascii_lowercase, 5) + "-" + pick(rng, ALNUM, 6) + str(rng.randint(10, 99))


def aws_key_id(rng: Random) -> str:
    """An access key id, marked."""
    return found("AWS_ACCESS_KEY_ID", "AK" + "IA" + pick(rng, ascii_uppercase + "234567", 16))


def aws_secret(rng: Random) -> str:
    """A secret access key of 40 characters, marked."""
    return found("AWS_CREDENTIALS", pick(rng, ALNUM + "+/", 38) + pick(rng, ALNUM, 2))


def github_token(rng: Random) -> str:
    """A personal access token, marked; its last six characters are a CRC-32 of the rest in base 62."""
    body = pick(rng, ALNUM, 30)
    return found("GITHUB_TOKEN", "gh" + "p_" + body + _base62(crc32(body.encode())))


def _base62(number: int) -> str:
    alphabet = digits + ascii_uppercase + ascii_lowercase
    figures = ""
    for _ in range(6):
        number, rest = divmod(number, 62)
        figures = alphabet[rest] + figures
    return figures


def slack_token(rng: Random) -> str:
    """A bot's token, marked."""
    return found("SLACK_TOKEN", "xo" + "xb-" + f"{pick(rng, '123456789', 12)}-{pick(rng, '123456789', 12)}-{pick(rng, ALNUM, 24)}")


def stripe_key(rng: Random) -> str:
    """A live secret key, marked."""
    return found("STRIPE_CREDENTIALS", "sk" + "_li" + "ve_" + pick(rng, ALNUM, 24))


def openai_key(rng: Random) -> str:
    """A project key, marked."""
    return found("OPENAI_API_KEY", "s" + "k-proj-" + pick(rng, ALNUM, 74) + "T3Blbk" + "FJ" + pick(rng, ALNUM, 74))


def google_key(rng: Random) -> str:
    """An API key of Google's cloud, marked."""
    return found("GCP_API_KEY", "AI" + "za" + "Sy" + pick(rng, ALNUM, 33))


def web_token(rng: Random) -> str:
    """A signed JSON web token, marked."""
    head = _url64(b'{"alg":"HS256","typ":"JWT"}')
    body = _url64(json.dumps({"sub": str(rng.randint(1000, 9999)), "iat": 1715493600}).encode())
    signature = _url64(digest(rng.randbytes(32), f"{head}.{body}".encode(), sha256))
    return found("JSON_WEB_TOKEN", f"{head}.{body}.{signature}")


def _url64(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")


def private_key(rng: Random, identifier: str, kind: str, head: bytes) -> str:
    """A private key in PEM armour, marked from its first line to its last; `head` is how its content begins."""
    body = b64encode(head + rng.randbytes(384 - len(head))).decode()
    lines = [body[start : start + 64] for start in range(0, len(body), 64)]
    dashes = "-" * 5
    return found(identifier, "\n".join([f"{dashes}BEGIN {kind}{dashes}", *lines, f"{dashes}END {kind}{dashes}"]))


def putty_key(rng: Random) -> str:
    """A PuTTY private key file of the second version, marked."""
    lines = [b64encode(rng.randbytes(48)).decode() for _ in range(20)]
    parts = [
        "PuTTY-User-Key-File-2: ssh-rsa",
        "Encryption: none",
        "Comment: rsa-key-20240512",
        "Public-Lines: 6",
        *lines[:6],
        "Private-Lines: 14",
        *lines[6:],
    ]
    return found("PUTTY_PRIVATE_KEY", "\n".join([*parts, f"Private-MAC: {rng.randbytes(20).hex()}"]))


def _environment() -> Sample:
    rng = Random("environment")
    text = f"""# production
APP_ENV=production
DB_PASSWORD={found(PASSWORD, password(rng))}
AWS_ACCESS_KEY_ID={aws_key_id(rng)}
AWS_SECRET_ACCESS_KEY={aws_secret(rng)}
DATABASE_URL=postgres://app:{found(URL, password(rng))}@db.internal.example.net:5432/shop
SLACK_BOT_TOKEN={slack_token(rng)}
export STRIPE_KEY="{stripe_key(rng)}"
"""
    return text_sample("generated/.env", text, "Settings of a service in production")


def _settings() -> Sample:
    rng = Random("settings")
    text = f"""package net.example.shop;

final class Settings {{
    static final String PASSWORD = "{found(PASSWORD, password(rng))}";
    private String dbPassword = "{found(PASSWORD, password(rng))}";
    // until May, passwd: '{found(PASSWORD, password(rng))}'
    private int passwordLength = 12;
}}
"""
    return text_sample("generated/Settings.java", text, "Source code with passwords written into it")


def _ini() -> Sample:
    rng = Random("ini")
    text = f"""[mail]
host = mail.example.net
user = robot
password = {found(PASSWORD, password(rng))}

[cloud]
gcp_key = {google_key(rng)}
client_secret = {found("GENERIC_API_KEY", pick(rng, ALNUM, 36))}

[database]
connection = Server=db7.example.net;Database=crm;User Id=app;Password={found("CONNECTION_STRING", password(rng))};Encrypt=true
"""
    return text_sample("generated/service.ini", text, "An INI file")


def _compose() -> Sample:
    rng = Random("compose")
    text = f"""services:
  db:
    image: postgres:16.2
    environment:
      POSTGRES_PASSWORD: {found(PASSWORD, password(rng))}
  cache:
    command: ["server", "--port", "6379"]
    url: redis://default:{found(URL, password(rng))}@cache.example.net:6379/0
"""
    return text_sample("generated/compose.yaml", text, "YAML with a password and a connection string")


def _tokens() -> Sample:
    rng = Random("tokens")
    makers: list[Callable[[Random], str]] = [github_token, slack_token, stripe_key, openai_key, web_token, aws_key_id]
    lines = [f"{index}. {maker(rng)} - do not share" for index, maker in enumerate(makers, start=1)]
    lines.append(f"For tests: {trap('*', 'sk' + '_te' + 'st_4eC39HqLyjWDarjtT1zdp7dc', 'the key in the documentation of Stripe')}")
    return text_sample("generated/wiki_page.md", "\n".join(lines) + "\n", "Tokens that tell by their own form what they are")


def _keys() -> Sample:
    rng = Random("keys")
    openssh = b"openssh-key-v1\0" + b"\0\0\0\4none" * 2
    keys = [
        private_key(rng, "PKCS", "RSA PRIVATE KEY", b"\x30\x82\x01\x7c\x02\x01\x00"),
        private_key(rng, "PKCS", "PRIVATE KEY", b"\x30\x82\x01\x7c\x02\x01\x00\x30"),
        private_key(rng, "OPENSSH_PRIVATE_KEY", "OPENSSH PRIVATE KEY", openssh),
        private_key(rng, "PGP_PRIVATE_KEY", "PGP PRIVATE KEY BLOCK", b"\x95\x01\xd8\x04"),
        putty_key(rng),
    ]
    return text_sample(
        "generated/keys.txt", "\n\n".join(keys) + "\n", "Private keys of five kinds; each place reaches from the first line to the last"
    )


def _web_log() -> Sample:
    rng = Random("web log")
    basic = found("HTTP_BASIC_AUTH_HEADER", b64encode(f"robot:{password(rng)}".encode()).decode())
    text = f"""> GET /v1/items HTTP/1.1
> Host: api.example.net
> Authorization: Basic {basic}
>
> GET /v1/items HTTP/1.1
> Authorization: Bearer {web_token(rng)}
"""
    return text_sample("generated/http_debug.log", text, "Two requests with their heads")


def _cloud() -> Sample:
    rng = Random("cloud")
    tree = {"AccessKey": {"UserName": "robot", "AccessKeyId": aws_key_id(rng), "SecretAccessKey": aws_secret(rng), "Status": "Active"}}
    return document("generated/access_key.json", tree, "What a cloud's command line prints when it makes a key")


def _vault() -> Sample:
    rng = Random("vault")
    tree = {
        "login": {"user": "robot", "password": found(PASSWORD, password(rng))},
        "github": {"token": github_token(rng)},
        "note": "rotated in May",
    }
    return document("generated/vault.json", tree, "A password under a name that says so")


def _logins() -> Sample:
    rng = Random("logins")
    rows = [["name", "url", "password"]]
    rows += [[found(NAME, someone.first), "https://intranet.example.net", found(PASSWORD, password(rng))] for someone in people(rng, 8)]
    return table_sample("generated/logins.csv", rows, "Passwords as a browser exports them")
