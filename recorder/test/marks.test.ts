import { describe, expect, it } from "vitest";
import { isMarkAttribute, type Mark } from "../src/marks";
import { createRules } from "../src/rules";
import { body } from "./site";

const { own } = createRules({ sensitive: [], exclude: [], safe: [] });
const markOf = (attributes: string): Mark | null => own(body(`<p ${attributes}></p>`).firstElementChild!);

/** One line a vendor: what is written, what it means. */
const TABLE: Record<Mark, string[]> = {
  mask: [
    "data-milchglas=mask", "data-recording-ignore=mask", "data-sl=mask", "data-recording-sensitive", "class=rr-mask",
    "class=sentry-mask", "data-sentry-mask", "class=ph-mask", "class=ph-sensitive", "data-dd-privacy=mask",
    "data-dd-privacy=mask-user-input", "data-dd-privacy=mask-unless-allowlisted", "class=dd-privacy-mask",
    "class=dd-privacy-mask-user-input", "data-openreplay-obscured", "data-openreplay-masked", "data-clarity-mask=true",
    "class=fs-mask", "class=fs-mask-without-consent", "data-matomo-mask", "data-piwik-mask", "class=highlight-mask",
    "class=nr-mask", "data-nr-mask", "class=mp-mask", "class=amp-mask", "data-cs-encrypt", "data-mf-replace-inner",
    "class=inspectlet-sensitive", "class=inspectletIgnore", "data-dtrum-mask", "data-qm-encrypt", "class=cls_mask",
    "class=sessionstack-sensitive",
  ],
  exclude: [
    "data-milchglas=exclude", "data-sl=exclude", "data-recording-disable", "class=smartlook-hide", "class=rr-block",
    "class=sentry-block", "data-sentry-block", "class=ph-no-capture", "data-dd-privacy=hidden", "class=dd-privacy-hidden",
    "data-openreplay-hidden", "data-openreplay-htmlmasked", "class=fs-exclude", "class=fs-exclude-without-consent",
    "class=fs-block", "data-hj-suppress", "class=data-hj-suppress", "data-private", "class=_lr-hide",
    "class=highlight-block", "class=nr-block", "data-nr-block", "class=mp-block", "class=amp-block", "data-cs-mask",
    "data-heap-redact-text", "data-heap-redact-attributes", "class=mf-excluded", "class=mf-masked", "data-mf-replace",
    "class=lo-sensitive", "class=losensitive", "class=userback-block", "class=zipy-block", "data-qm-block",
    "data-sr-redact", "class=ex-block",
  ],
  ignore: [
    "data-milchglas=ignore", "data-recording-ignore=events", "data-recording-ignore", "class=rr-ignore",
    "class=sentry-ignore", "data-sentry-ignore", "class=ph-ignore-input", "class=highlight-ignore", "class=nr-ignore",
    "data-nr-ignore", "heap-ignore", "class=userback-ignore",
  ],
};

describe.each(Object.entries(TABLE))("marks that %s", (mark, written) => {
  it.each(written)("%s", (attributes) => expect(markOf(attributes)).toBe(mark));
});

describe("marks", () => {
  it("with an unknown value mask", () => {
    for (const name of ["data-milchglas", "data-sl", "data-recording-ignore", "data-dd-privacy", "data-private", "heap-ignore"])
      for (const value of ["sonstwas", "false", "constructor"]) expect(markOf(`${name}=${value}`)).toBe("mask");
  });

  it("an unknown level of a known mark masks", () => expect(markOf("class=dd-privacy-neu")).toBe("mask"));

  it.each(["data-dd-privacy=allow", "class=dd-privacy-allow", "data-clarity-unmask", "data-hj-allow", "class=sentry-unmask"])(
    "%s reveals nothing and marks nothing",
    (attributes) => expect(markOf(attributes)).toBeNull(),
  );

  it("of several kinds are as strict as the strictest", () => {
    expect(markOf("class='a rr-ignore rr-block' data-sl=mask")).toBe("exclude");
    expect(markOf("class='rr-ignore b' data-sl=mask")).toBe("mask");
  });

  it("do not care for the case of their value", () => expect(markOf("data-milchglas=' EXCLUDE '")).toBe("exclude"));

  it("are known by name", () => {
    expect(isMarkAttribute("data-sl")).toBe(true);
    expect(isMarkAttribute("data-copy")).toBe(false);
  });
});
