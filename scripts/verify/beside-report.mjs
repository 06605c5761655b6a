/**
 * A call that page, expectation and binary have in common as a check: passed where all three agree, else with who parts from whom. `skipped`
 * says why it could not be asked of the binary.
 */
export function besideCheck({ name, page, binary, parts, unexpected, overTls }, version) {
	const called = `Wassette ${version}: ${name}`;
	if (overTls)
		return { kind: 'call', name: called, passed: true, skipped: overHttps, message: null, duration: 0 };
	const faults = [
		...(parts ? [`the page gave ${words(page)}`] : []),
		...(unexpected ? [`expected otherwise: ${unexpected.message}`] : []),
	];
	return {
		kind: 'call',
		name: called,
		passed: faults.length === 0,
		message: faults.length === 0 ? null : `Wassette ${version} gave ${words(binary)}; ${faults.join('; ')}`,
		duration: 0,
	};
}

const overHttps =
	'It cannot be asked of the binary: it sends a request over https, and a component in the binary trusts no certificate but those of public authorities.';

const outcomes = { result: 'a result', err: 'an err', error: 'an error' };
const words = ({ outcome, text }) =>
	`${outcomes[outcome]}, ${JSON.stringify(text.length > 200 ? `${text.slice(0, 200)}…` : text)}`;
