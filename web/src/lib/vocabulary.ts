// The closed vocabularies of the record, in the order and the words in which a reader chooses from them.
import { QUADS } from "./words";

export type Choice = readonly [value: string, label: string];
const plain = (values: string[]): Choice[] => values.map((one) => [one, one] as const);

export const QUAD_CHOICES: Choice[] = Object.entries(QUADS);
export const TYPES: Choice[] = plain([
  "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
  "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]);
const MODES_OF: Record<string, string[]> = {
  CONSULT: ["visit", "third-party", "multilateral", "phone"],
  RETREAT: ["withdraw", "release", "disarm", "ceasefire", "access", "resign"],
  REQUEST: ["assist", "change", "yield", "meet"],
  ACCUSE: ["disapprove", "investigate", "allege"],
  REJECT: ["assist", "change", "yield", "meet"],
  THREATEN: ["restrict", "arrest", "relations", "expel", "territory", "violence"],
  PROTEST: ["demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"],
  SANCTION: ["convict", "expel", "withdraw", "discontinue"],
  MOBILIZE: ["troops", "weapons", "police", "militia"],
  COERCE: ["seize", "restrict", "censor", "curfew", "martial-law", "arrest", "deport", "withhold", "misinformation", "cyber"],
  ASSAULT: [
    "abduct", "beat", "torture", "sexual", "targeted", "destroy", "primitive", "firearms", "explosives", "suicide-attack",
    "aerial", "drone", "heavy-weapons", "crowd-control", "unconventional",
  ],
};
/** The modes of the chosen types, of all where none is chosen. */
export function modes(types: string[]): Choice[] {
  const chosen = types.length ? types : Object.keys(MODES_OF);
  return plain([...new Set(chosen.flatMap((one) => MODES_OF[one] ?? []))].sort());
}
export const STATUSES: Choice[] = [
  ["occurred", "reported as fact"], ["planned", "planned"], ["hypothetical", "possible"], ["negated", "denied"], ["historical", "background"],
];
export const PLEDGE_STATUSES: Choice[] = plain(["pledged", "reaffirmed", "delivered", "withdrawn", "refused", "demanded"]);
export const PLEDGE_KINDS: Choice[] = plain(["loan", "grant", "arms", "troops", "reform", "talks", "ceasefire", "release", "trade", "vote", "other"]);
export const STATEMENT_KINDS: Choice[] = [["direct", "direct: the very words"], ["indirect", "indirect: as the report puts it"], ["mixed", "mixed"]];
export const ACTOR_KINDS: Choice[] = plain(["person", "organisation", "state", "people", "group"]);
export const PREDICATES: Record<string, string> = {
  ally_of: "ally of", member_of: "member of", borders: "borders", union_with: "in a union with", supplies: "supplies",
  creditor_of: "creditor of", holds_office_since: "holds office since", population: "population", located_in: "located in",
  at_odds_with: "at odds with", shelters: "shelters",
};
export const SECTORS: Choice[] = [
  ["GOV", "government"], ["COP", "police"], ["SPY", "intelligence"], ["MIL", "military"], ["JUD", "courts"], ["LEG", "parliament"],
  ["PRM", "militia"], ["REB", "rebels"], ["UAF", "unidentified forces"], ["CRM", "criminals"], ["JRN", "journalists"],
  ["EDU", "education"], ["MED", "medicine"], ["LAB", "labour"], ["AGR", "agriculture"], ["BUS", "business"], ["REF", "refugees"],
  ["OPP", "opposition"], ["PTY", "parties"], ["REL", "religion"], ["ELI", "elite"], ["SOC", "civil society"], ["CVL", "civilians"],
  ["PRE", "breakaway authorities"], ["UNK", "unknown"],
].map(([code, name]) => [code!, `${code} ${name}`] as const);
export const SORTS: Choice[] = [
  ["date", "newest first"], ["-date", "oldest first"], ["sources", "most sources"], ["confidence", "most certain"], ["score", "most hostile"],
];
