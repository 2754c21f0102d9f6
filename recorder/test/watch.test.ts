import { expect, it } from "vitest";
import { MASK } from "../src/mask";
import { $, body, memory, recorderParts } from "./site";

function typing(html: string, changes: object = {}) {
  body(html);
  const session = memory();
  const parts = recorderParts(changes, session);
  parts.watch.root(document);
  const type = (value: string, event = "input"): void => {
    $("input").value = value;
    $("input").dispatchEvent(new Event(event, { bubbles: true }));
  };
  return { ...parts, session, type };
}

it("learns what is typed into masked fields, and each beginning of it", () => {
  const { echo, type } = typing("<input>", { forms: "none" });
  type("Must");
  type("Mustermann");
  type("");
  expect(echo.clean("Must und Mustermann", "x")).toBe(`${MASK} und ${MASK}`);
});

it("learns nothing from a field that is not masked", () => {
  const { echo, type, session } = typing("<input>");
  type("Gartenschlauch", "change");
  expect(echo.clean("Gartenschlauch", "x")).toBe("Gartenschlauch");
  expect(session.stored.size).toBe(0);
});

it("reads fields that no event told of: preset, filled in by the browser", () => {
  const { echo, watch } = typing("<input type=password value=Voreingestellt>");
  watch.field($("input"));
  watch.read();
  expect(echo.clean("xVoreingestelltx", "x")).toBe(`x${MASK}x`);
});

it("carries what was typed to the next page, not what the server preset", () => {
  const { watch, type, session } = typing("<input value=Vorgabe>", { forms: "none" });
  watch.field($("input"));
  watch.read();
  expect(session.stored.size).toBe(0);
  type("Eigenes", "change");
  expect(session.stored.size).toBe(1);
});

it("of hidden inputs learns tokens, not words", () => {
  const { echo, watch } = typing("<input type=hidden value=speichern><input type=hidden value=ab12cd34ef56>");
  for (const field of Array.from(document.body.children)) watch.field(field);
  watch.read();
  expect(echo.clean("speichern ab12cd34ef56", "x")).toBe(`speichern ${MASK}`);
});

it("sees a password that becomes text in the task that brought it", () => {
  const { masks, echo } = typing("");
  const input = document.createElement("input");
  input.setAttribute("type", "password");
  document.body.append(input);
  input.setAttribute("type", "text");
  input.value = "Schnellwechsel";
  input.dispatchEvent(new Event("input", { bubbles: true }));
  expect(masks.wasPassword(input)).toBe(true);
  expect(echo.clean("xSchnellwechsel", "x")).toBe(`x${MASK}`);
});

it.each([
  ["<select id=f><option>-<option value=kxath>Amsel</select>", ["kxath", "Amsel"]],
  ["<input type=radio id=f value=kxath>", ["kxath"]],
])("learns what was chosen in a masked field: %s", (html, values) => {
  const { echo, masks, session } = typing(html);
  const field = $("#f");
  masks.add(field);
  if (field.localName === "select") (field as unknown as HTMLSelectElement).selectedIndex = 1;
  else field.checked = true;
  field.dispatchEvent(new Event("change", { bubbles: true }));
  for (const value of values) expect(echo.clean(`Sie: ${value}.`, "x")).toBe(`Sie: ${MASK}.`);
  expect(session.stored.size).toBe(1);
});

it("learns no choice that the page made", () => {
  const { echo, watch } = typing("<select id=f><option>Deutschland<option>Chile</select><input type=radio checked value=Rechnung>", { forms: "none" });
  for (const field of Array.from(document.body.children)) watch.field(field);
  watch.read();
  expect(echo.clean("Deutschland, Rechnung", "x")).toBe("Deutschland, Rechnung");
});

it("learns a file's name", () => {
  const { echo, watch } = typing("<input type=file>");
  Object.defineProperty($("input"), "files", { value: [{ name: "befund-xy.pdf" }] });
  watch.field($("input"));
  watch.read();
  expect(echo.clean("Datei: befund-xy.pdf", "x")).toBe(`Datei: ${MASK}`);
});

it("a code in six boxes is one secret, also in the boxes that a script filled", () => {
  const { echo, watch } = typing("<input maxlength=1>".repeat(6), { forms: "none" });
  for (const [at, field] of Array.from(document.querySelectorAll("input")).entries()) {
    field.value = "967183"[at]!;
    watch.field(field);
  }
  watch.read();
  expect(echo.clean("Ihr Code967183 und 9671", "x")).toBe(`Ihr Code${MASK} und ${MASK}`);
});

it("tells what rrweb does not hear: a change in a shadow root, what is typed when the page is left", () => {
  body("<div id=host></div><input id=last>");
  const root = $<HTMLElement>("#host").attachShadow({ mode: "open" });
  root.innerHTML = "<input>";
  const { watch, told } = recorderParts();
  watch.root(document);
  watch.root(root);
  const inner = root.querySelector("input")!;
  inner.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
  inner.dispatchEvent(new Event("change", { bubbles: true }));
  expect(told).toEqual([inner]);
  $("#last").dispatchEvent(new Event("input", { bubbles: true }));
  watch.flush();
  watch.flush();
  expect(told).toEqual([inner, $("#last")]);
});
