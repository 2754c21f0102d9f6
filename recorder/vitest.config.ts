import { defineConfig } from "vitest/config";

export default defineConfig({
  define: { MASK_AT_SOURCE: "true" },
  test: { environment: "jsdom", include: ["test/**/*.test.ts"], setupFiles: ["test/setup.ts"], unstubGlobals: true },
});
