/** The paths of `registry` and `oras`; null where they were not built. */
export function registryTools(): { readonly registry: string; readonly oras: string } | null;
/** Builds what is missing. Resolves with why it could not, in words; null where all is there. */
export function buildRegistryTools(): Promise<string | null>;
