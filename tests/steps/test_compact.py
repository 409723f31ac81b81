"""Whatever a site sent can be kept as JSON text."""

import json

import pytest

from repmon.steps.compact import compact


@pytest.mark.parametrize("value", [{"a": "x", "n": [1, 2.5, None, True]}, [["cold soup", -1.1]], "", {"ü": "日本"}])
def test_json_comes_back_as_it_was(value):
    assert json.loads(compact(value)) == value


def test_half_a_surrogate_pair_is_replaced_and_nothing_else_is_lost():
    assert json.loads(compact({"text": "half \ud83d pair", "id": 7})) == {"text": "half \ufffd pair", "id": 7}


@pytest.mark.parametrize("odd", [{1, 2}, b"\xff\xfe", object(), float("nan"), {1: "number as key"}])
def test_what_json_has_no_form_for_is_written_all_the_same(odd):
    assert compact({"odd": odd})
