import { expect, test } from 'vitest';
import { assumedWorld, compile, createGate, type Decision, type EnvironmentRequest, type Granted } from '..';

const policy = 'version: "1.0"\npermissions: {environment: {allow: [{key: A}]}}';

test('a gate records every answer before it gives it, and lets through only what is granted', () => {
	const grants = compile(policy, '0.8.1', assumedWorld());
	const recorded: Decision[] = [];
	const gate = createGate(grants.ok ? grants.value : expect.fail(), (decision) => recorded.push(decision));
	const read = (request: Granted<EnvironmentRequest>) => request.key;

	const allowed = gate({ kind: 'environment', key: 'A' });
	expect(recorded).toMatchObject([{ outcome: 'allow', reason: 'granted' }]);
	expect(allowed.ok && read(allowed.value)).toBe('A');

	expect(gate({ kind: 'environment', key: 'B' })).toEqual({ ok: false, error: recorded[1] });
	// @ts-expect-error What no gate has let through is not granted.
	read({ kind: 'environment', key: 'B' });
});

test('a gate that cannot record lets nothing through', () => {
	const grants = compile(policy, '0.8.1', assumedWorld());
	const gate = createGate(grants.ok ? grants.value : expect.fail(), () => {
		throw new Error('full');
	});
	expect(() => gate({ kind: 'environment', key: 'A' })).toThrow('full');
});
