import { describe, expect, it } from "vitest";
import { at, HEIGHT, kept, pie, WHOLE, WIDTH, zoomed } from "./MapShapes";

describe("the map", () => {
  it("puts places where they belong", () => {
    const [minsk, washington, sydney] = [at(27.57, 53.9)!, at(-77.04, 38.9)!, at(151.2, -33.87)!];
    expect(washington[0]).toBeLessThan(minsk[0]);
    expect(minsk[0]).toBeLessThan(sydney[0]);
    expect(sydney[1]).toBeGreaterThan(minsk[1]);
    for (const [x, y] of [minsk, washington, sydney]) {
      expect(x > 0 && x < WIDTH && y > 0 && y < HEIGHT).toBe(true);
    }
  });
  it("knows what is no place on earth", () => {
    expect(at(200, 0)).toBeNull();
    expect(at(0, Number.NaN)).toBeNull();
  });
  it("keeps the point under the pointer and never shows emptiness", () => {
    const near = zoomed(WHOLE, 4, 300, 200);
    expect((300 - near.x) / near.k).toBeCloseTo(300);
    expect((200 - near.y) / near.k).toBeCloseTo(200);
    expect(zoomed(near, 0.01)).toEqual(WHOLE);
    expect(kept({ k: 2, x: 500, y: -9999 })).toEqual({ k: 2, x: 0, y: -HEIGHT });
    expect(kept(WHOLE, HEIGHT + 100).y).toBe(50);
  });
  it("cuts a circle into the parts that are there", () => {
    expect(pie([3, 0, 1, 0], 10).map((one) => one.index)).toEqual([0, 2]);
    expect(pie([0, 5, 0, 0], 10)).toHaveLength(1);
    expect(pie([0, 0, 0, 0], 10)).toEqual([]);
  });
});
