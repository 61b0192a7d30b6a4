"""Accounts of Amazon's own through which its services write logs: what they are let into is let to the service.

Regions that are newer than these have principals of services instead, which Amazon recommends everywhere.

Source: the user guides on access logs of load balancers, on audit logs of Redshift, on bucket policies of CloudTrail, and on
standard logs of CloudFront.
"""

from collections.abc import Mapping
from typing import Final

_ACCOUNTS: Final = {
    "Elastic Load Balancing": """
        127311923021 033677994240 027434742980 797873946194 098369216593 985666609251 054676820928 897822967062 635631232127
        156460612806 652711504416 009996457667 754344448648 582318560864 600734575887 383597477331 114774131450 783225319266
        589379963580 718504428378 076674570225 507241528517 048591011584 190560391635 638102146993 037604701340
    """,
    "Amazon Redshift": """
        193672423079 391106570357 262260360010 902366379725 365689465814 313564881002 865932855811 090321488786 760740231472
        361669875840 762762565011 404641285394 907379612154 053454850223 210876761215 307160386991 945612479654 915173422425
        729911121831 013126148197 075028567923
    """,
    "AWS CloudTrail": """
        086441151436 475085895292 388731089494 113285607260 819402241893 977081816279 492519147666 903692715234 284668455005
        216624486486 035351147821 859597730677 282025262664 814480443879
    """,
}

SERVICE_OF: Final[Mapping[str, str]] = {
    **{number: service for service, numbers in _ACCOUNTS.items() for number in numbers.split()},
    "c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0": "CloudFront's logs",
    "a52cb28745c0c06e84ec548334e44bfa7fc2a85c54af20cd59e4969344b7af56": "CloudFront's logs",
}
"""The service behind an account's number, or behind a canonical id in lower case."""
