import { describe, expect, it } from "vitest";
import { fieldOf, isButton, isField, textOf, typeOf } from "../src/fields";
import { $, body } from "./site";

describe("fields", () => {
  it.each([
    ["<input>", true], ["<select>", true], ["<textarea>", true], ["<p contenteditable>", true],
    ["<p contenteditable=false>", false], ["<x-field value=1>", true], ["<x-box>", false], ["<button>", false],
  ])("%s: %s", (html, expected) => expect(isField(body(html).firstElementChild!)).toBe(expected));

  it("own their texts and options", () => {
    body("<select><option>a</select><textarea>b</textarea><div contenteditable><b><i>c</i></b></div>");
    expect(fieldOf($("option").firstChild)).toBe($("select"));
    expect(fieldOf($("textarea").firstChild)).toBe($("textarea"));
    expect(fieldOf($("i").firstChild)).toBe($("div"));
    expect(fieldOf(document.body)).toBeNull();
  });

  it("a datalist belongs to the input that lists it", () => {
    body("<input><input id=b list=l><datalist id=l><option>x</datalist>");
    expect(fieldOf($("option").firstChild)).toBe($("#b"));
  });

  it("tell what was typed, not what was chosen", () => {
    body("<input value=a><input type=checkbox value=b><textarea>c</textarea><p contenteditable>d</p><select><option>e</select>");
    expect(Array.from(document.body.children, textOf)).toEqual(["a", "", "c", "d", ""]);
  });

  it("know their type, and buttons", () => {
    body("<input type=TEL><input type=nonsense><input type=submit><select>");
    expect(Array.from(document.body.children, typeOf)).toEqual(["tel", "text", "submit", ""]);
    expect(isButton(document.body.children[2]!)).toBe(true);
  });
});
