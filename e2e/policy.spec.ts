import { expect, type Page } from '@playwright/test';
import { expectAccessible } from './axe';
import { allowedRows, command, deniedRows, openDeck, run, setArguments, tool } from './page';
import { test } from './test';

const rule = (section: string, item: string) =>
	`version: "1.0"\npermissions:\n  ${section}:\n    allow:\n      - ${item}\n`;
const readsData = rule('storage', '{ uri: "fs:///data", access: ["read"] }');

const editor = (page: Page) => page.getByTestId('policy-editor');
const problems = (page: Page) => page.getByTestId('policy-problems');
const rows = (page: Page) => page.getByTestId('activity-row');

const setPolicy = (page: Page, text: string) =>
	page.evaluate((policy) => window.tapedeck.setPolicy('files', policy), text);
const policyOf = (page: Page) => page.evaluate(() => window.tapedeck.scenario().components[0]!.policy);
const decideAs = (page: Page, engine: string) => page.evaluate((id) => window.tapedeck.setEngine(id), engine);

/** Replaces what the editor holds, as a person would: everything selected, and typed over. */
async function writePolicy(page: Page, text: string): Promise<void> {
	await editor(page).getByRole('textbox').fill(text);
}

/** The full editor, rather than the plain one that stands in until it has loaded; a page that saves data fetches it for whoever points at it. */
async function fullEditor(page: Page): Promise<void> {
	await editor(page).hover();
	await expect(editor(page).locator('.view-lines')).toBeVisible();
}

test.describe('the policy pane', () => {
	test('shows problems under the text as it is typed, each at its line', async ({ page }) => {
		await openDeck(page);
		await expect(problems(page)).toHaveAttribute('data-status', 'ok');
		await writePolicy(page, rule('network', 'host: "localhost:8080"'));
		await expect(problems(page)).toHaveAttribute('data-status', 'warning');
		await expect(problems(page)).toContainText('read as a URL with the scheme “localhost”');
		await expect(problems(page)).toContainText('line 5');
		await writePolicy(page, rule('network', 'host: "ex*mple.com"'));
		await expect(problems(page)).toHaveAttribute('data-status', 'error');
		await expect(problems(page)).toContainText(
			'Wildcard should be at start like *.domain.com in: ex*mple.com',
		);
	});

	test('repairs with one press', async ({ page }) => {
		await openDeck(page);
		await writePolicy(page, rule('network', 'host: "localhost:8080" # ours'));
		await problems(page).getByRole('button', { name: 'Write localhost, for every port' }).click();
		expect(await policyOf(page)).toBe(rule('network', 'host: "localhost" # ours'));
		await expect(problems(page)).toHaveAttribute('data-status', 'ok');
	});

	test('lists only the problems of the engine in use', async ({ page }) => {
		await openDeck(page);
		await writePolicy(page, rule('network', 'host: "*.example.com"'));
		await expect(problems(page)).toContainText('Wildcards are compared as they stand');
		await page.getByRole('button', { name: 'Engine: Wassette 0.8.1' }).click();
		await page.getByRole('menuitemradio', { name: /As documented/ }).click();
		await expect(problems(page)).toContainText('No problems in 1 rule');
	});

	test('says first what every call is answered with', async ({ page }) => {
		await openDeck(page);
		await writePolicy(page, rule('storage', '{ uri: "fs:///data/**", access: ["read"] }'));
		await expect(problems(page).getByRole('listitem').first()).toContainText(
			'Every call is answered with “Error: No such file or directory (os error 2)”',
		);
	});

	test('says what no policy means, and adds one that denies all', async ({ page }) => {
		await openDeck(page);
		await page.getByRole('button', { name: 'Detach the policy' }).click();
		await expect(page.getByText('Under Wassette 0.8.1 it then gets nothing')).toBeVisible();
		await decideAs(page, '0.8.0');
		await expect(page.getByText('Under Wassette 0.8.0 it then gets every configured variable')).toBeVisible();
		await page.getByRole('button', { name: 'Add a policy that denies all' }).click();
		await expect(problems(page)).toContainText('Nothing is granted');
		expect(await policyOf(page)).toContain('permissions: {}');
	});
});

test.describe('the editor', () => {
	test.use({ savesData: false });

	test('marks the place of a problem, and offers its repair', async ({ page }) => {
		await openDeck(page);
		await fullEditor(page);
		await setPolicy(page, rule('network', 'host: "localhost:8080"'));
		await expect(editor(page).locator('.squiggly-warning')).toHaveCount(1);
		await editor(page).getByText('"localhost:8080"').click();
		await page.keyboard.press('Control+.');
		await page.getByRole('option', { name: /Write localhost/ }).click();
		await expect.poll(() => policyOf(page)).toBe(rule('network', 'host: "localhost"'));
		await setPolicy(page, rule('network', 'host: "ex*mple.com"'));
		await expect(editor(page).locator('.squiggly-error')).toHaveCount(1);
	});

	test('explains what the pointer is on', async ({ page }) => {
		await openDeck(page);
		await fullEditor(page);
		// Its parts that answer a pointer are made at the first move of one.
		await editor(page).getByText('version').first().hover();
		await editor(page).getByText('permissions').hover();
		await expect(page.locator('.monaco-hover-content').first()).not.toBeEmpty();
		await setPolicy(page, rule('network', 'host: "localhost:8080"'));
		await editor(page).getByText('"localhost:8080"').hover();
		await expect(page.getByText('read as a URL with the scheme “localhost”').first()).toBeVisible();
	});

	test('suggests what can stand at a place', async ({ page }) => {
		await openDeck(page);
		await fullEditor(page);
		await setPolicy(page, rule('network', 'host: "a.test"'));
		await expect(editor(page)).toContainText('a.test');
		await editor(page).getByText('"a.test"').click();
		await page.keyboard.press('Control+End');
		await page.keyboard.type('  sto');
		await expect(page.locator('.suggest-widget').getByRole('option', { name: 'storage' })).toBeVisible();
		await page.keyboard.press('Enter');
		await expect.poll(() => policyOf(page)).toBe(`${rule('network', 'host: "a.test"')}  storage:\n    `);
	});

	test('lets Enter end a line that is written out', async ({ page }) => {
		await openDeck(page);
		await fullEditor(page);
		await setPolicy(page, rule('network', 'host: '));
		await editor(page).getByText('host').click();
		await page.keyboard.press('Control+End');
		await page.keyboard.press('Backspace');
		await page.keyboard.press('End');
		await page.keyboard.type('api.example.com');
		await page.keyboard.press('Enter');
		await expect
			.poll(() => policyOf(page))
			.toBe(`${rule('network', 'host: api.example.com').trimEnd()}\n      `);
	});

	test('marks rules that were used, unused, and deciding for the selected host call', async ({ page }) => {
		await openDeck(page);
		await fullEditor(page);
		await setPolicy(
			page,
			'version: "1.0"\npermissions:\n  storage:\n    allow:\n      - { uri: "fs:///data", access: ["read"] }\n  environment:\n    allow:\n      - key: HOME\n',
		);
		await expect(editor(page).locator('.tapedeck-mark')).toHaveCount(0);
		await run(page);
		await expect(editor(page).locator('.tapedeck-used')).toHaveCount(1);
		await expect(editor(page).locator('.tapedeck-unused')).toHaveCount(1);
		await allowedRows(page).first().getByRole('button').first().click();
		await expect(editor(page).locator('.tapedeck-deciding')).toHaveCount(1);
		await setPolicy(page, readsData);
		await expect(editor(page).locator('.tapedeck-mark')).toHaveCount(0);
	});
});

test.describe('verdicts', () => {
	test('from before an edit turn grey, and say so', async ({ page }) => {
		await openDeck(page);
		await run(page);
		await expect(rows(page).first()).toHaveAttribute('data-status', 'current');
		await setPolicy(page, readsData);
		await expect(rows(page).first()).toHaveAttribute('data-status', 'stale');
		await expect(page.getByTestId('activity')).toContainText('policy changed, run again');
		await expect(page.getByTestId('result-stale')).toContainText('An earlier result: policy changed since');
		await run(page);
		const old = page.getByTestId('result-stale');
		await expect(old).toHaveCount(0);
		await expect(page.locator('[data-testid=activity-row][data-status=current]').first()).toBeVisible();
		// What a world is fixed to is what was met: nothing is out of date then.
		await command(page, 'Make it repeatable');
		await expect(page.getByText('It is repeatable now')).toBeVisible();
		await expect(old).toHaveCount(0);
		await expect(page.locator('[data-testid=activity-row][data-status=current]')).toHaveCount(2);
		// What the call did not use, such as routes, changes nothing for it; what it may have used does, and comes back with an undo.
		await page.getByRole('tab', { name: 'Network' }).click();
		await page.getByRole('button', { name: 'Add a route' }).click();
		await expect(old).toHaveCount(0);
		await page.getByRole('tab', { name: 'Settings' }).click();
		await page.getByRole('checkbox', { name: 'Show attempts outside every grant' }).uncheck();
		await expect(old).toContainText('settings changed since');
		await page.getByRole('checkbox', { name: 'Show attempts outside every grant' }).check();
		await expect(old).toHaveCount(0);
	});

	test('are blank while the text does not parse', async ({ page }) => {
		await openDeck(page);
		await run(page);
		await expect(rows(page).first()).toContainText('allowed');
		await writePolicy(page, 'version: "1.0"\npermissions: [');
		await expect(rows(page).first()).toContainText('no verdict');
		await expect(page.getByTestId('activity')).not.toContainText('2 allowed');
		await expect(page.getByTestId('grant')).toHaveCount(0);
	});

	test('on which engines disagree are marked, and opened show what each engine says', async ({ page }) => {
		await openDeck(page);
		const item = '{ uri: "fs:///data", access: ["read"] }';
		await setPolicy(page, `${rule('storage', item)}    deny:\n      - ${item}\n`);
		await run(page);
		const row = allowedRows(page).first();
		await expect(row).toContainText('engines disagree');
		await row.getByRole('button').first().click();
		const detail = page.getByRole('region', { name: 'Detail of the host call' });
		await expect(detail).toContainText('Engines disagree');
		await expect(detail).toContainText('Wassette 0.2.0 to 0.8.1');
		await expect(detail).toContainText('Denied to read /data by line 7');
	});
});

test.describe('a denied row', () => {
	test('is granted with one press, and the call made again', async ({ page }) => {
		await openDeck(page);
		await tool(page, 'list-directory').click();
		await setArguments(page, { path: '/home/user' });
		await run(page);
		await deniedRows(page).first().getByTestId('grant').click();
		await expect(allowedRows(page).first()).toBeVisible();
		expect(await policyOf(page)).toContain('uri: "fs:///home/user"');
		await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
		expect(await policyOf(page)).not.toContain('/home/user');
	});
});

test.describe('what if', () => {
	const openWhatIf = (page: Page) => page.getByRole('tab', { name: /^What if/ }).click();
	const input = (page: Page) => page.getByRole('textbox', { name: 'Request' });
	const verdicts = (page: Page) => page.getByTestId('what-if-verdicts');
	const kept = (page: Page) => page.getByTestId('expectation');

	test('starts with an example', async ({ page }) => {
		await openDeck(page);
		await openWhatIf(page);
		await page.getByRole('button', { name: /^Try “read \// }).click();
		await expect(input(page)).toBeFocused();
		await expect(verdicts(page)).toBeVisible();
	});

	test('shows what every engine says as a request is typed', async ({ page }) => {
		await openDeck(page);
		await setPolicy(page, rule('network', 'host: "api.example.com:8443"'));
		await openWhatIf(page);
		await input(page).fill('GET https://api.example.com:84');
		await expect(verdicts(page).locator('li')).toHaveCount(1);
		await expect(verdicts(page)).toContainText('every engine decides the same');
		await input(page).pressSequentially('43/x');
		await expect(verdicts(page)).toContainText('engines disagree');
		await expect(verdicts(page).locator('li').first()).toContainText('Wassette 0.2.0 to 0.8.1');
		await expect(verdicts(page).locator('li').first()).toContainText('denied, no rule');
		await expect(verdicts(page).locator('[data-verdict=allow]')).toContainText('by line 5');
		await input(page).fill('DELETE everything');
		await expect(page.getByTestId('what-if').getByRole('alert')).toContainText('This is no URL');
		await input(page).fill('env API_KEY');
		await expect(verdicts(page)).toContainText('Denied to see the variable API_KEY');
		await setPolicy(page, 'version: [');
		await expect(page.getByTestId('what-if')).toContainText('does not parse, so there is no verdict');
	});

	test('keeps rows with the scenario, which turn red when they stop holding', async ({ page }) => {
		await openDeck(page);
		await openWhatIf(page);
		await input(page).fill('read /data/notes.txt');
		await page.getByRole('button', { name: 'Keep' }).click();
		await expect(kept(page)).toHaveAttribute('data-status', 'holds');
		await expect(input(page)).toHaveValue('');
		expect(await page.evaluate(() => window.tapedeck.scenario().expectations)).toEqual([
			{
				request: { kind: 'storage', access: 'read', path: '/data/notes.txt' },
				outcome: 'allow',
				component: 'files',
			},
		]);
		await setPolicy(page, rule('storage', '{ uri: "fs:///home", access: ["read"] }'));
		await expect(kept(page)).toHaveAttribute('data-status', 'broken');
		await expect(kept(page)).toContainText('no longer holds');
		await expect(kept(page)).toContainText('no rule of the policy grants it');
		await expect(page.getByRole('tab', { name: 'What if? 1' })).toBeVisible();
		await setPolicy(page, 'version: [');
		await expect(kept(page)).toContainText('no verdict');
		await setPolicy(page, readsData);
		await expect(kept(page)).toHaveAttribute('data-status', 'holds');
		await expect(page.getByRole('tab', { name: 'What if?', exact: true })).toBeVisible();
	});

	test('keeps an outcome of a certain engine, which is edited and removed', async ({ page }) => {
		await openDeck(page);
		await openWhatIf(page);
		await input(page).fill('write /data/x');
		await page.getByLabel('Expected outcome').selectOption('allow');
		await page.getByLabel('Engine of the expectation').selectOption('documented');
		await input(page).press('Enter');
		await expect(kept(page)).toContainText('expected allowed under As documented');
		await expect(kept(page)).toHaveAttribute('data-status', 'broken');

		await kept(page).getByRole('button', { name: 'Edit write /data/x' }).click();
		await expect(input(page)).toHaveValue('write /data/x');
		await input(page).fill('read /data/x');
		await page.getByTestId('what-if').getByRole('button', { name: 'Save' }).click();
		await expect(kept(page)).toHaveCount(1);
		await expect(kept(page)).toHaveAttribute('data-status', 'holds');

		await kept(page).getByRole('button', { name: 'read /data/x', exact: true }).click();
		await expect(input(page)).toHaveValue('read /data/x');
		await expect(page.getByRole('button', { name: 'Keep' })).toBeVisible();

		await kept(page).getByRole('button', { name: 'Remove read /data/x' }).click();
		await expect(kept(page)).toHaveCount(0);
		await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
		await expect(kept(page)).toHaveCount(1);
	});

	test('is opened by a link with its rows', async ({ page }) => {
		await openDeck(page);
		await page.evaluate(() => {
			const scenario = window.tapedeck.scenario();
			return window.tapedeck.open({
				...scenario,
				expectations: [{ request: { kind: 'environment', key: 'A' }, outcome: 'allow' }],
			});
		});
		await openWhatIf(page);
		await expect(kept(page)).toHaveAttribute('data-status', 'broken');
	});

	test('works on a narrow screen, and by keyboard', async ({ page }) => {
		await page.setViewportSize({ width: 390, height: 844 });
		await page.goto('./');
		await expect(page.getByTestId('run')).toBeVisible();
		await page
			.getByRole('navigation', { name: 'Panes' })
			.getByRole('button', { name: /Activity/ })
			.click();
		await page.getByLabel('Record').selectOption({ label: 'What if?' });
		await page.getByRole('button', { name: /^Try/ }).press('Enter');
		await expect(input(page)).toBeFocused();
		await page.keyboard.type('env HOME');
		await page.keyboard.press('Enter');
		await expect(kept(page)).toContainText('env HOME');
		expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
	});

	test('has nothing that axe objects to, in either theme', async ({ page }) => {
		await openDeck(page);
		await openWhatIf(page);
		await input(page).fill('write /data/x');
		await page.getByLabel('Expected outcome').selectOption('allow');
		await input(page).press('Enter');
		await input(page).fill('read /data/x');
		await expect(verdicts(page)).toBeVisible();
		await expectAccessible(page, 'the what-if, with a kept row and a question', '[data-testid=what-if]');
	});
});

test.describe('the least policy', () => {
	// In a page of its own: its first call is the one that a first visit has filled in.
	test('is proposed from the activity, for what is chosen, and applied', async ({ page }) => {
		await openDeck(page);
		await run(page);
		await page.evaluate(() => window.tapedeck.callTool('read-file', { path: '/home/user/x' }));
		await page.getByRole('button', { name: 'Least policy…' }).click();
		const dialog = page.getByRole('dialog', { name: 'Least policy' });
		await expect(dialog).toContainText('1 request of 2 chosen');
		const diff = dialog.getByRole('group', { name: 'Change to the policy' });
		await dialog.getByRole('checkbox', { name: /read \/home\/user/ }).check();
		await expect(diff).toContainText('fs:///home/user');
		await expect(dialog.getByTestId('added')).toContainText('read /home/user');
		await expect(dialog.getByRole('button', { name: 'Apply' })).toBeDisabled();
		await dialog.getByRole('checkbox', { name: 'Grant this too' }).check();
		await expect(dialog.getByRole('button', { name: 'Apply' })).toBeEnabled();
		await dialog.getByRole('checkbox', { name: /read \/home\/user/ }).uncheck();
		await expect(dialog.getByTestId('added')).toHaveCount(0);
		await expect(dialog).toContainText('The policy is this already.');
		await expect(dialog.getByRole('button', { name: 'Apply' })).toBeDisabled();
		await dialog.getByRole('button', { name: 'None' }).click();
		await expect(diff).toContainText('allow: []');
		const before = await policyOf(page);
		await dialog.getByRole('button', { name: 'Apply' }).click();
		expect(await policyOf(page)).toBe(before?.replace(/allow:\n.*\n.*\n/, 'allow: []\n'));
		expect(await policyOf(page)).toContain('# One folder, to read and nothing more.');
		await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
		expect(await policyOf(page)).toContain('Read the files under /data');
	});

	test('is reached from the command palette', async ({ page }) => {
		await openDeck(page);
		await run(page);
		await page.keyboard.press('Control+k');
		await page.keyboard.type('least policy');
		await page.keyboard.press('Enter');
		await expect(page.getByRole('dialog', { name: 'Least policy' })).toBeVisible();
	});
});

test.describe("a policy in an article's format", () => {
	const article =
		'permissions:\n  filesystem:\n    read: [/data]\n  network:\n    allow: [api.example.com]\n  environment:\n    allow: [API_KEY]\n';

	test('is converted, with a note for each rewrite', async ({ page }) => {
		await openDeck(page);
		await expect(page.getByTestId('article-banner')).toHaveCount(0);
		await writePolicy(page, article);
		await page.getByTestId('article-banner').getByRole('button', { name: 'Convert…' }).click();
		const dialog = page.getByRole('dialog', { name: "Convert to Wassette's format" });
		for (const note of [
			'`version: "1.0"` is added',
			'`filesystem` becomes `storage`',
			'`host: api.example.com`',
		])
			await expect(dialog).toContainText(note);
		await expect(dialog.getByRole('group', { name: 'Change to the policy' })).toContainText(
			'uri: "fs:///data"',
		);
		await dialog.getByRole('button', { name: 'Convert', exact: true }).click();
		await expect(page.getByTestId('article-banner')).toHaveCount(0);
		await expect(problems(page)).toHaveAttribute('data-status', 'ok');
		await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
		expect(await policyOf(page)).toBe(article);
	});
});

test.describe('a hostile policy text', () => {
	const bombs: readonly (readonly [name: string, text: string, message: RegExp])[] = [
		[
			'a billion laughs',
			`a: &a [x,x,x,x,x,x,x,x,x]\n${Array.from(
				{ length: 8 },
				(_, index) =>
					`${String.fromCharCode(98 + index)}: &${String.fromCharCode(98 + index)} [${Array(9)
						.fill(`*${String.fromCharCode(97 + index)}`)
						.join(',')}]`,
			).join('\n')}\n`,
			/missing field `version`/,
		],
		['deep nesting', '['.repeat(60_000), /nested deeper than 500 levels/],
		[
			'a prototype key',
			'version: "1.0"\npermissions: {}\n__proto__: { polluted: true }\n',
			/`__proto__` means nothing/,
		],
		['an anchor and its alias', 'x: &x "1.0"\nversion: *x\npermissions: {}\n', /`x` means nothing/],
		['a tag', 'version: !!js/function "x"\npermissions: {}\n', /Unsupported version: x/],
		['duplicate keys', 'version: "1.0"\nversion: "1.1"\npermissions: {}\n', /duplicate field `version`/],
		['a NUL', 'version: "1.0"\0\npermissions: {}\n', /control characters are not allowed/],
		['a byte order mark inside', 'version: "1.0"\n\ufeffpermissions: {}\n', /byte order mark/],
	];

	test('gives a clear problem each, changes nothing outside, and leaves the page usable', async ({
		page,
	}) => {
		const errors: string[] = [];
		page.on('pageerror', (error) => errors.push(String(error)));
		await openDeck(page);
		for (const [name, text, message] of bombs) {
			await test.step(name, async () => {
				await setPolicy(page, text);
				await expect(problems(page)).toContainText(message);
			});
		}
		expect(await page.evaluate(() => 'polluted' in {})).toBe(false);
		await setPolicy(page, readsData);
		await expect(problems(page)).toHaveAttribute('data-status', 'ok');
		await run(page);
		await expect(allowedRows(page).first()).toBeVisible();
		expect(errors).toEqual([]);
	});

	test('that is more than a session takes is refused, and what was there stays', async ({ page }) => {
		await openDeck(page);
		const tooLong = `# top\n${'a: b\n'.repeat(2 ** 18)}`;
		await expect(setPolicy(page, tooLong)).rejects.toThrow('at most 524,288 are taken');
		const file = { name: 'policy.yaml', mimeType: 'application/yaml', buffer: Buffer.from(tooLong) };
		await page.getByTestId('component-file').setInputFiles(file);
		await expect(page.getByText('Nothing was changed')).toBeVisible();
		await expect(editor(page)).toContainText('fs:///data');
		await expect(editor(page)).not.toContainText('# top');
	});

	test('typed in is a problem too, and grants nothing', async ({ page }) => {
		await openDeck(page);
		await writePolicy(page, 'x: &x [a]\ny: *x\n');
		await expect(problems(page)).toContainText('missing field `version`');
		await run(page);
		await expect(allowedRows(page)).toHaveCount(0);
	});

	test('of any line ends reads as it is, and one that begins with a byte order mark is refused as Wassette refuses it', async ({
		page,
	}) => {
		await openDeck(page);
		const text = readsData.replaceAll('\n', '\r\n');
		await setPolicy(page, text);
		await expect(problems(page)).toContainText('No problems in 1 rule');
		expect(await policyOf(page)).toBe(text);
		await setPolicy(page, `\ufeff${readsData}`);
		await expect(problems(page)).toContainText('byte order mark');
	});

	test('makes the door throw with the problems, and a request of no known shape a TypeError', async ({
		page,
	}) => {
		await openDeck(page);
		const thrown = await page.evaluate(() => {
			const attempt = (request: unknown, policy: string) => {
				try {
					window.tapedeck.decide(request as never, { policy });
					return 'nothing';
				} catch (error) {
					return `${(error as Error).name}: ${(error as Error).message}`;
				}
			};
			const env = { kind: 'environment', key: 'A' };
			return [
				attempt(env, 'a: &a [x]\nb: *a\n'),
				attempt({ kind: 'socket' }, 'version: "1.0"\npermissions: {}\n'),
			];
		});
		expect(thrown[0]).toContain('PolicyError: line 1: missing field `version`');
		expect(thrown[1]).toContain('TypeError: A request needs a `kind`');
	});
});

test('a folder is granted as it is written, and where a component does not find it the row says why', async ({
	page,
}) => {
	await openDeck(page);
	/** What is decided of the file in the folder, and what a component built with a C library meets: of the file, and of the folder itself. */
	const met = (uris: readonly string[], path = '/data/x.txt') =>
		page.evaluate(
			async ([rules, file]) => {
				const storage = rules.map((uri) => `      - { uri: "${uri}", access: ["read"] }\n`).join('');
				const policy = `version: "1.0"\npermissions:\n  storage:\n    allow:\n${storage}`;
				const { components } = window.tapedeck.scenario();
				await window.tapedeck.open({
					version: 1,
					components: components.map((one) => ({ ...one, policy })),
					world: {
						files: Object.fromEntries(['/data', '/a', '/b', '/c'].map((folder) => [`${folder}/x.txt`, 'x'])),
						decoyRoot: false,
					},
				});
				const ended = async (name: string, path: string) => {
					await window.tapedeck.callTool(name, { path });
					const calls = window.tapedeck.activity().filter(({ kind }) => kind === 'tool-call');
					return (calls.at(-1) as { status?: string }).status === 'result';
				};
				const { outcome } = window.tapedeck.decide(
					{ kind: 'storage', access: 'read', path: file },
					{ policy },
				);
				return [
					outcome,
					await ended('read-file', file),
					await ended('list-directory', file.replace(/\/[^/]*$/, '')),
				];
			},
			[uris, path] as const,
		);
	expect(await met(['fs:///data'])).toEqual(['allow', true, true]);
	expect(await met(['fs:///data/'])).toEqual(['allow', true, false]);
	expect(await met(['fs:///data/.'])).toEqual(['allow', false, false]);
	expect(await met(['fs:///data//'])).toEqual(['allow', false, false]);
	expect(await met(['fs://'])).toEqual(['allow', false, false]);
	const three = ['fs:///a', 'fs:///b', 'fs:///c'];
	expect(await met(three, '/a/x.txt')).toEqual(['allow', true, true]);
	expect(await met(three, '/c/x.txt')).toEqual(['allow', true, true]);
	expect(await met(three, '/b/x.txt')).toEqual(['allow', false, false]);
	await page.getByRole('tab', { name: 'Settings' }).click();
	await page.getByRole('checkbox', { name: 'Show attempts outside every grant' }).check();
	await page.evaluate(() => window.tapedeck.callTool('read-file', { path: '/b/x.txt' }));
	await deniedRows(page).first().getByRole('button').first().click();
	await expect(page.getByTestId('activity')).toContainText('The policy grants /b/x.txt by line');
	await expect(page.getByTestId('activity')).toContainText('only the first and the last');
	await expect(page.getByTestId('grant')).toHaveCount(0);
});
