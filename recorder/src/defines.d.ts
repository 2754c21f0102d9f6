/**
 * Put in by esbuild. False only in the test build `recorder.bare.js`, which masks nothing at the
 * source so that tests can prove that the proxy holds alone.
 */
declare const MASK_AT_SOURCE: boolean;

/** Put in by esbuild: the name of the consent bar's file, with its hash. */
declare const CONSENT_FILE: string;
