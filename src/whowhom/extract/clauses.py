"""Who fills which place around a verb, noun or adjective: grammatical slots read off the dependency parse.

Labels are those of spaCy's English models (ClearNLP style). A slot holds indices of head tokens, coordination expanded:
in "Russia and Belarus agreed" the slot `subj` of "agreed" is (Russia, Belarus).
"""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc, Token

from whowhom.resources.knowledge import agent_index

Slots = dict[str, tuple[int, ...]]

# Verbs whose object is the subject of their infinitive: "urged Minsk to free them", "forced him to resign".
OBJECT_CONTROL = frozenset(
    """ask tell urge order force press pressure persuade convince call invite allow permit enable encourage instruct
    command compel require request beg implore advise warn oblige lead cause help get push prompt authorise authorize
    challenge direct expect want appoint elect recruit train task pay sentence see hear watch let make have""".split()
)
# Governors whose "of/for/over + -ing" tells what their object did: "accused the army of shelling the town".
_OBJECT_GERUND = frozenset(
    """accuse suspect blame condemn criticise criticize denounce thank praise convict charge arrest detain jail sanction
    punish fine sentence acquit slam attack rebuke chide fault congratulate find prevent stop ban bar dissuade deter
    keep discourage excuse pardon forgive prosecute indict""".split()
)
# Verbs that carry an event noun as their object or subject and say little themselves.
LIGHT_VERBS = frozenset(
    """hold conduct launch stage carry carry_out impose make give issue mount have begin start open take take_part
    undertake offer provide send receive suffer order deliver pay lead announce declare engage join stop end continue
    resume organise organize face see commit perpetrate call halt suspend cancel intensify step_up wage execute
    perform enforce express voice extend lodge file bring level attend host initiate pursue place put slap levy
    negotiate sign reach strike seal conclude plan prepare maintain keep approve block break_off""".split()
)
_PARTICLES = frozenset("down away back out off up aside over in on apart together forward".split())
# What is done to somebody, so that a headline's past form without an object is a participle.
_DONE_TO = frozenset(
    """abduct accuse acquit arrest assassinate attack ban behead blame bomb capture charge clear condemn convict
    criticise criticize deport detain evacuate execute expel extradite fine free hang honour imprison injure
    jail kidnap kill murder name oust quiz raid release rescue sack sanction seize sentence shoot slay stab
    storm sue suspend torture urge warn wound""".split()
)
# "Claimed responsibility for the attack": whoever does that did it.
_OWNED = frozenset({"responsibility", "credit", "blame"})
_OWNING = frozenset("claim take assume accept admit acknowledge bear share".split())
_MINDED = frozenset("commit dedicate devote oppose determine resolve prepare".split())
_CUSTODY = frozenset("prison jail custody hospital trial asylum memory paper".split())
_CLOSED = frozenset((".", "?", "!", '"', "”", "'", "’", ":", ";", ","))
_BODIES = frozenset({"ORG", "GPE", "LOC", "FAC"})
_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass")


def conjuncts(token: Token) -> list[Token]:
    """`token` and the tokens coordinated with it to its right, in order."""
    out = [token]
    for child in token.children:
        if child.dep_ == "conj" and child.i > token.i:
            out.extend(conjuncts(child))
    return out


def person_meant(noun: Token) -> Token:
    """Who is meant by "who" behind a noun: in "the head of the firm, who" the head, else the noun itself."""
    found = agent_index().get(noun.lower_)
    body = noun.ent_type_ in _BODIES or (found is not None and found[0].kind == "organisation")
    governor = noun.head.head
    if body and noun.dep_ == "pobj" and noun.head.dep_ == "prep" and governor.pos_ in ("NOUN", "PROPN"):
        return governor
    return noun


def _expanded(tokens: Iterable[Token]) -> tuple[int, ...]:
    seen: dict[int, None] = {}
    for token in tokens:
        for one in conjuncts(token):
            seen.setdefault(one.i)
    return tuple(seen)


def is_passive(verb: Token) -> bool:
    """Whether a verb form is passive, reduced relatives ("the men arrested on Sunday") included."""
    dep = {child.dep_ for child in verb.children}
    if _of_mind(verb, dep):
        return False
    if "nsubjpass" in dep or "auxpass" in dep or "csubjpass" in dep or _headline_participle(verb, dep):
        return True
    if verb.tag_ != "VBN":
        return False
    if _beside(verb, dep):
        return True
    if "nsubj" in dep or any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children):
        return False
    if verb.dep_ in ("acl", "amod") or "agent" in dep:
        return not _finite_acl(verb)
    if verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX"):
        return is_passive(verb.head)
    return verb.dep_ in ("advcl", "oprd", "ROOT", "ccomp", "xcomp") and "dobj" not in dep


def _beside(verb: Token, dep: set[str]) -> bool:
    """Whether a participle after "with" tells what was done to its subject: "with three men arrested"."""
    if "nsubj" not in dep or dep & {"aux", "dobj"}:
        return False
    marked = any(c.dep_ == "mark" and c.lower_ == "with" for c in verb.children)
    return marked or (verb.dep_ == "pcomp" and verb.head.lower_ in ("with", "without"))


def _of_mind(verb: Token, dep: set[str]) -> bool:
    """Whether a participle tells what its subject is minded to do, by nobody: "is committed to the plan"."""
    if verb.lemma_.lower() not in _MINDED or "agent" in dep or "nsubjpass" not in dep:
        return False
    to = next((c for c in verb.children if c.dep_ == "prep" and c.lower_ == "to"), None)
    return "xcomp" in dep or (to is not None and not any(c.lower_ in _CUSTODY for c in to.children))


def _headline_participle(verb: Token, dep: set[str]) -> bool:
    """Whether a past form in a headline is a passive without "is": "Mayor shot dead". What one does stands in the
    present there ("Gunmen shoot mayor")."""
    if verb.tag_ not in ("VBD", "VBN") or verb.lemma_.lower() not in _DONE_TO or "nsubj" not in dep:
        return False
    if dep & {"dobj", "aux", "dative", "ccomp"}:
        return False
    last = next((t for t in reversed(list(verb.sent)) if not t.is_space), verb)
    return last.text not in _CLOSED


def _finite_acl(verb: Token) -> bool:
    """Whether what the parser took for a reduced relative is the main verb: "Lord Hill called last week for ..."."""
    if verb.dep_ != "acl" or "agent" in {c.dep_ for c in verb.children}:
        return False
    return verb.head.dep_ == "ROOT" and verb.head.pos_ in ("PROPN", "PRON")


class Clauses:
    """Slots of the predicates of one parsed text, each computed once."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self._verbs: dict[int, Slots] = {}
        self._nouns: dict[int, Slots] = {}

    def lemma(self, token: Token) -> str:
        """The lemma in lower case, with its particle: "ruled out" is `rule_out`."""
        lemma = token.lemma_.lower()
        for child in token.children:
            # The tagger takes many particles for adverbs or bare prepositions: "stepped down", "pulled out of".
            if child.dep_ == "prt" or (
                child.i == token.i + 1
                and child.lower_ in _PARTICLES
                and (
                    child.dep_ == "advmod"
                    or (child.dep_ == "prep" and not any(c.dep_ == "pobj" for c in child.children))
                )
            ):
                return f"{lemma}_{child.lower_}"
        return lemma

    def of(self, token: Token) -> Slots:
        """The slots of a verb, noun or adjective."""
        if token.pos_ in ("VERB", "AUX"):
            return self.verb(token)
        if token.pos_ == "ADJ":
            return self.adjective(token)
        return self.noun(token)

    def verb(self, verb: Token) -> Slots:
        """Slots of a verb: subj, obj, iobj, prep_X, xcomp, ccomp, gerund, neg-free and voice-free.

        Whom somebody speaks for ("For the Greens, Jane Doe said") stands in prep_behalf.
        """
        found = self._verbs.get(verb.i)
        if found is None:
            self._verbs[verb.i] = {}  # a loop in the parse ends here
            found = self._verbs[verb.i] = self._verb(verb)
        return found

    def _verb(self, verb: Token) -> Slots:
        passive = is_passive(verb)
        slots: dict[str, list[Token]] = {}

        def add(name: str, token: Token) -> None:
            slots.setdefault(name, []).append(token)

        for child in verb.children:
            dep = child.dep_
            if dep in _SUBJECTS:
                add("obj" if passive else "subj", self._relative(child, verb))
            elif dep == "dobj":
                add("obj2" if passive else "obj", self._relative(child, verb))
            elif dep == "dative":
                if child.pos_ == "ADP":
                    for grandchild in child.children:
                        if grandchild.dep_ == "pobj":
                            add("iobj", grandchild)
                else:
                    add("iobj", self._relative(child, verb))
            elif dep == "agent":
                for grandchild in child.children:
                    if grandchild.dep_ == "pobj":
                        add("subj", grandchild)
            elif dep in ("attr", "oprd"):
                add("attr", child)
            elif dep == "acomp":
                add("attr", child)
                self._preps(child, add)
            elif dep == "xcomp":
                add("xcomp", child)
            elif dep == "ccomp":
                add("ccomp", child)
            elif dep == "advcl" and child.tag_ == "VB" and any(c.lower_ == "to" for c in child.lefts):
                add("purpose", child)
        self._preps(verb, add)
        for name in [n for n in slots if n.startswith("prep_")]:
            slots[name] = [self._relative(token, verb) for token in slots[name]]
        out = {name: _expanded(tokens) for name, tokens in slots.items()}
        # A preposition phrase that the parser hung on the object may belong to the verb: "held talks with Moscow".
        for i in out.get("obj", ()):
            inner: dict[str, list[Token]] = {}
            self._preps(self.doc[i], lambda name, token, inner=inner: inner.setdefault(name, []).append(token))
            for name, tokens in inner.items():
                if name not in ("prep_of", "gerund"):
                    out.setdefault(name, _expanded(tokens))
        self._inherit(verb, passive, out)
        return out

    def _preps(self, head: Token, add: object) -> None:
        for child in head.children:
            if child.dep_ not in ("prep", "agent") and not (child.dep_ == "advmod" and child.pos_ == "ADP"):
                continue
            name = "behalf" if _speaks_for(child) else child.lower_
            for grandchild in child.children:
                if grandchild.dep_ == "pobj":
                    add(f"prep_{name}", grandchild)  # type: ignore[operator]
                elif grandchild.dep_ == "pcomp":
                    add("gerund", grandchild)  # type: ignore[operator]
                elif grandchild.dep_ == "prep":  # "out of", "because of", "ahead of"
                    for inner in grandchild.children:
                        if inner.dep_ == "pobj":
                            add(f"prep_{grandchild.lower_}", inner)  # type: ignore[operator]

    def _relative(self, token: Token, verb: Token) -> Token:
        """The antecedent of a relative pronoun, else the token itself."""
        if token.tag_ in ("WDT", "WP", "WP$") or (token.lower_ == "that" and token.pos_ in ("PRON", "SCONJ")):
            clause = verb
            for _ in range(4):
                if clause.dep_ == "relcl":
                    return person_meant(clause.head) if token.lower_ == "who" else clause.head
                if clause.dep_ not in ("conj", "xcomp", "ccomp"):
                    break
                clause = clause.head
        return token

    def _inherit(self, verb: Token, passive: bool, out: Slots) -> None:
        """Fill what the clause leaves unsaid: shared subjects, controllers, heads of participles and relatives."""
        head, dep = verb.head, verb.dep_
        if dep == "relcl" and verb.i > head.i:
            own = {self.doc[i].i for name in ("subj", "obj") for i in out.get(name, ())}
            if "obj" not in out and "subj" in out and head.i not in own and not passive and "ccomp" not in out:
                stranded = any(c.dep_ in ("prep",) and not list(c.children) for c in verb.children)
                if not stranded and not any(c.lower_ in ("where", "when", "why") for c in verb.children):
                    out["obj"] = _expanded([head])
            elif "subj" not in out and not passive:
                out["subj"] = _expanded([head])
        elif dep in ("acl", "amod"):
            if passive:
                out.setdefault("obj", (head.i,))
            elif verb.tag_ in ("VBG", "VBD") or _finite_acl(verb):
                out.setdefault("subj", (head.i,))
            elif verb.tag_ == "VB" and "subj" not in out:
                owner = self.noun(head)
                for name in ("poss", "head_subj", "prep_by", "compound", "amod"):
                    if owner.get(name):
                        out["subj"] = owner[name]
                        break
        missing = "obj" if passive else "subj"
        if missing in out:
            return
        if dep == "conj" and head.pos_ in ("VERB", "AUX"):
            other = self.verb(head)
            source = "obj" if is_passive(head) else "subj"
            if other.get(source):
                out[missing] = other[source]
        elif dep == "xcomp":
            governor = head.head if head.pos_ == "ADJ" and head.dep_ in ("acomp", "conj") else head
            other = self.verb(governor) if governor.pos_ in ("VERB", "AUX") else {}
            if is_passive(governor):
                subject = other.get("obj", ())
            elif self.lemma(head).split("_")[0] in OBJECT_CONTROL and other.get("obj"):
                subject = other["obj"]
            else:
                subject = other.get("subj", ())
            if subject:
                out[missing] = subject
        elif dep in ("advcl", "dep", "ccomp", "parataxis") and verb.tag_ in ("VBG", "VBN", "VB"):
            other = self.verb(head) if head.pos_ in ("VERB", "AUX") else {}
            subject = other.get("obj" if is_passive(head) else "subj", ())
            if subject:
                out[missing] = subject
        elif dep == "pcomp":
            governor = head.head
            if governor.pos_ in ("VERB", "AUX"):
                other = self.verb(governor)
                of_object = self.lemma(governor) in _OBJECT_GERUND and head.lower_ in (
                    "of",
                    "for",
                    "over",
                    "from",
                    "with",
                )
                names = ("obj", "subj") if of_object else ("subj", "obj")
                if is_passive(governor) and self.lemma(governor) not in _OBJECT_GERUND:
                    names = ("obj", "subj")
                for name in names:
                    if other.get(name):
                        out[missing] = other[name]
                        break
            elif governor.dep_ == "dobj" and self.lemma(governor.head) in _OBJECT_GERUND:
                out[missing] = (governor.i,)  # hung on the object: "accused the army of shelling the town"
            elif governor.pos_ in ("NOUN", "PROPN"):
                other = self.noun(governor)
                for name in ("poss", "prep_against", "amod", "compound", "head_subj"):
                    if other.get(name):
                        out[missing] = other[name]
                        break

    def adjective(self, adjective: Token) -> Slots:
        """Slots of an adjective: subj (what it is said of) and prep_X."""
        slots: dict[str, list[Token]] = {}
        self._preps(adjective, lambda name, token: slots.setdefault(name, []).append(token))
        out = {name: _expanded(tokens) for name, tokens in slots.items()}
        if adjective.dep_ == "acomp" and adjective.head.pos_ in ("VERB", "AUX"):
            clause = self.verb(adjective.head)
            if clause.get("subj"):
                out["subj"] = clause["subj"]
            if "xcomp" in clause:
                out["xcomp"] = clause["xcomp"]
        elif adjective.dep_ in ("amod", "appos", "acl"):
            out["subj"] = (adjective.head.i,)
        for child in adjective.children:
            if child.dep_ in ("xcomp", "ccomp"):
                out[child.dep_] = (child.i,)
        return out

    def noun(self, noun: Token) -> Slots:
        """Slots of an event noun: poss, prep_X, compound, amod, and head_subj, head_prep_X of its light verb."""
        found = self._nouns.get(noun.i)
        if found is None:
            self._nouns[noun.i] = {}
            found = self._nouns[noun.i] = self._noun(noun)
        return found

    def _noun(self, noun: Token) -> Slots:
        slots: dict[str, list[Token]] = {}

        def add(name: str, token: Token) -> None:
            slots.setdefault(name, []).append(token)

        for child in noun.children:
            dep = child.dep_
            if dep == "poss":
                add("poss", child)
            elif dep in ("compound", "nmod"):
                add("compound", child)
                for inner in child.children:
                    if inner.dep_ in ("compound", "nmod", "amod"):
                        add("compound", inner)
            elif dep == "amod":
                add("amod", child)
            elif dep in ("acl", "relcl"):
                if child.tag_ == "VB" or child.tag_ == "TO":
                    add("xcomp", child)
                elif child.tag_ == "VBN":
                    for inner in child.children:
                        if inner.dep_ == "agent":
                            for grandchild in inner.children:
                                if grandchild.dep_ == "pobj":
                                    add("prep_by", grandchild)
                elif dep == "acl" and child.tag_ != "VBG":
                    add("ccomp", child)
        self._preps(noun, add)
        out = {name: _expanded(tokens) for name, tokens in slots.items()}
        head = noun.head
        if "poss" in out and noun.dep_ == "conj" and head.pos_ == "PROPN" and out["poss"][0] - head.i == 2:
            out["poss"] = (head.i, *out["poss"])  # "Merkel and Macron's meeting"
        self._light(noun, out)
        return out

    def _light(self, noun: Token, out: Slots) -> None:
        first = noun
        while first.dep_ == "conj" and first.head.pos_ in ("NOUN", "PROPN"):
            first = first.head
            if "poss" not in out and "compound" not in out:
                other = self.noun(first)
                for name in ("poss", "prep_by", "prep_against", "prep_between", "prep_with"):
                    if other.get(name):
                        out.setdefault(name, other[name])
        verb = first.head
        through = ""
        if first.dep_ == "pobj" and verb.dep_ in ("prep", "agent"):
            through, verb = verb.lower_, verb.head
        if through == "for" and verb.lemma_.lower() in _OWNED and verb.dep_ == "dobj":
            if verb.head.lemma_.lower() in _OWNING:
                out.setdefault("head_subj", self.verb(verb.head).get("subj", ()))
            return
        if verb.pos_ not in ("VERB", "AUX") or first.dep_ not in ("dobj", "pobj", "nsubjpass", "attr", "oprd"):
            return
        if first.dep_ == "pobj" and through not in ("in", "into", "on", "under", "with", "for", "to", "from", "out"):
            return
        if self.lemma(verb) not in LIGHT_VERBS and first.dep_ != "attr":
            if first.dep_ == "pobj":
                return
            out.setdefault("verb_subj", self.verb(verb).get("subj", ()))
            return
        clause = self.verb(verb)
        if clause.get("subj") and noun.i not in clause["subj"]:
            out.setdefault("head_subj", clause["subj"])
        for name, tokens in clause.items():
            if name.startswith("prep_") and noun.i not in tokens:
                out.setdefault(f"head_{name}", tokens)
                out.setdefault(name, tokens)
        if clause.get("iobj"):
            out.setdefault("head_prep_to", clause["iobj"])


def _speaks_for(preposition: Token) -> bool:
    """Whether a "for" says on whose behalf somebody speaks: "For the Liberal Democrats, Jane Doe said ..."."""
    verb = preposition.head
    if preposition.lower_ != "for" or preposition.i != preposition.sent.start or verb.pos_ not in ("VERB", "AUX"):
        return False
    named = [c for c in preposition.children if c.dep_ == "pobj" and c.pos_ == "PROPN" and c.ent_type_ != "GPE"]
    subject = next((c for c in verb.children if c.dep_ == "nsubj" and c.i > preposition.i), None)
    return bool(named) and subject is not None and subject.pos_ == "PROPN" and subject.ent_type_ != "GPE"
