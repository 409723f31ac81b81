"""Where alerts go: [channels.NAME]."""

from datetime import time
from typing import Annotated

from pydantic import AfterValidator, Field, StrictBool

from repmon.config import units
from repmon.config.fields import ChannelAddress, Hours, Language, Name, OneOrMore, Slug
from repmon.config.model import Table

Template = Annotated[str, AfterValidator(units.template)]


class Templates(Table):
    """A channel's own words for its messages, by family of events; `steps.alert_template` says what they may print."""

    review: Template | None = None
    reply: Template | None = None
    source: Template | None = None
    incident: Template | None = None
    rating: Template | None = None
    delivery: Template | None = None

    def by_family(self) -> dict[str, str]:
        """The templates there are."""
        return {name: str(given) for name, given in self if given is not None}


class Channel(Table):
    """One person or group to tell, by one or more Apprise addresses."""

    id: Slug
    urls: Annotated[OneOrMore[ChannelAddress], Field(min_length=1)]
    quiet_hours: Hours | None = None
    urgent_passes: StrictBool = True
    """Whether urgent news is sent in quiet hours too."""
    person: Name | None = None
    locations: OneOrMore[str] = ()
    language: Language | None = None
    templates: Templates = Templates()

    @property
    def quiet(self) -> tuple[time, time] | None:
        """From and until when nothing but urgent news is sent, in the business's zone; may pass midnight."""
        return units.hours(self.quiet_hours) if self.quiet_hours else None
