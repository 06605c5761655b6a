import { describe, expect, test } from 'vitest';
import { binaryOfWat, nodeTools } from '../../component/fixtures';
import { limitProgram } from '../../component/limit-program';
import type { Program } from '../../component/program';
import { transpile } from '../../component/transpile';
import type { CallOutcome } from '../../core/call';
import { FakeWorld, setupWith } from '../../host/testing/world';
import type { RunOutcome } from '../protocol';
import { CoreModules } from './memories';
import { runJob } from './run-job';

/* Components of our own, transpiled: how much memory their instances get together. */

const mebibyte = 2 ** 20;

/** A component with so many instances of one core module that defines what is given, half of them in components inside it. */
async function programOf(defines: string, instances: number): Promise<Program> {
	const direct = Math.ceil(instances / 2);
	const bytes = await binaryOfWat(`(component
		(core module $m ${defines})
		${'(core instance (instantiate $m))'.repeat(direct)}
		(component $inner
			(alias outer 1 $m (core module $n))
			(core instance (instantiate $n)))
		${'(instance (instantiate $inner))'.repeat(instances - direct)}
		(core module $f (func (export "f") (result i32) i32.const 7))
		(core instance $i (instantiate $f))
		(func (export "f") (result u32) (canon lift (core func $i "f"))))`);
	const transpiled = await transpile(bytes, { mode: 'sync', tools: nodeTools });
	if (!transpiled.ok) throw new Error(transpiled.error);
	return transpiled.value.program;
}

async function run(program: Program, memoryBytes: number): Promise<{ outcome: RunOutcome; peak: number }> {
	const { files, ...setup } = setupWith({});
	const report = await runJob(
		{
			mode: 'sync',
			setup: {
				...setup,
				files: [...files],
				limits: { ...setup.limits, memoryBytes },
				function: { interface: null, name: 'f', params: [], result: { kind: 'u32' } },
			},
		},
		{
			// The component is our own: a stranger's code is never evaluated outside a sandbox.
			load: () =>
				import(
					/* @vite-ignore */ `data:text/javascript;base64,${Buffer.from(program.source).toString('base64')}`
				),
			modules: new CoreModules(program.modules),
		},
		new FakeWorld().ports,
	);
	return { outcome: report.outcome, peak: report.peakMemoryBytes };
}

describe('instances of one core module', () => {
	test.each([
		['(memory 400)', 8],
		['(memory 400)', 40],
		['(memory (export "m") 400)', 8],
	])('with %s are refused together before they start: %i of them', async (defines, instances) => {
		const limited = limitProgram(await programOf(defines, instances), 32 * mebibyte);
		expect(limited).toEqual({
			ok: false,
			error: `The component needs ${25 * instances} MiB of memory to start, and the limit is 32 MiB.`,
		});
	});

	test('run where they fit, and all of their memory is seen', async () => {
		const limited = limitProgram(await programOf('(memory 200)', 2), 32 * mebibyte);
		if (!limited.ok) throw new Error(limited.error);
		const { outcome, peak } = await run(limited.value, 32 * mebibyte);
		expect(outcome.status).toBe('returned');
		expect(peak).toBe(25 * mebibyte);
	});

	test('are refused one by one where the program was bounded otherwise', async () => {
		const unbounded = await programOf('(memory 400)', 8);
		const expected: Partial<CallOutcome> = { status: 'limited', limit: 'memoryBytes' };
		expect((await run(unbounded, 32 * mebibyte)).outcome).toMatchObject(expected);
		const tables = await programOf('(table 100000 funcref)', 11).catch((error: Error) => error.message);
		expect(tables).toContain('tables of 1100000 elements');
	});
});
