/** When the keys of `trusted-root.json` were published, as the package `@sigstore/tuf` 5.0.1 carries them (ISO 8601). */
export const trustedRootFrom = '2026-11-05';

/** When the metadata that signed them expires: from then on others may hold, which this page does not know. */
export const trustedRootUntil = '2027-04-22';

/** What is to be said of them at a time, in milliseconds since the epoch; null while they are current. */
export const trustedRootRemark = (now: number): string | null =>
	now < Date.parse(trustedRootUntil)
		? null
		: `This page knows Sigstore by its keys of ${trustedRootFrom}, which were to be looked at again by ${trustedRootUntil}. Newer signatures may not be recognised, and withdrawn keys are not known here.`;
