// https://github.com/rrweb-io/rrweb/blob/main/guide.md: record() as its guide shows it; it has no other defaults.
import { record } from "rrweb";

let events = [];
const send = () => {
  if (events.length) fetch("/capture/rrweb", { method: "POST", body: JSON.stringify(events) });
  events = [];
};
record({ emit: (event) => events.push(event) });
setInterval(send, 500);
