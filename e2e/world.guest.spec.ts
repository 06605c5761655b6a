import { expect, test, type Page } from '@playwright/test';
import { component, openDeck } from './page';

/* What a component finds when it tries the world from inside, and what is left of the world when a call is ended. */

const grant = (...rules: readonly (readonly [uri: string, access: string])[]) =>
	`version: "1.0"\npermissions:\n  storage:\n    allow:\n${rules
		.map(([uri, access]) => `      - uri: "${uri}"\n        access: [${access}]\n`)
		.join('')}`;

/** Opens a world with one component in it. */
async function openWith(
	page: Page,
	name: string,
	policy: string,
	world: Record<string, unknown>,
	engine = 'documented',
): Promise<void> {
	await openDeck(page);
	await page.evaluate(
		async ([bytes, id, text, surroundings, rules]) => {
			await window.tapedeck.open({
				version: 1,
				engine: rules as string,
				components: [],
				world: surroundings as object,
			});
			await window.tapedeck.load(Uint8Array.from(bytes as number[]), id as string);
			window.tapedeck.setPolicy(id as string, text as string);
		},
		[[...component(name)], name, policy, world, engine] as const,
	);
}

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
		expect(broken).toEqual([]);
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
		test(`loses no file, and the next call is right (seed ${seed})`, async ({ page }) => {
			await openWith(page, 'heavy', grant(['fs:///data', '"read", "write"']), { files: before });
			for (const moment of momentsOf(seed)) {
				const ended = await page.evaluate(
					async ([files, ms]) => {
						const { tapedeck } = window;
						const stop = document.querySelector<HTMLElement>('[data-testid=stop]');
						void stop;
						const scenario = tapedeck.scenario();
						await tapedeck.open({ ...scenario, limits: { callMs: 1 + (ms as number) } });
						return tapedeck.callTool('rewrite', { names: files, size: 5000 });
					},
					[names, moment] as const,
				);
				expect(ended.isError).toBe(true);
				expect(await filesOf(page)).toMatchObject(before);
			}
			await page.evaluate(() => window.tapedeck.open({ ...window.tapedeck.scenario(), limits: {} }));
			expect(await call(page, 'write-file', { name: 'one', size: 3 })).toMatchObject({ isError: false });
			const files = await filesOf(page);
			expect(files).toMatchObject({ ...before, '/data/one': 'xxx' });
		});
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
