// Where the actors of a network stand: the same network always looks the same, on every machine.
import Graph from "graphology";
import forceAtlas2 from "graphology-layout-forceatlas2";
import type { Network } from "../lib/api";

export interface NodeLook { x: number; y: number; size: number; label: string }
export interface EdgeLook { quad: number; size: number; weight: number; events: number }
export type Net = Graph<NodeLook, EdgeLook>;

/**
 * The network with a place for each node that is tied to another. Starts from a spiral in the order of the ids (no
 * chance in it) and computes the layout once; edges to nodes that are not there, and from a node to itself, are left out.
 */
export function laidOut(network: Network): Net {
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
  const order = (edge: (typeof network.edges)[number]) => `${edge.source} ${edge.target} ${edge.quad}`;
  for (const edge of ties.sort((a, b) => (order(a) < order(b) ? -1 : 1))) {
    graph.addEdge(edge.source, edge.target, { quad: edge.quad, events: edge.events, weight: Math.sqrt(edge.events), size: 1 + 3 * Math.sqrt(edge.events / heaviest) });
  }
  if (graph.order > 1) {
    const settings = { ...forceAtlas2.inferSettings(graph), linLogMode: true, strongGravityMode: false, gravity: 2, scalingRatio: 8, edgeWeightInfluence: 0.3, adjustSizes: false, barnesHutOptimize: graph.order > 400 };
    forceAtlas2.assign(graph, { iterations: graph.order > 200 ? 200 : 400, settings, getEdgeWeight: "weight" });
  }
  return graph;
}
