/**
 * The consent bar, a file of its own: asking.ts puts it into an element of its own, from which it may not look out.
 *
 * No inline style, which a policy may forbid: the sheet is adopted, and where a browser cannot, the bar is plain.
 */
import { words } from "./barwords";

const STYLE = `
:host { all: initial; position: fixed; inset: auto 0 0 0; z-index: 2147483647; }
div { display: flex; flex-wrap: wrap; gap: .75rem 1.5rem; align-items: center; justify-content: center;
  padding: 1rem 1.5rem; font: 1rem/1.4 system-ui, sans-serif; color: #1d2329; background: #fff;
  border-top: 1px solid #b4bcc4; box-shadow: 0 -2px 12px #0003; }
p { margin: 0; max-width: 46rem; flex: 1 1 22rem; }
a { color: #0b57a4; }
span { display: flex; gap: .75rem; flex-wrap: wrap; }
button { font: inherit; color: #fff; background: #0b57a4; border: 2px solid #0b57a4; border-radius: .4rem;
  padding: .5rem 1.1rem; min-width: 8rem; cursor: pointer; }
a:focus-visible, button:focus-visible { outline: 3px solid #ffb000; outline-offset: 2px; }
@media (prefers-color-scheme: dark) {
  div { color: #e6e9ec; background: #1d2329; border-color: #59636d; }
  a { color: #8fc1f3; }
}`;

const script = document.currentScript as HTMLScriptElement;
const host = script.parentElement as HTMLElement;

function element<Name extends keyof HTMLElementTagNameMap>(name: Name, text: string, ...inside: Node[]): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  made.append(text, ...inside);
  return made;
}

function button(text: string, granted: boolean): HTMLButtonElement {
  const made = element("button", text);
  made.type = "button";
  made.addEventListener("click", () => window.milchglas?.consent(granted));
  return made;
}

/** The operator's page, when it is one that a browser opens. */
function link(text: string, address: string | undefined): Node[] {
  try {
    const { href, protocol } = new URL(address!, location.href);
    if (!/^https?:$/.test(protocol)) return [];
    const made = Object.assign(element("a", text), { href, target: "_blank", rel: "noopener" });
    return [document.createTextNode(" "), made];
  } catch {
    return []; // there is none
  }
}

function show(): void {
  const { mode, forms, notice } = script.dataset;
  const said = words(document.documentElement.lang || navigator.language, mode === "opt-in", forms || "");
  const text = element("p", said.text, ...link(said.more, notice));
  text.id = "text";
  // Both answers look alike: a refusal is as easy as a grant.
  const bar = element("div", "", text, element("span", "", button(said.yes, true), button(said.no, false)));
  bar.lang = said.lang;
  bar.setAttribute("role", "dialog");
  bar.setAttribute("aria-label", said.title);
  bar.setAttribute("aria-describedby", "text");
  const root = host.attachShadow({ mode: "open" });
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
  } catch {
    host.style.position = "fixed"; // by script a style is no inline style
    host.style.bottom = "0";
  }
  root.append(bar);
}

show();
