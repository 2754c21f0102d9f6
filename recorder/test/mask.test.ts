import { describe, expect, it } from "vitest";
import { $, body, recorderParts } from "./site";

describe("what is masked at the source", () => {
  it.each([
    ["<input type=password>", true],
    ["<input type=hidden>", true],
    ["<input type=file>", true],
    ["<input class=rr-mask>", true],
    ["<input class=rr-ignore>", true],
    ["<div data-private><input></div>", true],
    ["<input id=kdnr>", true],
    ["<input>", false],
    ["<input type=submit>", false],
    ["<textarea></textarea>", false],
  ])("%s with forms: %s", (html, expected) => {
    body(html);
    const { masks } = recorderParts({ sensitive: ["#kdnr"] });
    expect(masks.has($("input,textarea"))).toBe(expected);
  });

  it("is everything but buttons with `forms: none`", () => {
    body("<input><select></select><textarea></textarea><input type=checkbox><p contenteditable></p><input type=submit>");
    const { masks } = recorderParts({ forms: "none" });
    expect(Array.from(document.body.children, (el) => masks.has(el))).toEqual([true, true, true, true, true, false]);
  });

  it("a password stays one: by element, by name, by id", () => {
    body("<input type=password name=pw id=a>");
    const { masks } = recorderParts();
    expect(masks.has($("#a"))).toBe(true);
    $("#a").type = "text";
    expect([masks.has($("#a")), masks.secret($("#a")), masks.wasPassword($("#a"))]).toEqual([true, true, true]);
    body("<input name=pw><input id=a><input name=other>");
    expect(Array.from(document.body.children, (el) => masks.has(el))).toEqual([true, true, false]);
  });

  it("what the proxy asks for stays masked, but is not called a secret", () => {
    body("<input name=f17>");
    const { masks } = recorderParts();
    const before = masks.version();
    masks.add($("input"));
    expect([masks.has($("input")), masks.secret($("input"))]).toEqual([true, false]);
    expect(masks.version()).toBeGreaterThan(before);
  });
});
