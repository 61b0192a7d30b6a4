"""Secrets and their placeholders."""

import base64
import json
from string import ascii_letters, digits

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from identifiers.catalogues import load_catalogue
from identifiers.compile import compile_pattern
from identifiers.examples import compose
from identifiers.model import ValidatorRef, Verdict
from identifiers.validators import resolve
from identifiers.validators.crc32_token import checksum
from identifiers.validators.secret import entropy

PASSWORDS = [
    "tr0ub4dor&3",
    "k3yHole7",
    "S0nne+Mond",
    "wInter_2024",
    "$ecret!9",
    "hunter2abc",
    "p@55word",
    "1234pass!",
    "correct-h0rse",
    "Ключ-2024",
    "password123",
    "Summer.2024",
]
NO_PASSWORDS = [
    "********",
    "xxxxxxxx",
    "changeme",
    "${DB_PASSWORD}",
    "$DB_PASSWORD",
    "$(cat pw)",
    "'`cat pw1`'",
    "{{ password }}",
    "{password}",
    "%(password)s",
    "%s",
    "<password>",
    "#{ENV.PW}",
    "@PASSWORD@",
    "ENC(c2VjcmV0)",
    "!vault",
    "vault:secret/db",
    "password",
    "new_password",
    "PASSWORD",
    "Password1",
    "config.db.password",
    "options.password2",
    "connection.config.password3",
    "2016-09-08T21:47:36Z",
    "3.0-3.12",
    "2-byte",
    ":starttls",
    "password=",
    "eli:x:2098:1000:Eli",
    "self.password1",
    'os.environ["X1"]',
    "get_secret(7)",
    "/run/secrets/db_1",
    "./pw/file.2",
    "C:\\secrets\\pw1",
    "https://x.example/1",
    "Kennwort",
    "null",
    "your-p4ssword",
    "aaaa1111",
    "POSTGRES_SCRAM_SHA_256",
    "base64",
    "2147483647",
    "3a80c66f-bffb-46df-947c-1e8fa583b470",
    "[password]",
    "^.{0,104}$",
    "[a-zA-Z0-9_.-]+",
    r".*\S.*",
    "#/definitions/Password2",
    "/user/{userId}/password",
    "smithy.api#noAuth",
]


@pytest.mark.parametrize("value", PASSWORDS)
def test_a_password_is_valid(value: str) -> None:
    assert resolve(ValidatorRef("password"))(value) is Verdict.VALID


@pytest.mark.parametrize("value", NO_PASSWORDS)
def test_names_variables_calls_paths_and_placeholders_are_no_passwords(value: str) -> None:
    assert resolve(ValidatorRef("password"))(value) is Verdict.INVALID


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("correcthorse", Verdict.VALID),
        ("correct-horse-battery", Verdict.VALID),
        ("your_password", Verdict.INVALID),
        ("DB_NAME", Verdict.INVALID),
        ("none", Verdict.INVALID),
        ("${PW}", Verdict.INVALID),
        ("wInter_2024", Verdict.VALID),
    ],
)
def test_words_are_passwords_where_that_is_said(value: str, expected: Verdict) -> None:
    assert resolve(ValidatorRef("password", {"words": True}))(value) is expected


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ('{"auths": {"ghcr.io": {"auth": "bWFyaWE6dzFudGVyLXN1bg=="}}}', Verdict.VALID),
        ('{"auths": {"ghcr.io": {"username": "jane", "password": "wInter_2024"}}}', Verdict.VALID),
        ('{"auths": {"ghcr.io": {}, "quay.io": {"identitytoken": "k3yHole7k3yHole7"}}}', Verdict.VALID),
        ('{"auths": {"ghcr.io": {"auth": "bm8gY29sb24="}}}', Verdict.INVALID),
        ('{"auths": {"ghcr.io": {"password": "your_password"}}}', Verdict.INVALID),
        ('{"auths": {}}', Verdict.INVALID),
        ('{"auths": []}', Verdict.INVALID),
        ('{"auths": {"ghcr.io": []}}', Verdict.INVALID),
        ('{"credsStore": "desktop"}', Verdict.INVALID),
        ("[1]", Verdict.INVALID),
        ('{"auths"', Verdict.INVALID),
    ],
)
def test_settings_of_docker_hold_a_login_or_not(settings: str, expected: Verdict) -> None:
    assert resolve(ValidatorRef("docker_config"))(base64.b64encode(settings.encode()).decode()) is expected


def test_what_is_no_base64_holds_no_login_of_docker() -> None:
    assert resolve(ValidatorRef("docker_config"))("eyJhdXRocyI6*") is Verdict.INVALID


@pytest.mark.parametrize("value", ["x" * 40, "your-token-goes-here-please", "EXAMPLE" + "aB3dE5gH7j", "0000000000000000", "abababababab"])
def test_placeholders_and_monotonous_tokens_are_no_secrets(value: str) -> None:
    assert resolve(ValidatorRef("secret"))(value) is Verdict.INVALID


def test_a_secret_with_digits_is_no_name_and_no_number() -> None:
    check = resolve(ValidatorRef("secret", {"digits": True}))

    assert check(compose("{random:19:a-z}7")) is Verdict.VALID
    assert check("getAccessTokenFromVault") is Verdict.INVALID
    assert check("7318204965_91827") is Verdict.INVALID


@given(body=st.text(alphabet=ascii_letters + digits, min_size=30, max_size=30))
def test_a_token_with_its_own_checksum_is_verified_and_any_other_is_not(body: str) -> None:
    check = resolve(ValidatorRef("crc32_token"))
    right = f"gh{'p'}_{body}{checksum(body)}"
    wrong = right[:-1] + ("0" if right[-1] != "0" else "1")

    assume(check(right) is not Verdict.INVALID and check(wrong) is not Verdict.INVALID)
    assert check(right) is Verdict.VALID
    assert check(wrong) is Verdict.UNKNOWN


def test_a_placeholder_is_no_token_whatever_its_checksum() -> None:
    body = "x" * 30

    assert resolve(ValidatorRef("crc32_token"))("npm_" + body + checksum(body)) is Verdict.INVALID


def test_a_mixed_secret_is_no_hash_and_no_path() -> None:
    mixed = resolve(ValidatorRef("secret", {"min_entropy": 3.0, "mixed": True}))

    assert mixed(compose("{random:40:A-Za-z0-9/+}")) is Verdict.VALID
    assert mixed("2fd4e1c67a2d28fced849ee1bb76e7391b93eb12") is Verdict.INVALID
    assert mixed("com/acme/services/storage/model/request/") is Verdict.INVALID


@pytest.mark.parametrize(("text", "bits"), [("a", 0.0), ("ab", 1.0), ("abcdefgh", 3.0), ("aab", 0.9182958340544896)])
def test_entropy_is_shannons(text: str, bits: float) -> None:
    assert entropy(text) == pytest.approx(bits)


def encoded(part: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    ("header", "payload", "expected"),
    [
        ({"alg": "HS256"}, {"sub": "1"}, Verdict.VALID),
        ({"typ": "JWT"}, {"sub": "1"}, Verdict.INVALID),
        ({"alg": "HS256"}, {}, Verdict.INVALID),
        ({"alg": "HS256"}, ["sub"], Verdict.INVALID),
        ("alg", {"sub": "1"}, Verdict.INVALID),
    ],
)
def test_a_web_token_names_its_algorithm_and_claims_something(header: object, payload: object, expected: Verdict) -> None:
    assert resolve(ValidatorRef("jwt"))(f"{encoded(header)}.{encoded(payload)}.sig") is expected


@pytest.mark.parametrize("value", ["ey.ey.x", "a.b.c", "", "\u00e9.\u00e9.", "e" * 5 + "." + "e" * 5])
def test_what_does_not_decode_is_no_web_token(value: str) -> None:
    assert resolve(ValidatorRef("jwt"))(value) is Verdict.INVALID


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"svc:Tr0ub4dor", Verdict.VALID),
        ("jürgen:pässe9".encode(), Verdict.VALID),
        (b"user:pass", Verdict.INVALID),
        (b"no colon", Verdict.INVALID),
        (b":password", Verdict.INVALID),
        (b"user:", Verdict.INVALID),
        (b"a:\x00\x01", Verdict.INVALID),
        (b"\xff\xfe:x", Verdict.INVALID),
        (b"user:your_password", Verdict.INVALID),
    ],
)
def test_basic_credentials_are_a_readable_user_and_password(text: bytes, expected: Verdict) -> None:
    assert resolve(ValidatorRef("basic_auth"))(base64.b64encode(text).decode()) is expected


def test_words_run_together_are_no_secret() -> None:
    assert resolve(ValidatorRef("secret"))("AeadAes256Cbc" + "Hmac256EncryptionKey") is Verdict.INVALID


def test_a_private_key_has_a_body_of_random_base64() -> None:
    key = resolve(ValidatorRef("private_key"))
    begin, end = "-----BEGIN RSA PRIVATE " + "KEY-----", "-----END RSA PRIVATE " + "KEY-----"
    body = compose("{random:64:A-Za-z0-9+/}\n{random:64:A-Za-z0-9+/}")

    assert key(f"{begin}\n{body}\n{end}") is Verdict.VALID
    assert key(f"{begin}\\n{body}\\n{end}") is Verdict.VALID
    assert key(f"{begin}\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n{body}\n{end}") is Verdict.VALID
    assert key(f"{begin}\n...\n{end}") is Verdict.INVALID
    assert key(f"{begin}\n{'A' * 128}\n{end}") is Verdict.INVALID
    assert key(f"{begin}\n{body[:40]}\n{end}") is Verdict.INVALID
    assert key(f"{begin}\nEXAMPLE{body}\n{end}") is Verdict.INVALID
    assert key(f'{begin}" offset="0"/> <match value="{body}" offset="{end}') is Verdict.INVALID


@pytest.mark.parametrize("before", ["", "x", "xy"])
@pytest.mark.parametrize("whole", ["gh{+}p_{random:36:A-Za-z0-9}", "AK{+}IA{random:16:A-Z2-7}", "amqp://svc:{+}k3yHole7@mq.internal/"])
def test_a_token_in_base64_is_found_wherever_its_group_begins(whole: str, before: str) -> None:
    identifier = next(one for one in load_catalogue() if one.id == "BASE64_ENCODED_CREDENTIALS")
    text = base64.b64encode((before + compose(whole)).encode()).decode()

    match = compile_pattern(identifier.patterns[1 if before else 0]).search(text)
    assert match is not None
    assert resolve(ValidatorRef("base64_token"))(match[0]) is Verdict.VALID
