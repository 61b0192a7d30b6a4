"""Lines on their way in requests of bounded size."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from scanner.delivery.batches import Batches


class Gathers(Batches):
    def __init__(self, most_lines: int = 3, most_bytes: int = 1_000) -> None:
        super().__init__(most_lines, most_bytes)
        self.sent: list[list[bytes]] = []
        self.finished = False

    def send(self, lines: list[bytes]) -> None:
        self.sent.append(lines)

    def finish(self) -> None:
        self.finished = True


def test_a_request_holds_so_many_lines_and_the_rest_goes_at_the_end() -> None:
    with Gathers() as gathers:
        for number in range(7):
            gathers.write(b"%d\n" % number)
        assert gathers.sent == [[b"0", b"1", b"2"], [b"3", b"4", b"5"]]
    assert gathers.sent[-1] == [b"6"]
    assert gathers.finished


def test_a_request_holds_so_many_bytes_unless_one_line_is_longer() -> None:
    with Gathers(most_lines=100, most_bytes=10) as gathers:
        for line in (b"1234", b"5678", b"x" * 50, b"9"):
            gathers.write(line + b"\n")
    assert gathers.sent == [[b"1234", b"5678"], [b"x" * 50], [b"9"]]


def test_lines_written_together_stay_together() -> None:
    with Gathers(most_lines=3) as gathers:
        for _ in range(3):
            gathers.write(b"action\ndocument\n")
    assert gathers.sent == [[b"action", b"document"]] * 3


def test_what_a_broken_run_has_gathered_is_sent_but_not_finished() -> None:
    gathers = Gathers()
    gathers.__enter__()
    gathers.write(b"a\nb")
    gathers.__exit__(KeyboardInterrupt, None, None)
    assert gathers.sent == [[b"a", b"b"]]
    assert not gathers.finished


@given(st.binary(max_size=60), st.lists(st.integers(0, 60), max_size=6))
def test_however_it_is_cut_the_lines_are_the_same(data: bytes, cuts: list[int]) -> None:
    with Gathers() as gathers:
        edges = [0, *sorted(min(cut, len(data)) for cut in cuts), len(data)]
        for start, end in pairwise(edges):
            gathers.write(data[start:end])
    expected = data.split(b"\n")
    assert [line for lines in gathers.sent for line in lines] == (expected if expected[-1] else expected[:-1])
