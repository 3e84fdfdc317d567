// Periods of the timeline (2020, 2020-Q3, 2020-09, 2020-W38, 2020-09-14) as spans of days, and their counts side by side.
import type { Period } from "../lib/api";
import { bounds, BYS, periodOf, type By } from "../lib/periods";
import { date } from "../lib/words";

export const UNITS = BYS;
export type Unit = By;
const DAY = 86_400_000;

/** First day and the day after the last one, counted from 1970-01-01; null for what is no period. */
export function daysOf(period: string): { unit: Unit; from: number; to: number } | null {
  const span = bounds(period);
  if (!span) return null;
  const unit = BYS.find((by) => periodOf(span[0], by) === period) ?? "year";
  return { unit, from: Math.round(span[0].getTime() / DAY), to: Math.round(span[1].getTime() / DAY) };
}

export const iso = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);

/** A period as a reader says it. */
export function named(period: string): string {
  const found = daysOf(period);
  if (found?.unit === "week") return `week of ${date(iso(found.from))}`;
  if (found?.unit === "quarter") return `${period.slice(5)} ${period.slice(0, 4)}`;
  return date(period);
}

export interface Side { quads: [number, number, number, number]; events: number; score: number | null }
export interface Both { period: string; from: number; to: number; there: Side; back: Side }

const empty = (): Side => ({ quads: [0, 0, 0, 0], events: 0, score: null });

function add(side: Side, row: Period): void {
  side.quads[row.quad - 1]! += row.events;
  side.score = ((side.score ?? 0) * side.events + row.score * row.events) / (side.events + row.events);
  side.events += row.events;
}

/**
 * Both directions by period, in order of time. `vague` are events whose date is known less exactly than the unit
 * (to the year where months are shown): they have a number and no place on the axis.
 */
export function sideBySide(rows: Period[], back: Period[], unit: Unit): { periods: Both[]; vague: number } {
  const found = new Map<string, Both>();
  let vague = 0;
  for (const [list, name] of [[rows, "there"], [back, "back"]] as const) {
    for (const row of list) {
      const where = daysOf(row.period);
      if (!where || where.unit !== unit) { vague += row.events; continue; }
      const one = found.get(row.period) ?? { period: row.period, from: where.from, to: where.to, there: empty(), back: empty() };
      add(one[name], row);
      found.set(row.period, one);
    }
  }
  return { periods: [...found.values()].sort((a, b) => a.from - b.from), vague };
}

/** All of one direction in one. */
export function summed(rows: Period[]): Side {
  const all = empty();
  for (const row of rows) add(all, row);
  return all;
}

/** The unit that puts at most `most` periods side by side. */
export function fitting(from: number, to: number, most: number): Unit {
  const days = to - from;
  if (days <= Math.min(most, 62)) return "day";
  if (days / 7 <= Math.min(most, 56)) return "week";
  if (days / 30.4 <= most) return "month";
  return days / 91.3 <= most ? "quarter" : "year";
}

/** The unit for events counted by month: one that fits their span and hides as few of them as may be. */
export function fittingFor(rows: Period[], most = 120): Unit {
  const known = rows.map((row) => ({ ...daysOf(row.period)!, events: row.events })).filter((one) => one.unit);
  const months = known.filter((one) => one.unit === "month");
  const count = (list: { events: number }[]) => list.reduce((sum, one) => sum + one.events, 0);
  if (count(months) < count(known) / 2) return "year";
  if (!months.length) return "month";
  return fitting(Math.min(...months.map((one) => one.from)), Math.max(...months.map((one) => one.to)), most);
}

/** Whether at least half of the events are known as exactly as the unit. */
export function mostly(rows: Period[], unit: Unit): boolean {
  const count = (list: Period[]) => list.reduce((sum, one) => sum + one.events, 0);
  return count(rows.filter((row) => daysOf(row.period)?.unit === unit)) * 2 >= count(rows);
}

/**
 * Where an axis begins whose bars reach from `earliest` to `last`, the first of them reported on `reported`: one that was
 * begun decades before does not squash what is reported, it is cut off.
 */
export function axisFrom(earliest: number, reported: number, last: number): number {
  const span = Math.max(30, last - reported);
  return Number.isFinite(reported) && reported - earliest > 4 * span ? reported - Math.round(span / 4) : earliest;
}

/** Where to write dates on an axis: round days, months or years, at most `most` of them. */
export function ticks(from: number, to: number, most: number): { at: number; text: string }[] {
  const start = new Date(from * DAY);
  const out: { at: number; text: string }[] = [];
  const days = to - from;
  const months = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600].find((step) => days / (step * 30.4) <= most) ?? 1200;
  if (days < 60) {
    const step = Math.max(1, Math.ceil(days / most));
    const short = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", timeZone: "UTC" });
    for (let day = from; day < to; day += step) out.push({ at: day, text: short.format(new Date(day * DAY)) });
    return out;
  }
  const first = Math.ceil((start.getUTCFullYear() * 12 + start.getUTCMonth()) / months) * months;
  const short = new Intl.DateTimeFormat(undefined, { month: "short", year: "numeric", timeZone: "UTC" });
  for (let month = first; ; month += months) {
    const moment = new Date(Date.UTC(Math.floor(month / 12), month % 12, 1));
    const at = moment.getTime() / DAY;
    if (at >= to) return out;
    if (at < from) continue;
    out.push({ at, text: months >= 12 ? String(moment.getUTCFullYear()) : short.format(moment) });
  }
}
