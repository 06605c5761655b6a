import { bench, describe } from 'vitest';
import { assumedWorld, compile, decide, parsePolicy, type AccessRequest, type Grants } from '.';

const hosts = (count: number) =>
	Array.from({ length: count }, (_, index) => `      - host: "h${index}.test"\n`).join('');
const paths = (count: number) =>
	Array.from(
		{ length: count },
		(_, index) => `      - { uri: "fs:///data/${index}", access: [read] }\n`,
	).join('');
const policyOf = (count: number) =>
	`version: "1.0"\npermissions:\n  network:\n    allow:\n${hosts(count)}  storage:\n    allow:\n${paths(count / 2)}`;

function grantsOf(count: number, engine: string): Grants {
	const grants = compile(policyOf(count), engine, assumedWorld());
	if (!grants.ok) throw new Error(grants.error.message);
	return grants.value;
}

for (const count of [20, 1000]) {
	describe(`${count} hosts and ${count / 2} directories`, () => {
		const text = policyOf(count);
		bench('parse', () => void parsePolicy(text));
		for (const engine of ['0.8.1', 'documented']) {
			const grants = grantsOf(count, engine);
			const missedHost: AccessRequest = { kind: 'network', method: 'GET', url: 'https://none.test/x' };
			const missedPath: AccessRequest = { kind: 'storage', access: 'read', path: '/data/none/x.txt' };
			bench(`compile for ${engine}`, () => void compile(text, engine, assumedWorld()));
			bench(`decide on a host that no rule names, ${engine}`, () => void decide(grants, missedHost));
			bench(`decide on a path that no rule names, ${engine}`, () => void decide(grants, missedPath));
		}
	});
}
