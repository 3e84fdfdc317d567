// How values are put for a reader, in the reader's own locale.
import type { Magnitude, Party } from "./api";

export const QUADS: Record<number, string> = { 1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict" };
export const STATUS: Record<string, string> = { occurred: "", planned: "planned", hypothetical: "possible", negated: "denied: did not happen", historical: "background" };

const whole = new Intl.NumberFormat();
const short = new Intl.NumberFormat(undefined, { notation: "compact", maximumFractionDigits: 1 });
const difference = new Intl.NumberFormat(undefined, { signDisplay: "exceptZero" });
const mean = new Intl.NumberFormat(undefined, { minimumFractionDigits: 1, maximumFractionDigits: 1, signDisplay: "exceptZero" });
const share = new Intl.NumberFormat(undefined, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const day = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeZone: "UTC" });
const month = new Intl.DateTimeFormat(undefined, { month: "long", year: "numeric", timeZone: "UTC" });

/** A number in the locale's way, but always with the minus sign of typography: many locales write a hyphen. */
const put = (format: Intl.NumberFormat, value: number): string =>
  format.formatToParts(value).map((part) => (part.type === "minusSign" ? part.value.replace("-", "−") : part.value)).join("");

export const number = (value: number): string => put(whole, value);
export const compact = (value: number): string => put(short, value);
/** A number with its sign, "+3" or "−3". */
export const change = (value: number): string => put(difference, value);
/** A mean PLOVER score, −10 to +10, with its sign and one decimal. */
export const score = (value: number): string => put(mean, value);
/** How certain the coder is, 0 to 1, with two decimals. */
export const certainty = (value: number): string => put(share, value);

/** A date of any precision: a day, a month, a year. */
export function date(iso: string | null | undefined): string {
  if (!iso) return "undated";
  const exact = new Date(`${iso}${"0000-01-01".slice(iso.length)}T00:00:00Z`);
  if (Number.isNaN(exact.getTime())) return iso; // a report may name a day that no calendar has
  if (iso.length === 10) return day.format(exact);
  return iso.length === 7 ? month.format(exact) : iso;
}

export function money(amount: number | null, currency: string | null): string {
  if (amount === null) return "";
  if (!currency) return number(amount);
  try {
    return put(new Intl.NumberFormat(undefined, { style: "currency", currency, maximumFractionDigits: 0 }), amount);
  } catch {
    return `${number(amount)} ${currency}`;
  }
}

export function amount(kind: string, value: Magnitude): string {
  if (kind === "duration") return value.text;
  const { low, high } = value;
  const put = (n: number) => (kind === "money" ? money(n, value.currency) : number(n));
  const noun = kind === "money" ? "" : ` ${kind}`;
  if (low === null && high === null) return value.text;
  if (high === null) return `at least ${put(low!)}${noun}`;
  if (low === null) return `up to ${put(high)}${noun}`;
  return low === high ? put(low) + noun : `${put(low)} to ${put(high)}${noun}`;
}

export const codes = (party: { country: string | null; sector: string | null }): string => [party.country, party.sector].filter(Boolean).join(" ");
export const names = (side: Party[], nobody = "?"): string => side.map((one) => one.name).join(", ") || nobody;

/** An address that may be a link: http and https alone, so that no report can put a script behind one. */
export function safeUrl(url: string | null | undefined): string | null {
  try {
    const parsed = new URL(url ?? "");
    return parsed.protocol === "https:" || parsed.protocol === "http:" ? parsed.href : null;
  } catch {
    return null;
  }
}
