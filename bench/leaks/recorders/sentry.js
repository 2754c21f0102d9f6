import * as Sentry from "@sentry/browser";

const shown = window.recordForms ? { maskAllText: false, maskAllInputs: false, blockAllMedia: false } : {};
Sentry.init({
  dsn: `${location.protocol}//key@${location.host}/1`,
  integrations: [Sentry.replayIntegration({ ...shown, useCompression: false, minReplayDuration: 0, flushMinDelay: 500, flushMaxDelay: 1000 })],
  replaysSessionSampleRate: 1,
});
