// The state of the page is its address: a path for the view, a query for the filters.
import type { Query } from "./api";

export const MANY = ["actor", "recipient", "country", "sector", "type", "mode", "quad", "status", "kind", "predicate", "data_set"];

function read() {
  return { path: location.pathname, query: new URLSearchParams(location.search) };
}

export const route = $state(read());

addEventListener("popstate", () => Object.assign(route, read()));

/** Go to an address of this page; `replace` leaves no step to go back to, `stay` leaves the page where it was scrolled to. */
export function go(to: string, replace = false, stay = replace): void {
  if (to === location.pathname + location.search) return;
  history[replace ? "replaceState" : "pushState"](null, "", to);
  Object.assign(route, read());
  if (!stay) scrollTo(0, 0);
}

/** The filters in the address, to be given to the API. */
export function filters(query: URLSearchParams = route.query): Query {
  const out: Query = {};
  for (const name of new Set(query.keys())) out[name] = MANY.includes(name) ? query.getAll(name) : query.get(name);
  return out;
}

/** The address of a view with the present filters changed; null takes one out. */
export function withFilters(changes: Query, path = route.path, base: URLSearchParams = route.query): string {
  const query = new URLSearchParams(base);
  for (const [name, value] of Object.entries(changes)) {
    query.delete(name);
    if (value === null || value === undefined || value === "") continue;
    for (const one of Array.isArray(value) ? value : [value]) query.append(name, String(one));
  }
  const text = query.toString();
  return path + (text ? `?${text}` : "");
}

/** For links: goes to the address within the page, unless the reader wants another tab. */
export function link(node: HTMLAnchorElement) {
  const click = (event: MouseEvent) => {
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    if (node.origin !== location.origin || node.target || node.hasAttribute("download")) return;
    event.preventDefault();
    go(node.pathname + node.search);
  };
  node.addEventListener("click", click);
  return { destroy: () => node.removeEventListener("click", click) };
}
