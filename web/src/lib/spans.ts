// Where the words of a record stand in a text. The server counts code points, JavaScript UTF-16 units: a letter beyond
// U+FFFF (an emoji, a rare letter) is one of the first and two of the second. Converted once, here, for a whole text.
import type { Span } from "./api";

/** What turns a code point offset of the text into a UTF-16 offset; offsets outside the text become its ends. */
export function units(text: string): (point: number) => number {
  const within = (point: number, last: number) => Math.min(Math.max(Math.trunc(point) || 0, 0), last);
  if (!/[\ud800-\udbff][\udc00-\udfff]/.test(text)) return (point) => within(point, text.length);
  const at: number[] = [];
  let unit = 0;
  for (const letter of text) {
    at.push(unit);
    unit += letter.length;
  }
  at.push(unit);
  return (point) => at[within(point, at.length - 1)]!;
}

/** The spans of one record, by `key`. `strong` are the words that name it, `evidence` those that prove it. */
export interface Marked { key: string; evidence: Span[]; strong: Span[] }

/** A run of text on which the same records rest; `strong` are those of `keys` that it names. UTF-16 offsets. */
export interface Segment { start: number; end: number; keys: string[]; strong: string[] }

interface Edge { at: number; key: string; strong: boolean; step: 1 | -1 }

/**
 * Cut a text of `length` units into segments, in order and without gaps, such that on each the same records rest.
 * Spans may overlap and lie within each other; those outside the text or empty are left out. `breaks` are further
 * offsets at which to cut. Keys keep the order in which the records were given.
 */
export function segments(length: number, marked: Marked[], breaks: number[] = []): Segment[] {
  const edges: Edge[] = [];
  const cuts = new Set([0, length]);
  for (const at of breaks) if (at > 0 && at < length) cuts.add(at);
  for (const one of marked) {
    for (const strong of [false, true]) {
      for (const [from, to] of strong ? one.strong : one.evidence) {
        const start = Math.max(from, 0);
        const end = Math.min(to, length);
        if (!(start < end)) continue;
        edges.push({ at: start, key: one.key, strong, step: 1 }, { at: end, key: one.key, strong, step: -1 });
        cuts.add(start).add(end);
      }
    }
  }
  edges.sort((a, b) => a.at - b.at);
  const order = marked.map((one) => one.key);
  const open = { all: new Map<string, number>(), strong: new Map<string, number>() };
  const count = (map: Map<string, number>, key: string, step: number) => {
    const now = (map.get(key) ?? 0) + step;
    if (now) map.set(key, now);
    else map.delete(key);
  };
  const kept = new Set(breaks);
  const out: Segment[] = [];
  const places = [...cuts].sort((a, b) => a - b);
  let next = 0;
  for (let i = 0; i + 1 < places.length; i += 1) {
    for (; next < edges.length && edges[next]!.at <= places[i]!; next += 1) {
      const { key, strong, step } = edges[next]!;
      count(open.all, key, step);
      if (strong) count(open.strong, key, step);
    }
    const start = places[i]!;
    const end = places[i + 1]!;
    const keys = open.all.size ? order.filter((key) => open.all.has(key)) : [];
    const strong = open.strong.size ? keys.filter((key) => open.strong.has(key)) : [];
    const last = out.at(-1);
    if (last && !kept.has(start) && same(last.keys, keys) && same(last.strong, strong)) last.end = end;
    else out.push({ start, end, keys, strong });
  }
  return out;
}

const same = (one: string[], other: string[]) => one.length === other.length && one.every((key, i) => key === other[i]);

/** Spans of code points as spans of UTF-16 units. */
export const converted = (spans: Span[], unit: (point: number) => number): Span[] =>
  spans.map(([start, end]) => [unit(start), unit(end)]);

/** A paragraph, heading or piece of furniture with its segments, which carry their words. `runOn`: it begins amid a line. */
export interface Paragraph { kind: string; parts: (Segment & { text: string })[]; runOn: boolean }

/**
 * The text as paragraphs of marked words. `blocks` and the spans are code points. Words outside every block (there
 * should be none) become paragraphs of the body, so that none is lost; a text without blocks is cut at blank lines.
 */
export function paragraphs(text: string, blocks: [number, number, string][], marked: Marked[]): Paragraph[] {
  const unit = units(text);
  const frames = framed(text, blocks.map(([start, end, kind]) => [unit(start), unit(end), kind]));
  const cut = segments(
    text.length,
    marked.map((one) => ({ key: one.key, evidence: converted(one.evidence, unit), strong: converted(one.strong, unit) })),
    [...new Set(frames.flatMap(([start, end]) => [start, end]))],
  );
  const out: Paragraph[] = [];
  let next = 0;
  let last = -1;
  for (const [start, end, kind] of frames) {
    const runOn = last >= 0 && !/[\n\r\u2028\u2029]/.test(text.slice(last, start));
    last = end;
    const parts: Paragraph["parts"] = [];
    for (; next < cut.length && cut[next]!.start < end; next += 1) {
      const one = cut[next]!;
      if (one.start >= start) parts.push({ ...one, text: text.slice(one.start, one.end) });
    }
    out.push({ kind, parts, runOn });
  }
  return out;
}

function framed(text: string, blocks: [number, number, string][]): [number, number, string][] {
  const out: [number, number, string][] = [];
  const body = (from: number, to: number) => {
    for (const found of text.slice(from, to).matchAll(/\S(?:[^\n]|\n(?!\s*\n))*/g)) {
      const start = from + found.index;
      out.push([start, start + found[0].trimEnd().length, "body"]);
    }
  };
  let at = 0;
  for (const [start, end, kind] of [...blocks].sort((a, b) => a[0] - b[0])) {
    const from = Math.max(start, at);
    if (from >= end) continue;
    body(at, from);
    out.push([from, end, kind]);
    at = end;
  }
  body(at, text.length);
  return out;
}

const GAP = " ... ";

/**
 * The words of a record with those that name it marked. `sentence` is the text under `evidence`, its pieces joined by
 * " ... " as the server hands it out; the spans are code points of the whole text.
 */
export function quoted(sentence: string, evidence: Span[], strong: Span[]): { text: string; strong: boolean }[] {
  const unit = units(sentence);
  const moved: Span[] = [];
  let at = 0; // code points of `sentence` before the piece
  for (const [from, to] of evidence) {
    for (const [start, end] of strong) {
      if (start < to && end > from) moved.push([unit(at + Math.max(start, from) - from), unit(at + Math.min(end, to) - from)]);
    }
    at += to - from + GAP.length;
  }
  // The server folds runs of blanks into one: then the offsets no longer say where the words are.
  if (at - GAP.length !== Array.from(sentence).length) moved.length = 0;
  return segments(sentence.length, [{ key: "", evidence: [], strong: moved }]).map((one) => ({
    text: sentence.slice(one.start, one.end),
    strong: one.strong.length > 0,
  }));
}
