"""Surveys as CSV: CSAT, NPS, CES, kept as given and never made stars. Tools that send answers: see `webhook`."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Literal

from pydantic import Field, model_validator

from repmon.connector import Connector, Files, Item, Items, ItemUnreadable, SiteReview
from repmon_connectors._cells import answer, digest, moment, number
from repmon_connectors._columns import Column
from repmon_connectors._mapping import Zone
from repmon_connectors._sheet import Delimiter, finished, rows

USUAL: Mapping[str, tuple[float, float]] = {"nps": (0, 10), "csat": (1, 5), "ces": (1, 7)}


class Survey(Connector):
    """CSAT, NPS or CES answers out of a CSV file, or a folder where exports are dropped; no stars are made of them."""

    door = "files"
    min_every = timedelta(0)  # nobody is asked

    path: str = Field(min_length=1, description="The file or the folder, relative to the configuration.")
    scale: Literal["nps", "csat", "ces"] = Field(description="What was asked: to recommend, satisfaction, or effort.")
    columns: dict[Column, str] = Field(description="Our field = their column; `rating` at least.")
    lowest: float | None = Field(None, description="The lowest answer; by default what is usual for the scale.")
    highest: float | None = Field(None, gt=0, description="The highest answer; by default what is usual.")
    higher_is_better: bool = Field(default=True, description="False where 1 is the best answer.")
    labels: dict[str, float] = Field({}, description="Answers given as words: `Very satisfied` = 5.")
    time_zone: Zone = Field("UTC", description="Of dates that carry no zone, as an IANA name.")
    date_format: str = Field("", description="Of dates that are not ISO 8601, as for strptime: `%m/%d/%Y %H:%M`.")
    delimiter: Delimiter = Field("auto", description="Between the cells of a row.")

    @model_validator(mode="after")
    def _is_whole(self) -> "Survey":
        if "rating" not in self.columns:
            raise ValueError("columns should name the column of the answer, as `rating`")
        if self._range[0] >= self._range[1]:
            raise ValueError("lowest should be less than highest")
        return self

    @property
    def _range(self) -> tuple[float, float]:
        lowest, highest = USUAL[self.scale]
        return (lowest if self.lowest is None else self.lowest), self.highest or highest

    def listings(self) -> Sequence[str]:
        """Give the path; the files of a folder are read one after the other, by name."""
        return (self.path,)

    def items(self, http: Files, listing: str) -> Items:
        """Every answer of the file, or of the folder's files, that is written to its end."""
        for name in http.names(listing):
            yield from finished(name, rows(name, http, self.columns, self.delimiter), http)

    def review(self, item: Item) -> SiteReview:
        """One answer; without an id it is known by what it says. A 0 is an answer, an empty cell is none."""
        if "problem" in item:
            size = {"line": item["line"], "cells": len(item["cells"])}
            raise ItemUnreadable(f"line {item['line']}", item["problem"] or "survey_no_csv", **size)
        said = {field: answer(cell) for field, cell in item.items()}
        said.pop("alike", None)
        said["rating"] = self._given(said["rating"])
        if "written_at" in said:
            said["written_at"] = moment(said["written_at"], self.date_format, self.time_zone)
        if "edited_at" in said:
            said["edited_at"] = moment(said["edited_at"], self.date_format, self.time_zone)
        said = {"id": digest(item), **said}
        return SiteReview(kind="survey", scale=self.scale, out_of=self._range[1], **said)

    def _given(self, cell: object) -> float | None:
        """The answer as given, or turned over where the lowest is the best; ItemUnreadable outside of the scale."""
        given = number(cell, self.labels)
        lowest, highest = self._range
        if given is not None and not lowest <= given <= highest:
            raise ItemUnreadable("rating", "rating_out_of_range", rating=given, out_of=highest)
        return given if given is None or self.higher_is_better else lowest + highest - given
