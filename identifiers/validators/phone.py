"""Phone numbers of the whole world, judged by Google's metadata as the package `phonenumbers` has it.

https://github.com/google/libphonenumber
"""

from identifiers.model import Verdict
from identifiers.validators.digits import verdict


def phone(value: str, *, region: str | None = None) -> Verdict:
    """VALID if the number lies in a range that is in use.

    :param region: ISO 3166 alpha-2: where a number without country code belongs, and the only country that is accepted

    >>> phone("+44 20 7946 0958"), phone("020 7946 0958", region="GB"), phone("+44 20 7946 0958", region="FR")
    (<Verdict.VALID: 'valid'>, <Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>)
    """
    import phonenumbers

    try:
        number = phonenumbers.parse(value, region)
    except phonenumbers.NumberParseException:
        return Verdict.INVALID
    if region is None:
        return verdict(holds=phonenumbers.is_valid_number(number))
    return verdict(holds=phonenumbers.is_valid_number_for_region(number, region))
