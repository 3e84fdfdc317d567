// The one door to the server: typed answers, errors with the server's own words.

export type Span = [number, number];
export interface Party { actor: string; name: string; kind: string; country: string | null; sector: string | null; sectors: string[]; title: string | null }
export interface Magnitude { low: number | null; high: number | null; text: string; currency: string | null }
export interface Place { name: string; country: string | null; geonames_id: number | null; lat: number | null; lon: number | null }
export interface Told {
  id: number; document: string; number: number; headline: string | null; publisher: string | null; url: string | null;
  source_id: string; published: string | null; copy_of: number | null; sentence: string; evidence: Span[]; trigger: Span[];
  status: string; magnitude: Record<string, Magnitude>; start: string | null; confidence: number; reported_by: Party | null;
  why: string; actor_names: string[]; recipient_names: string[];
}
export interface StoredEvent {
  id: string; type: string | null; mode: string | null; contexts: string[]; actors: Party[]; recipients: Party[];
  start: string | null; end: string | null; date: string | null; place: Place | null; status: string;
  magnitude: Record<string, Magnitude>; confidence: number; cameo: string; quad: number; goldstein: number;
  reports: number; sources: number; data_set: string | null; told: Told[];
}
export interface Statement {
  id: string; document: string; speaker: Party | null; addressee: Party | null; kind: string; words: string;
  date: string | null; evidence: Span[]; headline: string | null; publisher: string | null; url: string | null;
  published: string | null; source_id: string;
}
export interface PledgeEntry { id: number; document: string; date: string | null; status: string; what: string; amount: number | null; currency: string | null; due: string | null; headline: string | null; publisher: string | null; url: string | null; why: string }
export interface Pledge {
  id: string; kind: string; what: string; promiser: Party[]; beneficiary: Party[]; amount: number | null;
  currency: string | null; due: string | null; status: string; first: string | null; last: string | null;
  reports: number; sources: number; history: PledgeEntry[];
}
export interface Relation {
  id: string; document: string; subject: Party; predicate: string; object: Party | null; value: string | null;
  start: string | null; end: string | null; asserted_on: string | null; headline: string | null; publisher: string | null; url: string | null;
}
export interface Office { title: string; organisation: string | null; country: string | null; start: string | null; end: string | null; first: string | null; last: string | null; reports: number }
export interface Actor { id: string; name: string; kind: string; country: string | null; sector: string | null; sectors: string[]; reports: number; names: string[]; offices: Office[]; data_set: string | null }
export interface Story { id: string; title: string | null; first: string | null; last: string | null; documents: number; sources: number }
export interface Document { id: string; hash: string; source_id: string; title: string | null; url: string | null; publisher: string | null; published: string | null; copy_of: number | null; story: number | null }
export interface Hit { kind: "report" | "statement" | "pledge"; id: string; document: string; excerpt: string; headline: string | null; publisher: string | null; published: string | null; url: string | null; speaker: string | null }
export interface Period { period: string; quad: number; events: number; score: number }
export interface Page<T> { rows: T[]; total: number; more: boolean; cursor: string | null }
export interface Dossier {
  actor: Actor; events: Page<StoredEvent>; statements: Page<Statement>; pledges: Page<Pledge>; relations: Page<Relation>;
  others: Actor[]; connections: { actor: Party; events: number; score: number }[];
}
export interface Dyad { rows: Period[]; back: Period[] }
export interface NetworkNode { id: string; name: string; country: string | null; sector: string | null; events: number }
/** With `both` they do it together, and neither is the one to whom it is done. */
export interface NetworkEdge { source: string; target: string; quad: number; both: boolean; events: number; score: number }
/** Of the newest events that fit, `events` in number; `since` is the day from which on they were looked at, null for all. */
export interface Network { nodes: NetworkNode[]; edges: NetworkEdge[]; events?: number; since?: string | null }
/** `place` is the commonest of its spellings, which are `names`; the filter `place` takes any of them. */
export interface Spot { place: string; names: string[]; country: string | null; lat: number; lon: number; events: number; by_quad: Record<string, number>; score: number }
export interface Spots { rows: Spot[]; without: number; places?: number; since?: string | null }
export interface PledgeTotal { currency: string | null; kind: string; status: string; pledges: number; amount: number | null }

/** A refusal or failure: `message` is a sentence for the reader. */
export class ApiError extends Error {
  constructor(message: string, readonly status: number, readonly code: string) { super(message); }
}

export type Query = Record<string, string | number | boolean | string[] | null | undefined>;

/** The address of a call with its query; lists are repeated, empty values left out. */
export function address(path: string, query: Query = {}): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === null || value === undefined || value === "" || value === false) continue;
    for (const one of Array.isArray(value) ? value : [value]) params.append(name, String(one));
  }
  const text = params.toString();
  return `/api/${path}${text ? `?${text}` : ""}`;
}

export async function get<T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T> {
  return call<T>(address(path, query), { signal });
}

export async function send<T>(method: "POST" | "DELETE", path: string, body?: unknown): Promise<T> {
  return call<T>(`/api/${path}`, {
    method,
    headers: { "Content-Type": "application/json", "X-Whowhom": "desk" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
}

async function call<T>(url: string, init: RequestInit): Promise<T> {
  let answer: Response;
  try {
    answer = await fetch(url, init);
  } catch (error) {
    if ((error as Error).name === "AbortError") throw error;
    throw new ApiError("The server does not answer: is `whowhom serve` still running? Try again.", 0, "unreachable");
  }
  if (answer.status === 204) return undefined as T;
  const body = await answer.json().catch(() => null);
  if (!answer.ok) {
    const told = body?.error;
    throw new ApiError(told?.message ?? `The server answers ${answer.status}.`, answer.status, told?.code ?? "failed");
  }
  return body as T;
}
