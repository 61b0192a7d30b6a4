"""Checks that values must pass: small pure functions `str -> Verdict`, one module per number or algorithm."""

from identifiers.validators.registry import resolve, validator_names

__all__ = ["resolve", "validator_names"]
