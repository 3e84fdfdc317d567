// Places that are too near each other to be told apart become one circle; a larger map parts them again.
import type { Spot } from "../lib/api";

export interface Placed { spot: Spot; where: [number, number] }
/** Places drawn as one, the one with the most events first, which also says where; `r` in pixels. */
export interface Cluster { key: string; spots: Spot[]; where: [number, number]; events: number; parts: number[]; r: number }

/** What no two places have in common. */
export const keyOf = (spot: Spot): string => `${spot.place} ${spot.country} ${spot.lat} ${spot.lon}`;

/** Pixels between two circles at least: each may have a ring. */
const BETWEEN = 5;

function joined(one: Cluster, other: Cluster, radius: (events: number) => number): Cluster {
  const events = one.events + other.events;
  const parts = one.parts.map((part, n) => part + other.parts[n]!);
  return { ...one, spots: [...one.spots, ...other.spots], events, parts, r: radius(events) };
}

/** The clusters after each was joined with the first before it that it comes too near. */
function once(clusters: Cluster[], scale: number, radius: (events: number) => number): Cluster[] {
  const out: Cluster[] = [];
  for (const one of clusters) {
    const near = out.findIndex((other) => Math.hypot(one.where[0] - other.where[0], one.where[1] - other.where[1]) * scale < one.r + other.r + BETWEEN);
    if (near < 0) out.push(one);
    else out[near] = joined(out[near]!, one, radius);
  }
  return out;
}

/**
 * The circles for some places, the largest first, none of which touches another.
 *
 * `scale` is how many pixels a unit of the drawing has, `radius` that of a circle for a number of events.
 */
export function clustered(placed: Placed[], scale: number, radius: (events: number) => number): Cluster[] {
  let clusters = placed
    .map(({ spot, where }): Cluster => ({ key: keyOf(spot), spots: [spot], where, events: spot.events, parts: [1, 2, 3, 4].map((quad) => spot.by_quad[quad] ?? 0), r: radius(spot.events) }))
    .sort((a, b) => b.events - a.events || a.key.localeCompare(b.key));
  for (let before = Infinity; clusters.length < before; ) {
    before = clusters.length;
    clusters = once(clusters, scale, radius).sort((a, b) => b.events - a.events || a.key.localeCompare(b.key));
  }
  return clusters;
}

/** How much closer a cluster must be seen for its first place to part from at least one of the others. */
export function parting(cluster: Cluster, at: (lon: number, lat: number) => [number, number] | null, radius: (events: number) => number): number {
  const [first, ...rest] = cluster.spots;
  const scales = rest.map((spot) => {
    const where = at(spot.lon, spot.lat) ?? cluster.where;
    const apart = Math.hypot(where[0] - cluster.where[0], where[1] - cluster.where[1]);
    return (radius(first!.events) + radius(spot.events) + BETWEEN) / apart;
  });
  return Math.min(...scales);
}
