// Names beside points: which of them fit into a drawing, and where, so that none lies on another. All in pixels.

export interface Box { left: number; top: number; right: number; bottom: number }
/** A point with a name of a font size; `must`: it is shown even over other points. */
export interface Named { key: string; text: string; x: number; y: number; r: number; size: number; must?: boolean }
/** A name in its place: `x` is where it begins, `y` its baseline. */
export interface Label { key: string; text: string; x: number; y: number; size: number; box: Box }
/** The width of a text in a font size. */
export type Measure = (text: string, size: number) => number;

const GAP = 3;
/** A point of at most this part of another's size may lie under the name of that one. */
const SMALL = 0.55;

/** A measure of texts in a family of fonts. */
export function measureOf(family: string): Measure {
  const context = document.createElement("canvas").getContext("2d");
  const known = new Map<string, number>();
  return (text, size) => {
    const key = `${size} ${text}`;
    let width = known.get(key);
    if (width === undefined) {
      if (context) context.font = `${size}px ${family}`;
      width = context ? context.measureText(text).width : text.length * size * 0.6;
      known.set(key, width);
    }
    return width;
  };
}

/** A text of at most so many characters. */
export const shortened = (text: string, most = 26): string => (text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text);

const meet = (one: Box, other: Box) => one.left < other.right && one.right > other.left && one.top < other.bottom && one.bottom > other.top;
const within = (one: Box, stage: Box) => one.left >= stage.left && one.right <= stage.right && one.top >= stage.top && one.bottom <= stage.bottom;

/** The radii of the points under a box, summed up; Infinity where one of them is larger than `most`. */
function under(box: Box, points: Named[], own: Named, most: number): number {
  let sum = 0;
  for (const point of points) {
    const { x, y, r } = point;
    if (x + r <= box.left || x - r >= box.right || y + r <= box.top || y - r >= box.bottom || point === own) continue;
    const [right, down] = [x - Math.max(box.left, Math.min(x, box.right)), y - Math.max(box.top, Math.min(y, box.bottom))];
    if (right * right + down * down >= r * r) continue;
    if (r > most) return Infinity;
    sum += r;
  }
  return sum;
}

/** The boxes that a name may have: right of its point, left of it, above and below, and between these. */
function choices(point: Named, width: number): Box[] {
  const [high, off] = [point.size * 1.3, point.r + GAP];
  const slant = point.r * 0.7 + GAP;
  const box = (left: number, top: number): Box => ({ left, top, right: left + width, bottom: top + high });
  return [
    box(point.x + off, point.y - high / 2), box(point.x - off - width, point.y - high / 2),
    box(point.x - width / 2, point.y - off - high), box(point.x - width / 2, point.y + off),
    box(point.x + slant, point.y - slant - high), box(point.x + slant, point.y + slant),
    box(point.x - slant - width, point.y - slant - high), box(point.x - slant - width, point.y + slant),
  ];
}

/** The first of the boxes that cost the least; none where all cost too much. */
function cheapest(boxes: Box[], cost: (box: Box) => number): Box | undefined {
  let [best, least] = [undefined as Box | undefined, Infinity];
  for (const box of boxes) {
    const here = cost(box);
    if (here < least) [best, least] = [box, here];
    if (here === 0) break;
  }
  return best;
}

/** A box moved into the stage. */
function moved(box: Box, stage: Box): Box {
  const x = Math.max(stage.left - box.left, Math.min(0, stage.right - box.right));
  const y = Math.max(stage.top - box.top, Math.min(0, stage.bottom - box.bottom));
  return { left: box.left + x, top: box.top + y, right: box.right + x, bottom: box.bottom + y };
}

/**
 * The names that fit, those of the first points before those of later ones: each inside the stage, beside its point,
 * on no other name and nothing of what is `taken`; on another point only where there is no way round and that is small.
 */
export function fitting(points: Named[], stage: Box, measure: Measure, limit = Infinity, taken: Box[] = []): Label[] {
  const used = [...taken];
  const out: Label[] = [];
  for (const point of [...points.filter((one) => one.must), ...points.filter((one) => !one.must)]) {
    if (out.length >= limit && !point.must) break;
    const boxes = choices(point, measure(point.text, point.size));
    const free = (box: Box) => within(box, stage) && !used.some((one) => meet(box, one));
    const most = point.must ? Number.MAX_VALUE : point.r * SMALL;
    const box = cheapest(boxes, (one) => (free(one) ? under(one, points, point, most) : Infinity))
      ?? (point.must ? boxes.map((one) => moved(one, stage)).find(free) : undefined);
    if (!box) continue;
    used.push(box);
    out.push({ key: point.key, text: point.text, x: box.left, y: box.bottom - point.size * 0.36, size: point.size, box });
  }
  return out;
}
