import { bench, describe } from 'vitest';
import {
	assumedWorld,
	compile,
	createEvaluator,
	parsePolicy,
	type AccessRequest,
	type ParsedPolicy,
} from '.';

/** A policy of exactly so many rules: hosts, directories and variables in equal parts. */
function policyOf(count: number): string {
	const part = Math.floor(count / 3);
	const list = (length: number, item: (index: number) => string) =>
		Array.from({ length }, (_, index) => `      - ${item(index)}\n`).join('');
	return (
		`version: "1.0"\npermissions:\n  network:\n    allow:\n${list(count - 2 * part, (index) => `host: "h${index}.test"`)}` +
		`  storage:\n    allow:\n${list(part, (index) => `{ uri: "fs:///data/${index}", access: [read] }`)}` +
		`  environment:\n    allow:\n${list(part, (index) => `key: "K${index}"`)}`
	);
}

/** Requests that no rule grants, so that every rule is looked at. */
const missed: readonly (readonly [name: string, request: AccessRequest])[] = [
	['a host', { kind: 'network', method: 'GET', url: 'https://none.test/x' }],
	['a path', { kind: 'storage', access: 'read', path: '/data/none/x.txt' }],
	['a variable', { kind: 'environment', key: 'NONE' }],
];

for (const count of [20, 1000]) {
	describe(`a policy of ${count} rules`, () => {
		const text = policyOf(count);
		const parsed: ParsedPolicy = parsePolicy(text);
		if (parsed.policy?.rules.length !== count) throw new Error(`There are not ${count} rules in it`);
		bench('parse', () => void parsePolicy(text));
		for (const engine of ['0.8.1', 'documented']) {
			bench(`compile, ${engine}`, () => void compile(parsed, engine, assumedWorld()));
			const evaluator = createEvaluator(parsed, engine, assumedWorld());
			for (const [name, request] of missed)
				bench(`evaluate ${name} that no rule names, ${engine}`, () => void evaluator(request));
		}
	});
}
