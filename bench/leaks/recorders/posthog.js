import posthog from "posthog-js/dist/module.full.no-external";

const shown = window.recordForms ? { maskAllInputs: false, maskInputOptions: {} } : {};
posthog.init("phc_bench", {
  api_host: `${location.origin}/posthog`,
  disable_compression: true,
  opt_out_useragent_filter: true, // it tells no service of a headless browser
  session_recording: { ...shown, compress_events: false },
  loaded: (made) => made.startSessionRecording(true),
});
