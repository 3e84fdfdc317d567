"""Accusation and approval by judging words: "called the order tyranny", "said the move was an abuse of power"."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache

from spacy.tokens import Token

from whowhom.candidates import ActorIndex, EventCandidate, StatementCandidate
from whowhom.extract.clauses import Clauses, is_passive
from whowhom.parse import Parsed
from whowhom.records import EventType
from whowhom.resources import read_table
from whowhom.resources.table import values

# Verbs that name a thing: "called X a liar", "described X as illegal", "branded X traitors".
_NAMING = frozenset(
    """call describe brand label term dub denounce characterise characterize dismiss portray paint regard see view
    consider deem declare depict""".split()
)
# Words of saying that claim what the report does not vouch for.
_CLAIMING = frozenset(
    "claim allege contend imply insinuate conclude conclusion allegation assert suspect maintain".split()
)
_CODING: dict[str, tuple[EventType, str | None]] = {
    "wrong": ("ACCUSE", "allege"),
    "bad": ("ACCUSE", "disapprove"),
    "good": ("SUPPORT", None),
}
_CONFLICT = frozenset({"ASSAULT", "COERCE", "SANCTION", "MOBILIZE"})
# What somebody says that he will not do, with the mode of refusing it.
_REFUSED: dict[str, str | None] = {
    "AID": "assist", "COOPERATE": "assist", "SUPPORT": "assist", "AGREE": "assist", "CONSULT": "meet",
    "RETREAT": "yield", "CONCEDE": "yield",
}  # fmt: skip
_WILL = frozenset({"will", "would", "wo"})
Owner = Callable[[int], tuple[int, ...]]


@cache
def _judging() -> dict[str, str]:
    return {word: row["kind"] for row in read_table("lexicon/judgement.tsv") for word in values(row["words"])}


class Judgements:
    """Candidates that judging words make, in one parsed text."""

    def __init__(
        self,
        parsed: Parsed,
        statements: Sequence[StatementCandidate],
        inside: Sequence[int | None],
        who: ActorIndex,
        clauses: Clauses,
        owner: Owner,
    ) -> None:
        self.parsed = parsed
        self.doc = parsed.doc
        self.statements = statements
        self.inside = inside
        self.who = who
        self.clauses = clauses
        self.owner = owner

    def find(self, found: Sequence[EventCandidate]) -> list[EventCandidate]:
        """Candidates beside those already `found`; never a second one for the same statement and side."""
        table = _judging()
        taken = {(c.type, c.trigger) for c in found}
        accused: set[tuple[int | str, ...]] = {
            (k, a)
            for c in found
            if c.type == "ACCUSE" and (k := self._statement_of(c)) is not None
            for a in self._ids(c.recipients)
        }
        out: list[EventCandidate] = []
        for token in self.doc:
            kind = table.get(token.lemma_.lower())
            if kind is None or self._denied(token):
                continue
            candidate = self._named(token, kind) or self._said(token, kind)
            if candidate is None or (candidate.type, candidate.trigger) in taken:
                continue
            k = self.inside[token.i]
            whose = k if k is not None else -candidate.trigger
            key: tuple[int | str, ...] = (whose, *self._ids(candidate.recipients)[:1])
            if key in accused:
                continue
            accused.add(key)
            taken.add((candidate.type, candidate.trigger))
            out.append(candidate)
        out.extend(self._claimed(found, accused))
        out.extend(self._refused(found))
        out.extend(self._pleas(found))
        return out

    def _refused(self, found: Sequence[EventCandidate]) -> list[EventCandidate]:
        """Refusals told as a negated future: "Tehran will not free the crew" refuses what is not to be."""
        out = []
        for candidate in found:
            verb = self.doc[candidate.trigger]
            if candidate.type not in _REFUSED or candidate.status != "negated" or verb.pos_ != "VERB":
                continue
            will = next((c for c in verb.lefts if c.dep_ == "aux" and c.lower_ in _WILL), None)
            never = next((c for c in verb.lefts if c.dep_ == "neg"), None)
            subject = tuple(i for i in self.clauses.verb(verb).get("subj", ()) if self.who.at(i))
            if will is None or never is None or not subject or is_passive(verb):
                continue
            if any(c.dep_ == "aux" and c.lower_ == "have" for c in verb.lefts):
                continue  # "would not have signed" is a condition
            own = set(self._ids(subject))
            others = tuple(i for i in (*candidate.recipients, *candidate.actors) if not own & set(self.who.at(i)))
            out.append(
                EventCandidate(
                    trigger=never.i, words=((will.i, verb.i + 1),), type="REJECT", mode=_REFUSED[candidate.type],
                    contexts=candidate.contexts, actors=subject, recipients=others, status="occurred",
                    statement=None, clause=candidate.clause, content=(verb.i,), weight=0.7, rule="refusal:will not",
                )
            )  # fmt: skip
        return out

    def _pleas(self, found: Sequence[EventCandidate]) -> list[EventCandidate]:
        """Pleas of guilty and not guilty before a court."""
        taken = {c.trigger for c in found}
        out = []
        for token in self.doc:
            verb = token.head
            if token.lower_ != "guilty" or verb.lemma_ not in ("plead", "plea") or verb.i in taken:
                continue
            actors = tuple(i for i in self.clauses.verb(verb).get("subj", ()) if self.who.at(i))
            if not actors:
                continue
            between = {self.doc[i].lower_ for i in range(verb.i, token.i)}
            denied = bool(between & {"not", "n't"})
            plea = self._candidate(token, verb, "bad", actors, (), 0.8, "plea")
            out.append(replace(plea, type="REJECT" if denied else "CONCEDE", mode=None, contexts=("legal",)))
        return out

    def _ids(self, heads: Iterable[int]) -> list[str]:
        return [a for i in heads for a in self.who.at(i)]

    def _statement_of(self, candidate: EventCandidate) -> int | None:
        """The statement whose cue a candidate is, or in whose content it stands."""
        for k, statement in enumerate(self.statements):
            if any(first <= candidate.trigger < last for first, last in statement.cue):
                return k
        return candidate.statement

    @staticmethod
    def _denied(token: Token) -> bool:
        return any(c.dep_ == "neg" or c.lower_ in ("no", "not") for c in (*token.children, *token.head.children))

    def _named(self, token: Token, kind: str) -> EventCandidate | None:
        """A judging word that a naming verb gives to its object."""
        word = token
        for _ in range(4):
            head = word.head
            if head.pos_ == "VERB" and self.clauses.lemma(head) in _NAMING and word.dep_ not in ("nsubj", "advcl"):
                break
            if head.i == word.i or word.dep_ in ("nsubj", "relcl", "advcl"):
                return None
            word = head
        else:
            return None
        verb = word.head
        if verb.tag_ == "VBN" and is_passive(verb):
            return None
        slots = self.clauses.verb(verb)
        targets = [i for i in slots.get("obj", ()) if i != token.i] or [
            c.i for c in word.children if c.dep_ in ("nsubj", "poss")
        ]
        recipients = tuple(j for i in targets for j in self.owner(i))
        actors = tuple(i for i in slots.get("subj", ()) if self.who.at(i))
        if not actors or (not recipients and kind == "good"):
            return None
        return self._candidate(token, verb, kind, actors, recipients, 0.62 if recipients else 0.5, "judgement:named")

    def _said(self, token: Token, kind: str) -> EventCandidate | None:
        """A judging word that a speaker's sentence predicates of somebody else."""
        k = self.inside[token.i]
        if k is None or kind == "good":
            return None
        speaker = self.statements[k].speaker
        if speaker is None or not self.who.at(speaker):
            return None
        targets: tuple[int, ...] = ()
        if token.pos_ == "VERB":
            if is_passive(token):
                return None
            targets = self.clauses.verb(token).get("subj", ())
        else:
            verb = token.head
            if token.dep_ in ("attr", "acomp") and verb.lemma_ in ("be", "become", "remain", "amount"):
                targets = self.clauses.verb(verb).get("subj", ())
            elif (
                token.dep_ == "pobj"
                and token.head.head.pos_ in ("VERB", "AUX")
                and token.head.lower_ in ("in", "of", "to")
            ):
                targets = self.clauses.verb(token.head.head).get("subj", ())
            elif token.dep_ == "dobj" and verb.lemma_ in (
                "commit",
                "practise",
                "practice",
                "use",
                "spread",
                "tell",
                "show",
            ):
                targets = self.clauses.verb(verb).get("subj", ())
        same = set(self.who.at(speaker))
        recipients = tuple(j for i in targets for j in self.owner(i) if not same & set(self.who.at(j)))
        if not recipients or any(self.doc[j].lower_ in ("i", "we", "it", "this", "that") for j in recipients):
            return None
        weight = 0.6 if kind == "wrong" else 0.48
        return self._candidate(token, token, kind, (speaker,), recipients, weight, "judgement:said")

    def _claimed(self, found: Sequence[EventCandidate], accused: set[tuple[int | str, ...]]) -> list[EventCandidate]:
        """Claims that somebody did harm: an accusation beside the harm."""
        out = []
        for candidate in found:
            k = candidate.statement
            if k is None or candidate.type not in _CONFLICT or candidate.status == "negated" or not candidate.actors:
                continue
            statement = self.statements[k]
            if statement.speaker is None or not statement.cue:
                continue
            first = statement.cue[0][0]
            if self.doc[first].lemma_.lower() not in _CLAIMING:
                continue
            same = set(self.who.at(statement.speaker))
            recipients = tuple(i for i in candidate.actors if not same & set(self.who.at(i)))
            key: tuple[int | str, ...] = (k, *self._ids(recipients)[:1])
            if not same or not recipients or key in accused:
                continue
            accused.add(key)
            cue = self.doc[first]
            out.append(self._candidate(cue, cue, "wrong", (statement.speaker,), recipients, 0.6, "judgement:claim"))
        return out

    def _candidate(
        self,
        token: Token,
        anchor: Token,
        kind: str,
        actors: tuple[int, ...],
        recipients: tuple[int, ...],
        weight: float,
        rule: str,
    ) -> EventCandidate:
        event_type, mode = _CODING[kind]
        return EventCandidate(
            trigger=anchor.i,
            words=((anchor.i, anchor.i + 1),)
            if anchor.i == token.i
            else ((anchor.i, anchor.i + 1), (token.i, token.i + 1)),
            type=event_type,
            mode=mode,
            contexts=(),
            actors=actors,
            recipients=recipients,
            status="occurred",
            statement=None,
            clause=frozenset(t.i for t in anchor.subtree),
            content=(),
            weight=weight,
            rule=f"{rule} {token.lemma_.lower()} ({kind})",
        )
