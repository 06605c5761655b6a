/** Every reason for which a decision falls; `ReasonCode` says what each means. */
export const reasonCodes = [
	'granted',
	'denied-by-rule',
	'no-rule',
	'access-not-granted',
	'no-policy',
	'no-policy-unrestricted',
	'secret',
	'invalid-policy',
	'policy-failure',
	'invalid-request',
] as const;
