"""Every code that can be raised or noted has a sentence a person can read."""

import ast
from pathlib import Path

import pytest

from repmon.wording import SENTENCES, say

ROOT = Path(__file__).resolve().parents[2]
RAISED = {"ConfigError", "DecisionError", "DeliveryError", "DraftError", "RepmonError", "SourceBusy", "SourceChanged",
          "SourceDown", "SourceRefused", "StoreError"}  # fmt: skip


def codes():
    """Each literal code given to an error or a note, with where."""
    for file in [*ROOT.glob("repmon/**/*.py"), *ROOT.glob("connectors/**/*.py")]:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = getattr(node.func, "id", None) or getattr(node.func, "attr", None)
            at = {"ItemUnreadable": 1}.get(name, 0 if name in RAISED or name == "note" else None)
            if at is not None and len(node.args) > at and isinstance(node.args[at], ast.Constant):
                yield node.args[at].value, f"{file.relative_to(ROOT)}:{node.lineno}"


def test_every_code_has_its_sentence():
    missing = sorted({f"{code} ({where})" for code, where in codes() if code not in SENTENCES})
    assert missing == []


def test_an_unknown_code_is_shown_rather_than_hidden():
    assert say("from_a_newer_version", {"n": 1}) == "from_a_newer_version {'n': 1}"


def test_values_of_a_site_are_never_read_as_a_pattern():
    assert "{__class__}" in say("field_unreadable", {"field": "{__class__}"})


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_a_sentence_is_whole(code):
    sentence = SENTENCES[code]
    assert sentence.strip()
    assert "  " not in sentence
