import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

// The page is served by `whowhom serve` under a strict Content-Security-Policy: no inline script, no inline style tag,
// nothing from another host.
export default defineConfig({
  plugins: [svelte()],
  base: "/",
  build: {
    outDir: "../src/whowhom/serve/static",
    emptyOutDir: true,
    target: "es2022",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rollupOptions: { output: { manualChunks: undefined } },
  },
  // The server lets a page write only where Origin and Host agree: the Host of the page goes along as it came.
  server: { proxy: { "/api": { target: "http://127.0.0.1:8642", changeOrigin: false } } },
});
