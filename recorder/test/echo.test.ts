import { describe, expect, it } from "vitest";
import { createEcho } from "../src/echo";
import { MASK } from "../src/mask";

function knowing(value: string, secret: boolean) {
  const echo = createEcho();
  echo.learn(value, secret);
  return (text: string, key = "textContent") => echo.clean(text, key);
}

describe("an echo of a secret", () => {
  const clean = knowing("Hunter-22x", true);

  it.each([
    ["Hunter-22x", MASK],
    ["Ihr Kennwort: Hunter-22x!", `Ihr Kennwort: ${MASK}!`],
    ["xxhunter22xyy", `xx${MASK}yy`],
    ["H u n t e r 2 2 x", MASK],
    ["so weit getippt: Hunt", `so weit getippt: ${MASK}`],
    ["Hunter-2 und Hunter-22x", `${MASK} und ${MASK}`],
    ["/login?pw=Hunter-22x&a=1", `/login?pw=${MASK}&a=1`],
    ["Hun", "Hun"],
    ["ganz anderes", "ganz anderes"],
  ])("%s -> %s", (text, expected) => expect(clean(text)).toBe(expected));

  it("is found percent-encoded", () => {
    expect(knowing("g\u00fc\u00df & co", true)("?q=g%C3%BC%C3%9F%20%26%20co")).toBe(`?q=${MASK}`);
  });

  it("with its separators typed so far is found", () => {
    expect(knowing("KD-9937114", true)("Sie tippten: KD-9")).toBe(`Sie tippten: ${MASK}`);
  });

  it("shorter than four goes where a whole string equals it", () => {
    const short = knowing("123", true);
    expect([short("123"), short(" 123 "), short("1234"), short("a 123")]).toEqual([MASK, MASK, "1234", "a 123"]);
  });

  it("in a class name only when it is whole", () => {
    const form = knowing("form2024", true);
    expect(form("form-control", "class")).toBe("form-control");
    expect(form("x-form2024", "class")).toBe(`x-${MASK}`);
  });

  it("leaves HTML's own words alone", () => {
    const text = knowing("text", true);
    expect([text("text", "type"), text("textarea", "tagName"), text("text", "tag")]).toEqual(["text", "textarea", "text"]);
  });

  it("of separators only goes where a whole string equals it", () => expect(knowing("-----", true)("-----")).toBe(MASK));
});

describe("an echo of another value", () => {
  const clean = knowing("Muster 12", false);

  it("goes at word boundaries only", () => {
    expect(clean("Frau Muster 12.")).toBe(`Frau ${MASK}.`);
    expect(clean("Musterweg, muster123")).toBe("Musterweg, muster123");
  });

  it("in groups is found", () => {
    expect(knowing("4111111111111111", false)("4111 1111 1111 1111")).toBe(MASK);
    expect(knowing("DE89 3704 0044", false)("DE8937040044")).toBe(MASK);
  });

  it("shorter than four stays", () => expect(knowing("Ab", false)("Ab")).toBe("Ab"));
  it("is not looked for in class names", () => expect(knowing("button", false)("button", "class")).toBe("button"));
});

it("what was first a value may become a secret", () => {
  const echo = createEcho();
  echo.learn("Muster", false);
  echo.learn("Muster", true);
  echo.learn("Muster", false);
  expect(echo.clean("xMusterx", "textContent")).toBe(`x${MASK}x`);
});

describe("many values", () => {
  /** As keys are pressed: after each of them. */
  const typed = (echo: ReturnType<typeof createEcho>, value: string, secret: boolean) => {
    for (let length = 1; length <= value.length; length++) echo.learn(value.slice(0, length), secret, length === value.length);
  };

  it.each([true, false])("typed key by key are all known to the end (secret: %s)", (secret) => {
    const echo = createEcho();
    for (let number = 100; number < 400; number++) typed(echo, `Wert-Nummer-${number}-Ende`, secret);
    for (const number of [100, 250, 399]) expect(echo.clean(`\u00bbWert-Nummer-${number}-Ende\u00ab`, "textContent")).toBe(`\u00bb${MASK}\u00ab`);
    expect(echo.clean("Guten Tag", "textContent")).toBe("Guten Tag");
  });

  it("typed key by key are known by what of them was typed, where a word ends", () => {
    const echo = createEcho();
    typed(echo, "Mustermann", false);
    expect(echo.clean("Hallo Muste, hallo Muster Max", "textContent")).toBe(`Hallo ${MASK}, hallo ${MASK} Max`);
    expect(echo.clean("Musterhaus", "textContent")).toBe("Musterhaus");
  });

  it("pasted are known as a whole", () => {
    const echo = createEcho();
    echo.learn("Mustermann", false);
    expect(echo.clean("Muster Mustermann", "textContent")).toBe(`Muster ${MASK}`);
  });

  it("more than can be kept mask all text from then on", () => {
    const echo = createEcho();
    for (let number = 0; number < 5000; number++) echo.learn(`wert${number}`, false);
    expect(echo.mayStandIn("Guten Tag")).toBe(true);
    expect(["wert0", "wert4999", "Guten Tag"].map((text) => echo.clean(text, "textContent"))).toEqual([MASK, MASK, MASK]);
    expect(echo.clean("row", "class")).toBe("row");
  });
});

it("signs of regular expressions mean themselves", () => {
  expect(knowing("a.*(b]\\c", true)("x a.*(b]\\c x")).toBe(`x ${MASK} x`);
  expect(knowing("[[[[[[", true)("[[[[[[")).toBe(MASK);
});

describe("spellings of a value that nobody types any more", () => {
  const complete = (value: string, secret = false) => {
    const echo = createEcho();
    echo.learn(value, secret, true);
    return (text: string, key = "textContent") => echo.clean(text, key);
  };

  it.each(["&#71;&#101;&#104;&#101;&#105;&#109;&#35;&#52;&#55;&#49;&#49;", "&#x47;&#x65;&#x68;&#x65;&#x69;&#x6d;&#x23;&#x34;&#x37;&#x31;&#x31;"])(
    "character by character as %s",
    (written) => {
      expect(complete("Geheim#4711")(`a ${written} b`)).not.toContain(written.slice(0, 30));
      expect(complete("Geheim#4711")("Preis: 3 &#8364; &#71;")).toBe("Preis: 3 &#8364; &#71;");
    },
  );

  it.each(["", "x", "xy"])("base64 of its UTF-16 behind '%s'", (before) => {
    const wide = Array.from(`${before}Geheim#4711`, (char) => `${char}\0`).join("");
    expect(complete("Geheim#4711")(btoa(wide))).not.toContain(btoa(wide).slice(8, 24));
  });

  it.each(["Geheim#4711", "xGeheim#4711y", "xxGeheim#4711"])("base64 of %s", (text) => {
    expect(complete("Geheim#4711")(btoa(text))).not.toContain(btoa("Geheim#47").slice(0, 8));
    expect(complete("Geheim#4711")(btoa(text))).toContain(MASK);
  });

  it("HTML entities and JSON escapes", () => {
    expect(complete('So&so "x"')("= So&amp;so &quot;x&quot;")).toBe(`= ${MASK}`);
    expect(complete('So "x"')('{"a":"So \\"x\\""}')).toBe(`{"a":"${MASK}"}`);
  });

  it.each(["19.07.1968", "19.7.1968", "07/19/1968", "1968-07-19"])("a date as %s", (date) =>
    expect(complete("1968-07-19")(`am ${date}`)).toBe(`am ${MASK}`),
  );

  it("a genitive", () => expect(complete("Muster")("Musters Konto, Mustersohn")).toBe(`${MASK}s Konto, Mustersohn`));
});

it.each(["4539 2467 3779 5634", "DE75 5121 0800 1245 1261 99"])("the beginning of %s is an echo of it", (number) =>
  expect(knowing(number, false)(number.replace(/ /g, "").slice(0, 6))).toBe(MASK),
);

it("of other values only what is no ordinary word goes from the page's own names", () => {
  expect(knowing("kyx@pqst.example", false)("row-kyx@pqst.example", "id")).toBe(`row-${MASK}`);
  expect(knowing("button", false)("x button", "class")).toBe("x button");
});

it("short values stay in widths and lengths", () => expect(knowing("12", true)("12", "width")).toBe("12"));
