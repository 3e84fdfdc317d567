// Names for the values of filters: an address says a12, a reader wants to read who that is.
import { SvelteMap } from "svelte/reactivity";
import { get } from "./api";
import type { Suggestions } from "./desk";

const known = new SvelteMap<string, string>();
const asked = new Set<string>();

export function remember(value: string, name: string): void {
  known.set(value, name);
}

/** The name of an actor or a country in a filter; the value itself until, or unless, it is known. */
export function nameOf(value: string): string {
  const name = known.get(value);
  if (name) return name;
  if (!asked.has(value) && /^(a\d+|[A-Z]{3}(\/[A-Z]{3})?)$/.test(value)) {
    asked.add(value);
    void find(value);
  }
  return value;
}

async function find(value: string): Promise<void> {
  try {
    if (/^a\d+$/.test(value)) {
      const actor = await get<{ name?: string }>(`records/${value}`);
      if (actor.name) known.set(value, actor.name);
      return;
    }
    const [country, sector] = value.split("/");
    const { rows, absent } = await get<Suggestions>("suggest", { text: country, limit: 8 });
    const row = rows.find((one) => one.value === country) ?? (absent?.value === country ? absent : null);
    if (row) known.set(value, sector ? `${row.name} ${sector}` : row.name);
  } catch {
    // The value itself stays.
  }
}
