import { describe, expect, it } from "vitest";
import { changed, fault, FIELDS, put } from "./CorrectFields";

const field = (name: string) => FIELDS.pledge.find((one) => one.name === name)!;

describe("changed", () => {
  it("sends what was changed and nothing else", () => {
    expect(changed("event", { type: "ACCUSE", status: "occurred" }, { type: "THREATEN", status: "occurred" })).toEqual({ type: "THREATEN" });
  });
  it("makes lists of names, none of them empty", () => {
    expect(changed("event", { actors: "A" }, { actors: "A;  B ;" })).toEqual({ actors: ["A", "B"] });
  });
  it("says null where a value was taken out", () => expect(changed("event", { mode: "demo" }, { mode: "" })).toEqual({ mode: null }));
  it("sends amounts as numbers", () => expect(changed("pledge", {}, { amount: "1,500,000" })).toEqual({ amount: 1_500_000 }));
});

describe("fault", () => {
  it.each(["2024", "2024-02", "2024-02-29", ""])("takes the date %j", (value) => expect(fault(field("due"), value)).toBeNull());
  it.each(["29 Feb", "2024-13", "2024-1-1"])("refuses the date %j and says how to write it", (value) => expect(fault(field("due"), value)).toContain("2024-03-09"));
  it("refuses an amount in words", () => expect(fault(field("amount"), "two")).toContain("digits"));
});

describe("put", () => {
  it("names the choice", () => expect(put(FIELDS.event.find((one) => one.name === "status"), "negated")).toBe("denied"));
  it("says so where nothing is left", () => expect([null, "", []].map((one) => put(undefined, one))).toEqual(["nothing", "nothing", "nothing"]));
});
