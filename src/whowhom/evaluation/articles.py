"""Annotated reports: every kind of record against the gold, by the definitions of the annotation guide's scorer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from whowhom.evaluation.metrics import Counts
from whowhom.evaluation.program import Program

Record = dict[str, Any]
# Words of address and rank that do not tell two people apart.
_TITLES = frozenset(
    "the a an mr mrs ms dr president prime minister king queen prince general gen col sen rep gov sir".split()
)
_QUOTED = ("direct", "mixed")


def predict(program: Program, records: Sequence[Record]) -> Iterator[Record]:
    """The coded document of each report, in its public JSON form."""
    for record, document in zip(records, program.documents(records), strict=True):
        yield document.to_json() if document is not None else {"source_id": record["id"], "text": record["text"]}


def score(
    records: Sequence[Record], predictions: Sequence[Any]
) -> tuple[dict[str, float], dict[str, Counts], list[tuple[str, str, str]]]:
    """F1 by kind of record, and for the matched events the share that is right of each field."""
    rows = {name: Counts() for name in ("event", "event who", "event full", "statement", "statement who", "direct")}
    rows |= {name: Counts() for name in ("pledge", "relation", "role")}
    shares: dict[str, Counts] = {}
    errors: list[tuple[str, str, str]] = []
    for gold, guess in zip(records, predictions, strict=True):
        pair = _Pair(gold, guess, rows, shares, errors)
        pair.events()
        pair.statements()
        pair.others()
    figures = {name: counts.f1 for name, counts in rows.items()}
    figures |= {f"{name} right": counts.recall for name, counts in shares.items()}
    return figures, rows, errors


def same_actor(one: Record, other: Record) -> bool:
    """Whether two actors are one: the words of one name hold the other's, or their mentions touch."""
    x, y = _words(one["name"]) - _TITLES, _words(other["name"]) - _TITLES
    return bool(x and y and (x <= y or y <= x)) or _touch(one.get("mentions", []), other.get("mentions", []))


def _words(text: str | None) -> set[str]:
    return set(re.findall(r"[\w'’]+", (text or "").casefold()))


def _touch(a: Sequence[Sequence[int]], b: Sequence[Sequence[int]]) -> bool:
    return any(s < y and x < e for s, e in a for x, y in b)


def _near(a: float | None, b: float | None) -> bool:
    return a == b or (a is not None and b is not None and abs(a - b) <= 0.01 * max(abs(a), abs(b)))


def _jaccard(a: set[Any], b: set[Any]) -> float:
    return len(a & b) / len(a | b) if a | b else 0.0


def _match(
    golds: list[Record], guesses: list[Record], weight: Callable[[Record, Record], float]
) -> list[tuple[int, int]]:
    """Greedy one-to-one pairs of indices, by falling weight; weight 0 is no match."""
    ranked = sorted((-w, i, j) for i, g in enumerate(golds) for j, p in enumerate(guesses) if (w := weight(g, p)) > 0)
    left, right, out = set[int](), set[int](), []
    for _, i, j in ranked:
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            out.append((i, j))
    return out


class _Pair:
    """One report's gold and its coded document."""

    def __init__(
        self,
        gold: Record,
        guess: Record,
        rows: dict[str, Counts],
        shares: dict[str, Counts],
        errors: list[tuple[str, str, str]],
    ) -> None:
        self.gold, self.guess, self.rows, self.shares, self.all_errors = gold, guess, rows, shares, errors
        self.left = {a["id"]: a for a in gold.get("actors", [])}
        self.right = {a["id"]: a for a in guess.get("actors", [])}

    def same(self, a: str | None, b: str | None) -> bool:
        """Whether two actor ids name one: the words of one name hold the other's, or their mentions touch."""
        if a is None or b is None:
            return a is None and b is None
        return same_actor(self.left.get(a, {"name": a}), self.right.get(b, {"name": b}))

    def common(self, golds: list[str], guesses: list[str]) -> float:
        """The share of actors that two sides have in common, 1 where both are empty."""
        if not golds or not guesses:
            return float(not golds and not guesses)
        rest, hits = list(guesses), 0
        for a in golds:
            found = next((b for b in rest if self.same(a, b)), None)
            if found is not None:
                rest.remove(found)
                hits += 1
        return hits / max(len(golds), len(guesses))

    def share(self, name: str, right: bool) -> None:
        """Count one matched record's field."""
        self.shares.setdefault(name, Counts()).add(1, 1, int(right))

    def sides_agree(self, g: Record, p: Record) -> bool:
        """Whether both sides of two events agree by at least half."""
        return all(self.common(g[side], p[side]) >= 0.5 for side in ("actors", "recipients"))

    def events(self) -> None:
        """Count events, with sides, with status, and the fields of the matched."""
        golds, guesses = self.gold["events"], self.guess.get("events", [])

        def weight(g: Record, p: Record) -> float:
            if g["type"] != p["type"] or not _touch(g["trigger"] + g["evidence"], p["trigger"] + p["evidence"]):
                return 0
            sides: float = sum(self.common(g[side], p[side]) for side in ("actors", "recipients"))
            return 4.0 + 2 * _touch(g["trigger"], p["trigger"]) + sides + 0.5 * bool(g["status"] == p["status"])

        matched = _match(golds, guesses, weight)
        who = [(i, j) for i, j in matched if self.sides_agree(golds[i], guesses[j])]
        full = [(i, j) for i, j in who if golds[i]["status"] == guesses[j]["status"]]
        for name, hits in (("event", matched), ("event who", who), ("event full", full)):
            self.rows[name].add(len(golds), len(guesses), len(hits))
        for i, j in matched:
            self._fields(golds[i], guesses[j])
        self._event_errors(golds, guesses, matched, who)

    def _fields(self, g: Record, p: Record) -> None:
        self.share("status", g["status"] == p["status"])
        if g.get("mode"):
            self.share("mode", g["mode"] == p.get("mode"))
        if g.get("start"):
            self.share("start date", g["start"] == p.get("start"))
        if country := (g.get("place") or {}).get("country"):
            self.share("place country", country == (p.get("place") or {}).get("country"))
        if g.get("magnitude"):
            found = p.get("magnitude") or {}
            self.share(
                "magnitude",
                all(
                    name in found
                    and all(_near(m.get(bound), found[name].get(bound)) for bound in ("low", "high"))
                    and m.get("currency") == found[name].get("currency")
                    for name, m in g["magnitude"].items()
                ),
            )
        if g.get("reported_by"):
            self.share("reported_by", bool(p.get("reported_by")) and self.same(g["reported_by"], p["reported_by"]))
        for side in ("actors", "recipients"):
            for a in g[side]:
                b = next((b for b in p[side] if self.same(a, b)), None)
                for field in ("country", "sector"):
                    if b is not None and self.left.get(a, {}).get(field):
                        self.share(f"actor {field}", self.left[a][field] == self.right[b][field])

    def _event_errors(
        self, golds: list[Record], guesses: list[Record], matched: list[tuple[int, int]], who: list[tuple[int, int]]
    ) -> None:
        number, text = self.gold["id"], self.gold["text"]

        def shown(event: Record) -> str:
            s, e = (event.get("trigger") or event["evidence"])[0]
            return f"{event['type']}: ...{' '.join(text[max(0, s - 50) : e + 50].split())}..."

        hit_gold, hit_guess = {i for i, _ in matched}, {j for _, j in matched}
        for i, g in enumerate(golds):
            if i not in hit_gold:
                near = any(_touch(g["trigger"], p["trigger"]) for p in guesses)
                self.all_errors.append((number, "event of another type" if near else "event missed", shown(g)))
        for i, j in matched:
            if (i, j) in who:
                continue
            for side in ("actors", "recipients"):
                if self.common(golds[i][side], guesses[j][side]) < 0.5:
                    cause = (
                        "not found"
                        if not guesses[j][side]
                        else "given, none in the gold"
                        if not golds[i][side]
                        else "wrong"
                    )
                    self.all_errors.append((number, f"{side} {cause}", shown(golds[i])))
        for j, p in enumerate(guesses):
            if j not in hit_guess:
                self.all_errors.append((number, "event that is none", shown(p)))

    def statements(self) -> None:
        """Count statements by content, with the speaker, and the quoted ones alone."""
        golds, guesses = self.gold["statements"], self.guess.get("statements", [])
        chars = [[{i for s, e in one["content"] for i in range(s, e)} for one in some] for some in (golds, guesses)]
        ranks = {id(one): chars[k][n] for k, some in enumerate((golds, guesses)) for n, one in enumerate(some)}

        def weight(g: Record, p: Record) -> float:
            j = _jaccard(ranks[id(g)], ranks[id(p)])
            return j if j >= 0.5 else 0

        matched = _match(golds, guesses, weight)
        who = [(i, j) for i, j in matched if self.same(golds[i].get("speaker"), guesses[j].get("speaker"))]
        self.rows["statement"].add(len(golds), len(guesses), len(matched))
        self.rows["statement who"].add(len(golds), len(guesses), len(who))
        quoted = [sum(one["kind"] in _QUOTED for one in some) for some in (golds, guesses)]
        both = sum(golds[i]["kind"] in _QUOTED and guesses[j]["kind"] in _QUOTED for i, j in who)
        self.rows["direct"].add(quoted[0], quoted[1], both)
        text = self.gold["text"]
        for cause, some, hits in (
            ("statement missed", golds, {i for i, _ in matched}),
            ("statement that is none", guesses, {j for _, j in matched}),
        ):
            for n, one in enumerate(some):
                if n not in hits:
                    s, e = one["content"][0]
                    self.all_errors.append((self.gold["id"], cause, " ".join(text[s:e].split())[:120]))
        for i, j in matched:
            if (i, j) not in who:
                s, e = golds[i]["content"][0]
                self.all_errors.append((self.gold["id"], "speaker wrong", " ".join(text[s:e].split())[:120]))

    def others(self) -> None:
        """Count pledges, relations and roles."""

        def pledge(g: Record, p: Record) -> float:
            touching = _touch(g.get("trigger", []) + g["evidence"], p.get("trigger", []) + p["evidence"])
            return float(touching and g["kind"] == p["kind"] and self.common(g["promiser"], p["promiser"]) > 0)

        def relation(g: Record, p: Record) -> float:
            if g["predicate"] != p["predicate"] or not self.same(g["subject"], p["subject"]):
                return 0
            if g.get("object"):
                return float(bool(p.get("object")) and self.same(g["object"], p["object"]))
            return float(_jaccard(_words(g.get("value")), _words(p.get("value"))) >= 0.5)

        def role(g: Record, p: Record) -> float:
            return float(self.same(g["actor"], p["actor"]) and _jaccard(_words(g["title"]), _words(p["title"])) >= 0.5)

        for name, key, weight in (
            ("pledge", "pledges", pledge),
            ("relation", "relations", relation),
            ("role", "roles", role),
        ):
            golds, guesses = self.gold.get(key, []), self.guess.get(key, [])
            matched = _match(golds, guesses, weight)
            self.rows[name].add(len(golds), len(guesses), len(matched))
            if name != "pledge":
                continue
            for i, j in matched:
                self.share("pledge status", golds[i]["status"] == guesses[j]["status"])
                if golds[i].get("amount"):
                    same = _near(golds[i]["amount"], guesses[j].get("amount"))
                    self.share("pledge amount", same and golds[i]["currency"] == guesses[j]["currency"])
