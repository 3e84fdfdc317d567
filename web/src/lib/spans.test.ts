import { describe, expect, it } from "vitest";
import type { Span } from "./api";
import { converted, paragraphs, quoted, segments, units, type Marked } from "./spans";

const mark = (key: string, evidence: Span[], strong: Span[] = []): Marked => ({ key, evidence, strong });

/** Numbers that look random and are the same each time. */
function dice(seed: number) {
  return (sides: number) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * sides);
  };
}
const LETTERS = ["a", "é", "ß", "文", "\u0301", "😀", "𝒳", "👩‍🚀", "🇧🇾", "\n", " ", "\ud83d"];

describe("units", () => {
  it("leaves offsets as they are where each letter is one unit", () => {
    const unit = units("Минск");
    expect([0, 3, 5].map(unit)).toEqual([0, 3, 5]);
  });

  it("counts a letter beyond U+FFFF as one point and two units", () => {
    const text = "a😀b𝒳c";
    const unit = units(text);
    expect([0, 1, 2, 3, 4, 5].map(unit)).toEqual([0, 1, 3, 4, 6, 7]);
    expect(text.slice(unit(1), unit(2))).toBe("😀");
  });

  it("counts each point of a joined emoji and of a flag, as Python does", () => {
    const text = "👩‍🚀🇧🇾.";
    const unit = units(text);
    expect(text.slice(unit(3), unit(5))).toBe("🇧🇾");
    expect(text.slice(unit(5), unit(6))).toBe(".");
  });

  it("counts half of a pair that stands alone as one point", () => {
    const text = "\ud83dx😀y";
    const unit = units(text);
    expect(text.slice(unit(3), unit(4))).toBe("y");
  });

  it.each(["abc", "a😀c"])("keeps offsets outside of %s within it", (text) => {
    const unit = units(text);
    expect([-5, Number.NaN, 99].map(unit)).toEqual([0, 0, text.length]);
  });

  it("agrees with Array.from on any text", () => {
    const roll = dice(1);
    for (let run = 0; run < 300; run += 1) {
      const text = Array.from({ length: roll(30) }, () => LETTERS[roll(LETTERS.length)]).join("");
      const points = Array.from(text);
      const unit = units(text);
      const start = roll(points.length + 1);
      const end = start + roll(points.length - start + 1);
      expect(text.slice(unit(start), unit(end))).toBe(points.slice(start, end).join(""));
    }
  });
});

describe("segments", () => {
  it("is the whole text where nothing is marked", () => {
    expect(segments(5, [])).toEqual([{ start: 0, end: 5, keys: [], strong: [] }]);
    expect(segments(0, [mark("a", [[0, 3]])])).toEqual([]);
  });

  it("cuts spans that overlap into runs with their records", () => {
    const cut = segments(10, [mark("a", [[1, 6]]), mark("b", [[4, 8]])]);
    expect(cut.map(({ start, end, keys }) => [start, end, keys.join("")])).toEqual([
      [0, 1, ""], [1, 4, "a"], [4, 6, "ab"], [6, 8, "b"], [8, 10, ""],
    ]);
  });

  it("tells the words that name a record from those that prove it", () => {
    const cut = segments(9, [mark("a", [[0, 9]], [[3, 5]]), mark("b", [[0, 9]])]);
    expect(cut.map(({ start, strong }) => [start, strong.join("")])).toEqual([[0, ""], [3, "a"], [5, ""]]);
    expect(cut.every((one) => one.keys.join("") === "ab")).toBe(true);
  });

  it("has a record once where its own spans overlap, and to the last of them", () => {
    const cut = segments(9, [mark("a", [[0, 4], [2, 6], [2, 3]])]);
    expect(cut).toEqual([{ start: 0, end: 6, keys: ["a"], strong: [] }, { start: 6, end: 9, keys: [], strong: [] }]);
  });

  it("marks words outside of the evidence where they name the record", () => {
    expect(segments(4, [mark("a", [], [[1, 2]])])[1]).toEqual({ start: 1, end: 2, keys: ["a"], strong: ["a"] });
  });

  it("leaves out spans that are empty, turned round or outside", () => {
    expect(segments(4, [mark("a", [[2, 2], [3, 1], [7, 9], [Number.NaN, 3]])])).toHaveLength(1);
    expect(segments(4, [mark("a", [[-3, 99]])])).toEqual([{ start: 0, end: 4, keys: ["a"], strong: [] }]);
  });

  it("agrees with asking letter by letter, for any spans", () => {
    const roll = dice(2);
    const span = (length: number): Span => [roll(length + 4) - 2, roll(length + 4) - 2];
    for (let run = 0; run < 150; run += 1) {
      const length = 1 + roll(25);
      const spans = () => Array.from({ length: roll(3) }, () => span(length));
      const marked = Array.from({ length: roll(5) }, (_, i) => mark(`k${i}`, spans(), spans()));
      const breaks = Array.from({ length: roll(4) }, () => roll(length));
      const cut = segments(length, marked, breaks);
      expect(cut[0]!.start).toBe(0);
      expect(cut.at(-1)!.end).toBe(length);
      cut.forEach((one, i) => {
        expect(one.end).toBeGreaterThan(one.start);
        if (i) expect(one.start).toBe(cut[i - 1]!.end);
        for (let at = one.start; at < one.end; at += 1) {
          const on = (all: Span[]) => all.some(([start, end]) => start <= at && at < end);
          expect(one.keys).toEqual(marked.filter((m) => on(m.evidence) || on(m.strong)).map((m) => m.key));
          expect(one.strong).toEqual(marked.filter((m) => on(m.strong)).map((m) => m.key));
          if (at > one.start) expect(breaks).not.toContain(at);
        }
      });
    }
  });
});

describe("paragraphs", () => {
  const text = "😀 Head\n\nMinsk said no.\nBy A. Writer";

  it("gives each block its own words, marked by code points", () => {
    const found = paragraphs(text, [[0, 6, "headline"], [8, 22, "body"], [23, 35, "furniture"]], [mark("e1", [[8, 22]], [[14, 18]])]);
    expect(found.map((one) => [one.kind, one.parts.map((part) => part.text)])).toEqual([
      ["headline", ["😀 Head"]],
      ["body", ["Minsk ", "said", " no."]],
      ["furniture", ["By A. Writer"]],
    ]);
    expect(found[1]!.parts[1]!.strong).toEqual(["e1"]);
  });

  it("cuts evidence that runs over two blocks at their border", () => {
    const found = paragraphs("One.\n\nTwo.", [[0, 4, "body"], [6, 10, "body"]], [mark("e1", [[2, 8]])]);
    expect(found.map((one) => one.parts.map((part) => part.text + part.keys.join("")))).toEqual([["On", "e.e1"], ["Twe1", "o."]]);
  });

  it("knows a block that begins amid a line, such as the sentence behind a dateline", () => {
    const found = paragraphs("MINSK -\u00a0No.\nYes.", [[0, 7, "furniture"], [8, 11, "body"], [12, 16, "body"]], []);
    expect(found.map((one) => one.runOn)).toEqual([false, true, false]);
  });

  it("cuts a text without blocks at blank lines", () => {
    expect(paragraphs("One\nline.\n \nTwo.\n", [], []).map((one) => one.parts[0]!.text)).toEqual(["One\nline.", "Two."]);
  });

  it("loses no word of any text, whatever its blocks are", () => {
    const roll = dice(3);
    for (let run = 0; run < 200; run += 1) {
      const any = Array.from({ length: roll(40) }, () => LETTERS[roll(LETTERS.length)]).join("");
      const length = Array.from(any).length;
      const blocks = Array.from({ length: roll(4) }, () => [roll(length + 3), roll(length + 3), "body"] as [number, number, string]);
      const shown = paragraphs(any, blocks, [mark("a", [[roll(9), roll(40)]])]);
      const words = (value: string) => value.replace(/\s+/g, "");
      expect(words(shown.flatMap((one) => one.parts.map((part) => part.text)).join(""))).toBe(words(any));
    }
  });
});

describe("quoted", () => {
  it("marks the trigger in a sentence that begins anywhere in the text", () => {
    expect(quoted("😀 Russia bombed it.", [[100, 119]], [[109, 115]])).toEqual([
      { text: "😀 Russia ", strong: false }, { text: "bombed", strong: true }, { text: " it.", strong: false },
    ]);
  });

  it("finds it in the second piece of evidence", () => {
    const found = quoted("They met. ... He signed.", [[10, 19], [40, 50]], [[43, 49]]);
    expect(found.filter((one) => one.strong).map((one) => one.text)).toEqual(["signed"]);
  });

  it("marks nothing rather than wrong words where blanks were folded", () => {
    expect(quoted("He signed it.", [[0, 14]], [[3, 9]])).toEqual([{ text: "He signed it.", strong: false }]);
  });

  it("marks nothing where the trigger stands outside of it", () => {
    expect(quoted("They met.", [[10, 19]], [[50, 55]])).toEqual([{ text: "They met.", strong: false }]);
  });
});

it("converts spans", () => {
  expect(converted([[1, 2]], units("a😀"))).toEqual([[1, 3]]);
});
