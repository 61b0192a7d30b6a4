"""How much is found of what others give as valid: `python -m benchmarks.accuracy.others`.

- the numbers that each module of python-stdnum documents, under the names that it gives them,
- the example numbers of phonenumbers for every region, as they are dialled at home and from abroad,
- what Faker makes up in many languages.

Each stands in a table, in JSON and in a sentence, in a file of its own. Their generators do not all make numbers that could exist, so
not all of it can be found; the list of what was missed says what to look at.
"""

import argparse
import csv
import io
import json
import os
import pkgutil
import tempfile
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Final

import regex

import scanner
from scanner.config import ScanConfig, WorkerConfig
from scanner.model.names_mode import NamesMode

_QUOTED: Final = regex.compile(r"'([^'\\]+)'|\"([^\"\\]+)\"")
# Algorithms, numbers that no person, card or account has, and the old name of a module.
_NOT_SENSITIVE: Final = regex.compile(
    r"stdnum\.(?:damm|luhn|verhoeff|ean|gs1_128|isan|isbn|isil|ismn|isni|isrc|issn|iso6346|grid|imo|casrn|cfi|iso11649|iso7064\..*"
    r"|eu\.(?:nace|banknote|ecnumber|at_02)|.*\.(?:postleitzahl|postal_code|postcode|postnummer)|nl\.brin|it\.aic|be\.ogm_vcs|ch\.esr|do\.ncf"
    r"|th\.moa|de\.leitweg|iso9362)"
)
_LOCALES: Final = (
    "bg_BG", "cs_CZ", "da_DK", "de_AT", "de_CH", "de_DE", "el_GR", "en_AU", "en_CA", "en_GB", "en_IE", "en_IN", "en_NZ", "en_US",
    "es_AR", "es_CL", "es_CO", "es_ES", "es_MX", "et_EE", "fi_FI", "fr_CH", "fr_FR", "he_IL", "hr_HR", "hu_HU", "id_ID", "it_IT",
    "ja_JP", "ko_KR", "lt_LT", "lv_LV", "nl_BE", "nl_NL", "no_NO", "pl_PL", "pt_BR", "pt_PT", "ro_RO", "ru_RU", "sk_SK", "sl_SI",
    "sv_SE", "th_TH", "tr_TR", "uk_UA", "zh_CN", "zh_TW",
)  # fmt: skip
_FAKED: Final = {
    "ssn": "ssn", "vat_id": "vat_id", "iban": "iban", "credit_card_number": "credit_card_number", "phone_number": "phone_number",
    "email": "email", "passport_number": "passport_number", "date_of_birth": "date_of_birth", "vin": "vin", "aba": "routing_number",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """A value under a name.

    :param kind: what it is counted under
    """

    kind: str
    name: str
    value: str


def documented() -> Iterator[Item]:
    """What the modules of python-stdnum show as valid, under the abbreviations and names in the first line of each."""
    import stdnum

    for module in pkgutil.walk_packages(stdnum.__path__, "stdnum."):
        if _NOT_SENSITIVE.fullmatch(module.name):
            continue
        text = import_module(module.name).__doc__ or ""
        is_valid = getattr(import_module(module.name), "is_valid", lambda _: False)
        shown = dict.fromkeys(one or other for one, other in _QUOTED.findall(text) if is_valid(one or other))
        names = [name for name in regex.split(r"[(),.]| or ", text.strip().partition("\n")[0]) if len(name.strip()) > 1]
        yield from (Item(f"stdnum {module.name[7:]}", name.strip(), value) for name in names for value in list(shown)[:2])


def dialled() -> Iterator[Item]:
    """The example numbers of phonenumbers."""
    import phonenumbers
    from phonenumbers import PhoneNumberFormat, PhoneNumberType

    for region in sorted(phonenumbers.SUPPORTED_REGIONS):
        for kind in (PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE):
            number = phonenumbers.example_number_for_type(region, kind)
            for called, form in (("at home", PhoneNumberFormat.NATIONAL), ("from abroad", PhoneNumberFormat.INTERNATIONAL)):
                if number:
                    yield Item(f"phonenumbers {called}", "phone", phonenumbers.format_number(number, form))


def faked(count: int = 5) -> Iterator[Item]:
    """What Faker makes up, with a fixed seed."""
    from faker import Faker

    for locale in _LOCALES:
        maker = Faker(locale)
        maker.seed_instance(5)
        for method, name in _FAKED.items():
            make: Callable[[], object] | None = getattr(maker, method, None)
            yield from (Item(f"Faker {method}", name.replace("_", " "), str(make())) for _ in range(count if make else 0) if make)


def _table(item: Item) -> tuple[str, str]:
    text = io.StringIO()
    csv.writer(text).writerows([["city", item.name, "remark"], ["Bonn", item.value, "none"], ["Lyon", item.value, "new"]])
    return "csv", text.getvalue()


_FORMS: Final[tuple[Callable[[Item], tuple[str, str]], ...]] = (
    _table,
    lambda item: ("json", json.dumps({item.name.replace(" ", "_"): item.value, "city": "Bonn"}, ensure_ascii=False)),
    lambda item: ("txt", f"We have the {item.name} {item.value} of this customer in our files.\n"),
)


def measure(items: Iterable[Item], words: tuple[str, ...]) -> tuple[dict[str, tuple[int, int]], list[Item]]:
    """Kind -> how often something was found, and how often it was asked for; and the items that were found in no form.

    :param words: as `--select` takes them
    """
    asked, hits = Counter[str](), Counter[str]()
    found: dict[Item, int] = defaultdict(int)
    with tempfile.TemporaryDirectory() as folder:
        files = {f"{number:06d}.{form(item)[0]}": (item, form(item)[1]) for number, (item, form) in enumerate(_pairs(items))}
        for name, (item, text) in files.items():
            asked[item.kind] += 1
            with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                file.write(text)
        config = ScanConfig((), select=words, names=NamesMode.OFF, workers=WorkerConfig(processes=0))
        for result in scanner.scan(folder, config=config):
            item = files[os.path.basename(result.object.ref.key)][0]
            found[item] += bool(result.detections)
    for item, count in found.items():
        hits[item.kind] += count
    return {kind: (hits[kind], asked[kind]) for kind in sorted(asked)}, [item for item, count in found.items() if not count]


def _pairs(items: Iterable[Item]) -> Iterator[tuple[Item, Callable[[Item], tuple[str, str]]]]:
    return ((item, form) for item in dict.fromkeys(items) for form in _FORMS)


def main() -> None:
    """Measures and prints: the share of each kind, then what was missed."""
    parser = argparse.ArgumentParser(description="Measure on what others give as valid.")
    parser.add_argument("--select", default="all", help="as for a scan")
    parser.add_argument("--misses", action="store_true", help="list what was missed")
    asked = parser.parse_args()
    warnings.simplefilter("ignore")
    shares, missed = measure((*documented(), *dialled(), *faked()), (asked.select,))
    print("| what | found | of | share |\n|---|---|---|---|")
    for kind, (hits, count) in shares.items():
        print(f"| {kind} | {hits} | {count} | {hits / count:.2f} |")
    print(f"| **all** | {sum(hits for hits, _ in shares.values())} | {sum(count for _, count in shares.values())} | |")
    for item in missed if asked.misses else ():
        print(f"- {item.kind}, {item.name}: {item.value}")


if __name__ == "__main__":
    main()
