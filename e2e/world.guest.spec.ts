import { expect, type Page } from '@playwright/test';
import { component, openDeck } from './page';
import { test } from './test';

/* What a component finds when it tries the world from inside, and what is left of the world when a call is ended. */

const grant = (...rules: readonly (readonly [uri: string, access: string])[]) =>
	`version: "1.0"\npermissions:\n  storage:\n    allow:\n${rules
		.map(([uri, access]) => `      - uri: "${uri}"\n        access: [${access}]\n`)
		.join('')}`;

/** Opens a world with one component in it, under limits if any. */
async function openWith(
	page: Page,
	name: string,
	policy: string,
	world: Record<string, unknown>,
	limits: Record<string, number> = {},
): Promise<void> {
	const source = { bytes: component(name).toString('base64url') };
	const components = [{ id: name, source, policy }];
	await page.evaluate((scenario) => window.tapedeck.open(scenario), {
		version: 1 as const,
		engine: 'documented',
		components,
		world,
		limits,
	});
}

test.beforeEach(({ page }) => openDeck(page));

const call = (page: Page, tool: string, args: Record<string, unknown> = {}) =>
	page.evaluate(([name, given]) => window.tapedeck.callTool(name, given), [tool, args] as const);

const filesOf = (page: Page) =>
	page.evaluate(() => window.tapedeck.scenario().world?.files ?? {}) as Promise<Record<string, unknown>>;

test.describe('a component that tries the rules of files from inside', () => {
	const layout = {
		'/data/a.txt': 'hello',
		'/data/b.txt': 'bb',
		'/data/dir/nested/file': 'f',
		'/data/link': { symlink: 'a.txt' },
		'/data/up': { symlink: '..' },
		'/data/abs': { symlink: '/etc/passwd' },
		'/data/loop': { symlink: 'loop' },
		'/fixed/test.txt': 'read only\n',
	};

	test('finds that all of them hold', async ({ page }) => {
		const policy = grant(['fs:///data', '"read", "write"'], ['fs:///fixed', '"read"']);
		await openWith(page, 'file-rules', policy, { files: layout });
		const { structuredContent } = await call(page, 'check');
		const [tried, broken] = (structuredContent as { result: [number, string[]] }).result;
		// The guest wants `not-permitted` of two, and a hash that knows the content: the measured releases answer so.
		expect(broken).toHaveLength(3);
		for (const words of broken.slice(0, 2))
			expect(words).toMatch(/a file open for .* is not .*bad-descriptor/);
		expect(broken[2]).toContain('a hash changes with the content');
		expect(tried).toBeGreaterThan(50);
		const files = await filesOf(page);
		expect(files['/data/to']).toBe('moved');
		expect(files['/data/again']).toBe('moved');
		expect(files['/fixed/test.txt']).toBe('read only\n');
		expect(Object.keys(files).filter((path) => path.startsWith('/fixed/'))).toEqual(['/fixed/test.txt']);
	});

	test('finds the ones that do not hold where the tree is not the one it wants', async ({ page }) => {
		const policy = grant(['fs:///data', '"read", "write"'], ['fs:///fixed', '"read"']);
		await openWith(page, 'file-rules', policy, {
			files: { ...layout, '/data/a.txt': 'other', '/data/link': 'no link' },
		});
		const { structuredContent } = await call(page, 'check');
		const [, broken] = (structuredContent as { result: [number, string[]] }).result;
		expect(broken.join('\n')).toContain('a link can be read');
	});
});

test.describe('ending a call at any moment', () => {
	const names = ['one', 'two', 'three'];
	const before = Object.fromEntries(names.map((name) => [`/data/${name}`, `${name} as it was`]));

	/** A generator that repeats for a seed: moments of ending, in milliseconds. */
	const momentsOf = (seed: number) =>
		Array.from({ length: 6 }, (_, index) => (Math.imul(seed + index, 2_654_435_761) >>> 0) % 120);

	for (const seed of [1, 2, 3]) {
		test(
			`loses no file, and the next call is right (seed ${seed})`,
			{ tag: seed > 1 ? '@long' : [] },
			async ({ page }) => {
				const policy = grant(['fs:///data', '"read", "write"']);
				for (const moment of momentsOf(seed)) {
					await openWith(page, 'heavy', policy, { files: before }, { callMs: 1 + moment });
					const ended = await call(page, 'rewrite', { names, size: 5000 });
					expect(ended).toMatchObject({ isError: true });
					expect(JSON.stringify(ended.content)).toContain(`longer than ${1 + moment} ms`);
					expect(await filesOf(page)).toMatchObject(before);
				}
				await openWith(page, 'heavy', policy, { files: await filesOf(page) });
				expect(await call(page, 'write-file', { name: 'one', size: 3 })).toMatchObject({ isError: false });
				const files = await filesOf(page);
				expect(files).toMatchObject({ ...before, '/data/one': 'xxx' });
			},
		);
	}

	test('by Stop loses none either', async ({ page }) => {
		await openWith(page, 'heavy', grant(['fs:///data', '"read", "write"']), { files: before });
		await page.locator('[data-testid=tool-item][data-name="rewrite"]').click();
		const json = page.getByTestId('call-json');
		if (!(await json.isVisible())) await page.getByRole('radio', { name: 'JSON' }).click();
		await json.fill(JSON.stringify({ names, size: 5000 }));
		await page.getByTestId('run').click();
		await page.getByTestId('stop').click();
		await expect(page.getByTestId('run')).toBeEnabled();
		expect(await filesOf(page)).toMatchObject(before);
	});
});
