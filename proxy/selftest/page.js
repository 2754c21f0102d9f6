// Runs in a page: finds the fields that were not seen before, in all open shadow roots, and describes them.
(seen) => {
  const NOT_TYPED = /^(hidden|submit|button|reset|image|file)$/;
  const attr = (el, name) => el.getAttribute(name) || "";
  const text = (el) => (el ? el.textContent || "" : "").replace(/\s+/g, " ").trim().slice(0, 120);
  const editable = (el) => el.isContentEditable && !(el.parentElement && el.parentElement.isContentEditable);
  const isField = (el) => {
    const tag = el.localName;
    return tag === "input" ? !NOT_TYPED.test(el.type) : tag === "textarea" || tag === "select" || editable(el);
  };
  const named = (el) => {
    const root = el.getRootNode();
    return attr(el, "aria-labelledby").split(/\s+/).map((id) => text(id && root.getElementById(id))).join(" ");
  };
  const before = (el) => {
    const cell = el.closest("td");
    const near = el.previousSibling || (cell && cell.previousElementSibling);
    return text(near && text(near) ? near : cell && cell.previousElementSibling);
  };
  const selector = (el) => {
    const root = el.getRootNode();
    const only = (css) => {
      try {
        return root.querySelectorAll(css).length === 1 && css;
      } catch {
        return false;
      }
    };
    const tag = el.localName;
    const name = attr(el, "name");
    const value = /^(checkbox|radio)$/.test(el.type) ? `[value="${CSS.escape(attr(el, "value"))}"]` : "";
    const short = (el.id && only(`#${CSS.escape(el.id)}`)) || (name && only(`${tag}[name="${CSS.escape(name)}"]${value}`));
    if (short) return short;
    const parts = [];
    for (let at = el; at && parts.length < 4; at = at.parentElement) {
      const alike = at.parentElement ? [...at.parentElement.children].filter((each) => each.localName === at.localName) : [at];
      parts.unshift(at.localName + (alike.length > 1 ? `:nth-of-type(${alike.indexOf(at) + 1})` : ""));
    }
    return parts.join(" > ");
  };
  const describe = (el) => ({
    tag: el.localName,
    type: el.localName === "input" ? el.type : "",
    name: attr(el, "name"),
    id: el.id,
    autocomplete: attr(el, "autocomplete"),
    placeholder: attr(el, "placeholder"),
    aria_label: attr(el, "aria-label"),
    title: attr(el, "title"),
    label: `${[...(el.labels || [])].map(text).join(" ")} ${named(el)}`.trim(),
    text_before: before(el),
    legend: text((el.closest("fieldset") || document.createElement("p")).querySelector("legend")),
    maxlength: attr(el, "maxlength"),
    inputmode: attr(el, "inputmode"),
    pattern: attr(el, "pattern"),
    min: attr(el, "min"),
    max: attr(el, "max"),
    selector: selector(el),
    editable: editable(el),
    closed: !!(el.disabled || el.readOnly),
  });
  const found = [];
  const walk = (root) => {
    for (const el of root.querySelectorAll("*")) {
      if (isField(el) && !seen.has(el)) found.push(el);
      if (el.shadowRoot) walk(el.shadowRoot);
    }
  };
  walk(document);
  for (const el of found) seen.add(el);
  return { elements: found, described: found.map(describe) };
};
