// What of a record can be mended, and how what is typed becomes what is sent.
import { PLEDGE_KINDS, PLEDGE_STATUSES, PREDICATES, STATEMENT_KINDS, STATUSES, TYPES, modes, type Choice } from "../lib/vocabulary";
import type { Kind } from "./ReportRecords";

export type Values = Record<string, string>;
/** A field of a record. `many`: several values, written with "; " between them. `free`: other values than the choices are allowed. */
export interface Field { name: string; label: string; choices?: (values: Values) => Choice[]; free?: boolean; many?: boolean; number?: boolean; hint?: string }

const DAY = "2024, 2024-03 or 2024-03-09";
const SEVERAL = "several names: put ; between them";
const among = (choices: Choice[]) => () => choices;

export const FIELDS: Record<Kind, Field[]> = {
  event: [
    { name: "type", label: "Type", choices: among(TYPES) },
    { name: "mode", label: "Mode", choices: (values) => modes(values.type ? [values.type] : []) },
    { name: "status", label: "Status", choices: among(STATUSES) },
    { name: "actors", label: "Actors", many: true, hint: SEVERAL },
    { name: "recipients", label: "Recipients", many: true, hint: SEVERAL },
    { name: "reported_by", label: "Reported by" },
    { name: "start", label: "First day", hint: DAY },
    { name: "end", label: "Last day", hint: DAY },
    { name: "place", label: "Place" },
  ],
  statement: [
    { name: "speaker", label: "Speaker" },
    { name: "addressee", label: "Addressee" },
    { name: "kind", label: "Kind", choices: among(STATEMENT_KINDS) },
    { name: "date", label: "Date", hint: DAY },
    { name: "words", label: "Words" },
  ],
  pledge: [
    { name: "status", label: "Status", choices: among(PLEDGE_STATUSES) },
    { name: "kind", label: "Kind", choices: among(PLEDGE_KINDS) },
    { name: "what", label: "What" },
    { name: "promiser", label: "Who promises", many: true, hint: SEVERAL },
    { name: "beneficiary", label: "To whom", many: true, hint: SEVERAL },
    { name: "amount", label: "Amount", number: true, hint: "digits alone" },
    { name: "currency", label: "Currency", hint: "such as EUR" },
    { name: "due", label: "Due", hint: DAY },
  ],
  relation: [
    { name: "subject", label: "Who" },
    { name: "predicate", label: "Relation", choices: among(Object.entries(PREDICATES)) },
    { name: "object", label: "With whom" },
    { name: "value", label: "Value" },
    { name: "start", label: "Since", hint: DAY },
    { name: "end", label: "Until", hint: DAY },
  ],
  role: [
    { name: "actor", label: "Who" },
    { name: "title", label: "Office" },
    { name: "organisation", label: "Where" },
    { name: "country", label: "Country", hint: "such as BLR" },
    { name: "start", label: "Since", hint: DAY },
    { name: "end", label: "Until", hint: DAY },
  ],
};
/** The fields that were changed, as they are sent: lists for several values, null for one that was emptied. */
export function changed(kind: Kind, before: Values, now: Values): Record<string, string | number | string[] | null> {
  const out: Record<string, string | number | string[] | null> = {};
  for (const { name, many, number } of FIELDS[kind]) {
    const value = (now[name] ?? "").trim();
    if (value === (before[name] ?? "").trim()) continue;
    if (many) out[name] = value.split(";").map((one) => one.trim()).filter(Boolean);
    else if (number && value !== "" && Number.isFinite(Number(value.replace(/[ ,_]/g, "")))) out[name] = Number(value.replace(/[ ,_]/g, ""));
    else out[name] = value === "" ? null : value;
  }
  return out;
}

/** What is wrong with a value that was typed, in words; null where nothing is. */
export function fault(field: Field, value: string): string | null {
  const text = value.trim();
  if (!text) return null;
  if (field.hint === DAY && !/^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/.test(text)) return `${field.label}: write the date as ${DAY}.`;
  if (field.number && !Number.isFinite(Number(text.replace(/[ ,_]/g, "")))) return `${field.label}: write ${field.hint}.`;
  return null;
}

/** A corrected value for a reader. */
export function put(field: Field | undefined, value: unknown): string {
  if (value === null || value === undefined || value === "" || (Array.isArray(value) && !value.length)) return "nothing";
  if (Array.isArray(value)) return value.map(String).join("; ");
  if (typeof value === "object") return JSON.stringify(value);
  return field?.choices?.({}).find(([one]) => one === value)?.[1] ?? String(value);
}
