"""From mentions to known things: who, when, where and how much the words of a report mean."""

from whowhom.resolve.actors import ActorTable, resolve_actors

__all__ = ["ActorTable", "resolve_actors"]
