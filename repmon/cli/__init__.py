"""The command line: one file a command, loaded when it is called, so that `repmon --help` answers at once."""

from pathlib import Path

import click

from repmon import __version__
from repmon.cli.group import Commands, Entry, Options
from repmon.wording import _

SECTIONS: dict[str, dict[str, Entry]] = {
    _("Begin"): {
        "demo": Entry("repmon.cli.demo:demo", _("See repmon at work with invented reviews; no keys, no network.")),
        "init": Entry("repmon.cli.init:init", _("Write a config.toml from a few questions.")),
        "check": Entry("repmon.cli.check:check", _("Say whether the configuration is right.")),
        "run": Entry("repmon.cli.run:run", _("Watch all sources until stopped.")),
    },
    _("Reviews"): {
        "poll": Entry("repmon.cli.poll:poll", _("Ask the sources now, send what is due, and end.")),
        "import": Entry("repmon.cli.import_file:import_file", _("Take in a file of reviews.")),
        "reviews": Entry("repmon.cli.reviews:reviews", _("List reviews, newest first.")),
        "show": Entry("repmon.cli.show:show", _("Show one review with everything known about it.")),
        "explain": Entry("repmon.cli.explain:explain", _("Say who was told about a review, or why not.")),
        "drafts": Entry("repmon.cli.drafts:drafts", _("List drafts of replies, newest first.")),
        "correct": Entry("repmon.cli.correct:correct", _("Say what a review really is.")),
        "edit": Entry("repmon.cli.edit:edit", _("Write a reply in your own words.")),
        "approve": Entry("repmon.cli.approve:approve", _("Approve a draft, exactly as it is.")),
        "reject": Entry("repmon.cli.reject:reject", _("Say no to a draft, and why.")),
        "post": Entry("repmon.cli.post:post", _("Post an approved reply, or copy it to the site.")),
        "dismiss": Entry("repmon.cli.dismiss:dismiss", _("Say that a review needs no answer, and why.")),
        "off-topic": Entry("repmon.cli.off_topic:off_topic", _("Dismiss mentions of something else by rules.")),
        "reopen": Entry("repmon.cli.reopen:reopen", _("Take a dismissed or an answered review up again.")),
        "snooze": Entry("repmon.cli.snooze:snooze", _("Let a review rest for a while.")),
        "acknowledge": Entry("repmon.cli.acknowledge:acknowledge", _("Say that you have seen a review.")),
        "assign": Entry("repmon.cli.assign:assign", _("Give a review into somebody's hands.")),
        "note": Entry("repmon.cli.note:note", _("Leave a word to colleagues beside a review.")),
        "lint": Entry("repmon.cli.lint:lint", _("Check a reply for what should not be published.")),
        "rising": Entry("repmon.cli.rising:rising", _("Say what guests begin to praise or to complain about.")),
        "score": Entry("repmon.cli.score:score", _("Say how texts sound, word by word.")),
        "eval": Entry("repmon.cli.eval:evaluate", _("Measure how often reviews are read rightly.")),
        "learn": Entry("repmon.cli.learn:learn", _("Learn from your own starred reviews.")),
    },
    _("Messages"): {
        "deliveries": Entry("repmon.cli.deliveries:deliveries", _("List messages and what became of them.")),
        "digest": Entry("repmon.cli.digest:digest", _("Show a daily or weekly digest.")),
        "silence": Entry("repmon.cli.silence:silence", _("Keep alerts about something quiet for a while.")),
        "notify": Entry("repmon.cli.notify:notify", _("Send a test message to your channels.")),
    },
    _("Record"): {
        "user": Entry("repmon.cli.user:user", _("Look after the people who may come to the desk.")),
        "audit": Entry("repmon.cli.audit:audit", _("Show that the record of decisions is whole.")),
    },
    _("Sources"): {
        "sources": Entry("repmon.cli.sources:sources", _("List the sources and how they are.")),
        "connectors": Entry("repmon.cli.new_connector:connectors", _("List the sites that can be read.")),
        "connect": Entry("repmon.cli.connect:connect", _("Add a source from a few questions.")),
    },
}
"""The commands by section: where each is, and the line it has in the overview (its help begins with the same)."""


@click.group(cls=Commands, sections=SECTIONS, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--config",
    "-c",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The configuration. Without it: ./config.toml, then $REPMON_CONFIG.",
)
@click.option("--verbose", "-v", is_flag=True, help="Show the log on the way.")
@click.version_option(__version__, prog_name="repmon", message="%(prog)s %(version)s")
@click.pass_context
def main(context: click.Context, config: Path | None, *, verbose: bool) -> None:
    """Watch your reviews, draft the answers, tell the right person."""
    context.obj = Options(config, verbose)
