import { describe, expect, it } from "vitest";
import { axisFrom, fitting, fittingFor, iso, mostly, sideBySide, daysOf, summed, ticks } from "./DyadPeriods";

const days = (period: string) => { const found = daysOf(period)!; return [iso(found.from), iso(found.to - 1)]; };

describe("periods", () => {
  it("cover the days they name", () => {
    expect(days("2020")).toEqual(["2020-01-01", "2020-12-31"]);
    expect(days("2020-02")).toEqual(["2020-02-01", "2020-02-29"]);
    expect(days("2020-Q4")).toEqual(["2020-10-01", "2020-12-31"]);
    expect(days("2020-09-14")).toEqual(["2020-09-14", "2020-09-14"]);
  });
  it("count weeks as ISO 8601 does", () => {
    expect(days("2020-W38")).toEqual(["2020-09-14", "2020-09-20"]);
    expect(days("2020-W01")).toEqual(["2019-12-30", "2020-01-05"]);
    expect(days("2020-W53")).toEqual(["2020-12-28", "2021-01-03"]);
  });
  it("are refused where they are none", () => {
    expect(daysOf("soon")).toBeNull();
    expect(daysOf("")).toBeNull();
  });
  it("stand side by side, with the mean score weighted by events; vaguer dates are only counted", () => {
    const { periods, vague } = sideBySide(
      [{ period: "2020-09", quad: 1, events: 1, score: 4 }, { period: "2020-09", quad: 4, events: 3, score: -8 }, { period: "2020", quad: 2, events: 5, score: 6 }],
      [{ period: "2020-08", quad: 3, events: 2, score: -2 }],
      "month",
    );
    expect(periods.map((one) => one.period)).toEqual(["2020-08", "2020-09"]);
    expect(periods[1]!.there).toEqual({ quads: [1, 0, 0, 3], events: 4, score: -5 });
    expect(periods[1]!.back.score).toBeNull();
    expect(vague).toBe(5);
  });
  it("add up to one", () => {
    expect(summed([{ period: "2020", quad: 2, events: 2, score: 6 }, { period: "2021", quad: 3, events: 2, score: -2 }])).toEqual({ quads: [0, 2, 2, 0], events: 4, score: 2 });
  });
  it("are chosen so that they fit", () => {
    const of = (from: string, to: string) => fitting(daysOf(from)!.from, daysOf(to)!.to, 120);
    expect(of("2024-03-01", "2024-03-20")).toBe("day");
    expect(of("2023-11", "2024-04")).toBe("week");
    expect(of("2018-11", "2024-04")).toBe("month");
    expect(of("2000", "2020")).toBe("quarter");
    expect(of("1900", "2020")).toBe("year");
  });
  it("are chosen so that few events are left out for want of an exact date", () => {
    const row = (period: string, events: number) => ({ period, quad: 1, events, score: 1 });
    expect(fittingFor([row("2004", 5), row("2005-03", 1)])).toBe("year");
    expect(fittingFor([row("2005-03", 4)])).toBe("day");
    expect(mostly([row("2005-03", 4), row("2005-03-02", 3)], "day")).toBe(false);
    expect(mostly([row("2005-03", 4), row("2005-03-02", 4)], "day")).toBe(true);
    expect(fittingFor([row("2005-03", 4), row("2005-04", 1)])).toBe("day");
    expect(fittingFor([])).toBe("month");
  });
  it("are not squashed by what began decades before", () => {
    expect(axisFrom(0, 10_000, 10_040)).toBe(9990);
    expect(axisFrom(9_950, 10_000, 10_040)).toBe(9_950);
    expect(axisFrom(100, Infinity, 200)).toBe(100);
  });
  it("have dates written at round places only, and not too many", () => {
    const marks = ticks(daysOf("2001-03")!.from, daysOf("2023-05")!.to, 8);
    expect(marks.length).toBeGreaterThan(2);
    expect(marks.length).toBeLessThanOrEqual(9);
    expect(marks.every((one) => iso(one.at).endsWith("-01-01"))).toBe(true);
  });
});
