"""Identifiers made for the tests of the acceptance checks."""

from dataclasses import replace

from identifiers.model import Boundary, Category, Certainty, Identifier, KeywordSide, Pattern, Severity, SeverityLevel

# As the announcement of custom identifiers has it: F or P, a dash, eight digits, with `employee` up to 50 characters before.
EMPLOYEE = Identifier(
    id="EMPLOYEE_ID",
    name="Employee id",
    category=Category.CUSTOM,
    patterns=(Pattern(r"[FP]-\d{8}", boundary=Boundary.NONE, max_length=10),),
    severity_levels=(SeverityLevel(1, Severity.MEDIUM),),
    keywords=("employee",),
    max_distance=50,
    keyword_side=KeywordSide.BEFORE,
    matches=("Employee «F-12345678» started", "employee no. «P-87654321»"),
    ignores=("invoice F-12345678", "employee F-1234567"),
)


def found_alone(regex: str, *matches: str, max_length: int = 64, category: Category = Category.PERSONAL) -> Identifier:
    """An identifier without keywords that is found wherever `regex` matches."""
    pattern = Pattern(regex, alone=Certainty.HIGH, boundary=Boundary.NONE, max_length=max_length)
    return replace(
        EMPLOYEE,
        id="ALONE",
        category=category,
        patterns=(pattern,),
        keywords=(),
        keyword_side=KeywordSide.EITHER,
        matches=matches,
        ignores=(),
    )
