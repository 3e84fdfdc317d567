// One report as the server hands it out, and its records as a list: each with its words and what a reader calls it.
import type { Document, Magnitude, Party, Place, Span } from "../lib/api";
import type { Correction } from "../lib/desk";
import type { Marked } from "../lib/spans";
import { PREDICATES } from "../lib/vocabulary";
import { date } from "../lib/words";

interface Own { id: string | null; number?: number; evidence: Span[]; rule?: string; why?: string }
export interface ReportActor { local: string; actor: string; name: string; kind: string; country: string | null; sector: string | null; mentions: Span[] }
export interface ReportEvent extends Own {
  type: string | null; mode: string | null; status: string; actors: string[]; recipients: string[]; start: string | null; end: string | null;
  place: Place | string | null; magnitude: Record<string, Magnitude>; reported_by: string | null; confidence: number; trigger: Span[]; quad?: number; contexts?: string[];
}
export interface ReportStatement extends Own { speaker: string | null; addressee: string | null; kind: string; cue: Span[]; content: Span[]; date: string | null }
export interface ReportPledge extends Own {
  kind: string; what: string; promiser: string[]; beneficiary: string[]; amount: number | null; currency: string | null; due: string | null; status: string;
}
export interface ReportRelation extends Own { subject: string; predicate: string; object: string | null; value: string | null; start: string | null; end: string | null }
export interface ReportRole extends Own { actor: string; title: string; organisation: string | null; country: string | null; start: string | null; end: string | null }
export interface Coding { package: string; codebook: string; model: string; parser: string }
export interface ReportAnswer {
  report: Document & { authors?: string[]; language?: string | null; coding?: Coding; coded_at?: string };
  text: string; blocks: [number, number, string][]; copies: Document[]; actors: ReportActor[]; events: ReportEvent[];
  statements: ReportStatement[]; pledges: ReportPledge[]; relations: ReportRelation[]; roles: ReportRole[];
  corrections?: Correction[];
}

export type Kind = "event" | "statement" | "pledge" | "relation" | "role";
export const KINDS: Record<Kind, { letter: string; one: string; many: string }> = {
  event: { letter: "e", one: "event", many: "events" },
  statement: { letter: "s", one: "statement", many: "statements" },
  pledge: { letter: "p", one: "pledge", many: "pledges" },
  relation: { letter: "r", one: "relation", many: "relations" },
  role: { letter: "o", one: "office", many: "offices" },
};
type Told =
  | { kind: "event"; own: ReportEvent } | { kind: "statement"; own: ReportStatement } | { kind: "pledge"; own: ReportPledge }
  | { kind: "relation"; own: ReportRelation } | { kind: "role"; own: ReportRole };
/**
 * A record of the report. `key` names it in the address: its id in the store, or "o3" for the third office. `local` is
 * its name within the report ("e3"), under which its coding is corrected. `who` does, says, owes or is `verb` to `whom`.
 */
export type Item = Told & {
  key: string; local: string; at: number; length: number; marked: Marked; who: string; verb: string; whom: string; words: string;
};

const QUAD_OF: Record<string, number> = Object.fromEntries(
  [["AGREE CONSULT SUPPORT CONCEDE", 1], ["COOPERATE AID RETREAT", 2], ["REQUEST ACCUSE REJECT THREATEN", 3],
    ["PROTEST SANCTION MOBILIZE COERCE ASSAULT", 4]].flatMap(([types, quad]) => (types as string).split(" ").map((one) => [one, quad as number])),
);
export const quadOf = (event: ReportEvent): number | null => event.quad ?? QUAD_OF[event.type ?? ""] ?? null;

export function partiesOf(answer: ReportAnswer): Map<string, Party> {
  return new Map(answer.actors.map((one) => [
    one.local, { actor: one.actor, name: one.name, kind: one.kind, country: one.country, sector: one.sector, sectors: [], title: null },
  ]));
}

/** The records of a report in the order in which its text tells them. */
export function itemsOf(answer: ReportAnswer): Item[] {
  const known = partiesOf(answer);
  const name = (local: string | null): string => (local ? (known.get(local)?.name ?? "?") : "");
  const all = (locals: string[]): string => locals.map(name).join(", ");
  const slice = cutter(answer.text);
  const out: Item[] = [];
  const seen = new Set<string>();
  const add = (told: Told, index: number, strong: Span[], who: string, verb: string, whom: string, words = "") => {
    const { letter } = KINDS[told.kind];
    const local = `${letter}${told.own.number ?? index + 1}`;
    // A report that tells one happening twice has two records of one id: the address names the first.
    const id = told.own.id ?? local;
    const key = seen.has(id) ? `${id}:${local}` : id;
    seen.add(id);
    const evidence = told.own.evidence ?? [];
    const at = Math.min(...[...(strong.length ? strong : evidence)].map(([start]) => start), Number.MAX_SAFE_INTEGER);
    out.push({
      ...told, key, local, at, length: evidence.reduce((sum, [start, end]) => sum + end - start, 0),
      marked: { key, evidence: [...evidence, ...strong], strong }, who, verb, whom, words,
    });
  };
  answer.events.forEach((own, i) => add(
    { kind: "event", own }, i, own.trigger, all(own.actors) || "somebody", typeOf(own.type, own.mode), all(own.recipients), slice(own.trigger),
  ));
  answer.statements.forEach((own, i) => add(
    { kind: "statement", own }, i, own.cue.length ? own.cue : own.content, name(own.speaker) || "somebody", "says", name(own.addressee), slice(own.content),
  ));
  answer.pledges.forEach((own, i) => add({ kind: "pledge", own }, i, [], all(own.promiser) || "somebody", own.status, all(own.beneficiary), own.what));
  answer.relations.forEach((own, i) => add(
    { kind: "relation", own }, i, [], name(own.subject), PREDICATES[own.predicate] ?? own.predicate, name(own.object) || own.value || "",
  ));
  answer.roles.forEach((own, i) => add(
    { kind: "role", own }, i, own.evidence, name(own.actor), "is", [own.title, own.organisation].filter(Boolean).join(", "),
  ));
  return out.sort((a, b) => a.at - b.at || a.length - b.length);
}

/** "ACCUSE, allege" */
export const typeOf = (type: string | null, mode: string | null): string => [type ?? "no PLOVER type", mode].filter(Boolean).join(", ");

/** A record in one line, for a menu or a label. */
export function line(item: Item): string {
  const words = item.words.length > 80 ? `${item.words.slice(0, 79)}…` : item.words;
  if (item.kind === "event") return `${item.verb}: ${item.who}${item.whom ? ` to ${item.whom}` : ""}`;
  if (item.kind === "statement") return `${item.who} says: ${words}`;
  if (item.kind === "pledge") return `${item.who}, ${item.verb}: ${words}`;
  return `${item.who} ${item.verb} ${item.whom}`;
}

function cutter(text: string): (spans: Span[]) => string {
  const points = Array.from(text);
  return (spans) => spans.map(([start, end]) => points.slice(start, end).join("").replace(/\s+/g, " ").trim()).join(" … ");
}

/** From the first to the last day, at the precision known; nothing where neither is. */
export function span(start: string | null, end: string | null): string {
  if (!start && !end) return "";
  if (!end || end === start) return start === null ? `until ${date(end)}` : date(start);
  return start ? `${date(start)} to ${date(end)}` : `until ${date(end)}`;
}
