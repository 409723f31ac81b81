"""Files of judged reviews for the commands that learn and measure."""

import json

from tests.steps.judged import judged


def rows(count, **how):
    """Reviews as a `file` source reads them."""
    return [{"id": one.external_id, "text": one.text, "rating": one.rating, "language": one.language,
             "written_at": f"2025-0{1 + number % 9}-11T10:00:00Z"}
            for number, one in enumerate(judged(count, **how))]  # fmt: skip


def write(path, given):
    """Write JSON Lines."""
    path.write_text("".join(json.dumps(row) + "\n" for row in given), encoding="utf-8")
    return path


def to_eval(given):
    """The same rows as `repmon eval` reads them."""
    return [{"text": row["text"], "stars": row["rating"], "language": row["language"]} for row in given]
