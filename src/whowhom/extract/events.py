"""Event candidates: predicates of the event lexicon with the heads on both sides, their status, and who tells of them.

What comes in: a parsed text, its statements, and an index of its actors. For each verb, noun and adjective that the
lexicon knows, the most specific entry whose conditions hold is taken; governing events (agree, urge, refuse, threaten)
take their complement as content: "agreed to meet" is one AGREE, and the meeting is no event of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from whowhom.candidates import ActorIndex, EventCandidate, StatementCandidate
from whowhom.extract.clauses import LIGHT_VERBS, Clauses, Slots, is_passive
from whowhom.extract.judgements import Judgements
from whowhom.extract.learned import Learned
from whowhom.extract.matching import Match, Matcher
from whowhom.extract.participants import Participants
from whowhom.extract.reality import DEMANDING, is_demanded, noun_status, verb_status
from whowhom.extract.sides import SideFinder
from whowhom.extract.ways import Ways
from whowhom.model import Reading
from whowhom.parse import Parsed
from whowhom.records import Status
from whowhom.resources.event_lexicon import event_nouns

# Types whose complement is what they are about, no event beside them.
_GOVERNING = frozenset({"AGREE", "REQUEST", "REJECT", "THREATEN", "CONCEDE"})
# What a governed event of each type makes of the mode of its governor (PLOVER 2.0, modes of REQUEST, REJECT, THREATEN).
_DEMAND_MODE = {
    "AID": "assist", "COOPERATE": "assist", "SUPPORT": "assist", "RETREAT": "yield", "CONCEDE": "yield",
    "CONSULT": "meet", "AGREE": "assist",
}  # fmt: skip
_THREAT_MODE = {
    "ASSAULT": "violence", "SANCTION": "relations", "COERCE": "restrict", "MOBILIZE": "violence", "REJECT": "relations",
    "RETREAT": "relations", "PROTEST": None,
}  # fmt: skip
_PHYSICAL = frozenset({"ASSAULT", "PROTEST", "COERCE", "MOBILIZE", "SANCTION", "CONSULT"})
_PLEDGED = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID"})
# Where a side may stand when the parser hung it on the verb: "urged full unification with Minsk".
_FALLBACK_SLOTS = ("prep_with", "prep_against", "prep_toward", "prep_towards", "prep_between", "prep_among", "prep_in")
# Acts on somebody through a thing: "lifted sanctions on Iran", "opened an inquiry into the bank".
_AIMED = frozenset({"RETREAT", "CONCEDE", "SANCTION", "COERCE", "AID", "AGREE", "COOPERATE", "REJECT"})
_FALLBACK_TYPES = frozenset({"ACCUSE", "REQUEST", "SUPPORT", "REJECT", "THREATEN", "AGREE"})
# Acts whose other side may be understood from the act that they are coordinated with: "met X and promised a loan".
_SHARED_RECIPIENT = frozenset({"AGREE", "AID", "SUPPORT", "THREATEN", "CONCEDE"})
_VAGUE = frozenset(
    """end halt start resumption release withdrawal lifting return removal implementation creation establishment use
    continuation increase cut reduction stop beginning provision sending deployment extradition dismissal""".split()
)
_LAWMAKING = frozenset("repeal abolish rescind revoke scrap overturn amend reverse cancel annul".split())
# What is denied or rejected as said by somebody: the other side is whoever said it.
_CLAIMS = frozenset(
    """claim allegation accusation charge assertion criticism suggestion insinuation report rumour rumor remark comment
    statement call demand appeal proposal offer""".split()
)
_OCCASIONS = frozenset({"in", "at", "during", "after", "before", "following", "from", "on", "ahead"})
_SWALLOWING = 0.4  # a governor too weak to be a record leaves its complement alone
_DISMISSING = 0.35  # rows below it are there to say that a word so conditioned names no event
_DOUBTED = 0.5
_SKIPPED_VERBS = frozenset({"be", "have", "do"})


class EventFinder:
    """Finds the event candidates of one parsed text."""

    def __init__(
        self,
        parsed: Parsed,
        statements: Sequence[StatementCandidate],
        who: ActorIndex,
        reading: Reading | None = None,
    ) -> None:
        self.parsed = parsed
        self.doc = parsed.doc
        self.who = who
        self.statements = statements
        self.clauses = Clauses(parsed.doc)
        self.inside = self._innermost(statements)
        self.learned = Learned(reading, Ways(self.clauses)) if reading is not None else None
        self.matcher = Matcher(parsed, self.clauses, who, self.inside, self.learned)
        self.sides = SideFinder(parsed, self.clauses, who, self.matcher.match)
        self.cue_of = {i: k for k, s in enumerate(statements) for first, last in s.cue for i in range(first, last)}

    def _innermost(self, statements: Sequence[StatementCandidate]) -> list[int | None]:
        inside: list[int | None] = [None] * len(self.doc)
        # Wider statements first, so that a statement within a statement has the last word.
        order = sorted(range(len(statements)), key=lambda k: -sum(b - a for a, b in statements[k].content))
        for k in order:
            for first, last in statements[k].content:
                for i in range(first, last):
                    inside[i] = k
        return inside

    def find(self) -> list[EventCandidate]:
        """All candidates in text order."""
        return self._weighed(self.propose())

    def propose(self) -> list[EventCandidate]:
        """All candidates in text order, with the sides that grammar alone gives them."""
        matches = {m.token.i: m for token in self.doc if (m := self._candidate_match(token)) is not None}
        contents: dict[int, list[int]] = {}
        swallowed: set[int] = set()
        for i, match in matches.items():
            if match.entry.type in _GOVERNING and match.entry.prior * match.factor >= _SWALLOWING:
                contents[i] = [j for j in self._content(match) if j != i]
        for i, inner in contents.items():
            if i not in swallowed or matches[i].entry.type != "CONCEDE":
                swallowed.update(j for j in inner if j in matches)
        for i, match in matches.items():
            swallowed.update(self._idiom(i, match, matches))
        out = []
        for i, match in matches.items():
            if i not in swallowed and not self._dismissed(match):
                out.append(
                    self._build(match, [matches[j] for j in contents.get(i, ()) if j in matches], contents.get(i, []))
                )
        out.extend(self._demands({c.trigger for c in out if not c.rule.startswith("model:")} | swallowed))
        judgements = Judgements(self.parsed, self.statements, self.inside, self.who, self.clauses, self.sides.owner)
        for found in judgements.find([c for c in out if not c.rule.startswith("model:")]):
            out.append(replace(found, clause=found.clause | self._telling(self.inside[found.trigger])))
        return sorted(self._told_once(out), key=lambda c: c.trigger)

    def _dismissed(self, match: Match) -> bool:
        """Whether the lexicon bars an event ("spoke to reporters"), or thinks it unlikely ("a landslide killed nine")
        and the network agrees."""
        if match.entry.prior == 0:
            return True
        if self.learned is None or match.entry.prior * match.factor >= _DISMISSING:
            return False
        near = (match.token, *self._named_by(match.token))
        return max(self.learned.support(one, match.entry.type) for one in near) < _DOUBTED

    @staticmethod
    def _told_once(candidates: list[EventCandidate]) -> list[EventCandidate]:
        """The candidates without those of the network alone that a rule of the same type has in its words."""
        known = [c for c in candidates if not c.rule.startswith("model:")]
        return [
            c
            for c in candidates
            if c in known or not any(k.type == c.type and a - 2 <= c.trigger < b + 2 for k in known for a, b in k.words)
        ]

    def _weighed(self, candidates: list[EventCandidate]) -> list[EventCandidate]:
        """The candidates with what the network thinks of them, and with sides that a clause leaves to be understood."""
        if self.learned is None:
            return candidates
        participants = Participants(self.parsed, self.statements, self.inside, self.who, self.learned, candidates)
        out: list[EventCandidate] = []
        for candidate in candidates:
            token = self.doc[candidate.trigger]
            barred = self._suffering(token) if candidate.type == "ACCUSE" else frozenset()
            actors, recipients = participants.sides(candidate, out[-1] if out else None, barred)
            support = max(self.learned.support(one, candidate.type) for one in (token, *self._named_by(token)))
            asked = candidate.type != "REQUEST" and candidate.status == "hypothetical" and is_demanded(token)
            rule = f"{candidate.rule}; the network gives {support:.2f} to {candidate.type}"
            out.append(
                replace(
                    candidate,
                    actors=actors,
                    recipients=recipients,
                    support=support,
                    # The word of a demand is that of what it asks for: the network tells the status of one of them.
                    seen_status=() if asked else self.learned.statuses(token),
                    rule=rule,
                )
            )
        return out

    def _suffering(self, token: Token) -> frozenset[int]:
        """The words of the deeds that a verb is about: whoever stands there suffered them."""
        deeds = (self.doc[i] for i in self.clauses.of(token).get("obj", ()))
        return frozenset(t.i for deed in deeds if deed.lemma_.lower() in event_nouns() for t in deed.subtree)

    def _named_by(self, token: Token) -> list[Token]:
        """The words beside a verb that may name the event with it: "went on strike", "imposed a curfew"."""
        if token.pos_ != "VERB":
            return []
        near = [c for c in token.children if c.dep_ in ("dobj", "nsubjpass", "attr", "acomp", "oprd")]
        near += [o for c in token.children if c.dep_ == "prep" for o in c.children if o.dep_ == "pobj"]
        return [one for one in near if not self.who.at(one.i)]

    def _candidate_match(self, token: Token) -> Match | None:
        if token.pos_ not in ("VERB", "NOUN", "ADJ", "PROPN") or token.lemma_.lower() in _SKIPPED_VERBS:
            return None
        if token.pos_ == "PROPN" and (token.ent_type_ in ("PERSON", "GPE", "ORG") or token.is_title):
            in_heading = token.i in self.parsed.heading_tokens
            if token.ent_type_ in ("PERSON", "GPE") or not (in_heading or token.dep_ in ("dobj", "pobj", "nsubjpass")):
                return None
        if token.ent_type_ == "ORDINAL":
            return None  # "the first state to recognise": said by the verb
        if token.ent_type_ in ("DATE", "TIME") and token.pos_ == "PROPN":
            return None  # March is a month
        if token.dep_ in ("compound", "nmod") and token.pos_ in ("NOUN", "PROPN"):
            return None  # the first part of another noun: "protest leader", "attack helicopter"
        if token.pos_ in ("NOUN", "PROPN") and self.who.at(token.i):
            if token.lemma_.lower() not in event_nouns():
                return None
            first, last = self.who.span_of(token.i) or (token.i, token.i + 1)
            if token.pos_ == "PROPN" and last - first > 1:
                return None  # a part of somebody's name: "the Federal Bureau of Investigation"
        return self.matcher.match(token)

    def _idiom(self, i: int, match: Match, matches: dict[int, Match]) -> set[int]:
        """Matched nouns that are part of another match: "impose sanctions", "hold talks", "launched an attack"."""
        out: set[int] = set()
        token = match.token
        if token.pos_ != "VERB":
            return out
        asked = {lemma for c in match.entry.require if not c.negated for lemma in c.lemmas}
        lemma = self.clauses.lemma(token)
        for name in ("obj", "obj2", "attr", "prep_in", "prep_into", "prep_on", "prep_to", "prep_under", "prep_for"):
            for j in match.slots.get(name, ()):
                other = matches.get(j)
                if other is None or j == i:
                    continue
                if self.doc[j].lemma_.lower() in asked or other.entry.type == match.entry.type:
                    out.add(j)
                elif lemma in LIGHT_VERBS and not match.entry.require and other.entry.prior >= match.entry.prior:
                    out.add(i)
        return out

    def _content(self, match: Match) -> list[int]:
        """Tokens of the predicates that a governing event is about, nearest first."""
        slots = match.slots
        names = (
            ("xcomp", "ccomp", "gerund", "purpose") if match.entry.type == "REQUEST" else ("xcomp", "ccomp", "gerund")
        )
        at = match.token.i
        # A clause in front without "that" is the main one, quoted or not: "Groups welcomed the law, said ..."
        out = [i for name in names for i in slots.get(name, ()) if name != "ccomp" or i > at]
        for name in ("obj", "prep_for", "prep_to", "prep_on", "prep_of", "prep_with", "prep_about", "prep_over"):
            for i in slots.get(name, ()):
                token = self.doc[i]
                if token.pos_ == "NOUN" and not self.who.at(i):
                    out.append(i)
                    if match.entry.type != "REJECT":
                        out.extend(self.clauses.noun(token).get("xcomp", ()))
                    if token.lemma_ in _VAGUE:
                        inner = self.clauses.noun(token)
                        out.extend(j for n in ("prep_to", "prep_of") for j in inner.get(n, ()))
        for i in list(out):
            token = self.doc[i]
            if token.pos_ == "VERB":
                loose = ("xcomp",) if token.tag_ in ("VBD", "VBZ", "VBP") else ("conj", "xcomp")
                out.extend(c.i for c in token.children if c.dep_ in loose and c.pos_ == "VERB")
                objects = (c for c in token.children if c.dep_ == "dobj" and not self.who.at(c.i))
                out.extend(c.i for c in objects if self.matcher.keys(c))
        return out

    def _composed_mode(self, kind: str, content: Match) -> str | None:
        inner = content.entry
        if kind == "THREATEN":
            if inner.mode in ("arrest", "expel"):
                return inner.mode
            if inner.type == "COERCE" and inner.mode == "seize":
                return "territory" if "territory" in inner.contexts else "restrict"
            return _THREAT_MODE.get(inner.type)
        if content.token.lemma_.lower() in _LAWMAKING:
            return "change"
        return _DEMAND_MODE.get(inner.type, "change")

    def _build(self, match: Match, content: list[Match], about: list[int]) -> EventCandidate:
        token, entry, slots = match.token, match.entry, match.slots
        weight = entry.prior * match.factor
        statement = self.inside[token.i]
        actors = self.sides.side(slots, entry.actor, token.i, doer=True)
        if not actors and entry.type == "ASSAULT" and entry.actor:
            actors = self.sides.attackers(slots)
        if not actors and entry.actor and (k := self.cue_of.get(token.i)) is not None:
            # The statement knows its speaker where the parse lost the subject.
            speaker = self.statements[k].speaker
            if speaker is not None and self.who.at(speaker) and not (token.pos_ == "VERB" and is_passive(token)):
                actors = (speaker,)
        # Who condemns a killing accuses the killer, never the killed.
        blamed = self.sides.side(slots, entry.recipient, token.i, doer=entry.type == "ACCUSE")
        recipients = tuple(i for i in blamed if i not in actors)
        mode: str | None = entry.mode
        if content and entry.type in ("REQUEST", "REJECT", "THREATEN") and mode is None:
            mode = self._composed_mode(entry.type, content[0])
        if entry.type == "ASSAULT" and mode in (None, "explosives") and self._is_suicidal(slots):
            mode = "suicide-attack"
        if not recipients and entry.type in _SHARED_RECIPIENT and entry.recipient and token.dep_ == "conj":
            before = self.clauses.verb(token.head) if token.head.pos_ == "VERB" else {}
            recipients = tuple(i for i in before.get("obj", ()) if self.who.at(i) and i not in actors)
        if entry.type in _GOVERNING and not recipients:
            recipients = self.sides.of_content(entry, content, about, actors)
        if not recipients and entry.recipient and entry.type in _AIMED:
            found = tuple(j for i in slots.get("obj", ()) for j in self.sides.aim(i))
            recipients = tuple(i for i in found if i not in actors)
        if not recipients and entry.type == "ACCUSE" and slots.get("ccomp"):
            inner = self.clauses.verb(self.doc[slots["ccomp"][0]])
            found = tuple(j for i in inner.get("subj", ()) for j in self.sides.owner(i))
            recipients = tuple(i for i in found if i not in actors)
        if not recipients and entry.type in _FALLBACK_TYPES and entry.recipient and token.pos_ == "VERB":
            for name in _FALLBACK_SLOTS:
                found = tuple(
                    j
                    for i in slots.get(name, ())
                    if self.doc[i].ent_type_ != "GPE" or name != "prep_in"
                    for j in self.sides.owner(i)
                )
                recipients = tuple(i for i in found if i not in actors)
                if recipients:
                    break
        if not recipients and entry.type == "REJECT" and entry.recipient:
            recipients = self._claimant(token, slots, actors)
        if entry.type == "CONSULT" and token.pos_ == "NOUN" and len(actors) + len(recipients) == 1:
            actors = (*self._attending(token, (*actors, *recipients)), *actors)
        if token.pos_ == "VERB":
            status = verb_status(token, self.clauses, statement is not None)
            if token.dep_ == "amod":
                weight *= 0.55
            elif token.dep_ == "acl" and token.head.pos_ == "PRON":
                weight *= 0.5  # "those imprisoned": who they are rather than what happened
        elif token.pos_ == "ADJ":
            status = (
                verb_status(token.head, self.clauses, statement is not None) if token.dep_ == "acomp" else "occurred"
            )
        else:
            status = noun_status(token, self.clauses, statement is not None)
            weight *= 0.9
            if entry.type not in _PHYSICAL and not (actors and recipients):
                weight *= 0.75
        if not actors and not recipients:
            weight *= 0.5
        elif not actors and entry.actor:
            weight *= 0.85
        if token.i in self.parsed.heading_tokens:
            weight *= 0.8
        open_ended = not recipients and bool(entry.recipient) and entry.type not in _PHYSICAL
        words = ((token.i, token.i + 1), *((c.i, c.i + 1) for c in token.children if c.dep_ == "prt"))
        candidate = EventCandidate(
            trigger=token.i,
            words=words,
            type=entry.type,
            mode=mode,
            contexts=tuple(dict.fromkeys((*entry.contexts, *(x for m in content for x in m.entry.contexts)))),
            actors=actors,
            recipients=recipients,
            status=status,
            statement=statement,
            clause=self._clause(token),
            content=tuple(about),
            target=self.sides.target(slots) if open_ended else None,
            weight=weight,
            rule=entry.rule,
        )
        return self._plover_future(candidate)

    def _is_suicidal(self, slots: Slots) -> bool:
        """Whether what strikes is a suicide bomber or bomb: "killed by a suicide bomber", "a suicide car bomb hit"."""
        doers = (self.doc[i] for name in ("subj", "prep_by", "prep_in") for i in slots.get(name, ()))
        return any(c.lower_ == "suicide" for doer in doers for c in self.doc[doer.left_edge.i : doer.i])

    def _claimant(self, token: Token, slots: Slots, actors: tuple[int, ...]) -> tuple[int, ...]:
        """Whose claim is rejected, where a statement shortly before made it: "Gulen rejected those claims"."""
        if not any(self.doc[i].lemma_.lower() in _CLAIMS for i in slots.get("obj", ())):
            return ()
        own = {a for i in actors for a in self.who.at(i)}
        here = self.parsed.sentence_of[token.i]
        earlier = [s for s in self.statements if s.content[-1][1] <= token.i and s.speaker is not None]
        for statement in sorted(earlier, key=lambda s: -s.content[-1][1]):
            if here - self.parsed.sentence_of[statement.content[-1][1] - 1] > 2 or statement.speaker is None:
                return ()
            if self.who.at(statement.speaker) and not own & set(self.who.at(statement.speaker)):
                return (statement.speaker,)
        return ()

    def _attending(self, noun: Token, known: tuple[int, ...]) -> tuple[int, ...]:
        """Who does something on the occasion of a meeting: "Trump, in a meeting with Erdogan, asked ..."."""
        preposition = noun.head
        if noun.dep_ != "pobj" or preposition.lower_ not in _OCCASIONS:
            return ()
        governor = preposition.head
        heads = (governor.i,) if governor.pos_ in ("NOUN", "PROPN") else self.clauses.verb(governor).get("subj", ())
        taken = {a for i in known for a in self.who.at(i)}
        return tuple(i for i in heads if self.who.at(i) and not taken & set(self.who.at(i)))

    def _plover_future(self, candidate: EventCandidate) -> EventCandidate:
        """PLOVER turns a future CONSULT, SUPPORT, COOPERATE or AID into AGREE, and a future RETREAT into CONCEDE."""
        if candidate.status != "planned":
            return candidate
        status: Status = "occurred"
        if candidate.type in _PLEDGED:
            return replace(candidate, type="AGREE", mode=None, status=status, rule=candidate.rule + " future")
        if candidate.type == "RETREAT":
            return replace(candidate, type="CONCEDE", mode=None, status=status, rule=candidate.rule + " future")
        if candidate.type in ("AGREE", "CONCEDE"):
            return replace(candidate, status=status)
        return candidate

    def _telling(self, statement: int | None) -> frozenset[int]:
        """The clause of the words by which a statement is reported: "said in Moscow on Monday"."""
        if statement is None or not self.statements[statement].cue:
            return frozenset()
        return self._clause(self.doc[self.statements[statement].cue[0][0]])

    def _clause(self, token: Token) -> frozenset[int]:
        """Indices of the tokens of the predicate's clause: its governing verb's subtree without embedded clauses."""
        top = token
        while top.pos_ not in ("VERB", "AUX") and top.head.i != top.i:
            top = top.head
        if top.dep_ == "xcomp" and top.head.pos_ in ("VERB", "AUX"):
            top = top.head
        out: set[int] = set()
        stack = [top]
        while stack:
            one = stack.pop()
            out.add(one.i)
            for child in one.children:
                if child.dep_ in ("ccomp", "relcl", "advcl", "parataxis") and child.i != token.i:
                    continue
                if child.dep_ == "conj" and child.pos_ in ("VERB", "AUX") and child.i != token.i:
                    continue
                stack.append(child)
        return frozenset(out)

    def _demands(self, taken: set[int]) -> list[EventCandidate]:
        """Demands made by modality: "Minsk should free the prisoners", said by somebody or by the report itself."""
        out: list[EventCandidate] = []
        for token in self.doc:
            if token.lower_ not in DEMANDING and not (token.lemma_ == "need" and token.pos_ == "VERB"):
                continue
            verb = token.head if token.dep_ == "aux" else next((c for c in token.children if c.dep_ == "xcomp"), None)
            if verb is None or verb.pos_ not in ("VERB", "AUX") or (verb.i in taken and token.dep_ != "aux"):
                continue
            k = self.inside[token.i]
            speaker = self.statements[k].speaker if k is not None else None
            if k is not None and speaker is None:
                continue
            if any(c.dep_ == "mark" and c.lower_ in ("if", "whether") for c in verb.children):
                continue
            clause = self.clauses.verb(verb)
            passive = is_passive(verb)
            subject = clause.get("subj", ())
            heads = tuple(j for i in subject for j in self.sides.owner(i))
            same = set(self.who.at(speaker)) if speaker is not None else set()
            if speaker is None and not any(
                self.who.actor(a).kind in ("state", "organisation") for j in heads for a in self.who.at(j)
            ):
                continue
            if any(same & set(self.who.at(j)) for j in heads) or (not heads and not passive):
                continue
            if any(self.doc[j].lower_ in ("i", "we") for j in subject):
                continue
            if any(c.trigger == verb.i and c.type in _GOVERNING for c in out):
                continue
            match = self.matcher.match(verb)
            if speaker is None and (match is None or token.lemma_ == "need"):
                continue  # how things ought to be, demanded by nobody
            out.append(
                EventCandidate(
                    trigger=token.i,
                    words=((min(token.i, verb.i), max(token.i, verb.i) + 1),),
                    type="REQUEST",
                    mode=_DEMAND_MODE.get(match.entry.type, "change") if match else "change",
                    contexts=match.entry.contexts if match else (),
                    actors=(speaker,) if speaker is not None else (),
                    recipients=heads,
                    status="occurred",
                    statement=None,
                    clause=self._clause(verb) | self._telling(k),
                    content=(verb.i,),
                    weight=0.52 if match is not None else 0.42,
                    rule=f"modal:{token.lower_}",
                )
            )
        return out


def extract_events(
    parsed: Parsed, statements: Sequence[StatementCandidate], who: ActorIndex, reading: Reading | None = None
) -> list[EventCandidate]:
    """The event candidates of a parsed text, in text order; weighed by the network where its reading is given."""
    return EventFinder(parsed, statements, who, reading).find()
