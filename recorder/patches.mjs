/**
 * What is changed in rrweb before it is bundled; a version where the words are others fails the build.
 *
 * SWAPS are word for word. CUTS take what stands from `from` up to `until`, which rrweb would not leave out by itself
 * because an option that we never set might ask for it; `hash` is of the text that goes. ENUMS become numbers.
 */
import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";

const METER = JSON.stringify(fileURLToPath(new URL("src/meter.ts", import.meta.url)));

/** rrweb's way to a getter that the page has not replaced, each with its own place to remember it. */
const GETTERS = ["ownerDocument", "childNodes", "parentNode", "parentElement", "textContent", "firstChild", "lastChild", "nextSibling", "previousSibling"]
  .map((name) => `let get_${name};
function ${name}(n) {
  if (!get_${name}) get_${name} = Object.getOwnPropertyDescriptor(getUntaintedPrototype("Node"), "${name}").get;
  return get_${name}.call(n);
}
`)
  .join("");

const SWAPS = [
  {
    why: "rrweb would write an attribute into the page; our own watch keeps passwords passwords",
    from: 'target.setAttribute("data-rr-is-password", "true");',
    to: "",
  },
  {
    why: "each checkout would observe every frame once more, and every change would be recorded again and again",
    from: "handlers.push(observe(iframeEl.contentDocument));",
    to: "if (observedDocs.has(iframeEl.contentDocument)) return; observedDocs.add(iframeEl.contentDocument); handlers.push(observe(iframeEl.contentDocument));",
  },
  {
    why: "(the set that the one before needs)",
    from: "  mirror.reset();\n  const maskInputOptions",
    to: "  mirror.reset();\n  const observedDocs = new WeakSet();\n  const maskInputOptions",
  },
  {
    why: "each checkout would listen to a frame's load once more, and attach its document as often",
    from: 'return iframeEl.addEventListener("load", listener);',
    to: "return iframeListens(iframeEl, listener);",
  },
  {
    why: "(as above, for frames that are blank)",
    from: '  iframeEl.addEventListener("load", listener);\n}\n',
    to: `  iframeListens(iframeEl, listener);
}
const iframeListeners = new WeakMap();
function iframeListens(iframeEl, listener) {
  iframeEl.removeEventListener("load", iframeListeners.get(iframeEl));
  iframeListeners.set(iframeEl, listener);
  iframeEl.addEventListener("load", listener);
}
`,
  },
  {
    why: "an attribute `style` set by script is a violation of a strict style-src, even in a document that nobody sees",
    from: 'old.setAttribute("style", m.oldValue);',
    to: "old.style.cssText = m.oldValue;",
  },
  {
    why: "no canvas is recorded: its part of rrweb is left out",
    from: "canvasManager = new CanvasManager({",
    to: "canvasManager = (() => ({ freeze() {}, unfreeze() {}, lock() {}, unlock() {}, reset() {} }))({",
  },
  { why: "no canvas is recorded", from: 'if (tagName === "canvas" && recordCanvas) {', to: "if (false) {" },
  { why: "no fonts are recorded", from: "if (o.collectFonts) {", to: "if (false) {" },
  { why: "no images are inlined", from: 'if (tagName === "img" && inlineImages) {', to: "if (false) {" },
  { why: "what its callbacks cost is counted", from: "      return cb(...rest);\n", to: "      return metered(() => cb(...rest));\n" },
  { why: "(as above)", from: "let errorHandler;\n", to: `import { metered } from ${METER};\nlet errorHandler;\n` },
  { why: "no hooks", from: "  mergeHooks(o, hooks);\n", to: "" },
  { why: "the nodes are a browser's", from: 'if (n instanceof BaseRRNode && "shadowRoot" in n) {', to: "if (false) {" },
  { why: "only for browsers without NodeList.forEach, which lack more than that", from: "  polyfill();\n", to: "" },
  {
    why: "no object for each attribute",
    from: `  const len = n.attributes.length;
  for (let i = 0; i < len; i++) {
    const attr = n.attributes[i];
    if (!ignoreAttribute(tagName, attr.name, attr.value)) {
      attributes[attr.name] = transformAttribute(
        doc,
        tagName,
        toLowerCase(attr.name),
        attr.value
      );
    }
  }
`,
    to: `  for (const name of Element.prototype.getAttributeNames.call(n))
    if (!ignoreAttribute(tagName, name))
      attributes[name] = transformAttribute(doc, tagName, toLowerCase(name), n.getAttribute(name));
`,
  },
  { why: "no question about each tag", from: "if (customElements.get(tagName))", to: 'if (tagName.includes("-") && customElements.get(tagName))' },
  { why: "(one object of options)", from: "        bypassOptions.cssCaptured = true;\n", to: "        bypassOptions = { ...bypassOptions, cssCaptured: true };\n" },
  { why: "no password is masked by rrweb's own asterisks", from: 'text = "*".repeat(text.length);', to: 'text = "";' },
];

const CUTS = [
  {
    why: "a mirror for those who use an older rrweb",
    from: "const DEPARTED_MIRROR_ACCESS_WARNING",
    until: "function throttle(",
    hash: "9a452190b78762e8",
    to: "",
  },
  {
    why: "marks are ours to honour, in scrub.ts: for each element they are asked for once",
    from: "function _isBlockedElement(",
    until: "function onceIframeLoaded(",
    hash: "d488b484e2bb69de",
    to: "const _isBlockedElement = () => false;\nconst needMaskingText = () => false;\n",
  },
  {
    why: "(as above)",
    from: "function closestElementOfNode(",
    until: "function isSerialized(",
    hash: "c192cd6f8eadf901",
    to: "const isBlocked = () => false;\nconst closestElementOfNode = () => null;\n",
  },
  {
    why: "the same, without looking two names up for each node",
    from: "function ownerDocument(n) {",
    until: "function contains(",
    hash: "3b8849c513baf6cc",
    to: GETTERS,
  },
  {
    why: "one object of options for a whole tree",
    from: "    const bypassOptions = {\n",
    until: '    if (serializedNode.type === NodeType.Element && serializedNode.tagName === "textarea"',
    hash: "8705c87877de175f",
    to: `    let bypassOptions = options;
    if (skipChild || newlyAddedElement || cssCaptured || options.preserveWhiteSpace !== preserveWhiteSpace)
      bypassOptions = { ...options, skipChild, newlyAddedElement: false, cssCaptured: false, preserveWhiteSpace };
`,
  },
  {
    why: "frames of other origins record themselves",
    from: "class CrossOriginIframeMirror {",
    until: "class ShadowDomManager {",
    hash: "6235ddb9906af879",
    to: `class IframeManager {
  constructor({ mutationCb, stylesheetManager, mirror }) {
    Object.assign(this, { mutationCb, stylesheetManager, mirror });
  }
  addIframe() {}
  addLoadListener(cb) { this.loadListener = cb; }
  attachIframe(iframeEl, childSn) {
    this.mutationCb({
      adds: [{ parentId: this.mirror.getId(iframeEl), nextId: null, node: childSn }],
      removes: [], texts: [], attributes: [], isAttachIframe: true,
    });
    this.loadListener?.(iframeEl);
    const sheets = iframeEl.contentDocument?.adoptedStyleSheets;
    if (sheets?.length) this.stylesheetManager.adoptStyleSheets(sheets, this.mirror.getId(iframeEl.contentDocument));
  }
}
`,
  },
  {
    why: "a worker for canvases, and the base64 of their pictures",
    from: 'var chars = "ABCDEFGH',
    until: "const canvasVarMap",
    hash: "1b1f6f51405f91dc",
    to: "",
  },
  {
    why: "(as above)",
    from: "const jsContent = ",
    until: "function WorkerWrapper(",
    hash: "b87078431a69d689",
    to: "",
  },
  {
    why: "a page that breaks Array.from breaks itself",
    from: "try {\n  if (Array.from([1]",
    until: "const mirror = createMirror();",
    hash: "495d9720b9a865e6",
    to: "",
  },
  {
    why: "what a replay can do without: scripts, comments, icons, our own bar, and all that <meta> says of the page",
    from: "function slimDOMExcluded(",
    until: "function serializeNodeWithId(",
    hash: "0d3ae940feea5338",
    to: `function slimDOMExcluded({ type, tagName, attributes }) {
  if (type !== NodeType.Element) return type === NodeType.Comment;
  if (tagName === "meta") return attributes.name !== "color-scheme";
  if (tagName !== "link") return tagName === "script" || tagName === "milchglas-consent";
  const rel = lowerIfExists(attributes.rel);
  return /icon|modulepreload|prefetch/.test(rel) || (rel === "preload" && attributes.as === "script");
}
`,
  },
  {
    why: "one slim snapshot, ours",
    from: "function slimDOMDefaults(",
    until: "function slimDOMExcluded(",
    hash: "9383817602a5f76b",
    to: "function slimDOMDefaults() { return { headWhitespace: true }; }\n",
  },
  {
    why: "no plugins, no packer",
    from: "  const eventProcessor = (e) => {\n",
    until: "  wrappedEmit = (r, isCheckout) => {",
    hash: "ec12d63c7e333d30",
    to: "  const eventProcessor = (e) => e;\n",
  },
  {
    why: "(as above)",
    from: "  for (const plugin of plugins || []) {\n    if (plugin.getMirror)",
    until: "  const processedNodeManager = new ProcessedNodeManager();",
    hash: "1b1fd2904d8b9172",
    to: "",
  },
  {
    why: "(as above)",
    from: "          plugins: ((_a2 = plugins",
    until: "        },\n        hooks\n      );",
    hash: "c8b5f5ea4f37146a",
    to: "",
  },
  {
    why: "(as above)",
    from: "  const pluginHandlers = [];",
    until: "  return callbackWrapper(() => {\n    mutationBuffers.forEach((b) => b.reset());",
    hash: "6492db09b98dc6c3",
    to: "",
  },
  {
    why: "(as above)",
    from: "    pluginHandlers.forEach((h) => h());\n",
    until: "  });\n}\nfunction hasNestedCSSRule(",
    hash: "386419c6739f325d",
    to: "",
  },
  {
    why: "nothing is told to a parent of another origin",
    from: "  const inEmittingFrame = recordCrossOriginIframes",
    until: "  mirror.reset();\n",
    hash: "a68b79756bc54369",
    to: "",
  },
  {
    why: "(as above)",
    from: "    if (inEmittingFrame) {\n      emit == null",
    until: "    if (e.type === EventType.FullSnapshot) {\n      lastFullSnapshotEvent",
    hash: "d19f9ec53e38d308",
    to: "    emit(e);\n",
  },
  {
    why: "one set of masked inputs, ours",
    from: "  const maskInputOptions = maskAllInputs === true ? {\n    color: true,",
    until: "  const slimDOMOptions = slimDOMDefaults(slimDOM);",
    hash: "9c0f96306bda7454",
    to: "  const maskInputOptions = maskAllInputs;\n",
  },
  {
    why: "(as above)",
    from: "  const maskInputOptions = maskAllInputs === true ? {\n    color: true,",
    until: "  const slimDOMOptions = slimDOMDefaults(_slimDOMOptions);",
    hash: "3ea9b802ed862ca3",
    to: "  const maskInputOptions = _maskInputOptions;\n",
  },
  {
    why: "browsers without CSSGroupingRule lack more than that",
    from: "  const supportedNestedCSSRuleTypes = {};",
    until: "  const unmodifiedFunctions = {};",
    hash: "266ba79fc6db44f6",
    to: "  const supportedNestedCSSRuleTypes = { CSSGroupingRule: win.CSSGroupingRule };\n",
  },
  {
    why: "(as above)",
    from: '    if (hasNestedCSSRule("CSSGroupingRule")',
    until: "      const rules = Array.from(\n        childRule.parentRule.cssRules",
    hash: "7b0f814072e93553",
    to: "    if (childRule.parentRule) {\n",
  },
  {
    why: "as short as the list of all their names",
    from: '    [\n      "mutationCb",',
    until: "  freeze() {\n    this.frozen = true;\n    this.canvasManager",
    hash: "be7abf4536e480aa",
    to: "    Object.assign(this, options);\n  }\n",
  },
];

const ENUMS = ["EventType", "IncrementalSource", "MouseInteractions", "PointerTypes", "MediaInteractions", "NodeType"];

const hashOf = (text) => createHash("sha256").update(text).digest("hex").slice(0, 16);

/** The patched text of @rrweb/record. Throws an Error that names the patch when one does not fit. */
export function patch(text) {
  for (const { why, from, to } of SWAPS) {
    if (text.split(from).length !== 2) throw new Error(`patch does not fit: ${why}: ${from}`);
    text = text.replace(from, () => to);
  }
  for (const { why, from, until, hash, to } of CUTS) {
    const start = text.indexOf(from);
    const end = text.indexOf(until, start);
    const found = start < 0 || end < 0 ? "nothing" : hashOf(text.slice(start, end));
    if (found !== hash) throw new Error(`cut does not fit: ${why}: ${from}: ${found}`);
    text = text.slice(0, start) + to + text.slice(end);
  }
  for (const name of ENUMS) text = numbered(text, name);
  return text;
}

/** Each `Name.Member` as its number. */
function numbered(text, name) {
  const numbers = new Map(Array.from(text.matchAll(new RegExp(`${name}2\\["(\\w+)"\\] = (\\d+)`, "g")), ([, key, number]) => [key, number]));
  if (!numbers.size) throw new Error(`no enum ${name}`);
  return text.replace(new RegExp(`\\b${name}\\.(\\w+)`, "g"), (whole, key) => {
    if (!numbers.has(key)) throw new Error(`no ${whole}`);
    return numbers.get(key);
  });
}
