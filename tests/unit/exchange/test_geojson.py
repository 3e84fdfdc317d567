"""Events as GeoJSON."""

from __future__ import annotations

import io
import json

from exchange_samples import event

from whowhom.exchange.events import ExportOptions
from whowhom.exchange.geojson import write_geojson
from whowhom.records import Magnitude, Place


def test_events_with_a_point_are_features() -> None:
    stream = io.StringIO()
    one = event(magnitude={"detained": Magnitude(400, None, "more than 400")}, status="planned")
    account = write_geojson([one, event(place=None), event(place=Place("Minsk", "BLR")), event(id=13)], stream)
    assert (account.rows, account.left_out) == (2, {"no coordinates": 2})
    found = json.loads(stream.getvalue())
    assert found["type"] == "FeatureCollection"
    first, second = found["features"]
    assert (first["type"], first["id"], second["id"]) == ("Feature", 12, 13)
    assert first["geometry"] == {"type": "Point", "coordinates": [27.56653, 53.90019]}
    properties = first["properties"]
    assert properties["status"] == "planned"
    assert properties["actors"] == [{"id": 3, "name": "Belarusian police", "country": "BLR", "sector": "COP"}]
    assert properties["magnitude"] == {
        "detained": {"low": 400, "high": None, "text": "more than 400", "currency": None}
    }
    assert (properties["quad"], properties["url"]) == ("material conflict", "https://www.example.org/minsk")


def test_no_events_are_an_empty_collection() -> None:
    stream = io.StringIO()
    write_geojson([event(status="negated")], stream, ExportOptions())
    assert json.loads(stream.getvalue()) == {"type": "FeatureCollection", "features": []}
