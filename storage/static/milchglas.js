// The little script of all pages: times in the viewer's zone, and buttons that copy.
"use strict";

const near = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "long" });
for (const element of document.querySelectorAll("time[datetime]")) {
  const time = new Date(element.dateTime);
  element.title = `${exact.format(time)}\n${element.dateTime}`;
  element.textContent = near.format(time);
}

for (const button of document.querySelectorAll("button[data-copy]")) {
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
    } catch {
      // Plain HTTP has no clipboard: leave the text selected, one key copies it.
      getSelection().selectAllChildren(button.previousElementSibling);
      return;
    }
    button.classList.add("copied");
    setTimeout(() => button.classList.remove("copied"), 1500);
  });
}
