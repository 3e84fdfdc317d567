import { describe, expect, it } from "vitest";
import { laidOut } from "./NetLayout";

const node = (n: number) => ({ id: `a${n}`, name: `Actor ${n}`, country: null, sector: null, events: n });
const edge = (source: number, target: number, quad = 1) => ({ source: `a${source}`, target: `a${target}`, quad, events: 3, score: 1 });
const nodes = Array.from({ length: 30 }, (_, n) => node(n + 1));
const edges = nodes.slice(1).map((_, n) => edge(1 + (n % 4), n + 2, 1 + (n % 4)));
const places = (graph: ReturnType<typeof laidOut>) => graph.mapNodes((id, look) => [id, look.x, look.y]).sort();

describe("the layout of a network", () => {
  it("is the same for the same network, in whatever order it comes", () => {
    const mixed = { nodes: [...nodes].reverse(), edges: [...edges].reverse() };
    expect(places(laidOut(mixed))).toEqual(places(laidOut({ nodes, edges })));
  });
  it("gives every node a finite place of its own", () => {
    const found = places(laidOut({ nodes, edges }));
    expect(found.every(([, x, y]) => Number.isFinite(x) && Number.isFinite(y))).toBe(true);
    expect(new Set(found.map(([, x, y]) => `${x} ${y}`)).size).toBe(nodes.length);
  });
  it("leaves out loops and edges to nobody", () => {
    expect(laidOut({ nodes, edges: [edge(1, 1), edge(1, 99), edge(1, 2)] }).size).toBe(1);
  });
  it("leaves out who is tied to nobody", () => {
    expect(laidOut({ nodes: [], edges: [] }).order).toBe(0);
    expect(laidOut({ nodes, edges: [edge(1, 2)] }).order).toBe(2);
  });
});
