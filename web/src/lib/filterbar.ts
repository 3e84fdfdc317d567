// Which conditions each list offers, and how they are put to a reader.
import { QUADS } from "./words";
import { PREDICATES, SECTORS, STATUSES } from "./vocabulary";

export type Subject = "events" | "statements" | "pledges" | "relations" | "actors" | "stories" | "search" | "overview" | "map" | "network";

/** What stands in the open; the rest is behind "More filters". */
export const MAIN = ["text", "actor", "recipient", "type", "quad", "status", "since", "until", "kind", "predicate", "sort"];

const EVENTS = ["actor", "recipient", "type", "quad", "status", "since", "until", "mode", "country", "sector", "place", "min_confidence", "min_sources"];
export const OF: Record<Subject, readonly string[]> = {
  events: ["text", ...EVENTS, "sort", "data_set", "story", "document"],
  overview: EVENTS,
  map: EVENTS,
  network: EVENTS,
  statements: ["text", "actor", "recipient", "kind", "since", "until", "country", "sector", "story", "document", "copies"],
  pledges: ["text", "actor", "recipient", "kind", "status", "since", "until", "country", "sector", "min_sources", "document"],
  relations: ["text", "actor", "recipient", "predicate", "since", "until", "country", "sector", "document", "copies"],
  actors: ["text", "kind", "country", "sector", "data_set"],
  stories: ["text", "actor", "recipient", "since", "until", "country", "sector", "min_sources"],
  search: ["text", "since", "until", "copies"],
};

const COMMON: Record<string, string> = {
  text: "Words", actor: "Actor (who does it)", recipient: "To whom", country: "Country, either side", sector: "Sector, either side", type: "Type",
  mode: "Mode", quad: "Quad class", status: "Status", kind: "Kind", predicate: "Relation", since: "Since", until: "Until", place: "Place",
  min_confidence: "Least certainty", min_sources: "Least sources", story: "Story", document: "Report", data_set: "Data set", copies: "Near copies",
};
export const TITLES: Partial<Record<Subject, Record<string, string>>> & { events: Record<string, string> } = {
  events: COMMON,
  statements: { ...COMMON, actor: "Speaker", recipient: "Said to", country: "Country of the speaker", sector: "Sector of the speaker" },
  pledges: { ...COMMON, actor: "Who promises", recipient: "Promised to" },
  relations: { ...COMMON, text: "Words of the report", actor: "Who", recipient: "With whom" },
  actors: { ...COMMON, text: "Name", country: "Country", sector: "Sector" },
};

/** A condition's value for a reader; `known` names actors and countries. */
export function valueName(name: string, value: string, known: (value: string) => string): string {
  if (name === "actor" || name === "recipient" || name === "country") return known(value);
  if (name === "quad") return QUADS[Number(value)] ?? value;
  if (name === "sector") return SECTORS.find(([code]) => code === value)?.[1] ?? value;
  if (name === "status") return STATUSES.find(([code]) => code === value)?.[1] ?? value;
  if (name === "predicate") return PREDICATES[value] ?? value;
  if (name === "copies") return "shown";
  return value;
}
