"""Where alerts go: [channels.NAME]."""

from datetime import time
from typing import Annotated

from pydantic import Field

from repmon.config import units
from repmon.config.fields import ChannelAddress, Hours, Language, Name, OneOrMore, Slug
from repmon.config.model import Table


class Channel(Table):
    """One person or group to tell, by one or more Apprise addresses."""

    id: Slug
    urls: Annotated[OneOrMore[ChannelAddress], Field(min_length=1)]
    quiet_hours: Hours | None = None
    person: Name | None = None
    locations: OneOrMore[str] = ()
    language: Language | None = None

    @property
    def quiet(self) -> tuple[time, time] | None:
        """From and until when nothing but urgent news is sent, in the business's zone; may pass midnight."""
        return units.hours(self.quiet_hours) if self.quiet_hours else None
