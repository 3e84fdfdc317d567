import { describe, expect, it } from "vitest";
import type { Period } from "./api";
import { daily, drawn, near, touching } from "./drawn";

const row = (period: string, events = 1): Period => ({ period, quad: 1, events, score: 1 });
const months = (first: number, last: number, events: number) =>
  Array.from({ length: (last - first + 1) * 12 }, (_, n) => row(`${first + Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, "0")}`, events));

describe("the span that is drawn", () => {
  const young = [row("1998"), row("2023-04"), row("2023-11"), row("2024-01"), row("2024-03", 110), row("2024-04", 41), row("2024-05", 2), row("2024-06")];

  it("is that of most events, and what lies outside is counted", () => {
    expect(drawn(young, { end: "2024-04-30" })).toEqual({ from: "2024-02-29", to: "2024-04-30", by: "day", before: 4, after: 3, first: "1998", last: "2024-06" });
  });
  it("has the plans in it where they are near", () => {
    expect(drawn([...young.slice(4, 6), row("2024-05", 30)], { end: "2024-04-30" })).toMatchObject({ before: 0, after: 0, to: "2024-06-01" });
  });
  it("reaches to the last day of the data, however few events there are of late", () => {
    expect(drawn([...months(2010, 2018, 100), row("2024-03", 2)], { end: "2024-03-20" })).toMatchObject({ by: "quarter", before: 0, after: 0, to: "2024-06-30" });
    expect(drawn([...months(2010, 2018, 100), row("2030-03", 2)], { end: "2018-12-20" })).toMatchObject({ after: 2, to: "2019-01-31" });
  });
  it("is all there is where the events are spread evenly", () => {
    expect(drawn(months(2015, 2022, 9), { end: "2022-12-31" })).toMatchObject({ by: "month", before: 0, after: 0, from: "2014-12-01", to: "2023-01-31" });
  });
  it("is never a sliver: a single day has its surroundings", () => {
    expect(drawn([row("2024-03-09", 3)])).toMatchObject({ by: "day", from: "2024-03-01", to: "2024-03-17" });
  });
  it("goes by year where no more is known", () => {
    expect(drawn([row("1994", 4), row("1997", 3), row("1998-03")])).toMatchObject({ by: "year", from: "1993-01-01", to: "1998-12-31" });
  });
  it("has everything when everything is asked for, in a step that can show it", () => {
    expect(drawn(young, { end: "2024-04-30", keep: "each" })).toMatchObject({ by: "year", from: "1997-01-01", to: "2024-12-31", before: 0, after: 0 });
    expect(drawn(young.slice(1), { end: "2024-04-30", keep: "each" })).toMatchObject({ by: "month", before: 0, after: 0 });
    expect(drawn([row("2024-03-04", 30), row("2024-04-20")], { keep: "each" })).toMatchObject({ by: "day", before: 0, after: 0 });
  });
  it("has a fine step for what was chosen, though a few dates are vague", () => {
    expect(drawn(young.slice(4), { keep: "all" })).toMatchObject({ by: "week", before: 0, after: 0 });
    expect(drawn([row("1998")], { keep: "all" })).toMatchObject({ by: "year" });
  });
  it("is none without events", () => {
    expect(drawn([])).toBeNull();
    expect(drawn([row("soon")])).toBeNull();
  });
  it("leaves nothing out and counts nothing twice", () => {
    for (const end of [null, "2024-03-31", "2024-06-30"]) {
      const span = drawn(young, { end })!;
      const inside = touching(young, span.from, span.to).reduce((sum, one) => sum + one.events, 0);
      expect(inside + span.before + span.after).toBe(158);
    }
  });
});

describe("counts by day", () => {
  it("are asked for where the span is short", () => {
    expect(near(drawn([row("2024-03", 9), row("2024-04", 9)])!)).toBe(true);
    expect(near(drawn(months(2015, 2022, 9))!)).toBe(false);
  });
  it("are taken without those whose day is not known, unless there are no others", () => {
    expect(daily([row("2024-03"), row("2024-03-02")])).toEqual([row("2024-03-02")]);
    expect(daily([row("2024-03")])).toEqual([row("2024-03")]);
  });
});

describe("periods that touch a span", () => {
  it("lie in it in part at least", () => {
    const rows = [row("1998"), row("2024-03"), row("2024-04")];
    expect(touching(rows, "2024-03-31", "2024-03-31")).toEqual([row("2024-03")]);
    expect(touching(rows, null, "2000")).toEqual([row("1998")]);
    expect(touching(rows, "yesterday", null)).toEqual(rows);
  });
});
