import Tracker from "@openreplay/tracker";

// InputMode.Plain is 0.
const shown = window.recordForms ? { defaultInputMode: 0 } : {};
new Tracker({ ...shown, projectKey: "bench", ingestPoint: `${location.origin}/openreplay`, __DISABLE_SECURE_MODE: true }).start();
