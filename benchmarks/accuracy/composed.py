"""Values that need more than a shape: checksums of their own, encodings, wallets."""

import base64
import hashlib
import random
import string
import zlib
from typing import Final

from stdnum import luhn
from stdnum.mx import rfc

from benchmarks.accuracy.shapes import Generator, from_shape

_ALNUM: Final = string.ascii_letters + string.digits
_BASE62: Final = string.digits + string.ascii_uppercase + string.ascii_lowercase
_BASE58: Final = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def _of(rng: random.Random, alphabet: str, count: int) -> str:
    return "".join(rng.choice(alphabet) for _ in range(count))


def _in_base(number: int, alphabet: str) -> str:
    text = ""
    while number:
        number, rest = divmod(number, len(alphabet))
        text = alphabet[rest] + text
    return text


def _with_crc(prefix: str) -> Generator:
    """GitHub's and npm's form: thirty characters, then their CRC-32 in six of base 62."""

    def make(rng: random.Random) -> str:
        body = _of(rng, _ALNUM, 30)
        return prefix + body + _in_base(zlib.crc32(body.encode()), _BASE62).rjust(6, "0")

    return make


def _bitcoin(rng: random.Random) -> str:
    payload = b"\0" + rng.randbytes(20)
    whole = payload + hashlib.sha256(hashlib.sha256(payload).digest()).digest()[:4]
    return "1" + _in_base(int.from_bytes(whole, "big"), _BASE58)


def _jwt(rng: random.Random) -> str:
    def part(data: bytes) -> str:
        return base64.urlsafe_b64encode(data).decode().rstrip("=")

    claims = f'{{"sub":"{rng.randint(10**9, 10**10)}","name":"Ola Berg","iat":{rng.randint(1750000000, 1790000000)}}}'
    return ".".join((part(b'{"alg":"HS256","typ":"JWT"}'), part(claims.encode()), part(rng.randbytes(32))))


def _basic_auth(rng: random.Random) -> str:
    return base64.b64encode(f"svc-report:{_of(rng, _ALNUM, 15)}".encode()).decode()


def _private_key(rng: random.Random) -> str:
    body = "MIIEpAIBAAKCAQEA" + base64.b64encode(rng.randbytes(600)).decode()
    lines = [body[start : start + 64] for start in range(0, len(body), 64)]
    dashes = "-" * 5
    return "\n".join([f"{dashes}BEGIN RSA PRIVATE KEY{dashes}", *lines, f"{dashes}END RSA PRIVATE KEY{dashes}"])


def _discord(rng: random.Random) -> str:
    user = base64.b64encode(str(rng.randint(10**17, 10**18)).encode()).decode().rstrip("=")
    return f"{user}.G{_of(rng, _ALNUM, 5)}.{_of(rng, _ALNUM + '_-', 37)}{rng.choice(_ALNUM)}"


def _weighted(body: str, weights: tuple[int, ...]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True))


def _medicare(rng: random.Random) -> str:
    body = rng.choice("23456") + _of(rng, string.digits, 7)
    check = _weighted(body, (1, 3, 7, 9, 1, 3, 7, 9)) % 10
    return f"{body[:4]} {body[4:]}{check} {rng.randint(1, 5)}"


def _kvnr(rng: random.Random) -> str:
    letter, body = rng.choice(string.ascii_uppercase), _of(rng, string.digits, 8)
    products = (int(digit) * (1 + place % 2) for place, digit in enumerate(f"{ord(letter) - 64:02d}{body}"))
    return f"{letter}{body}{sum(product // 10 + product % 10 for product in products) % 10}"


def _es_nss(rng: random.Random) -> str:
    province, body = rng.choice(["08", "28", "41"]), "1" + _of(rng, string.digits, 7)
    return f"{province}/{body}/{int(province + body) % 97:02d}"


def _taj(rng: random.Random) -> str:
    body = _of(rng, string.digits, 8)
    whole = body + str(_weighted(body, (3, 7) * 4) % 10)
    return f"{whole[:3]} {whole[3:6]} {whole[6:]}"


def _snils(rng: random.Random) -> str:
    body = rng.choice("123") + _of(rng, string.digits, 8)
    check = _weighted(body, (9, 8, 7, 6, 5, 4, 3, 2, 1)) % 101 % 100
    return f"{body[:3]}-{body[3:6]}-{body[6:]} {check:02d}"


def _nric(rng: random.Random) -> str:
    body = _of(rng, string.digits, 7)
    return f"S{body}{'JZIHGFEDCBA'[_weighted(body, (2, 7, 6, 5, 4, 3, 2)) % 11]}"


def _tw_id(rng: random.Random) -> str:
    letter, body = rng.choice("ABCDEFGH"), rng.choice("12") + _of(rng, string.digits, 7)
    area = ord(letter) - 55  # A to H are 10 to 17
    total = area // 10 + area % 10 * 9 + _weighted(body, (8, 7, 6, 5, 4, 3, 2, 1))
    return f"{letter}{body}{-total % 10}"


def _dea(rng: random.Random) -> str:
    body = _of(rng, string.digits, 6)
    return f"{rng.choice('ABM')}{rng.choice(string.ascii_uppercase)}{body}{_weighted(body, (1, 2, 1, 2, 1, 2)) % 10}"


def _rfc(rng: random.Random) -> str:
    body = from_shape("(GALP|MERJ|SOTA)<yy><mm><dd>[A-Z1-9]{2}")(rng)
    return body + str(rfc.calc_check_digit(body))


def _luhn(shape: str) -> Generator:
    make = from_shape(shape)

    def whole(rng: random.Random) -> str:
        body = make(rng)
        return body + str(luhn.calc_check_digit(body.replace(" ", "").replace("-", "")))

    return whole


def _amex(rng: random.Random) -> str:
    body = "37" + _of(rng, string.digits, 12)
    whole = body + str(luhn.calc_check_digit(body))
    return f"{whole[:4]} {whole[4:10]} {whole[10:]}"


COMPOSED: Final[dict[str, Generator]] = {
    "github_classic": _with_crc("ghp_"),
    "github_oauth": _with_crc("gho_"),
    "npm": _with_crc("npm_"),
    "btc": _bitcoin,
    "jwt": _jwt,
    "basic_auth": _basic_auth,
    "private_key": _private_key,
    "discord": _discord,
    "au_medicare": _medicare,
    "de_kvnr": _kvnr,
    "es_nss": _es_nss,
    "hu_taj": _taj,
    "ru_snils": _snils,
    "sg_nric": _nric,
    "tw_id": _tw_id,
    "us_dea": _dea,
    "mx_rfc": _rfc,
    "ae_id": _luhn(r"784-<yyyy>-\d{7}-"),
    "iccid": _luhn(r"8949\d{14}"),
    "card_spaced": _luhn(r"(4539|5412|4026|5520) \d{4} \d{4} \d{3}"),
    "card_dashed": _luhn(r"(4539|5412|4026|5520)-\d{4}-\d{4}-\d{3}"),
    "card_amex": _amex,
}
