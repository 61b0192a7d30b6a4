"""Findings imported into AWS Security Hub, in the account and region of whoever sends them."""

import json
from typing import Any, Final

from scanner.delivery.aws import client, delivering
from scanner.delivery.batches import Batches
from scanner.errors import DeliveryError

_WHERE: Final = "securityhub"


class SecurityHub(Batches):
    """Each line is a request of BatchImportFindings; who it is for is filled in.

    :param region: empty for that of the environment
    """

    def __init__(self, region: str) -> None:
        super().__init__(1, 1)
        self._client = client("securityhub", region)
        with delivering("sts"):
            identity = client("sts", region).get_caller_identity()
        self._account, self._partition = identity["Account"], identity["Arn"].split(":")[1]
        self._refused = 0
        self._why = ""

    def send(self, lines: list[bytes]) -> None:
        """Imports the findings of each line."""
        for line in lines:
            findings = [finding | self._placed() for finding in json.loads(line)["Findings"]]
            with delivering(_WHERE):
                answer = self._client.batch_import_findings(Findings=findings)
            self._count_refused(answer)

    def finish(self) -> None:
        """:raises DeliveryError: if findings were refused"""
        if self._refused:
            raise DeliveryError(f"{_WHERE}: refused {self._refused} findings, the first because of {self._why}")

    def _placed(self) -> dict[str, str]:
        region = self._client.meta.region_name
        product = f"arn:{self._partition}:securityhub:{region}:{self._account}:product/{self._account}/default"
        return {"ProductArn": product, "AwsAccountId": self._account, "Region": region}

    def _count_refused(self, answer: dict[str, Any]) -> None:
        failed = answer.get("FailedFindings") or []
        self._refused += answer.get("FailedCount", 0)
        self._why = self._why or next((f"{one.get('ErrorCode')}: {one.get('ErrorMessage')}" for one in failed), "")
