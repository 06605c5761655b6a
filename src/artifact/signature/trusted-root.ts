import type { TrustedRoot } from '@freedomofpress/sigstore-browser';
import root from './trusted-root.json';

/** The keys and certificates that Sigstore's public service is known by here. Nothing is fetched: a page without a network checks as well. */
export const trustedRoot: TrustedRoot = root;
