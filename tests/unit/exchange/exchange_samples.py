"""Events as a store hands them out, and strategies that make many of them."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from pathlib import Path

from hypothesis import strategies as st

from whowhom.exchange.codes import derived
from whowhom.exchange.events import BadRow, ImportedEvent, as_stored
from whowhom.records import Place
from whowhom.resources import read_table
from whowhom.store.rows import Party, ReportedEvent, StoredEvent

LUKASHENKO = Party(1, "Alexander Lukashenko", "person", "BLR", "GOV", (), "president")
PUTIN = Party(2, "Vladimir Putin", "person", "RUS", "GOV", (), "president")
POLICE = Party(3, "Belarusian police", "organisation", "BLR", "COP", ("GOV",))
PROTESTERS = Party(4, "protesters", "group", "BLR", "CVL")
UN = Party(5, "United Nations", "organisation", "UNO")
MINSK = Place("Minsk", "BLR", 625144, 53.90019, 27.56653)


def report(**changes: object) -> ReportedEvent:
    values: dict[str, object] = {
        "id": 70, "document": 31, "number": 1, "headline": "Hundreds held in Minsk", "publisher": "Example Times",
        "url": "https://www.example.org/minsk", "source_id": "minsk-1", "published": "2020-09-15", "copy_of": None,
        "sentence": "Police detained hundreds of protesters in Minsk.", "sentence_number": 2,
        "evidence": ((30, 80),), "trigger": ((37, 45),), "status": "occurred", "magnitude": {}, "start": "2020-09-14",
        "confidence": 0.83, "reported_by": None, "why": "", "actor_names": ("Police",),
        "recipient_names": ("hundreds of protesters",), "document_length": 1200,
    }  # fmt: skip
    return ReportedEvent(**(values | changes))  # type: ignore[arg-type]


def event(kind: str | None = "COERCE", mode: str | None = "arrest", **changes: object) -> StoredEvent:
    contexts = changes.get("contexts", ())
    cameo, quad, score = derived(kind, mode, contexts) if kind else ("010", 1, 0.0)  # type: ignore[arg-type]
    values: dict[str, object] = {
        "id": 12, "type": kind, "mode": mode, "contexts": (), "actors": (POLICE,), "recipients": (PROTESTERS,),
        "start": "2020-09-14", "end": None, "date": "2020-09-14", "place": MINSK, "status": "occurred",
        "magnitude": {}, "confidence": 0.83, "cameo": cameo, "quad": quad, "goldstein": score, "reports": 3,
        "sources": 2, "told": (report(),),
    }  # fmt: skip
    return StoredEvent(**(values | changes))  # type: ignore[arg-type]


def written(write: Callable[..., object], events: Iterable[StoredEvent], *options: object) -> list[list[str]]:
    """The lines that a writer makes, as lists of cells."""
    stream = io.StringIO()
    write(events, stream, *options)
    return [line.split("\t") for line in stream.getvalue().split("\n")[:-1]]


def save(path: Path, lines: Iterable[list[str]]) -> Path:
    path.write_bytes("".join("\t".join(cells) + "\n" for cells in lines).encode())
    return path


def imported(read: Callable[[Path], Iterable[ImportedEvent | BadRow]], path: Path) -> list[ImportedEvent]:
    """The events of a file, all of whose rows are good."""
    found = list(read(path))
    bad = [one for one in found if isinstance(one, BadRow)]
    assert not bad, bad
    return [one for one in found if isinstance(one, ImportedEvent)]


def stored(events: Iterable[ImportedEvent]) -> list[StoredEvent]:
    return [as_stored(one, number) for number, one in enumerate(events, start=1)]


# Letters of many scripts, punctuation of cells, no control characters; no blanks at the ends, and not what the formats
# write for a missing value.
words = (
    st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=20)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: text not in ("", "None", "NA"))
)
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\t\n\r\0"), max_size=8)
names = words.filter(lambda text: ";" not in text)
iso3 = [row["iso3"] for row in read_table("knowledge/country_codes.tsv")]
kinds = [(row["type"], row["mode"] or None) for row in read_table("codebook/plover.tsv")]
sector_codes = [row["sector"] for row in read_table("codebook/sectors.tsv")]
dates = st.dates().map(lambda day: day.isoformat())


@st.composite
def parties(draw: st.DrawFn) -> Party:
    sectors = draw(st.lists(st.sampled_from(sector_codes), unique=True, max_size=3))
    return Party(
        draw(st.integers(1, 10**6)), draw(names), "organisation", draw(st.none() | st.sampled_from(iso3)),
        sectors[0] if sectors else None, tuple(sectors[1:]), draw(st.none() | names),
    )  # fmt: skip


places = st.builds(
    Place,
    names,
    st.none() | st.sampled_from(iso3),
    st.none() | st.integers(1, 10**8),
    st.floats(-90, 90),
    st.floats(-180, 180),
)


@st.composite
def events(draw: st.DrawFn) -> StoredEvent:
    kind, mode = draw(st.sampled_from(kinds))
    return event(
        kind,
        mode,
        id=draw(st.integers(1, 10**6)),
        date=draw(dates),
        place=draw(st.none() | places),
        actors=tuple(draw(st.lists(parties(), min_size=1, max_size=3))),
        recipients=tuple(draw(st.lists(parties(), max_size=3))),
        contexts=tuple(draw(st.lists(st.sampled_from(["economic", "military", "legal"]), unique=True, max_size=2))),
    )
