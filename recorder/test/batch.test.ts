import { describe, expect, it } from "vitest";
import { createBuffer } from "../src/batch";
import { MASK } from "../src/mask";
import { $, body, incremental, mutation, recorderParts, snapshotOf } from "./site";

const HEAD = { recording: "r".repeat(16), token: "t", view: "v".repeat(16), seq: 3 };

function recording(html: string, changes: object = {}) {
  body(html);
  const parts = recorderParts(changes);
  const buffer = createBuffer(parts);
  parts.mirror.serialize(document.body);
  const id = (node: Node): number => parts.mirror.getId(node);
  const all = () => JSON.parse(buffer.take(1e9, Infinity, false)!.body(HEAD));
  return { ...parts, buffer, id, all };
}

describe("a batch", () => {
  it("is of the contract's form", () => {
    const { buffer, mirror, all } = recording("<input name=a>");
    buffer.add(snapshotOf(mirror));
    const batch = all();
    expect(Object.keys(batch)).toEqual(["v", "recording", "view", "seq", "token", "fields", "events"]);
    expect(batch).toMatchObject({ v: 1, ...HEAD, events: [{ type: 2 }] });
  });

  it("describes every field that it names, and the parts of fields", () => {
    const { buffer, mirror, id, all } = recording("<p>x</p><select name=s><option>a</select><div contenteditable id=e><b>c</b></div>");
    buffer.add(snapshotOf(mirror));
    const { fields } = all();
    const named = [$("select"), $("#e"), $("b"), $("b").firstChild!].map(id);
    expect(Object.keys(fields).map(Number).sort()).toEqual(named.sort());
    expect(fields[id($("b").firstChild!)].id).toBe("e");
  });

  it("describes a select once where its options stand below it, and by each option where they do not", () => {
    const { buffer, id, all } = recording("<select name=s><option>a</select>");
    buffer.add(mutation({ texts: [{ id: id($("option").firstChild!), value: "b" }] }));
    expect(all().fields[id($("option").firstChild!)].name).toBe("s");
  });

  it("describes a field that is gone by the time it is sent", () => {
    const { buffer, id, all } = recording("<label>Ort <input name=ort></label>");
    buffer.add(incremental({ source: 5, id: id($("input")), text: "Bonn", isChecked: false }));
    body("");
    expect(Object.values(all().fields)).toMatchObject([{ name: "ort", label: "Ort" }]);
  });

  it("has no echo of what was typed after the event that shows it", () => {
    const { buffer, id, watch, all } = recording("<input type=password id=pw title=x><p>-</p>");
    watch.root(document);
    buffer.add(mutation({ texts: [{ id: id($("p").firstChild!), value: "getippt: Geheimnis" }] }));
    $("#pw").value = "Geheimnis";
    $("#pw").dispatchEvent(new Event("input", { bubbles: true }));
    expect(JSON.stringify(all())).not.toContain("Geheimnis");
  });

  it("has no echo in its cards", () => {
    const { buffer, mirror, all } = recording("<input type=password value=Geheimnis><p>Geheimnis <input></p>");
    buffer.add(snapshotOf(mirror));
    expect(JSON.stringify(all())).not.toContain("Geheimnis");
  });

  it("obeys a mask that came while its events waited, also short values of fields that are gone", () => {
    const { buffer, id, masks, all } = recording("<input name=pin>");
    buffer.add(incremental({ source: 5, id: id($("input")), text: "77", isChecked: false }));
    masks.add($("input"));
    body("");
    expect(all().events[0].data.text).toBe(MASK);
  });

  it("leaves nothing of a masked field's parts to be judged", () => {
    const { buffer, mirror, id, all } = recording("<select name=s><option>a</select>", { forms: "none" });
    buffer.add(snapshotOf(mirror));
    expect(Object.keys(all().fields)).toEqual([String(id($("select")))]);
  });
});

describe("taking", () => {
  const text = (number: number) => incremental({ source: 8, rule: "x".repeat(1000), number });

  it("stops at the limit and at the number", () => {
    const { buffer } = recording("");
    for (let number = 0; number < 10; number++) buffer.add(text(number));
    const batch = buffer.take(5000, Infinity, true)!;
    expect(batch.events).toBe(2);
    expect(new Blob([batch.body(HEAD)]).size).toBeLessThan(5000);
    expect(buffer.take(1e9, 3, false)!.events).toBe(3);
    expect(buffer.take(1e9, Infinity, false)!.events).toBe(5);
    expect(buffer.take(1e9, Infinity, false)).toBeNull();
  });

  it("takes one that is too large only when told so", () => {
    const { buffer } = recording("");
    buffer.add(text(0));
    expect(buffer.take(100, Infinity, true)).toBeNull();
    expect(buffer.take(100, Infinity, false)!.events).toBe(1);
  });

  it("takes a snapshot with what stands before it, however large it is", () => {
    const { buffer, mirror } = recording(`<p>${"x".repeat(5000)}</p>`);
    buffer.add(text(0));
    buffer.add(snapshotOf(mirror));
    buffer.add(text(1));
    expect(buffer.take(3000, Infinity, false)!.events).toBe(2);
  });

  it("can be undone", () => {
    const { buffer, id } = recording("<input name=a>");
    buffer.add(incremental({ source: 5, id: id($("input")), text: "x", isChecked: false }));
    buffer.add(text(1));
    const size = buffer.size();
    const first = buffer.take(1e9, 1, false)!;
    first.restore();
    expect(buffer.size()).toBe(size);
    const again = JSON.parse(buffer.take(1e9, Infinity, false)!.body(HEAD));
    expect(again.events).toHaveLength(2);
    expect(Object.values(again.fields)).toMatchObject([{ name: "a" }]);
  });
});

describe("until the proxy has judged a field", () => {
  const typing = () => {
    const made = recording("<input id=nm><p>-</p>");
    made.watch.root(document);
    made.buffer.add(snapshotOf(made.mirror));
    $("#nm").value = "Kyxnigunde";
    $("#nm").dispatchEvent(new Event("input", { bubbles: true }));
    const show = () => {
      made.buffer.add(mutation({ texts: [{ id: made.id($("p").firstChild!), value: "Hallo Kyxnigunde" }] }));
      made.buffer.add(incremental({ source: 5, id: made.id($("#nm")), text: "Kyxnigunde", isChecked: false }));
    };
    const take = () => {
      const batch = made.buffer.take(1e9, Infinity, false)!;
      return { batch, events: JSON.parse(batch.body(HEAD)).events };
    };
    return { ...made, show, take };
  };

  it("what is typed into it goes from page text, and its own value stays for the proxy", () => {
    const { show, take } = typing();
    show();
    const { events } = take();
    expect(events[1].data.texts[0].value).toBe(`Hallo ${MASK}`);
    expect(events[2].data.text).toBe("Kyxnigunde");
  });

  it("and when it was found harmless its echo is page text again", () => {
    const { show, take } = typing();
    take().batch.judged();
    show();
    expect(take().events[0].data.texts[0].value).toBe("Hallo Kyxnigunde");
  });

  it("and when it is to be masked what was typed before stays an echo", () => {
    const { show, take, masks } = typing();
    const { batch } = take();
    masks.add($("#nm"));
    batch.judged();
    $("#nm").value = "";
    show();
    expect(take().events[0].data.texts[0].value).toBe(`Hallo ${MASK}`);
  });
});

it("generated text in style sheets is page text", () => {
  const { buffer, watch, id, all } = recording("<input name=a><p>-</p>", { forms: "none" });
  watch.root(document);
  $("input").value = "Kyxnigund";
  $("input").dispatchEvent(new Event("input", { bubbles: true }));
  buffer.add(mutation({ attributes: [{ id: id($("p")), attributes: { _cssText: ".a::after { content: \"Kyxnigund\" } .kyxnigund {}" } }] }));
  expect(all().events[0].data.attributes[0].attributes._cssText).toBe(`.a::after { content: "${MASK}" } .kyxnigund {}`);
});
