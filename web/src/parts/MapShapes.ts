// The world as it is drawn: Natural Earth's countries (1:110 million, public domain) in the Natural Earth projection.
import { geoGraticule10, geoNaturalEarth1, geoPath } from "d3-geo";
import { feature, mesh } from "topojson-client";
import type { Topology } from "topojson-specification";
import atlas from "world-atlas/countries-110m.json";

export const WIDTH = 960;
const projection = geoNaturalEarth1().fitWidth(WIDTH, { type: "Sphere" });
/** Beyond these latitudes nobody acts: the drawing ends there. */
const TOP = projection([0, 83.5])![1];
export const HEIGHT = Math.round(projection([0, -58])![1] - TOP);
projection.translate([projection.translate()[0], projection.translate()[1] - TOP]);

const world = atlas as unknown as Topology;
const countries = world.objects.countries!;
const path = geoPath(projection);
export const land = path(feature(world, countries)) ?? "";
export const borders = path(mesh(world, countries as never, (one, other) => one !== other)) ?? "";
export const graticule = path(geoGraticule10()) ?? "";

/** Where a place stands on the drawing; null for what is no place on earth. */
export function at(lon: number, lat: number): [number, number] | null {
  if (!(Math.abs(lat) <= 90) || !(Math.abs(lon) <= 180)) return null;
  return projection([lon, lat]);
}

/** Sectors of a circle of radius `r` around 0, 0, one for each part that is more than nothing. */
export function pie(parts: number[], r: number): { index: number; d: string }[] {
  const whole = parts.reduce((sum, part) => sum + part, 0);
  const out: { index: number; d: string }[] = [];
  let turned = 0;
  parts.forEach((part, index) => {
    if (part <= 0) return;
    if (part === whole) { out.push({ index, d: `M0 ${-r}A${r} ${r} 0 1 1 0 ${r}A${r} ${r} 0 1 1 0 ${-r}Z` }); return; }
    const [from, to] = [turned, (turned += part / whole)].map((share) => share * 2 * Math.PI);
    const point = (angle: number) => `${(r * Math.sin(angle)).toFixed(2)} ${(-r * Math.cos(angle)).toFixed(2)}`;
    out.push({ index, d: `M0 0L${point(from!)}A${r} ${r} 0 ${part / whole > 0.5 ? 1 : 0} 1 ${point(to!)}Z` });
  });
  return out;
}

/** What the drawing shows: scaled by `k` about its origin, then moved. */
export interface Frame { k: number; x: number; y: number }
export const WHOLE: Frame = { k: 1, x: 0, y: 0 };
export const CLOSEST = 24;

/** The frame nearest to a wished one that shows no emptiness beside the world; `high` is the height of the window on it. */
export function kept(frame: Frame, high = HEIGHT): Frame {
  const k = Math.min(CLOSEST, Math.max(1, frame.k));
  const spare = high - HEIGHT * k; // of a window higher than the world, which then stands in its middle
  return { k, x: Math.min(0, Math.max(WIDTH * (1 - k), frame.x)), y: spare > 0 ? spare / 2 : Math.min(0, Math.max(spare, frame.y)) };
}

/** The same frame larger by a factor; the point of the drawing at (x, y) stays where it is. */
export function zoomed(frame: Frame, factor: number, x = WIDTH / 2, y = HEIGHT / 2, high = HEIGHT): Frame {
  const k = Math.min(CLOSEST, Math.max(1, frame.k * factor));
  return kept({ k, x: x - ((x - frame.x) * k) / frame.k, y: y - ((y - frame.y) * k) / frame.k }, high);
}
