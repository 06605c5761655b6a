import { existsSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { makeLogs, removeLogs, step } from './steps.mjs';

/* What `npm start` and `npm run test:all` write to the terminal: a line for each step, and what it wrote where it failed. */

let logs = '';
let written = '';

beforeEach(() => {
	logs = makeLogs();
	written = '';
	vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((written += String(text)), true));
	vi.spyOn(console, 'log').mockImplementation((text) => void (written += `${String(text)}\n`));
});
afterEach(() => {
	vi.restoreAllMocks();
	removeLogs(logs);
	expect(existsSync(logs)).toBe(false);
});

const noisy = (ok: boolean) => async (log: string) => {
	writeFileSync(log, '✓ a test that passed\nok 1 another one\nwithout a file extension\n');
	return ok;
};

describe('a step of a command', () => {
	test('is one line that names it and says how long it took, whatever it wrote', async () => {
		expect(await step(logs, 'Building the page', noisy(true))).toBe(true);
		expect(written).toBe('Building the page … 0 s\n');
	});

	test('is named before it is done, so that one knows what is waited for', async () => {
		await step(logs, 'Installing packages', async (log) => {
			expect(written).toBe('Installing packages … ');
			return noisy(true)(log);
		});
	});

	test('that failed shows what it wrote, without what passed, and where all of it lies', async () => {
		expect(await step(logs, 'Unit tests', noisy(false))).toBe(false);
		expect(written).toBe(
			`Unit tests … FAILED after 0 s\nwithout a file extension\n(all of it: ${logs}/unit-tests.log)\n`,
		);
	});

	test('beside another one is a whole line at its end', async () => {
		await Promise.all([
			step(logs, 'Lint', noisy(true), { isBeside: true }),
			step(logs, 'Types', noisy(true), { isBeside: true }),
		]);
		expect(written).toBe('Lint … 0 s\nTypes … 0 s\n');
	});
});
