import { parseJson } from '../core/json';
import { most } from '../core/limits';
import { parseQuestion, readAccessRequest, type AccessRequest } from '../core/policy';
import { err, ok, type Result } from '../core/result';
import type { Scenario } from '../core/scenario';

/**
 * Requests from a text, one a line: JSON as `decide()` takes it, or words as What if? does (`GET https://a.example/`, `read /data/a.txt`,
 * `env KEY`). Empty lines and those that begin with `#` are passed over. The error names the line.
 */
export function readRequests(text: string): Result<readonly AccessRequest[], string> {
	const requests: AccessRequest[] = [];
	for (const [index, line] of text.split(/\r?\n/).entries()) {
		const written = line.trim();
		if (written === '' || written.startsWith('#')) continue;
		const read = written.startsWith('{') ? readJson(written) : parseQuestion(written);
		if (!read.ok) return err(`line ${index + 1}: ${read.error}`);
		requests.push(read.value);
		if (requests.length > most.askedRequests)
			return err(
				`line ${index + 1}: there are more than ${most.askedRequests.toLocaleString('en')} requests`,
			);
	}
	return requests.length === 0 ? err('there is no request in it') : ok(requests);
}

function readJson(line: string): Result<AccessRequest, string> {
	const parsed = parseJson(line, { length: most.routeUrl * 2 });
	return parsed.ok ? readAccessRequest(parsed.value) : err('this is no JSON');
}

/**
 * What a scenario asks for: its what-if rows, and the host calls that its saved calls are expected to make, each once. A host call of storage
 * does not say whether it reads or writes, so both are asked. Rows for another component than the one that is asked for are left out.
 */
export function requestsOfScenario(
	{ calls = [], expectations = [] }: Scenario,
	component?: string,
): readonly AccessRequest[] {
	const rows = expectations
		.filter((row) => component === undefined || row.component === undefined || row.component === component)
		.map(({ request }) => request);
	const recorded = calls.flatMap(({ expect }) =>
		(expect?.activity ?? []).flatMap(({ capability, target }): readonly AccessRequest[] => {
			switch (capability) {
				case 'network':
					return [{ kind: 'network', method: 'GET', url: target }];
				case 'storage':
					return (['read', 'write'] as const).map((access) => ({ kind: 'storage', access, path: target }));
				case 'environment':
					return [{ kind: 'environment', key: target }];
				default:
					return [];
			}
		}),
	);
	return [...new Map([...rows, ...recorded].map((one) => [JSON.stringify(one), one])).values()];
}
