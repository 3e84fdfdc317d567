import { describe, expect, it } from "vitest";
import { address } from "./api";
import { only } from "./desk";
import { OF, TITLES, valueName } from "./filterbar";
import { pieces } from "./marks";
import { bounds, fits, iso, periodOf, periods, stepFor, yearsBefore, type By } from "./periods";
import { modes } from "./vocabulary";
import { amount, certainty, change, date, money, number, safeUrl, score } from "./words";

const day = (text: string) => new Date(`${text}T00:00:00Z`);

describe("periods", () => {
  it.each([
    ["2020-09-14", "2020-09-14", "2020-09-15"], ["2020-W38", "2020-09-14", "2020-09-21"], ["2020-W53", "2020-12-28", "2021-01-04"],
    ["2021-W01", "2021-01-04", "2021-01-11"], ["2024-02", "2024-02-01", "2024-03-01"], ["2020-Q3", "2020-07-01", "2020-10-01"], ["1945", "1945-01-01", "1946-01-01"],
    ["0099", "0099-01-01", "0100-01-01"],
  ])("%s is from %s to before %s", (period, first, after) => {
    expect(bounds(period)!.map(iso)).toEqual([first, after]);
  });
  it("is none where there is none", () => {
    for (const text of ["", "soon", "2020-13-1", "2020-Q5", "<b>"]) expect(bounds(text)).toBeNull();
  });
  it("gives every day of twelve years to the period that holds it", () => {
    for (let time = day("2015-01-01").getTime(); time < day("2027-01-05").getTime(); time += 86_400_000) {
      for (const by of ["day", "week", "month", "quarter", "year"] as By[]) {
        const [first, after] = bounds(periodOf(new Date(time), by))!;
        expect(time >= first.getTime() && time < after.getTime()).toBe(true);
      }
    }
  });
  it("follow each other without a gap", () => {
    for (const by of ["day", "week", "month", "quarter", "year"] as By[]) {
      const all = periods(day("2019-11-05"), day("2021-02-03"), by);
      for (let i = 1; i < all.length; i += 1) expect(bounds(all[i - 1]!)![1]).toEqual(bounds(all[i]!)![0]);
      expect(bounds(all[0]!)![0] <= day("2019-11-05")).toBe(true);
      expect(all.at(-1)).toBe(periodOf(day("2021-02-03"), by));
    }
  });
  it("are at most so many, the latest", () => expect(periods(day("0001-01-01"), day("2020-01-03"), "day", 3)).toEqual(["2020-01-01", "2020-01-02", "2020-01-03"]));
  it("are coarse for long spans and fine for short ones", () => {
    expect(stepFor(day("2024-01-01"), day("2024-02-01"))).toBe("day");
    expect(stepFor(day("2023-01-01"), day("2024-01-01"))).toBe("week");
    expect(stepFor(day("1900-01-01"), day("2024-01-01"))).toBe("year");
  });
  it("of another step do not fit", () => {
    expect(fits("2019", "week")).toBe(false);
    expect(fits("2019-W02", "week")).toBe(true);
    expect(fits("2019-02", "day")).toBe(false);
  });
  it("a year back begins the day after", () => expect(iso(yearsBefore(day("2024-03-15"), 1))).toBe("2023-03-16"));
});

describe("addresses", () => {
  it("repeat lists and leave empty values out", () => expect(address("events", { type: ["AID", "AGREE"], text: "", since: null, limit: 5 })).toBe("/api/events?type=AID&type=AGREE&limit=5"));
  it("keep what is typed from being more than a value", () => expect(address("events", { text: "a&b=c#<d>" })).toBe("/api/events?text=a%26b%3Dc%23%3Cd%3E"));
  it("carry only what the API knows", () => expect(only({ actor: ["a1"], span: "5", record: "e1", until: "2020" })).toEqual({ actor: ["a1"], until: "2020" }));
});

describe("found words", () => {
  it("are cut out of an excerpt", () => {
    expect(pieces("the \ue000fish\ue001 war")).toEqual([{ text: "the ", found: false }, { text: "fish", found: true }, { text: " war", found: false }]);
  });
  it("keep every other letter, markup too", () => expect(pieces("<b>\ue000x\ue001").map((one) => one.text).join("")).toBe("<b>x"));
  it("bear marks that are not closed", () => expect(pieces("a\ue000b")).toEqual([{ text: "a", found: false }, { text: "b", found: true }]));
});

describe("filters", () => {
  it("have a title each", () => { for (const fields of Object.values(OF)) for (const name of fields) if (name !== "sort") expect(TITLES.events[name]).toBeTruthy(); });
  it("are put in words", () => {
    expect(valueName("quad", "4", String)).toBe("material conflict");
    expect(valueName("status", "negated", String)).toBe("denied");
    expect(valueName("predicate", "at_odds_with", String)).toBe("at odds with");
    expect(valueName("actor", "a1", () => "Norway")).toBe("Norway");
  });
  it("offer the modes of the chosen types", () => {
    expect(modes(["CONSULT"]).map(([value]) => value)).toEqual(["multilateral", "phone", "third-party", "visit"]);
    expect(modes(["AGREE"])).toEqual([]);
    expect(modes([]).length).toBeGreaterThan(30);
  });
});

describe("words", () => {
  it("link to pages of the web alone", () => {
    expect(safeUrl("https://example.org/a")).toBe("https://example.org/a");
    for (const bad of ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", " vbscript:x", "//host", "", null, undefined, "file:///etc/passwd"]) expect(safeUrl(bad)).toBeNull();
  });
  it("have dates of any precision", () => {
    expect(date(null)).toBe("undated");
    expect(date("1998")).toBe("1998");
    expect(date("2024-03")).toMatch(/2024/);
  });
  it("have one minus sign, and one number of decimals for what stands in one column", () => {
    expect([-0.6, -1, 0, -0.04, 7.25].map(score)).toEqual(["−0.6", "−1.0", "0.0", "0.0", "+7.3"]);
    expect([change(-3), change(0), change(12), number(-5), number(-1234)]).toEqual(["−3", "0", "+12", "−5", "−1,234"]);
    expect(money(-5, "EUR")).toMatch(/^−.*5$/);
    expect([0.5, 1, 0.926].map(certainty)).toEqual(["0.50", "1.00", "0.93"]);
  });
  it("have amounts from to", () => {
    const of = (low: number | null, high: number | null) => amount("killed", { low, high, text: "some", currency: null });
    expect([of(3, 3), of(3, 5), of(3, null), of(null, 5), of(null, null)]).toEqual(["3 killed", "3 to 5 killed", "at least 3 killed", "up to 5 killed", "some"]);
  });
});
