// Where the actors of a network stand: the same network always looks the same, on every machine.
import Graph from "graphology";
import forceAtlas2 from "graphology-layout-forceatlas2";
import type { Network } from "../lib/api";

export interface NodeLook { x: number; y: number; size: number; label: string }
export interface EdgeLook { quad: number; both: boolean; size: number; weight: number; events: number }
export type Net = Graph<NodeLook, EdgeLook>;

/** Pixels between two nodes where there is room, and how often they are pushed. */
const APART = 16;
const ROUNDS = 60;

/**
 * The network with a place for each node that is tied to another. Starts from a spiral in the order of the ids (no
 * chance in it) and computes the layout once; edges to nodes that are not there, and from a node to itself, are left out.
 *
 * The places fill a stage of that width and height, in its pixels, and no two nodes lie on each other as far as it has room.
 */
export function laidOut(network: Network, width = 900, height = 600): Net {
  const graph: Net = new Graph({ multi: true, type: "directed" });
  const most = Math.max(1, ...network.nodes.map((node) => node.events));
  const here = new Set(network.nodes.map((node) => node.id));
  const ties = network.edges.filter((edge) => edge.source !== edge.target && here.has(edge.source) && here.has(edge.target));
  const tied = new Set(ties.flatMap((edge) => [edge.source, edge.target]));
  const nodes = network.nodes.filter((node) => tied.has(node.id)).sort((a, b) => Number(a.id.slice(1)) - Number(b.id.slice(1)) || a.id.localeCompare(b.id));
  nodes.forEach((node, n) => {
    const turn = n * Math.PI * (3 - Math.sqrt(5));
    const size = 3 + 9 * Math.sqrt(node.events / most);
    graph.mergeNode(node.id, { x: Math.sqrt(n + 1) * Math.cos(turn) * 10, y: Math.sqrt(n + 1) * Math.sin(turn) * 10, size, label: node.name });
  });
  const heaviest = Math.max(1, ...network.edges.map((edge) => edge.events));
  const order = (edge: (typeof network.edges)[number]) => `${edge.source} ${edge.target} ${edge.quad} ${edge.both}`;
  for (const edge of ties.sort((a, b) => (order(a) < order(b) ? -1 : 1))) {
    graph.addEdge(edge.source, edge.target, { quad: edge.quad, both: edge.both, events: edge.events, weight: Math.sqrt(edge.events), size: 1 + 3 * Math.sqrt(edge.events / heaviest) });
  }
  if (graph.order > 1) {
    const settings = { ...forceAtlas2.inferSettings(graph), linLogMode: true, strongGravityMode: false, gravity: 2, scalingRatio: 8, edgeWeightInfluence: 0.3, adjustSizes: false, barnesHutOptimize: graph.order > 400 };
    forceAtlas2.assign(graph, { iterations: graph.order > 200 ? 200 : 400, settings, getEdgeWeight: "weight" });
  }
  stretch(graph, width, height);
  spread(graph, width, height);
  return graph;
}

/** Stretches the places to the whole of a stage. */
function stretch(graph: Net, width: number, height: number): void {
  const looks = graph.mapNodes((_, look) => look);
  const [xs, ys] = [looks.map((look) => look.x), looks.map((look) => look.y)];
  const scale = (values: number[], size: number) => {
    const [least, most] = [Math.min(...values), Math.max(...values)];
    return (value: number) => (most > least ? ((value - least) / (most - least)) * size : size / 2);
  };
  const [x, y] = [scale(xs, width), scale(ys, height)];
  graph.updateEachNodeAttributes((_, look) => ({ ...look, x: x(look.x), y: y(look.y) }));
}

/** Pushes nodes that lie on each other apart, inside the stage. */
function spread(graph: Net, width: number, height: number): void {
  const ids = graph.nodes();
  const looks = ids.map((id) => ({ ...graph.getNodeAttributes(id) }));
  const room = Math.min(APART, 0.4 * Math.sqrt((width * height) / (ids.length + 1)));
  for (let round = 0; round < ROUNDS; round++) {
    for (let n = 0; n < looks.length; n++) {
      for (let m = n + 1; m < looks.length; m++) push(looks[n]!, looks[m]!, room);
    }
    for (const look of looks) {
      look.x = Math.max(0, Math.min(width, look.x));
      look.y = Math.max(0, Math.min(height, look.y));
    }
  }
  ids.forEach((id, n) => graph.mergeNodeAttributes(id, { x: looks[n]!.x, y: looks[n]!.y }));
}

/** Moves two nodes so far apart that `room` pixels lie between their rims. */
function push(one: NodeLook, other: NodeLook, room: number): void {
  const [x, y] = [other.x - one.x, other.y - one.y];
  const far = Math.hypot(x, y);
  const least = one.size + other.size + room;
  if (far >= least) return;
  const by = (least - far) / 2;
  const [right, down] = far > 1e-6 ? [x / far, y / far] : [1, 0];
  one.x -= right * by;
  one.y -= down * by;
  other.x += right * by;
  other.y += down * by;
}
