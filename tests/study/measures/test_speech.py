"""The words of sentences: the examples beside the functions hold."""

import doctest

from wellkept.study.measures import speech


def test_the_examples_beside_the_functions_hold() -> None:
    result = doctest.testmod(speech)
    assert result.attempted >= 5 and result.failed == 0
