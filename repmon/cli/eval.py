"""`repmon eval`: how often repmon reads reviews as the people who wrote them meant them."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import click

from repmon.cli import asked, document
from repmon.cli.group import FAILED, complain
from repmon.cli.judged import Judged, judged
from repmon.cli.learned import learned_here
from repmon.cli.screen import Rows, show
from repmon.review import is_unhappy
from repmon.steps.model.evaluate import Figures, Verdict, by_language, figures, held_for
from repmon.steps.model.learned import Model, read_with
from repmon.steps.understanding.language import language_code
from repmon.steps.understanding.score import score
from repmon.wording import _, count


@dataclass
class Trial:
    """A file of judged reviews on its way through the scorer."""

    text_only: bool
    languages: Sequence[str] = ()
    models: Mapping[str, Model] = field(default_factory=dict)
    bad: int = 0
    left_out: int = 0
    unknown: int = 0

    def verdict(self, row: Judged) -> Verdict | None:
        """Read one review and hold it against what people said of it; None where they did not tell."""
        negative = held_for(row.stars, row.label)
        if negative is None:
            self.left_out += 1
            return None
        review = replace(row.review, rating=None if self.text_only else row.stars)
        sentiment = read_with(self.models, review, score(review, self.languages))
        self.unknown += sentiment.label == "unknown"
        language = language_code(review.language) or sentiment.language or "?"
        return Verdict(language, negative, is_unhappy(review, sentiment))


@click.command(name="eval")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path))
@click.option("--text-only", is_flag=True, help="Hide the stars from the scorer: what do the words alone tell?")
@click.option("--plain", is_flag=True, help="Leave out what was learned from your own reviews.")
@asked.as_json
@click.pass_context
def evaluate(context: click.Context, file: Path, *, text_only: bool, plain: bool, as_json: bool) -> None:
    """Measure how often reviews are read rightly.

    FILE holds JSON Lines like {"text": "…", "stars": 2, "language": "en"}, or with "label" instead of stars; "title"
    may be there too. A review is held for negative by its label where it has one, else by its stars: 1-2 are, 4-5 are
    not, 3 are left out. Called negative is what repmon would treat as unhappy; a text nobody can read is not.

    Without --text-only stars lead, as they do in daily work, and only rows with a label of their own tell something.
    Needs no configuration; with one, what `repmon learn` has learned from its reviews is used.
    """
    trial = Trial(text_only, *learned_here(context, plain=plain))
    verdicts = list(_verdicts(file, trial))
    if as_json:
        document.write(_shape(verdicts, trial))
    else:
        _say(verdicts, trial)
    if trial.bad:
        context.exit(FAILED)


def _verdicts(file: Path, trial: Trial) -> Iterator[Verdict]:
    with sys.stdin.buffer if str(file) == "-" else file.open("rb") as lines:
        for number, row in judged(lines):
            if isinstance(row, str):
                trial.bad += 1
                complain(_("line {number}: {problem}").format(number=number, problem=row))
            elif verdict := trial.verdict(row):
                yield verdict


def _shape(verdicts: Sequence[Verdict], trial: Trial) -> dict[str, object]:
    """The document of `eval --json`; figures that cannot be told are null."""
    return {
        **_rounded(figures(verdicts)), "unknown": trial.unknown, "left_out": trial.left_out, "bad_lines": trial.bad,
        "learned": sorted(trial.models),
        "by_language": {language: _rounded(found) for language, found in by_language(verdicts).items()},
    }  # fmt: skip


def _rounded(found: Figures) -> dict[str, float | int | None]:
    return {name: round(value, 4) if isinstance(value, float) else value for name, value in asdict(found).items()}


def _say(verdicts: Sequence[Verdict], trial: Trial) -> None:
    columns = (_("reviews"), _("accuracy"), _("macro-F1"), _("recall"), _("precision"), _("false alarms"))
    table = Rows(_("language"), *columns, right=columns)
    groups = by_language(verdicts)
    for name, found in [(_("all"), figures(verdicts)), *groups.items()]:
        shares = (found.accuracy, found.macro_f1, found.negative_recall, found.negative_precision)
        table.add(name, found.n, *(_share(share) for share in shares), _share(found.false_alarm_rate, ".1%"))
    table.show()
    for line in _notes(trial):
        show(line)


def _notes(trial: Trial) -> Iterator[str]:
    if not trial.text_only:
        yield _("Stars lead where a review has them; --text-only shows what the words alone tell.")
    if trial.left_out:
        yield count(trial.left_out, "{n} review left out: three stars, or nothing to hold it against.",
                    "{n} reviews left out: three stars, or nothing to hold them against.")  # fmt: skip
    if trial.unknown:
        yield count(trial.unknown, "{n} review nobody here can read.", "{n} reviews nobody here can read.")
    if trial.models:
        yield _("Learned from your own reviews: {languages}.").format(languages=", ".join(sorted(trial.models)))


def _share(value: float | None, form: str = ".3f") -> str | None:
    return None if value is None else format(value, form)
