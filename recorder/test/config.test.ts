import { describe, expect, it } from "vitest";
import { parse } from "../src/config";

describe("the snippet's configuration", () => {
  it("is read as the proxy writes it", () => {
    const config = parse('{"path":"/_m/","site":"s","forms":"personal","text":"mask","visit":"tab","safe":["#a"],"consent":{"mode":"none"}}');
    expect(config).toMatchObject({ path: "/_m", forms: "personal", maskText: true, visit: "tab", safe: ["#a"] });
    expect(config?.consent.respectGpc).toBe(true);
  });

  it("falls back to the strictest values", () => {
    expect(parse('{"path":"/_m","forms":"everything"}')).toMatchObject({ forms: "none", visit: "page" });
  });

  it.each([null, "", "{", "null", "{}", '{"path":""}', '{"path":"//elsewhere"}', '{"path":"https://elsewhere"}'])(
    "%s is none: nothing is recorded",
    (text) => expect(parse(text)).toBeNull(),
  );
});
