"""From mentions to known things: who, when, where and how much the words of a report mean."""

from whowhom.resolve.actors import ActorTable, resolve_actors
from whowhom.resolve.dates import TimeMention, find_times, parse_date
from whowhom.resolve.own_names import OwnNames
from whowhom.resolve.places import PlaceMention, find_places
from whowhom.resolve.quantities import Quantity, find_quantities, magnitude

__all__ = [
    "ActorTable",
    "OwnNames",
    "PlaceMention",
    "Quantity",
    "TimeMention",
    "find_places",
    "find_quantities",
    "find_times",
    "magnitude",
    "parse_date",
    "resolve_actors",
]
