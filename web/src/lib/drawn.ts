// Which span of time a chart draws: the one that holds the bulk of the events, so that a few from long ago do not
// squash the present.
import type { Period } from "./api";
import { bounds, BYS, fits, iso, periodOf, stepFor, type By } from "./periods";

const DAY = 86_400_000;
const MONTH = 31 * DAY;
/** The share of the axis that a cut must save is so many times the share of the events that it costs. */
const WORTH = 4;
/** A cut that saves less of the axis than this is none. */
const LEAST = 0.1;
/** Days of an axis at least: of three events on one day the surroundings are drawn too. */
const SHORTEST = 14;
/** Up to so many days of an axis counts by month are too coarse to tell where the events begin and end. */
const NEAR = 200;

interface Part { period: string; from: number; to: number; events: number }

/** A span of days, both included, and the step that suits it; `before` and `after` count the events outside, from the period `first` to `last`. */
export interface Drawn { from: string; to: string; by: By; before: number; after: number; first: string; last: string }

function parts(rows: Period[]): Part[] {
  const found = new Map<string, Part>();
  for (const row of rows) {
    const span = bounds(row.period);
    if (!span) continue;
    const one = found.get(row.period) ?? { period: row.period, from: span[0].getTime(), to: span[1].getTime(), events: 0 };
    one.events += row.events;
    found.set(row.period, one);
  }
  return [...found.values()].sort((a, b) => a.from - b.from || a.to - b.to);
}

const sum = (list: Part[]): number => list.reduce((all, one) => all + one.events, 0);
const endOf = (list: Part[]): number => Math.max(...list.map((one) => one.to));
const turned = (list: Part[]): Part[] => list.map((one) => ({ ...one, from: -one.to, to: -one.from })).sort((a, b) => a.from - b.from);

/** How many of the first parts are best left out; `most` of them at most. */
function cut(list: Part[], most: number): number {
  const [first, last, all] = [list[0]!.from, endOf(list), sum(list)];
  let best = 0, gain = LEAST, lost = 0;
  for (let n = 1; n <= most; n += 1) {
    lost += list[n - 1]!.events;
    const saved = (list[n]!.from - first) / (last - first) - WORTH * (lost / all);
    if (saved > gain) [best, gain] = [n, saved];
  }
  return best;
}

/** The parts that hold the bulk: without what is far back and, after the day `end` of the data, what is far ahead. */
function bulk(list: Part[], end: number | null): Part[] {
  const kept = list.slice(cut(list, list.length - 1));
  const ahead = end === null ? kept.length - 1 : kept.filter((one) => one.from > end).length;
  const back = turned(kept);
  return turned(back.slice(cut(back, Math.min(ahead, kept.length - 1))));
}

/** A span with a step of air on both sides, and of the least length. */
function padded(from: number, to: number, by: By): [number, number] {
  const half = Math.ceil(Math.max(0, SHORTEST - (to - from) / DAY) / 2) * DAY;
  const start = bounds(periodOf(new Date(from - half - DAY), by))![0].getTime();
  return [start, bounds(periodOf(new Date(to + half), by))![1].getTime()];
}

/** The longer one of two steps. */
export const coarser = (one: By, other: By): By => BYS[Math.max(BYS.indexOf(one), BYS.indexOf(other))]!;

/** The span that is drawn for some of all parts. */
function spanOf(kept: Part[], every: Part[], by: By): Drawn {
  const [from, to] = [kept[0]!.from, endOf(kept)];
  const [before, after] = [every.filter((one) => one.to <= from), every.filter((one) => one.from >= to)];
  const [start, stop] = padded(from, to, by);
  return {
    // The air holds nothing that was left out.
    from: iso(new Date(Math.max(start, ...before.map((one) => one.to)))), to: iso(new Date(Math.min(stop, ...after.map((one) => one.from)) - DAY)), by,
    before: sum(before), after: sum(after), first: every[0]!.period, last: every.find((one) => one.to === endOf(every))!.period,
  };
}

const suiting = (list: Part[]): By => stepFor(new Date(list[0]!.from), new Date(endOf(list) - DAY));
const outside = (list: Part[], of: Part[]): Part[] => list.filter((one) => one.to <= of[0]!.from || one.from >= endOf(of));

/**
 * The span of events counted by period (`rows`, by month or finer) that is worth an axis; null where there are none.
 *
 * `end` is the day on which the data end: what lies after it is planned. `keep` says what the axis covers: the bulk; all
 * of it; or all of it in a step so coarse that what is far off, of which often only the year is known, is drawn too.
 */
export function drawn(rows: Period[], { end = null, keep = "bulk" }: { end?: string | null; keep?: "bulk" | "all" | "each" } = {}): Drawn | null {
  const every = parts(rows);
  if (!every.length) return null;
  const exact = every.filter((one) => one.to - one.from <= MONTH);
  const vague = sum(exact) < sum(every) / 2;
  const list = vague ? every : exact;
  const kept = bulk(list, end ? (bounds(end)?.[0].getTime() ?? null) : null);
  if (keep === "bulk") return spanOf(kept, every, vague ? "year" : suiting(kept));
  const whole = [...list, ...outside(every, list)].sort((a, b) => a.from - b.from);
  if (keep === "all") return spanOf(whole, every, vague ? "year" : suiting(whole));
  const longest = Math.max(...outside(whole, kept).map((one) => one.to - one.from), 0);
  const least: By = vague || longest > MONTH ? "year" : longest > DAY ? "month" : "day";
  return spanOf(whole, every, coarser(least, suiting(whole)));
}

/** Of periods those that touch a span of days, both included; a day that is none bounds nothing. */
export function touching(rows: Period[], from: string | null, to: string | null): Period[] {
  const [start, after] = [from ? bounds(from)?.[0] : null, to ? bounds(to)?.[1] : null];
  return rows.filter((row) => {
    const span = bounds(row.period);
    return span && (!start || span[1] > start) && (!after || span[0] < after);
  });
}

/** Whether a span is so short that its events are better counted by day to find where they begin and end. */
export const near = (span: Drawn): boolean => (span.by === "day" || span.by === "week") && (bounds(span.to)![1].getTime() - bounds(span.from)![0].getTime()) / DAY <= NEAR;

/** Of counts by day those that are known to the day; all where there are none such. */
export function daily(rows: Period[]): Period[] {
  const days = rows.filter((row) => fits(row.period, "day"));
  return days.length ? days : rows;
}
