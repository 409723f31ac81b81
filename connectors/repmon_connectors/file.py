"""Files: survey exports and reviews from anywhere, as CSV or JSON Lines.

Documentation: https://www.rfc-editor.org/rfc/rfc4180 and https://jsonlines.org
Of a CSV file only the mapped columns are read: the addresses and names a survey also holds stay where they are.
"""

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Literal, get_args

from pydantic import Field

from repmon.connector import Connector, Files, Item, Items, ItemUnreadable, SiteReview
from repmon_connectors._cells import answer, digest, moment, number
from repmon_connectors._columns import Column
from repmon_connectors._mapping import OUT_OF, Zone
from repmon_connectors._sheet import Delimiter, finished, rows

OURS: dict[Column, str] = {field: field for field in get_args(Column)}


class File(Connector):
    """A CSV file, a JSON Lines file, or a folder where such files are dropped; read again whenever asked."""

    door = "files"
    min_every = timedelta(0)  # nobody is asked

    path: str = Field(min_length=1, description="The file or the folder, relative to the configuration.")
    columns: dict[Column, str] = Field({}, description="Our field = their column, where the names differ.")
    scale: Literal["stars", "nps", "csat", "ces", "thumb"] = Field("stars", description="What the rating column is.")
    out_of: float | None = Field(None, gt=0, description="The best rating; by default what is usual for the scale.")
    labels: dict[str, float] = Field({}, description="Ratings given as words: `Very satisfied` = 5.")
    time_zone: Zone = Field("UTC", description="Of dates that carry no zone, as an IANA name.")
    date_format: str = Field("", description="Of dates that are not ISO 8601, as for strptime: `%m/%d/%Y %H:%M`.")
    delimiter: Delimiter = Field("auto", description="Between the cells of a CSV row.")

    def listings(self) -> Sequence[str]:
        """Give the path; the files of a folder are read one after the other, by name."""
        return (self.path,)

    def items(self, http: Files, listing: str) -> Items:
        """Every row of the file, or of the folder's files, that is written to its end."""
        for name in http.names(listing):
            yield from finished(name, rows(name, http, self._columns(), self.delimiter), http)

    def _columns(self) -> dict[Column, str]:
        return {**OURS, **self.columns}

    def review(self, item: Item) -> SiteReview:
        """One row; a row without an id is known by what it says."""
        found = self._from_json(item) if "line" in item else item
        said = {field: answer(value) for field, value in found.items()}
        if "id" not in said:
            said["id"] = digest(found)
            said.pop("alike", None)
        if "rating" in said:
            said["rating"] = number(said["rating"], self.labels)
        if "written_at" in said:
            said["written_at"] = moment(said["written_at"], self.date_format, self.time_zone)
        if "edited_at" in said:
            said["edited_at"] = moment(said["edited_at"], self.date_format, self.time_zone)
        kind = "review" if self.scale == "stars" else "survey"
        return SiteReview(kind=kind, scale=self.scale, out_of=self.out_of or OUT_OF[self.scale], **said)

    def _from_json(self, row: Item) -> dict[Column, Any]:
        """Pick the mapped fields of a JSON line; what is not a row of the table says why."""
        line, text = f"line {row['line']}", row["cells"][0]
        if row["problem"]:
            raise ItemUnreadable(line, row["problem"], line=row["line"], cells=len(row["cells"]))
        given = json.loads(text)
        found = {field: given[column] for field, column in self._columns().items() if column in given}
        if not isinstance(given, dict) or not found.keys() & {"text", "rating", "title"}:
            raise ItemUnreadable(line, "row_without_answer", line=row["line"])
        return found if "id" in found else found | {"id": digest(given)}
