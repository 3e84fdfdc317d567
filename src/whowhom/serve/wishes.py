"""What may be asked: the queries of the calls, checked. Names are those of the command line."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from whowhom.errors import QueryError
from whowhom.store import Filter
from whowhom.store.store import filter_of

Word = Annotated[str, Field(max_length=300)]
Words = Annotated[list[Word], Field(max_length=50)]
By = Literal["day", "week", "month", "quarter", "year"]


def _blank(value: Any) -> Any:
    """An empty field of a form is one that was not filled in."""
    return None if value == "" else value


def _blanks(value: Any) -> Any:
    return [one for one in value if one != ""] if isinstance(value, list) else value


def _number(letter: str) -> Any:
    def read(value: Any) -> Any:
        if value in ("", None):
            return None
        match = re.fullmatch(rf"{letter}?(\d{{1,18}})", str(value).strip(), re.I | re.A)
        if match is None:
            raise ValueError(f"write {letter}12")
        return int(match[1])

    return BeforeValidator(read, json_schema_input_type=str | None)


Optional = Annotated[Word | None, BeforeValidator(_blank)]
Many = Annotated[Words, BeforeValidator(_blanks)]
_WHO = "a name, a country (BLR), a country with a sector (BLR/GOV, */REB), or a number of the store (a12)"


class Strict(BaseModel):
    """A query or body that has what is named here and nothing else."""

    model_config = ConfigDict(extra="forbid")


class Wish(Strict):
    """The filters: all must hold; of several values of one filter any may."""

    actor: Many = Field([], description=f"who does it: {_WHO}")
    recipient: Many = Field([], description="to whom it is done, likewise")
    country: Many = Field([], description="country of either side, such as BLR")
    sector: Many = Field([], description="PLOVER sector of either side, such as GOV")
    type: Many = Field([], description="PLOVER type, such as COERCE")
    mode: Many = Field([], description="PLOVER mode, such as arrest")
    quad: Many = Field([], description="quad class: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict")  # noqa: E501  # fmt: skip
    status: Many = Field([], description="occurred, planned, hypothetical, negated, historical; of pledges pledged, ...")  # noqa: E501  # fmt: skip
    kind: Many = Field([], description="kind of statement, pledge or actor")
    predicate: Many = Field([], description="predicate of a relation, such as ally_of")
    since: Optional = Field(None, description="from this day on: 2020-09-14, 2020-09 or 2020")
    until: Optional = Field(None, description="until this day, included")
    place: Optional = Field(None, description="name of the place in any spelling, or its country as three capitals")
    min_confidence: Annotated[float | None, BeforeValidator(_blank)] = Field(
        None, ge=0, le=1, allow_inf_nan=False, description="at least this confidence"
    )
    min_sources: Annotated[int | None, BeforeValidator(_blank)] = Field(
        None, ge=0, le=1_000_000, description="told by at least so many independent sources"
    )
    story: Annotated[int | None, _number("t")] = Field(None, description="of this story (t12)")
    document: Annotated[int | None, _number("d")] = Field(None, description="of this report (d7)")
    data_set: Many = Field([], description="of this data set: own, polecat, icews, gdelt")
    text: Optional = Field(None, description='words that must stand in the text; "several words" stand together')
    copies: bool = Field(False, description="near copies of a report as well")

    def filter(self) -> Filter:
        """The filter that is meant. Raises `QueryError` for a value that is none."""
        return filter_of({name: value for name, value in self._given().items() if value not in (None, [], False)})

    def ignored(self, used: str) -> list[str]:
        """The filters that were given and do not apply where only those named in `used` do."""
        return [name for name, value in self._given().items() if value not in (None, [], False) and name not in used.split()]  # noqa: E501  # fmt: skip

    def _given(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in Wish.model_fields}


class Paged(Wish):
    """A list, a page at a time."""

    limit: int = Field(50, ge=1, le=500, description="rows of a page")
    cursor: Optional = Field(None, description="where the page before ended: the cursor that it gave")
    format: Literal["json", "csv"] = Field("json", description="csv gives all rows, up to 100,000, as a file")


class Sorted(Paged):
    """A list with an order."""

    sort: Literal["date", "-date", "sources", "confidence", "score"] = Field(
        "date", description="newest first, oldest first, most sources first, surest first, most conflictual first"
    )


class Counted(Wish):
    """Counts by period."""

    by: By = Field("month", description="length of a period")


class Few(Wish):
    """The first few of an order."""

    limit: int = Field(12, ge=1, le=100, description="how many of each")


class Drawn(Wish):
    """A picture with a bound on what it holds."""

    limit: int = Field(150, ge=1, le=1000, description="how many actors at most, the most active ones")


class Mapped(Wish):
    """Places."""

    limit: int = Field(1000, ge=1, le=10_000, description="how many places at most, those with most events")


class Two(Counted):
    """Two actors, who are no filters here."""

    def pair(self) -> tuple[str, str]:
        """The two that are asked about. Raises `QueryError` unless each is named once."""
        if len(self.actor) != 1 or len(self.recipient) != 1:
            raise QueryError("name one actor and one recipient: ?actor=RUS&recipient=BLR")
        return self.actor[0], self.recipient[0]

    def rest(self) -> Filter:
        """The other filters."""
        return self.model_copy(update={"actor": [], "recipient": []}).filter()


class Named(Strict):
    """Somebody by name."""

    name: Annotated[str, Field(min_length=1, max_length=300, description=_WHO)]
    limit: int = Field(10, ge=1, le=100, description="rows of each list")


class Typed(Strict):
    """What somebody has typed so far."""

    text: Annotated[str, Field(max_length=300, description="the beginning of words of a name, or of a country")] = ""
    limit: int = Field(8, ge=1, le=50, description="how many")
