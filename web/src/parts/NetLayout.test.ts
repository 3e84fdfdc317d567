import { describe, expect, it } from "vitest";
import { laidOut } from "./NetLayout";

const node = (n: number) => ({ id: `a${n}`, name: `Actor ${n}`, country: null, sector: null, events: n });
const edge = (source: number, target: number, quad = 1) => ({ source: `a${source}`, target: `a${target}`, quad, both: false, events: 3, score: 1 });
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
  it("keeps a tie without a direction apart from one with", () => {
    const graph = laidOut({ nodes, edges: [edge(1, 2), { ...edge(1, 2), both: true }] });
    expect(graph.mapEdges((_, look) => look.both).sort()).toEqual([false, true]);
  });
  it("fills the stage, and no node lies on another", () => {
    const looks = laidOut({ nodes, edges }, 800, 400).mapNodes((_, look) => look);
    for (const look of looks) expect(look.x >= 0 && look.x <= 800 && look.y >= 0 && look.y <= 400).toBe(true);
    expect(Math.max(...looks.map((look) => look.x))).toBeGreaterThan(700);
    looks.forEach((one, n) => looks.slice(n + 1).forEach((other) => expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThan(one.size + other.size)));
  });
});
