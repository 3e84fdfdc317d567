// Shapes of the desk's own answers, beside those of the store in api.ts.
import type { Party, Query } from "./api";

export interface Status {
  store: boolean; path: string | null; version: string; documents: number; events: number; statements: number; pledges: number;
  relations: number; actors: number; stories: number; first: string | null; last: string | null;
  published_last: string | null; ingesting: boolean; coding: boolean;
}
export type ByQuad = Record<string, number>;
export interface TopActor { actor: Party; events: number; before: number; by_quad: ByQuad; score: number }
export interface TopDyad { actor_country: string; recipient_country: string; events: number; before: number; by_quad: ByQuad; score: number }
export interface Top { actors: TopActor[]; dyads: TopDyad[]; since: string | null; until: string | null; before_since: string | null; before_until: string | null }
export interface Suggestion { value: string; name: string; country: string | null; sector: string | null; kind: string; reports: number }
/** `absent` is a country that was typed in full and of which the store has nobody. */
export interface Suggestions { rows: Suggestion[]; absent: { value: string; name: string } | null }
export interface Correction {
  id: number; record: string; verdict: "right" | "wrong" | "mended"; fields: Record<string, unknown>; note: string | null; by: string | null; at: string;
}

/** The conditions that the API knows; anything else in an address belongs to the page alone. */
export const FILTERS = [
  "actor", "recipient", "country", "sector", "type", "mode", "quad", "status", "kind", "predicate", "since", "until",
  "place", "min_confidence", "min_sources", "story", "document", "data_set", "text", "copies",
] as const;

/** Of an address's query, what is named: the conditions of a question, without the page's own words. */
export function only(query: Query, names: readonly string[] = FILTERS): Query {
  return Object.fromEntries(Object.entries(query).filter(([name]) => names.includes(name)));
}
