// A report just coded, as `whowhom code --format json` prints it (RECORDS.md): who is a local id such as "a3".
import type { Magnitude, Place, Span } from "./api";

export interface CodedActor { id: string; name: string; kind: string; country: string | null; sector: string | null; sectors: string[]; mentions: Span[] }
export interface CodedEvent {
  type: string | null; mode: string | null; actors: string[]; recipients: string[]; start: string | null; end: string | null;
  place: Place | null; status: string; magnitude: Record<string, Magnitude>; reported_by: string | null;
  confidence: number; trigger: Span[]; evidence: Span[]; derived: { cameo: string; quad: string; goldstein: number } | null;
}
export interface CodedStatement { speaker: string | null; addressee: string | null; kind: string; cue: Span[]; content: Span[]; date: string | null; evidence: Span[] }
export interface CodedPledge {
  promiser: string[]; beneficiary: string[]; kind: string; what: string; amount: number | null; currency: string | null; due: string | null; status: string; evidence: Span[];
}
export interface CodedRelation { subject: string; predicate: string; object: string | null; value: string | null; evidence: Span[] }
export interface CodedRole { actor: string; title: string; organisation: string | null; country: string | null; start: string | null; end: string | null; evidence: Span[] }
export interface CodedDocument {
  title: string | null; publisher: string | null; published: string | null; url: string | null; text: string; actors: CodedActor[]; roles: CodedRole[];
  events: CodedEvent[]; statements: CodedStatement[]; pledges: CodedPledge[]; relations: CodedRelation[];
}
