import { describe, expect, it } from "vitest";
import { fitting, shortened, type Box, type Named } from "./LabelBoxes";

const stage = { left: 0, top: 0, right: 400, bottom: 300 };
const measure = (text: string, size: number) => text.length * size * 0.5;
const point = (n: number, x: number, y: number, more: Partial<Named> = {}): Named => ({ key: `k${n}`, text: `Point ${n}`, x, y, r: 5, size: 12, ...more });
const meet = (one: Box, other: Box) => one.left < other.right && one.right > other.left && one.top < other.bottom && one.bottom > other.top;
const crowd = Array.from({ length: 80 }, (_, n) => point(n, (n * 137) % 400, (n * 61) % 300, { r: 2 + (n % 7) }));

describe("names beside points", () => {
  it("lie inside the stage and not on each other", () => {
    const found = fitting(crowd, stage, measure);
    expect(found.length).toBeGreaterThan(10);
    for (const { box } of found) expect(box.left >= 0 && box.right <= 400 && box.top >= 0 && box.bottom <= 300).toBe(true);
    found.forEach((one, n) => found.slice(n + 1).forEach((other) => expect(meet(one.box, other.box)).toBe(false)));
  });
  it("are those of the first points where there is no room for all", () => {
    const found = fitting([point(1, 50, 50), point(2, 51, 50), point(3, 300, 200)], stage, measure, 2);
    expect(found.map((one) => one.key)).toEqual(["k1", "k2"]);
    const narrow = { left: 45, top: 40, right: 110, bottom: 62 };
    expect(fitting([point(1, 50, 50), point(2, 52, 50)], narrow, measure).map((one) => one.key)).toEqual(["k1"]);
  });
  it("go to the other side at the edge", () => {
    const [label] = fitting([point(1, 395, 150)], stage, measure);
    expect(label!.box.right).toBeLessThan(395);
  });
  it("are shown where they must, before all others", () => {
    const found = fitting([...crowd, point(99, 399, 299, { must: true })], stage, measure);
    expect(found[0]!.key).toBe("k99");
  });
  it("keep off what is taken, and off points as large as their own", () => {
    const taken = { left: 55, top: 0, right: 400, bottom: 300 };
    expect(fitting([point(1, 200, 150)], stage, measure, 9, [taken])).toEqual([]);
    const [label] = fitting([point(1, 100, 100), point(2, 125, 100, { r: 6 })], stage, measure);
    expect(label!.box.right).toBeLessThan(100);
  });
  it("are cut short with a sign of it", () => {
    expect(shortened("Papua New Guinea", 9)).toBe("Papua Ne…");
    expect(shortened("Papua New Guinea", 11)).toBe("Papua New…");
    expect(shortened("Oslo", 9)).toBe("Oslo");
  });
});
