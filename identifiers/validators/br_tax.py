"""Brazilian taxpayer numbers: CPF of persons, CNPJ of companies, each with two check digits modulo 11.

Receita Federal, https://www.gov.br/receitafederal
"""

from identifiers.model import Verdict
from identifiers.validators.digits import compact, digits_of, is_monotonous, verdict


def br_cpf(value: str) -> Verdict:
    """VALID if both check digits hold and the digits are not all the same.

    >>> br_cpf("390.533.447-05"), br_cpf("390.533.447-06"), br_cpf("111.111.111-11")
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>, <Verdict.INVALID: 'invalid'>)
    """
    from stdnum.br import cpf

    digits = digits_of(value)
    return verdict(holds=cpf.is_valid(digits) and not is_monotonous(digits))


def br_cnpj(value: str) -> Verdict:
    """VALID if both check digits hold and the characters are not all the same; since 2026 letters may stand in front.

    >>> br_cnpj("16.727.230/0001-97"), br_cnpj("16.727.230/0001-98"), br_cnpj("12.ABC.345/01DE-35")
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>, <Verdict.VALID: 'valid'>)
    """
    from stdnum.br import cnpj

    number = compact(value)
    return verdict(holds=cnpj.is_valid(number) and not is_monotonous(number))
