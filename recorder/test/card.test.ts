import { describe as group, expect, it } from "vitest";
import { describe } from "../src/card";
import { forgetOutlines } from "../src/outline";
import { createRules } from "../src/rules";
import { $, body } from "./site";

const rules = createRules({ sensitive: ["#kdnr"], exclude: [], safe: [] });
const card = (selector: string) => {
  forgetOutlines();
  return describe($(selector), rules, false);
};

group("a card", () => {
  it("has all keys of the contract", () => {
    body("<input>");
    expect(Object.keys(card("input")).sort().join(" ")).toBe(
      "aria_label autocomplete dots form id inputmode label legend marked maxlength name pattern placeholder position rules selector tag text_before title type",
    );
  });

  it("never has the field's value", () => {
    body("<label>Name <textarea id=a>Geheim1</textarea></label><p contenteditable id=b>Geheim2</p><select id=c><option>Geheim3</select><input id=d value=Geheim4>");
    for (const id of ["a", "b", "c", "d"]) expect(JSON.stringify(card(`#${id}`))).not.toContain("Geheim");
  });

  it("cuts long words", () => {
    body(`<input placeholder="${"x".repeat(500)}">`);
    expect(card("input").placeholder).toHaveLength(120);
  });

  it("finds labels by ancestor, by for and by aria-labelledby", () => {
    body("<label for=a>Eins</label><label>Zwei <b>drei</b> <input id=a aria-labelledby='l x'></label><i id=l>Vier</i>");
    expect(card("#a").label).toBe("Zwei drei Eins Vier");
  });

  it("finds the text before in the cell before, else in the cell above", () => {
    body(`<table><tr><td>Vorname</td><td><input id=a></td></tr></table>
      <table><tr><td>Stra\u00dfe</td><td>Ort</td></tr><tr><td><input id=b></td><td><input id=c></td></tr></table>`);
    expect([card("#a").text_before, card("#b").text_before, card("#c").text_before]).toEqual(["Vorname", "Stra\u00dfe", "Ort"]);
  });

  it("stops at the field before, and at marks", () => {
    body("<p>Eins <input id=a> Zwei <input id=b><input id=c></p><p><span class=rr-mask>Meier</span><input id=d></p>");
    expect([card("#a").text_before, card("#b").text_before, card("#c").text_before]).toEqual(["Eins", "Zwei", ""]);
    expect(card("#d").text_before).not.toContain("Meier");
  });

  it("knows legend, form and position, also in a form whose inputs shadow its properties", () => {
    body("<form action='/kasse/zahlen?session=1'><fieldset><legend>Karte</legend><input name=id><input name=action id=x></fieldset></form>");
    expect(card("#x")).toMatchObject({ legend: "Karte", form: "/kasse/zahlen", position: 1 });
  });

  it("finds the field again by its selector", () => {
    body("<form id=f><p><input></p><p><input id=b><input><input name=z></p></form>");
    for (const input of Array.from(document.querySelectorAll("input"))) {
      const { selector } = describe(input, rules, false);
      expect(document.querySelectorAll(selector)).toHaveLength(1);
      expect(document.querySelector(selector)).toBe(input);
    }
  });

  it("says what marks and rules hold", () => {
    body("<div class=sentry-block><input id=kdnr></div>");
    expect(card("#kdnr")).toMatchObject({ marked: "exclude", rules: [["sensitive", 0]] });
  });

  it("of a field that was a password once says so", () => {
    body("<input id=a>");
    expect(describe($("#a"), rules, true).type).toBe("password");
  });
});
