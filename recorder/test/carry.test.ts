import { describe, expect, it } from "vitest";
import { createCarry } from "../src/carry";
import { MASK } from "../src/mask";
import { memory } from "./site";

function nextPage(...values: string[]) {
  const session = memory();
  const first = createCarry(session);
  for (const value of values) first.keep(value);
  const next = createCarry(session);
  return (text: string, key = "textContent") => next.clean(text, key);
}

describe("the next page", () => {
  it.each([
    ["hunter-22x", "Kennwort hunter-22x ist falsch", `Kennwort ${MASK} ist falsch`],
    ["Geheim!9", "\u00bbGeheim!9\u00ab", MASK],
    ["Max Mustermann", "Hallo Max Mustermann!", `Hallo ${MASK}`],
    ["Max Mustermann", "Herr Mustermann, guten Tag", `Herr ${MASK}, guten Tag`],
    ["DE89370400440532013000", "DE89 3704 0044 0532 0130 00", MASK],
    ["4111 1111 1111 1111", "Karte 4111111111111111", `Karte ${MASK}`],
    ["max@example.org", "/weiter?mail=max@example.org", `/weiter?mail=${MASK}`],
    ["Weg 5, 12345 Ort", "Weg 5, 12345 Ort", MASK],
  ])("of %s: %s -> %s", (value, text, expected) => expect(nextPage(value)(text)).toBe(expected));

  it("keeps other words, and short ones", () => {
    expect(nextPage("hunter22", "abc")("ganz andere Worte, abc")).toBe("ganz andere Worte, abc");
  });

  it("keeps the page's machinery", () => expect(nextPage("button")("button", "class")).toBe("button"));
});

it("values are never stored, only salted numbers of 16 bits", () => {
  const session = memory();
  createCarry(session).keep("Geheimnis 4711");
  const stored = session.get("echoes")!;
  expect(stored.toLowerCase()).not.toMatch(/geheim|4711/);
  const { words, wholes } = JSON.parse(stored) as { words: number[]; wholes: number[] };
  expect([...words, ...wholes].every((print) => Number.isInteger(print) && print >= 0 && print < 65_536)).toBe(true);
});

it("two tabs have two salts", () => {
  const stored = [memory(), memory()].map((session) => {
    createCarry(session).keep("Geheimnis");
    return session.get("echoes");
  });
  expect(stored[0]).not.toBe(stored[1]);
});

it("a page of many fields is carried whole", () => {
  const session = memory();
  const carry = createCarry(session);
  for (let number = 0; number < 300; number++) carry.keep(`Wert${number}wort, Name${number}mann`);
  const next = createCarry(session);
  for (let number = 0; number < 300; number++) expect(next.clean(`Hallo Name${number}mann`, "textContent")).not.toContain("mann");
  const others = Array.from({ length: 200 }, (_, number) => `anderes${number}wort`);
  expect(others.filter((word) => next.clean(word, "textContent") === word).length).toBeGreaterThan(180);
});

it("more than can be carried mask all text of the pages to come", () => {
  const session = memory();
  const carry = createCarry(session);
  for (let number = 0; number < 2000; number++) carry.keep(`wert${number}wort`);
  const stored = session.get("echoes")!;
  expect((JSON.parse(stored) as { words: number[] }).words).toHaveLength(1000);
  const next = createCarry(session);
  expect(next.any()).toBe(true);
  expect(["wert0wort", "Guten Tag"].map((text) => next.clean(text, "textContent"))).toEqual([MASK, MASK]);
  expect(next.clean("row", "class")).toBe("row");
});

it("what is stored by others does no harm", () => {
  const session = memory();
  session.set("echoes", '{"prints":"x"}');
  createCarry(session).keep("Geheimnis");
  expect(createCarry(session).clean("Geheimnis", "x")).toBe(MASK);
});

describe("the page after that", () => {
  it.each([
    ["J\u00fcrg\u00e9n", "J%C3%BCrg%C3%A9n", MASK],
    ["J\u00fcrg\u00e9n", "J%FCrg%E9n", MASK],
    ["kyx.f@pqst.example", "/kunde/kyx.f%40pqst.example/konto", `/kunde/${MASK}/konto`],
    ["Muster", "Musters Konto", `${MASK} Konto`],
    ["629", "629", MASK],
    ["629", "Nr. 629", "Nr. 629"],
  ])("of %s: %s -> %s", (value, text, expected) => expect(nextPage(value)(text)).toBe(expected));

  it("has no e-mail address in an id, and its layout unharmed", () => {
    expect(nextPage("kyxfl@pqst.example")("row-kyxfl@pqst.example", "id")).not.toContain("kyxfl");
    expect(nextPage("629")("629", "width")).toBe("629");
  });
});
