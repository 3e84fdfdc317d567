import { expect, it } from "vitest";
import config from "../vite.config";

it("hands the Host of the page on, so that its Origin agrees with it", () => {
  expect(config.server?.proxy?.["/api"]).toMatchObject({ changeOrigin: false });
});
