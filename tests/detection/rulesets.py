"""Small rulesets for the tests of detection."""

from identifiers.model import Boundary, Category, Certainty, Identifier, KeywordSide, Pattern, Severity, SeverityLevel, ValidatorRef

LEVELS = (SeverityLevel(1, Severity.MEDIUM),)


def identifier(
    name: str,
    pattern: Pattern,
    *,
    keywords: tuple[str, ...] = (),
    not_names: tuple[str, ...] = (),
    max_distance: int = 30,
    side: KeywordSide = KeywordSide.EITHER,
    category: Category = Category.PERSONAL,
) -> Identifier:
    return Identifier(
        id=name,
        name=name.title(),
        category=category,
        patterns=(pattern,),
        severity_levels=LEVELS,
        keywords=keywords,
        not_names=not_names,
        max_distance=max_distance,
        keyword_side=side,
    )


SSN = identifier(
    "SSN",
    Pattern(r"[0-9]{3}-?[0-9]{2}-?[0-9]{4}", ValidatorRef("us_ssn"), chance=0.9, boundary=Boundary.NUMBER, max_length=11),
    keywords=("ssn", "social security"),
    not_names=("order id",),
)
CARD = identifier(
    "CARD",
    Pattern(
        r"[0-9](?:[ \-]?[0-9]){12,18}",
        ValidatorRef("payment_card"),
        chance=0.1,
        alone=Certainty.MEDIUM,
        boundary=Boundary.NUMBER,
        max_length=37,
    ),
    keywords=("card",),
    not_names=("order id",),
)
EMAIL = identifier(
    "EMAIL",
    Pattern(r"[a-z0-9._]{1,64}@[a-z0-9.]{1,60}\.[a-z]{2,10}", alone=Certainty.HIGH, max_length=136),
)
BADGE = identifier(
    "BADGE",
    Pattern(r"[FP]-\d{8}", supported=Certainty.MEDIUM, boundary=Boundary.NONE, max_length=10),
    keywords=("employee",),
    max_distance=50,
    side=KeywordSide.BEFORE,
    category=Category.CUSTOM,
)
PAIR = identifier("PAIR", Pattern("ab|ba", alone=Certainty.HIGH, boundary=Boundary.NONE, max_length=2), category=Category.CUSTOM)
WHOLE = identifier("WHOLE", Pattern(r"^x\d+$", alone=Certainty.HIGH, boundary=Boundary.NONE, max_length=20), category=Category.CUSTOM)

ALL = (BADGE, CARD, EMAIL, PAIR, SSN, WHOLE)
