"""`repmon learn`: what the stars in the database teach about words."""

from collections.abc import Sequence
from dataclasses import asdict

import click

from repmon.cli import asked, document
from repmon.cli.opening import opened
from repmon.cli.progress import waiting
from repmon.cli.screen import Rows, show
from repmon.steps.model.evaluate import Figures
from repmon.steps.model.learning import LEAST_OF_EACH, LEAST_REVIEWS, Learned
from repmon.store.rereading import Progress
from repmon.turn.learn import forget as forget_models
from repmon.turn.learn import learn as learn_from
from repmon.turn.rereading import reread
from repmon.wording import _, count


@click.command()
@click.option("--forget", is_flag=True, help="Go back to the plain scorer, until `repmon learn` is called again.")
@asked.as_json
@click.pass_context
def learn(context: click.Context, *, forget: bool, as_json: bool) -> None:
    """Learn from your own starred reviews.

    For each language with enough reviews that have both stars and words, repmon finds out which words go with few
    stars, and tries that on reviews it did not learn from. Where it is right more often than without, it is used for
    reviews without stars from now on, and those already stored are read anew; stars always lead. The daemon learns
    by itself once a day as reviews arrive.
    """
    with opened(context) as world, waiting(_("Learning")):
        used, outcomes = (forget_models(world), []) if forget else (0, learn_from(world, anew=True))
        reread_to = reread(world)
    changed = reread_to.changed if reread_to else {}
    if as_json and forget:
        document.write({"forgotten": used, "relabelled": sum(changed.values())})
    elif as_json:
        document.write_list([_shape(found, changed.get(found.language, 0)) for found in outcomes])
    else:
        _say_forgotten(used) if forget else _say(outcomes)
        _say_reread(reread_to)


def _say_forgotten(used: int) -> None:
    if used:
        show(count(used, "Forgot what was learned in {n} language.", "Forgot what was learned in {n} languages."))
    else:
        show(_("Nothing learned was in use."))


def _say_reread(found: Progress | None) -> None:
    """What reading the stored reviews anew came to; nothing where there was nothing to read."""
    if found is None or not found.read:
        return
    changed = sum(found.changed.values())
    read = count(found.read, "Read {n} stored review without stars anew", "Read {n} stored reviews without stars anew")
    show(f"{read}; " + count(changed, "{n} has another label now.", "{n} have another label now."))


def _shape(found: Learned, relabelled: int) -> dict[str, object]:
    """One row of `learn --json`; figures are from reviews the model had not seen, null where there were too few.

    `relabelled` counts the stored reviews of this language whose label is another one since.
    """
    return {
        "language": found.language, "reviews": found.reviews, "negatives": found.negatives,
        "used": found.model is not None, "plain": _figures(found.plain), "learned": _figures(found.learned),
        "relabelled": relabelled,
    }  # fmt: skip


def _figures(found: Figures | None) -> dict[str, float | int | None] | None:
    if found is None:
        return None
    return {name: round(value, 4) if isinstance(value, float) else value for name, value in asdict(found).items()}


def _say(outcomes: Sequence[Learned]) -> None:
    if not outcomes:
        show(_("There are no reviews with both stars and words to learn from."))
        return
    columns = (_("reviews"), _("negative"), _("macro-F1 before"), _("after"), _("negatives found"), _("called rightly"))
    table = Rows(_("language"), *columns, _("outcome"), right=columns, wrap=True)
    for found in outcomes:
        before, after = found.plain, found.learned
        cells = [_share(before.macro_f1 if before else None)]
        cells += [_share(value) for value in (
            (after.macro_f1, after.negative_recall, after.negative_precision) if after else (None, None, None)
        )]  # fmt: skip
        table.add(found.language, found.reviews, found.negatives, *cells, _verdict(found))
    table.show()


def _verdict(found: Learned) -> str:
    if found.model is not None:
        return _("used from now on")
    if found.learned is not None:
        return _("no better than without: not used")
    return _("too few: {least} reviews and {each} of each kind are needed").format(
        least=LEAST_REVIEWS, each=LEAST_OF_EACH
    )


def _share(value: float | None) -> str | None:
    return None if value is None else f"{value:.3f}"
