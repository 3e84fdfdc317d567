// What the page knows of its server: whether it answers, what store it has, whether the store has grown meanwhile.
import { get } from "./api";
import type { Status } from "./desk";

export const server = $state({
  status: null as Status | null,
  reachable: true,
  /** Goes up whenever what is shown should be asked for anew. */
  version: 0,
  /** What the store has gained since the page was last brought up to date. */
  gained: null as { documents: number; events: number } | null,
});

let timer: ReturnType<typeof setTimeout> | undefined;
let waiting = 0;

/** Ask for the state of the store; where the server does not answer, say so and go on trying. */
export async function ask(): Promise<void> {
  clearTimeout(timer);
  try {
    const status = await get<Status>("status");
    const back = !server.reachable || (server.status !== null && server.status.store !== status.store);
    server.status = status;
    server.reachable = true;
    waiting = 0;
    if (back) server.version += 1;
    // No store yet: one may appear at any time, and the first run should notice.
    if (!status.store) timer = setTimeout(ask, 5000);
  } catch (error) {
    if ((error as { code?: string }).code === "unreachable") lost();
    else timer = setTimeout(ask, 10_000);
  }
}

/** The server did not answer: the bar appears, and it is asked again, ever more slowly. */
export function lost(): void {
  server.reachable = false;
  clearTimeout(timer);
  waiting = Math.min(waiting + 1, 6);
  timer = setTimeout(ask, 1500 * waiting);
}

/** Bring what is shown up to date. */
export function renew(): void {
  server.gained = null;
  server.version += 1;
  void ask();
}

/** Hear of new reports as they come; the browser takes the line up again by itself. */
export function listen(): () => void {
  const stream = new EventSource("/api/stream");
  stream.addEventListener("changed", (event) => {
    try {
      const now = JSON.parse((event as MessageEvent<string>).data) as { documents: number; events: number };
      const before = server.status;
      if (!before?.store) return renew();
      const gained = { documents: now.documents - before.documents, events: now.events - before.events };
      server.gained = gained.documents > 0 || gained.events > 0 ? gained : null;
    } catch {
      // A message that cannot be read tells nothing.
    }
  });
  // The line broke: is it the server?
  stream.addEventListener("error", () => void ask());
  return () => stream.close();
}
