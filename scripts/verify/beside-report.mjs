/** A call that page, expectation and binary have in common as a check: passed where all three agree, else with who parts from whom. */
export function besideCheck({ name, page, binary, parts, unexpected }, version) {
	const faults = [
		...(parts ? [`the page gave ${words(page)}`] : []),
		...(unexpected ? [`expected otherwise: ${unexpected.message}`] : []),
	];
	return {
		kind: 'call',
		name: `Wassette ${version}: ${name}`,
		passed: faults.length === 0,
		message: faults.length === 0 ? null : `Wassette ${version} gave ${words(binary)}; ${faults.join('; ')}`,
		duration: 0,
	};
}

const outcomes = { result: 'a result', err: 'an err', error: 'an error' };
const words = ({ outcome, text }) =>
	`${outcomes[outcome]}, ${JSON.stringify(text.length > 200 ? `${text.slice(0, 200)}…` : text)}`;
