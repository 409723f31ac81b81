"""Whatever went wrong while reading can be said in a sentence."""

import re
import string
from pathlib import Path

import pytest

import repmon.files
import repmon.http
from repmon.wording import connecting, reading, say

SENTENCES = reading.SENTENCES | connecting.SENTENCES
RAISED = re.compile(r'(?:Source(?:Busy|Down|Refused|Changed)|NotJson)\(\s*"(\w+)"')
SOURCES = [*Path(repmon.http.__file__).parent.glob("*.py"), Path(repmon.files.__file__)]
CODES = sorted({code for path in SOURCES for code in RAISED.findall(path.read_text(encoding="utf-8"))})


def test_the_codes_are_found():
    assert {"address_refused", "consent_revoked", "answer_too_deep", "path_missing"} <= set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_every_code_that_is_raised_has_a_sentence(code):
    assert code in SENTENCES


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_every_sentence_can_be_said(code):
    fields = [name for _, name, _, _ in string.Formatter().parse(SENTENCES[code]) if name]
    said = say(code, dict.fromkeys(fields, 7.0))
    assert said.count("7") == len(fields)
