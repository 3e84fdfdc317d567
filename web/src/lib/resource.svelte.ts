// A question to the server that follows the page: asked anew when it changes, given up when outdated. The old answer
// stays until the new one is there.
import { address, ApiError, get, type Query } from "./api";
import { lost, server } from "./server.svelte";

export interface Ask { path: string; query?: Query }

export class Resource<T> {
  /** The latest answer, of the question before while a new one is under way. */
  value = $state.raw<T | null>(null);
  error = $state.raw<ApiError | null>(null);
  loading = $state(true);
  tries = $state(0);
  /** Whether what is shown answers an older question. */
  get stale(): boolean { return this.loading && this.value !== null; }
  again = (): void => { this.tries += 1; };
}

/**
 * The answer to what `ask` returns, in a component's setup. `null` asks nothing.
 *
 * The first question goes out at once, a changed one after `delay` ms without a further change.
 */
export function resource<T>(ask: () => Ask | null, { delay = 150 }: { delay?: number } = {}): Resource<T> {
  const out = new Resource<T>();
  const key = $derived.by(() => {
    const wish = ask();
    return wish && JSON.stringify([wish.path, address(wish.path, wish.query), wish.query ?? {}]);
  });
  let asked = false;
  $effect(() => {
    void out.tries;
    void server.version;
    if (!key) {
      Object.assign(out, { value: null, error: null, loading: false });
      return;
    }
    const [path, , query] = JSON.parse(key) as [string, string, Query];
    const stop = new AbortController();
    out.loading = true;
    const timer = setTimeout(async () => {
      try {
        const value = await get<T>(path, query, stop.signal);
        if (stop.signal.aborted) return;
        out.value = value;
        out.error = null;
      } catch (error) {
        if (stop.signal.aborted || (error as Error).name === "AbortError") return;
        const told = error instanceof ApiError ? error : new ApiError(String(error), 0, "failed");
        if (told.code === "unreachable") lost();
        // Without a server the last answer is better than none; a refusal of this question is not hidden by it.
        else out.value = null;
        out.error = told;
      }
      out.loading = false;
    }, asked ? delay : 0);
    asked = true;
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  });
  return out;
}
