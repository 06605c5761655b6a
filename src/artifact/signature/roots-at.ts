import type { TrustedRoot } from '@freedomofpress/sigstore-browser';
import { StepFailed } from './verification-step';

/** A side that is open is left out, or null: both are written. */
interface Span {
	readonly start?: string | null;
	readonly end?: string | null;
}

/**
 * The roots that were good at all of these times, as ones that are good for ever: whether a signature holds does not depend on when it is
 * looked at. The logs that a signature names stand first. A log that does not say since when it is good makes the roots unusable.
 */
export function rootsAt(roots: TrustedRoot, times: readonly Date[], logIds: readonly string[]): TrustedRoot {
	if (roots.tlogs.some(({ publicKey }) => !publicKey.validFor?.start))
		throw new StepFailed(
			'log entry',
			'A log among the keys that signatures are checked by does not say since when it is good.',
		);
	const isGood = (span: Span | undefined) =>
		times.every(
			(time) =>
				(!span?.start || Date.parse(span.start) <= time.getTime()) &&
				(!span?.end || time.getTime() <= Date.parse(span.end)),
		);
	const forEver = (span: Span) => ({ start: span.start ?? '1970-01-01T00:00:00Z' });
	const logs = roots.tlogs
		.filter(({ publicKey }) => isGood(publicKey.validFor))
		.map((log) => ({ ...log, publicKey: { ...log.publicKey, validFor: forEver(log.publicKey.validFor) } }));
	return {
		...roots,
		tlogs: logs.toSorted(
			(a, b) => Number(logIds.includes(b.logId.keyId)) - Number(logIds.includes(a.logId.keyId)),
		),
		certificateAuthorities: roots.certificateAuthorities
			.filter(({ validFor }) => isGood(validFor))
			.map((authority) => ({ ...authority, validFor: forEver(authority.validFor) })),
	};
}
