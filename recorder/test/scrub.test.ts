import { describe, expect, it } from "vitest";
import type { Event } from "../src/events";
import { MASK } from "../src/mask";
import { $, body, incremental, mutation, recorderParts, snapshotOf } from "./site";

function scrubbed(html: string, changes: object = {}): string {
  body(html);
  const { mirror, scrub } = recorderParts(changes);
  return JSON.stringify(scrub(snapshotOf(mirror), mirror));
}

const of = (event: Event | null) => (event as unknown as { data: Record<string, unknown> }).data;

describe("a snapshot", () => {
  it.each([
    ["<input type=password value=Geheim>", {}],
    ["<input value=Geheim>", { forms: "none" }],
    ["<textarea>Geheim</textarea>", { forms: "none" }],
    ["<select><option value=Geheim label=Geheim selected>Geheim</select>", { forms: "none" }],
    ["<input list=l><datalist id=l><option value=Geheim>Geheim</datalist>", { forms: "none" }],
    ["<p contenteditable title=Geheim>a<b alt=Geheim>Geheim</b></p>", { forms: "none" }],
    ["<x-field value=Geheim></x-field>", { forms: "none" }],
    ["<input type=hidden value=Geheim>", {}],
    ["<input class=rr-mask data-copy=Geheim title=Geheim aria-valuetext=Geheim>", {}],
    ["<div data-sl=mask title=Geheim><a href=Geheim>Geheim</a><img src=Geheim alt=Geheim></div>", {}],
    ["<div data-private title=Geheim><p>Geheim</p></div>", {}],
    ["<p title=Geheim>Geheim</p><input type=submit value=Geheim>", { text: "mask" }],
    ["<!--Geheim-->", {}],
  ])("of %s tells nothing", (html, changes) => expect(scrubbed(html, changes)).not.toContain("Geheim"));

  it("keeps what is not masked", () => {
    const html = "<p title=Titel>Text</p><input value=Suche><textarea>Notiz</textarea><div class='rr-mask x'><i class=y></i></div>";
    for (const word of ["Titel", "Text", "Suche", "Notiz", "rr-mask x", '"y"']) expect(scrubbed(html)).toContain(word);
  });

  it("does not tell whether a masked box is ticked, or what is selected", () => {
    const told = scrubbed("<input type=checkbox checked><select><option><option selected></select>", { forms: "none" });
    expect(told).not.toMatch(/checked"?:|selected/);
  });

  it("masks alike, whatever the length", () => {
    expect(scrubbed("<input type=password value=a>")).toContain(`"value":"${MASK}"`);
    expect(scrubbed("<input type=password value=aaaaaaaaaaaaaaaa>")).toContain(`"value":"${MASK}"`);
  });

  it("does not mask styles", () => {
    expect(scrubbed("<div class=rr-mask><style>b{}</style></div>")).toContain("b{}");
  });
});

describe("a change", () => {
  function page(html: string, changes: object = {}) {
    body(html);
    const parts = recorderParts(changes);
    parts.mirror.serialize(document.body);
    return { ...parts, id: (node: Node) => parts.mirror.getId(node), run: (event: Event) => parts.scrub(event, parts.mirror) };
  }

  it("of a masked field's attributes loses the value", () => {
    const { id, run } = page("<input type=password>");
    const attributes = { value: "Geheim", title: "Geheim", "data-x": "Geheim", class: "ok", checked: "" };
    const event = run(mutation({ attributes: [{ id: id($("input")), attributes }] }));
    expect(of(event).attributes).toEqual([{ id: id($("input")), attributes: { value: MASK, title: MASK, "data-x": MASK, class: "ok" } }]);
  });

  it("of a masked editor's text is masked", () => {
    const { id, run } = page("<p contenteditable><b>x</b></p>", { forms: "none" });
    const text = { id: id($("b").firstChild!), value: "Geheim" };
    expect(of(run(mutation({ texts: [text] }))).texts).toEqual([{ ...text, value: MASK }]);
  });

  it("under an exclude mark is dropped, also when the mark came later", () => {
    const { id, run } = page("<div><p>x</p></div>");
    $("div").setAttribute("data-milchglas", "exclude");
    const text = { id: id($("p").firstChild!), value: "Geheim" };
    expect(run(mutation({ texts: [text], attributes: [{ id: id($("p")), attributes: { title: "Geheim" } }] }))).toBeNull();
  });

  it("that adds is masked by where it is added", () => {
    const { mirror, run, id } = page("<div class=ph-mask></div>");
    $("div").innerHTML = "<p>Geheim<input value=Geheim></p>";
    const add = { parentId: id($("div")), nextId: null, node: mirror.serialize($("p")) };
    expect(JSON.stringify(run(mutation({ adds: [add] })))).not.toContain("Geheim");
  });

  it("by input loses text and tick of a masked field", () => {
    const { id, run } = page("<input type=password><input id=b>");
    const input = (el: Element): unknown => of(run(incremental({ source: 5, id: id(el), text: "Geheim", isChecked: true })));
    expect(input($("input"))).toMatchObject({ text: MASK, isChecked: false });
    expect(input($("#b"))).toMatchObject({ text: "Geheim", isChecked: true });
  });

  it("of a node that nobody knows is dropped", () => {
    const { run } = page("");
    expect(run(incremental({ source: 5, id: -1, text: "Geheim", isChecked: false }))).toBeNull();
    expect(run(mutation({ attributes: [{ id: 99, attributes: { value: "Geheim" } }] }))).toBeNull();
  });

  it("tells no length by scrolling or selecting", () => {
    const { id, run } = page("<input type=password><p class=rr-mask>lang</p>");
    const text = id($("p").firstChild!);
    expect(run(incremental({ source: 3, id: id($("input")), x: 90, y: 0 }))).toBeNull();
    expect(run(incremental({ source: 14, ranges: [{ start: text, startOffset: 0, end: text, endOffset: 4 }] }))).toBeNull();
  });

  it("on an ignored element is not told", () => {
    const { id, run } = page("<div class=rr-ignore><button>x</button></div><i></i>");
    const click = (el: Element) => run(incremental({ source: 2, type: 2, id: id(el) }));
    expect([click($("button")), click($("i")) !== null]).toEqual([null, true]);
    const move = run(incremental({ source: 1, positions: [{ id: id($("button")) }, { id: id($("i")) }] }));
    expect(of(move).positions).toEqual([{ id: id($("i")) }]);
  });
});
