// Where the reports of one happening differ: their values side by side, and which of them stand apart.

/** One value as one report gives it; null where it says nothing of it. */
export interface Cell { text: string | null; differs: boolean }
/** What is to be compared; `silent` is put where a report says nothing. */
export interface Asked { name: string; label: string; values: (string | null)[]; silent?: string }
export interface Column { name: string; label: string; silent: string; differs: boolean; cells: Cell[] }

/**
 * The columns of a comparison over `rows` reports, in the order given; those that no report fills are left out.
 *
 * A value differs where another is given by more reports, or by as many of which one comes earlier. A report that is
 * silent differs from nobody.
 */
export function compared(columns: Asked[]): Column[] {
  const out: Column[] = [];
  for (const { name, label, values, silent = "not said" } of columns) {
    const count = new Map<string, number>();
    for (const value of values) if (value !== null) count.set(value, (count.get(value) ?? 0) + 1);
    if (!count.size) continue;
    const common = [...count].reduce((best, one) => (one[1] > best[1] ? one : best))[0];
    const cells = values.map((text) => ({ text, differs: text !== null && text !== common }));
    out.push({ name, label, silent, differs: cells.some((cell) => cell.differs), cells });
  }
  return out;
}
