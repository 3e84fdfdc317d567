import { describe, expect, it } from "vitest";
import { itemsOf, line, partiesOf, quadOf, span, typeOf, type ReportAnswer } from "./ReportRecords";

const TEXT = "😀 Foreign Minister Ivan Petrov said that Minsk seized a ship. It promised talks.";
const answer = {
  report: { id: "d1" }, text: TEXT, blocks: [], copies: [],
  actors: [
    { local: "a1", actor: "a7", name: "Ivan Petrov", kind: "person", country: "RUS", sector: "GOV", mentions: [] },
    { local: "a2", actor: "a8", name: "Belarus", kind: "state", country: "BLR", sector: null, mentions: [] },
  ],
  events: [{
    id: "e5", number: 1, type: "COERCE", mode: "seize", status: "occurred", actors: ["a2"], recipients: [], start: null, end: null, place: null,
    magnitude: {}, reported_by: "a1", confidence: 0.9, trigger: [[47, 53]], evidence: [[2, 61]],
  }],
  statements: [{ id: "s2", number: 1, speaker: "a1", addressee: null, kind: "indirect", cue: [[31, 35]], content: [[36, 60]], date: null, evidence: [[2, 61]] }],
  pledges: [{ id: "p3", kind: "talks", what: "talks", promiser: ["a2"], beneficiary: [], amount: null, currency: null, due: null, status: "pledged", evidence: [[62, 80]] }],
  relations: [],
  roles: [{ actor: "a1", title: "Foreign Minister", organisation: null, country: "RUS", start: null, end: null, evidence: [[2, 30]] }],
} as unknown as ReportAnswer;

describe("itemsOf", () => {
  const items = itemsOf(answer);
  it("has the records in the order of the text, by the words that name them", () => {
    expect(items.map((one) => one.key)).toEqual(["o1", "s2", "e5", "p3"]);
  });
  it("names each within its report, to be corrected there", () => {
    expect(items.map((one) => one.local)).toEqual(["o1", "s1", "e1", "p1"]);
  });
  it("keeps two records of one happening apart", () => {
    const twice = itemsOf({ ...answer, events: [answer.events[0]!, { ...answer.events[0]!, number: 2 }] });
    expect(twice.filter((one) => one.kind === "event").map((one) => one.key)).toEqual(["e5", "e5:e2"]);
  });
  it("cuts words by code points", () => expect(items.find((one) => one.key === "e5")!.words).toBe("seized"));
  it("says each in one line", () => {
    expect(items.map(line)).toEqual([
      "Ivan Petrov is Foreign Minister", "Ivan Petrov says: that Minsk seized a ship", "COERCE, seize: Belarus", "Belarus, pledged: talks",
    ]);
  });
});

it("gives parties the number that they have in the store", () => expect(partiesOf(answer).get("a1")?.actor).toBe("a7"));
it("knows the quad class of a type", () => expect(quadOf(answer.events[0]!)).toBe(4));
it("puts a type without a mode", () => expect([typeOf("AGREE", null), typeOf(null, null)]).toEqual(["AGREE", "no PLOVER type"]));
it("puts spans of time", () => {
  expect(span(null, null)).toBe("");
  expect(span("2024", "2024")).toBe("2024");
  expect(span("2023", "2024")).toBe("2023 to 2024");
  expect(span(null, "2024")).toBe("until 2024");
});
