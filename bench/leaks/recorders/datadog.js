import { datadogRum } from "@datadog/browser-rum";

const shown = window.recordForms ? { defaultPrivacyLevel: "allow" } : {};
datadogRum.init({
  ...shown,
  applicationId: "00000000-0000-0000-0000-000000000000",
  clientToken: "pub0",
  site: "datadoghq.eu",
  proxy: `${location.origin}/datadog`,
  sessionSampleRate: 100,
  sessionReplaySampleRate: 100,
  trackUserInteractions: true,
});
