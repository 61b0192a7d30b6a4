"""Compiled regexes that are written down are read again instead of being compiled."""

import pickle
import subprocess
import sys

import regex

from identifiers.regexes import Expression, compiled, kept_expressions, kept_regex, read_regexes, written_regexes

SMALL = Expression(r"(?<year>[0-9]{4})-[0-9]{2}(?!\w)", int(regex.ASCII))

# In a process of its own: this one has compiled it already. Without its compiler `regex` can only read.
READING = """
import pickle, sys
import regex
from identifiers.regexes import Expression, compiled, read_regexes
expression, written = pickle.load(sys.stdin.buffer)
read_regexes(written)
def refused(*_arguments):
    raise AssertionError("it was compiled")
regex.compile = refused
print(compiled(Expression(*expression)).search("in 2024-05")["year"])
"""


def test_what_was_written_is_read_by_another_process_without_compiling() -> None:
    message = pickle.dumps((tuple(SMALL), written_regexes([SMALL])))
    done = subprocess.run([sys.executable, "-c", READING], input=message, capture_output=True, check=True)
    assert done.stdout.strip() == b"2024"


def test_what_another_version_wrote_is_left_alone() -> None:
    read_regexes(pickle.dumps(("0.0", {("[a-c]x{7}", 0): b"no pattern"})))
    assert compiled(Expression("[a-c]x{7}")).fullmatch("axxxxxxx")


def test_regexes_of_the_program_are_known_to_be_worth_keeping() -> None:
    assert kept_regex("[d-f]y{7}", regex.IGNORECASE).fullmatch("Dyyyyyyy")
    assert Expression("[d-f]y{7}", int(regex.IGNORECASE)) in kept_expressions()
