"""How passwords and PINs are kept."""

import pytest
from argon2 import extract_parameters

from repmon.desk.passwords import hash_password, hash_pin, is_right
from repmon.errors import DecisionError


def test_a_password_costs_whoever_guesses_it_nineteen_mebibytes(real_hashes):
    kept = hash_password("mila", "three small teapots")
    found = extract_parameters(kept)
    assert (found.type.name, found.time_cost, found.memory_cost, found.parallelism) == ("ID", 2, 19 * 1024, 1)
    assert is_right(kept, "three small teapots")
    assert not is_right(kept, "three small teapot")


def test_nobody_has_a_password_that_is_right():
    assert not is_right(None, "")
    assert not is_right(None, "anything at all")
    assert not is_right("not a hash", "anything at all")


def test_a_password_of_a_megabyte_is_not_hashed():
    with pytest.raises(DecisionError, match="at most"):
        hash_password("mila", "abcd" * 2**18)
    assert not is_right(hash_password("mila", "three small teapots"), "abcd" * 2**18)


def test_white_space_and_other_alphabets_are_part_of_a_password():
    kept = hash_password("mila", " drei kleine Töpfe ")
    assert is_right(kept, " drei kleine Töpfe ")
    assert not is_right(kept, "drei kleine Töpfe")


@pytest.mark.parametrize("pin", ["12345", "1234567890123", "abcdef", "12 3456", "", "١٢٣٤٥٦"])
def test_a_pin_is_six_to_twelve_digits(pin):
    with pytest.raises(DecisionError, match="digits"):
        hash_pin(pin)


@pytest.mark.parametrize("pin", ["000000", "123456", "987654", "890123"])
def test_a_run_of_digits_is_no_pin(pin):
    with pytest.raises(DecisionError, match="first anybody would try"):
        hash_pin(pin)


@pytest.mark.parametrize("pin", ["493817", "112233", "202020", "0000001"])
def test_other_digits_are(pin):
    assert is_right(hash_pin(pin), pin)
