import { describe, expect, it } from "vitest";
import { compared } from "./RecordDiffers";

const column = (...values: (string | null)[]) => compared([{ name: "x", label: "X", values }])[0];
const marks = (...values: (string | null)[]) => column(...values)?.cells.map((cell) => cell.differs);

describe("compared", () => {
  it("marks what fewer reports say", () => expect(marks("3", "2", "3")).toEqual([false, true, false]));
  it("takes the earliest report where as many say one thing as the other", () => expect(marks("2", "3")).toEqual([false, true]));
  it("does not mark a report that is silent", () => expect(marks("2", null, "2")).toEqual([false, false, false]));
  it("says whether there is any difference", () => {
    expect(column("2", null)?.differs).toBe(false);
    expect(column("2", "4")?.differs).toBe(true);
  });
  it("leaves out what no report says", () => expect(column(null, null)).toBeUndefined());
});
