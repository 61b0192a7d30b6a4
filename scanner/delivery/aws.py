"""Clients of AWS for deliveries, and what their errors come to."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from scanner.errors import DeliveryError, MissingExtraError


def client(service: str, region: str = "") -> Any:  # noqa: ANN401 - boto3 makes its classes at run time
    """A client with the credentials of the environment, which tries again by itself.

    :raises MissingExtraError: if boto3 is not installed
    :raises DeliveryError: if there are no credentials or no region
    """
    try:
        import boto3
        from botocore.config import Config
    except ImportError:
        raise MissingExtraError(f"{service}: sending there needs boto3; install it with pip install 'dowse[s3]'") from None
    with delivering(service):
        session = boto3.Session()
        if session.get_credentials() is None:
            raise DeliveryError(f"{service}: there are no credentials in this environment; set AWS_PROFILE or what your account uses")
        return session.client(service, region_name=region or None, config=Config(retries={"mode": "standard", "max_attempts": 5}))


@contextmanager
def delivering(where: str) -> Iterator[None]:
    """Errors of AWS inside become DeliveryError, with the place and without what was sent."""
    from boto3.exceptions import S3UploadFailedError
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except ClientError as error:
        details = error.response.get("Error", {})
        raise DeliveryError(f"{where}: not delivered: {details.get('Code')}: {details.get('Message')}") from None
    except (BotoCoreError, S3UploadFailedError) as error:
        raise DeliveryError(f"{where}: not delivered: {error}") from None
