/** What the consent bar says, in German or English. */

export interface Words {
  lang: "de" | "en";
  title: string;
  text: string;
  more: string;
  yes: string;
  no: string;
}

/** `language` is the page's, or else the browser's. `forms` is what of fields is recorded: the text must be true. */
export function words(language: string, asks: boolean, forms: string): Words {
  return /^de\b/i.test(language) ? german(asks, forms) : english(asks, forms);
}

function german(asks: boolean, forms: string): Words {
  const kept =
    forms === "personal"
      ? "Kennw\u00f6rter, Zahlungsdaten und andere Geheimnisse werden dabei nie aufgezeichnet."
      : forms === "harmless"
        ? "Kennw\u00f6rter, Zahlungsdaten und pers\u00f6nliche Angaben werden dabei nicht aufgezeichnet."
        : "Was Sie in Felder eingeben, wird dabei nicht aufgezeichnet.";
  return {
    lang: "de",
    title: "Aufzeichnung dieser Website",
    text: asks
      ? `D\u00fcrfen wir aufzeichnen, wie Sie diese Website benutzen, um sie zu verbessern? ${kept}`
      : `Wir zeichnen auf, wie diese Website benutzt wird, um sie zu verbessern. ${kept}`,
    more: "Mehr dazu",
    yes: asks ? "Erlauben" : "In Ordnung",
    no: asks ? "Ablehnen" : "Nicht aufzeichnen",
  };
}

function english(asks: boolean, forms: string): Words {
  const kept =
    forms === "personal"
      ? "Passwords, payment data and other secrets are never recorded."
      : forms === "harmless"
        ? "Passwords, payment data and personal details are not recorded."
        : "What you type into fields is not recorded.";
  return {
    lang: "en",
    title: "Recording of this website",
    text: asks
      ? `May we record how you use this website, to improve it? ${kept}`
      : `We record how this website is used, to improve it. ${kept}`,
    more: "Learn more",
    yes: asks ? "Allow" : "OK",
    no: asks ? "Refuse" : "Do not record",
  };
}
