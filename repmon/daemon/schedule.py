"""One job for each source and a few for the house, run by APScheduler in threads; no job overlaps itself.

An outage is made up for by one run, not by all that were missed (`coalesce`), however late it is
(`misfire_grace_time=None`: by default APScheduler drops what is more than a second late).
"""

import logging
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MAX_INSTANCES, EVENT_JOB_SUBMITTED, JobEvent
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.base import JobLookupError
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.background import BackgroundScheduler

from repmon.config import Source
from repmon.daemon.timing import first_poll
from repmon.store.vitals import SourceVitals

AT_ONCE = 16
"""So many sources are read side by side."""
_OF_SOURCE = "source:"
_ONCE_MORE = timedelta(seconds=1)
"""How soon a source is asked again that was to be asked at once but was being asked already."""

log = logging.getLogger("repmon")


class Schedule:
    """What runs when. `failed` is told of every exception a job ends with."""

    def __init__(self, poll: Callable[[str], None], failed: Callable[[str, BaseException], None]) -> None:
        self._poll, self._failed = poll, failed
        self._sources: dict[str, Source] = {}
        self._wanted: set[str] = set()
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            jobstores={"default": MemoryJobStore()},
            executors={"default": ThreadPoolExecutor(AT_ONCE, {"thread_name_prefix": "poll"}),
                       "house": ThreadPoolExecutor(4, {"thread_name_prefix": "house"})},
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )  # fmt: skip
        self._scheduler.add_listener(self._on_error, EVENT_JOB_ERROR)
        self._scheduler.add_listener(self._on_overlap, EVENT_JOB_MAX_INSTANCES)
        self._scheduler.add_listener(lambda event: self._wanted.discard(event.job_id), EVENT_JOB_SUBMITTED)

    def start(self) -> None:
        """Begin to run what is due."""
        self._scheduler.start()

    def stop(self) -> None:
        """Begin nothing any more; jobs that run are not waited for."""
        self._scheduler.pause()
        self._scheduler.shutdown(wait=False)

    def house_job(self, name: str, job: Callable[[], object], every: float, now: datetime) -> None:
        """Run one of the house's own jobs now and then `every` so many seconds, in threads no source can take up."""
        self._scheduler.add_job(job, "interval", seconds=every, id=name, name=name, executor="house", next_run_time=now)

    def follow(self, sources: Iterable[Source], known: Mapping[str, SourceVitals], now: datetime) -> None:
        """Poll these sources and no others. One that is as it was keeps its rhythm; a changed one is asked at once."""
        wanted = {source.id: source for source in sources}
        for name in self._sources.keys() - wanted.keys():
            self._scheduler.remove_job(_OF_SOURCE + name)
        for name, source in wanted.items():
            before = self._sources.get(name)
            if source != before:
                self._plan(source, known.get(name) if before is None else None, now)
        self._sources = wanted

    def replan(self, known: Mapping[str, SourceVitals], now: datetime) -> None:
        """Plan everything anew: the clock was put forward or back, and the old times mean nothing."""
        for source in self._sources.values():
            self._plan(source, known.get(source.id), now)
        for job in self._scheduler.get_jobs():
            if not job.id.startswith(_OF_SOURCE):
                job.modify(next_run_time=now)
        self._scheduler.wakeup()

    def soon(self, name: str, now: datetime) -> bool:
        """Ask one source now, and from then on in its rhythm; false when it is none of those that are polled."""
        job = _OF_SOURCE + name
        self._wanted.add(job)
        try:
            self._scheduler.modify_job(job, next_run_time=now)
        except JobLookupError:
            self._wanted.discard(job)
            return False
        return True

    def _plan(self, source: Source, known: SourceVitals | None, now: datetime) -> None:
        first = first_poll(source.id, source.every, known, now)
        self._scheduler.add_job(
            self._poll, "interval", seconds=source.every / timedelta(seconds=1), args=(source.id,),
            id=_OF_SOURCE + source.id, name=source.id, next_run_time=first, replace_existing=True,
        )  # fmt: skip

    def _on_error(self, event: JobEvent) -> None:
        self._failed(event.job_id, event.exception)

    def _on_overlap(self, event: JobEvent) -> None:
        wanted = event.job_id in self._wanted
        log.log(logging.DEBUG if wanted else logging.WARNING, "still busy, run skipped", extra={"job": event.job_id})
        if wanted:
            with suppress(JobLookupError):
                self._scheduler.modify_job(event.job_id, next_run_time=event.scheduled_run_times[-1] + _ONCE_MORE)
