"""Set phrases of complaint and praise that VADER does not weigh: "never again", "the soup was cold".

They come from `data/remarks.toml` and are found by walking a tree of tokens: linear, however many phrases there are.
"""

from repmon.review import Reason
from repmon.steps.lexicon import BOOSTERS
from repmon.steps.reasons import reason_of
from repmon.steps.remarktree import Node, Remark, fillers
from repmon.steps.valence import Part
from repmon.steps.words import MARKS, Utterance

_STOPS = (".", "!", "?", ";", ",", ":", "…", ")")
_LONG_WAIT = 15
_MOST_READ = 20_000
_LOOK_BACK = 3
_TURNED = -0.5
_NOT_ONLY = frozenset({"only", "just"})


def remarks(text: str) -> list[Part]:
    """Find the set phrases of a cleaned text as (its words, value), in text order; the longest wins, none overlap.

    Only the beginning of a giant text is searched: what is not said in twenty thousand characters was not the point.
    """
    return [(reason.text, reason.value) for reason in remarks_in(Utterance(text))]


def remarks_in(said: Utterance) -> list[Reason]:
    """Do the same for a text already looked up."""
    if len(said.text) > _MOST_READ:
        said = Utterance(said.text[:_MOST_READ])
    tokens, words, between = said.tokens, said.words, fillers()
    last = len(words) - 1
    found: list[Reason] = []
    past = 0
    for start, word in said.notable:
        node = word.begins
        if node is None or start < past:
            continue
        if node.remark is None:  # most first words lead nowhere, and one look at the next word tells
            if start == last:
                break
            following = words[start + 1]
            if following.folded not in node and following.folded not in between and following.number < _LONG_WAIT:
                continue
        end, remark = _longest(node, said, start)
        if remark is not None:
            first, value = _turned(remark, said, start) if remark.turns else (start, remark.value)
            found.append(reason_of[" ".join(tokens[first:end]).strip(MARKS) or tokens[start], value])
            past = end
    return found


def _longest(node: Node, said: Utterance, start: int) -> tuple[int, Remark | None]:
    """Walk on from a first word as far as words lead, not past punctuation: (one past the last, the remark)."""
    tokens, words, between = said.tokens, said.words, fillers()
    end, remark = start + 1, node.remark
    for place in range(start + 1, len(words)):
        word = words[place]
        following = node.get(word.folded)
        if following is None and word.number >= _LONG_WAIT:
            following = node.get("#")
        if (following is None and word.folded not in between) or tokens[place - 1].endswith(_STOPS):
            break
        if following is not None:
            node = following
            if node.remark is not None:
                end, remark = place + 1, node.remark
    return end, remark


def _turned(remark: Remark, said: Utterance, start: int) -> tuple[int, float]:
    """Look back within the clause: a negation turns the remark over, a booster strengthens it."""
    tokens, words, value = said.tokens, said.words, remark.value
    for place in range(start - 1, max(start - 1 - _LOOK_BACK, -1), -1):
        if tokens[place].endswith(_STOPS):
            break
        if words[place].denies and words[place + 1].folded not in _NOT_ONLY:
            return place, value * _TURNED
    boost = BOOSTERS.get(words[start - 1].folded, 0.0) if start else 0.0
    return (start - 1, value + (boost if value > 0 else -boost)) if boost else (start, value)
