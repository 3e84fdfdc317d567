import { describe, expect, it } from "vitest";
import type { Spot } from "../lib/api";
import { clustered, keyOf, parting } from "./MapClusters";

const spot = (place: string, events: number, x: number, y: number) => {
  const found: Spot = { place, names: [place], country: "ISL", lat: y, lon: x, events, by_quad: { 1: events - 1, 4: 1 }, score: 0 };
  return { spot: found, where: [x, y] as [number, number] };
};
const radius = (events: number) => 3 + Math.sqrt(events);
const places = [spot("Reykjavík", 25, 10, 10), spot("Húsavík", 4, 16, 10), spot("Oslo", 9, 60, 20), spot("Akureyri", 1, 15, 9)];

describe("the circles of a map", () => {
  it("stand for several places that would touch", () => {
    const found = clustered(places, 1, radius);
    expect(found.map((one) => [one.spots.map((two) => two.place), one.events])).toEqual([[["Reykjavík", "Húsavík", "Akureyri"], 30], [["Oslo"], 9]]);
    expect(found[0]!.parts).toEqual([27, 0, 0, 3]);
    expect(found[0]!.where).toEqual([10, 10]);
  });
  it("never touch each other, at any size", () => {
    const crowd = Array.from({ length: 150 }, (_, n) => spot(`P${n}`, 1 + (n % 50), (n * 37) % 960, (n * 91) % 420));
    for (const scale of [0.4, 1, 3, 9]) {
      const found = clustered(crowd, scale, radius);
      expect(found.reduce((sum, one) => sum + one.spots.length, 0)).toBe(crowd.length);
      const touching = found.filter((one, n) => found.slice(n + 1).some((other) => Math.hypot(one.where[0] - other.where[0], one.where[1] - other.where[1]) * scale < one.r + other.r));
      expect(touching).toEqual([]);
    }
  });
  it("part when the map is as large as it must be", () => {
    const at = (lon: number, lat: number): [number, number] => [lon, lat];
    const [first] = clustered(places, 1, radius);
    const scale = parting(first!, at, radius);
    expect(clustered(places, scale * 0.99, radius)).toHaveLength(2);
    expect(clustered(places, scale * 1.6, radius).length).toBeGreaterThan(2);
    const same = clustered([spot("A", 2, 1, 1), spot("B", 1, 1, 1)], 1, radius);
    expect(parting(same[0]!, at, radius)).toBe(Infinity);
  });
  it("tell places of one name apart", () => {
    expect(keyOf(spot("San José", 1, 1, 2).spot)).not.toBe(keyOf(spot("San José", 1, 2, 2).spot));
  });
});
