import { describe, expect, it } from "vitest";
import { words } from "../src/barwords";

describe("the bar's words", () => {
  it.each([["de", "de"], ["de-AT", "de"], ["en-GB", "en"], ["fr", "en"], ["", "en"], ["den", "en"]])(
    "are for lang=%s in %s",
    (language, expected) => expect(words(language, true, "none").lang).toBe(expected),
  );

  it.each(["de", "en"])("promise in %s what is kept of fields, and no more", (language) => {
    const said = ["none", "harmless", "personal", ""].map((forms) => words(language, false, forms).text);
    expect(new Set(said).size).toBe(3);
    expect(said[3]).toBe(said[0]);
    expect(said[2]).not.toMatch(/personal|pers\u00f6nlich/);
  });

  it("ask only where nothing is recorded without an answer", () => {
    expect(words("en", true, "none").text).toMatch(/^May we/);
    expect(words("en", false, "none").text).toMatch(/^We record/);
  });
});
