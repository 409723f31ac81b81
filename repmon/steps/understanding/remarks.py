"""Set phrases of complaint and praise that VADER does not weigh: "never again", "the soup was cold".

They come from `data/remarks.toml` and are found by walking a tree of tokens: linear, however many phrases there are.
"""

from repmon.review import Reason
from repmon.steps.understanding.duration import duration
from repmon.steps.understanding.lexicon import BOOSTERS
from repmon.steps.understanding.reasons import reason_of
from repmon.steps.understanding.remarktree import Node, Remark, fillers, tree
from repmon.steps.understanding.valence import Part
from repmon.steps.understanding.words import MARKS, Utterance, Word

_STOPS = (".", "!", "?", ";", ",", ":", "…", ")")
_MOST_READ = 20_000
_LOOK_BACK = 3
_TURNED = -0.5
_NONE = frozenset({"no", "zero"})
_NEAR = 2
"""Words from the remark back to a "no" that still means it: "no hidden extra charges"."""
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
    tokens, words, root = said.tokens, said.words, tree()
    last = len(words) - 1
    found: list[Reason] = []
    past = 0
    for start, word in said.notable:
        if start < past:
            continue
        node, remark = word.begins, None
        if node is not None:  # most first words lead nowhere, and one look at the next word tells
            onward = node.onward
            if onward is None or (start < last and words[start + 1].folded in onward):
                end, remark = _longest(node, said, start, start + 1)
        if remark is None and word.amount:
            end, remark = _longest(root, said, start, start)
        if remark is not None:
            first, value = _turned(remark, said, start) if remark.turns else (start, remark.value)
            found.append(reason_of[" ".join(tokens[first:end]).strip(MARKS) or tokens[start], value])
            past = end
    return found


def _longest(node: Node, said: Utterance, start: int, place: int) -> tuple[int, Remark | None]:
    """Walk on as far as words lead, not past punctuation: (one past the last, the remark). `start` began it all."""
    tokens, words, between = said.tokens, said.words, fillers()
    end, remark = place, node.remark
    while place < len(words) and not (place > start and tokens[place - 1].endswith(_STOPS)):
        following, past = _next(node, words, place)
        if following is None:
            if words[place].folded not in between:
                break
            place += 1
            continue
        node, place = following, past
        if node.remark is not None:
            end, remark = place, node.remark
    return end, remark


def _next(node: Node, words: list[Word], place: int) -> tuple[Node | None, int]:
    """Take the step from a node at a word: over a length of time where one may stand, else over the word."""
    if node.lasting and (lasting := duration(words, place)):
        following = node.after(lasting[1])
        if following is not None:
            return following, lasting[0]
    return node.get(words[place].folded), place + 1


def _turned(remark: Remark, said: Utterance, start: int) -> tuple[int, float]:
    """Look back within the clause: a negation turns the remark over, a booster strengthens it."""
    tokens, words, value = said.tokens, said.words, remark.value
    for place in range(start - 1, max(start - 1 - _LOOK_BACK, -1), -1):
        if tokens[place].endswith(_STOPS):
            break
        before = words[place]
        none = start - place <= _NEAR and before.folded in _NONE
        if (before.denies or none) and words[place + 1].folded not in _NOT_ONLY:
            return place, value * _TURNED
    boost = BOOSTERS.get(words[start - 1].folded, 0.0) if start else 0.0
    return (start - 1, value + (boost if value > 0 else -boost)) if boost else (start, value)
