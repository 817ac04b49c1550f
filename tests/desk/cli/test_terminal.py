"""Text on a terminal: the examples beside the functions hold, and nothing is wider than asked."""

import doctest

from hypothesis import given
from hypothesis import strategies as st

from wellkept.desk.cli import phrases, terminal
from wellkept.desk.cli.terminal import columns, cut, cut_left, pad, table, wrapped


def test_the_examples_beside_the_functions_hold() -> None:
    for module in (terminal, phrases):
        result = doctest.testmod(module)
        assert result.attempted and result.failed == 0


@given(st.text(max_size=80), st.integers(1, 40))
def test_cut_and_filled_texts_are_exactly_as_wide_as_asked(text: str, wide: int) -> None:
    text = terminal.plain(text)
    assert columns(cut(text, wide)) <= wide
    assert columns(cut_left(text, wide)) <= wide
    assert columns(pad(text, wide)) == wide
    if columns(text) <= wide:
        assert cut(text, wide) == text


@given(st.text(max_size=300), st.integers(20, 100))
def test_wrapped_lines_lose_nothing_and_are_never_too_wide(text: str, wide: int) -> None:
    text = terminal.plain(text)
    lines = wrapped(text, first="  ", then="    ", wide=wide)
    assert all(columns(line) <= wide for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(st.lists(st.lists(st.text(max_size=90), min_size=4, max_size=4), max_size=5))
def test_tables_fit_the_line(rows: list[list[str]]) -> None:
    found = table([[terminal.plain(cell) for cell in row] for row in rows])
    assert all(columns(line) <= terminal.WIDTH for line in found)
