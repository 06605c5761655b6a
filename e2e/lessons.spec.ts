import { expect, type Page } from '@playwright/test';
import { expectAccessible } from './axe';
import { allowedRows, deniedRows, openDeck, run, setArguments, tool } from './page';
import { test } from './test';

// A call takes a sandbox, and a lesson several calls.
test.describe.configure({ timeout: 120_000 });

const panel = (page: Page) => page.getByTestId('lesson');
const openGoals = (page: Page) => page.locator('[data-testid=lesson-goal][data-status=open]');

/** The lessons in their order, as the page names them. */
const titles = {
	'nothing-by-default': 'Nothing by default',
	'storage-rights': 'To read is not to write',
	'hosts-and-schemes': 'Hosts and schemes',
	environment: 'Variables, one by one',
	'reading-a-denial': 'Read a denial',
	exfiltrator: 'A tool that steals',
	'least-policy': 'No more than it takes',
	'policy-per-part': 'The smallest policy per part',
	'memory-limit': 'How much, not only what',
	'no-end': 'What no policy stops',
	'supply-chain': 'Is it what it says it is?',
	wildcard: 'A surprise: wildcards',
	'deny-list': 'A surprise: deny lists',
	'one-file': 'Ask for one file',
	'handle-denial': 'Ask politely',
};

/** Opens a lesson from the page as a visitor has it. */
async function openLesson(page: Page, id: keyof typeof titles): Promise<void> {
	await openDeck(page);
	await page.getByRole('button', { name: 'Lessons', exact: true }).click();
	await expect(panel(page)).toBeVisible();
	const at = Object.keys(titles).indexOf(id);
	await page.getByRole('combobox', { name: 'Lesson' }).selectOption(String(at));
	await expect(panel(page).getByRole('heading', { level: 2 })).toHaveText(`Lesson ${at + 1}: ${titles[id]}`);
	await expect(panel(page)).toHaveAttribute('data-status', 'open');
}

const setPolicy = (page: Page, component: string, policy: string) =>
	page.evaluate(([id, text]) => window.tapedeck.setPolicy(id!, text!), [component, policy]);

/** Changes the policy of the first component by text, which has to be in it. */
async function edit(page: Page, from: string, to: string): Promise<void> {
	await page.evaluate(
		([from, to]) => {
			const [component] = window.tapedeck.scenario().components;
			if (!component?.policy?.includes(from!)) throw new Error(`The policy has no ${from}`);
			window.tapedeck.setPolicy(component.id, component.policy.replace(from!, to!));
		},
		[from, to],
	);
}

const nothing = 'version: "1.0"\npermissions: {}\n';

const isPassed = (page: Page) => expect(panel(page)).toHaveAttribute('data-status', 'passed');
const isStillWrong = async (page: Page, words: string | RegExp) => {
	await expect(openGoals(page).filter({ hasText: words })).toBeVisible();
	await expect(panel(page)).toHaveAttribute('data-status', 'open');
};

/** Changes the script of the tool that is written in a lesson, and runs it. */
async function rewrite(page: Page, from: string, to: string): Promise<void> {
	await page.getByRole('button', { name: 'Add a component' }).click();
	await page.getByRole('menuitem', { name: /New tool/ }).click();
	const script = page.getByTestId('tool-source').getByRole('textbox');
	await expect.poll(() => script.inputValue()).toContain(from);
	await script.fill((await script.inputValue()).replace(from, to));
	await page
		.getByRole('dialog', { name: 'New tool' })
		.getByRole('button', { name: 'Run', exact: true })
		.click();
}

test.describe('the first lesson', () => {
	test('is opened from the invitation of a first visit, failed by a wide grant, and passed by Grant', async ({
		page,
	}) => {
		await openDeck(page);
		await page.getByRole('button', { name: 'Start the lessons' }).click();
		await expect(panel(page)).toContainText('0 of 3 goals');
		await run(page);
		await expect(page.getByTestId('lesson-goal').first()).toHaveAttribute('data-status', 'met');
		await page.getByTestId('grant').first().click();
		await isPassed(page);
		await expect(page.getByTestId('result')).toContainText('notes.txt');

		await setPolicy(
			page,
			'files',
			'version: "1.0"\npermissions:\n  storage:\n    allow:\n      - uri: "fs:///"\n        access: ["read"]\n',
		);
		await run(page);
		await isStillWrong(page, 'It grants more than the task needs: / can be read too.');
	});

	test('the last of them ends in what was learnt, and in what to do next', async ({ page }) => {
		await openLesson(page, 'handle-denial');
		await page.getByRole('button', { name: 'Finish' }).click();
		const end = page.getByRole('dialog', { name: 'That was the last lesson' });
		await expect(end).toContainText('0 of 15 passed');
		await expect(end.getByRole('listitem').first()).toContainText('Nothing by default');
		await end.getByRole('button', { name: 'Show the surprises' }).click();
		await expect(page.getByTestId('surprise').first()).toBeVisible();
		await expect(page.getByTestId('lesson')).toHaveCount(0);
	});

	test('is not passed by pressing Next', async ({ page }) => {
		await openLesson(page, 'nothing-by-default');
		await page.getByRole('button', { name: 'Next lesson' }).click();
		await expect(panel(page).getByRole('heading', { level: 2 })).toContainText('Lesson 2');
		await expect(page.getByRole('option', { name: /✓/ })).toHaveCount(0);
	});
});

// What each asks is held by core/lessons; on every run, one of each way to pass one.
test.describe('each lesson is passed in the page', () => {
	test('storage rights, by Grant', async ({ page }) => {
		await openLesson(page, 'storage-rights');
		await run(page);
		await expect(deniedRows(page).first()).toBeVisible();
		await page.getByTestId('grant').first().click();
		await isPassed(page);
	});

	test('storage rights, not by writing everywhere', { tag: '@long' }, async ({ page }) => {
		await openLesson(page, 'storage-rights');
		await edit(page, '["read"]', '["read", "write"]');
		await run(page);
		await isStillWrong(page, '/data can be changed too');
	});

	test('hosts and schemes, once the rule beside the grant is gone', async ({ page }) => {
		await openLesson(page, 'hosts-and-schemes');
		await run(page);
		await page.getByTestId('grant').first().click();
		await isStillWrong(page, 'http://tapes.example.com can be reached too');
		await edit(page, '      - host: "http://tapes.example.com"\n', '');
		await run(page);
		await isPassed(page);
	});

	test('the environment, by Grant on the row of the variable', { tag: '@long' }, async ({ page }) => {
		await openLesson(page, 'environment');
		await run(page);
		await isStillWrong(page, 'did not know whom to greet');
		await deniedRows(page).filter({ hasText: 'NAME' }).first().getByTestId('grant').click();
		await isPassed(page);
	});

	test('reading a denial, by correcting the rule', { tag: '@long' }, async ({ page }) => {
		await openLesson(page, 'reading-a-denial');
		await run(page);
		await expect(deniedRows(page).filter({ hasText: 'forecast.example.com' })).toBeVisible();
		await edit(page, 'exmaple', 'example');
		await run(page);
		await isPassed(page);
	});

	test('the exfiltrator, by seeing it steal and granting it nothing', async ({ page }) => {
		await openLesson(page, 'exfiltrator');
		await run(page);
		await expect(page.getByTestId('result')).toContainText('and sent');
		await isStillWrong(page, '/home/user can be read too');
		await setPolicy(page, 'exfiltrator', nothing);
		await run(page);
		await isPassed(page);
		await expect(page.getByTestId('result')).toContainText('could not send anything');
	});

	test('no more than it takes', { tag: '@long' }, async ({ page }) => {
		await openLesson(page, 'least-policy');
		await run(page);
		await isStillWrong(page, 'and 3 more');
		await setPolicy(
			page,
			'files',
			'version: "1.0"\npermissions:\n  storage:\n    allow:\n      - uri: "fs:///data/reports"\n        access: ["read"]\n',
		);
		await run(page);
		await isPassed(page);
	});

	test('a policy for each of two linked components', { tag: '@long' }, async ({ page }) => {
		await openLesson(page, 'policy-per-part');
		await run(page);
		await isStillWrong(page, 'can be reached too');
		const part = (rules: string) => `version: "1.0"\npermissions:\n${rules}`;
		await setPolicy(page, 'pages', part('  network:\n    allow:\n      - host: "tapes.example.com"\n'));
		await setPolicy(
			page,
			'digest',
			part('  storage:\n    allow:\n      - uri: "fs:///notes"\n        access: ["read", "write"]\n'),
		);
		await run(page);
		await isPassed(page);
	});

	test('the limit of memory', { tag: '@long' }, async ({ page }) => {
		await openLesson(page, 'memory-limit');
		await run(page);
		await isStillWrong(page, 'A limit of 16 MiB is not enough');
		await edit(page, '16Mi', '32Mi');
		await run(page);
		await isPassed(page);
	});

	test('what no policy stops, by Stop', async ({ page }) => {
		await openLesson(page, 'no-end');
		await page.getByTestId('run').click();
		await isStillWrong(page, 'Press Stop');
		await page.getByTestId('stop').click();
		await isStillWrong(page, 'Pick the tool burn');
		await tool(page, 'burn').click();
		await run(page);
		await isPassed(page);
	});

	test('the supply chain, failed with the altered copy and passed with the genuine one', async ({ page }) => {
		await openLesson(page, 'supply-chain');
		await run(page);
		await expect(page.getByTestId('result')).toContainText('Multiple components found');
		await page.getByRole('button', { name: 'Unload time-from-mirror' }).click();
		await run(page);
		await isStillWrong(page, 'time-from-registry is not what was published');
		await page.getByRole('button', { name: 'Restart' }).click();
		await expect(page.getByTestId('component-list').getByRole('listitem')).toHaveCount(2);
		await page.getByRole('button', { name: 'Unload time-from-registry' }).click();
		await run(page);
		await isPassed(page);
	});

	test('the surprise about wildcards, not by another engine', { tag: '@long' }, async ({ page }) => {
		await openLesson(page, 'wildcard');
		await page.evaluate(() => window.tapedeck.setEngine('documented'));
		await run(page);
		await isStillWrong(page, 'Choose Wassette 0.8.1 again');
		await page.evaluate(() => window.tapedeck.setEngine('0.8.1'));
		await run(page);
		await expect(deniedRows(page).first()).toBeVisible();
		await edit(page, '*.example.com', 'tapes.example.com');
		await run(page);
		await isPassed(page);
	});

	test('the surprise about deny lists', { tag: '@long' }, async ({ page }) => {
		await openLesson(page, 'deny-list');
		await run(page);
		await isStillWrong(page, 'The latest run could read it');
		await edit(page, 'fs:///data"', 'fs:///data/reports"');
		await run(page);
		await isPassed(page);
	});

	test(
		'what one writes oneself: first for one file, then for one that is denied',
		{ tag: '@long' },
		async ({ page }) => {
			await openLesson(page, 'one-file');
			await run(page);
			await isStillWrong(page, 'did not read');
			await rewrite(page, '/home/user/notes.txt', '/data/reports/2026-q1.csv');
			await isPassed(page);
			await page.getByRole('button', { name: 'Next lesson' }).click();
			await expect(panel(page).getByRole('heading', { level: 2 })).toContainText('Ask politely');
			await run(page);
			await isStillWrong(page, 'The call ends in a result');
			await rewrite(
				page,
				"return readText('/data/private/diary.txt');",
				"try { return readText('/data/private/diary.txt'); } catch { return 'I may not read the diary.'; }",
			);
			await isPassed(page);
			await page.getByRole('button', { name: 'Finish' }).click();
			await expect(panel(page)).toBeHidden();
		},
	);
});

test.describe('leaving the lessons', () => {
	test('brings the session back as it was: policy, activity, arguments and result', async ({ page }) => {
		await openDeck(page);
		await tool(page, 'read-file').click();
		await setArguments(page, { path: '/data/notes.txt' });
		await run(page);
		await setPolicy(page, 'files', `${nothing}# mine\n`);
		const before = await page.evaluate(() => ({
			scenario: window.tapedeck.scenario(),
			activity: window.tapedeck.activity(),
		}));
		expect(before.activity.length).toBeGreaterThan(1);

		await page.getByRole('button', { name: 'Lessons', exact: true }).click();
		await expect(panel(page)).toBeVisible();
		await expect(allowedRows(page)).toHaveCount(0);
		await run(page);
		await page.getByRole('button', { name: 'Next lesson' }).click();
		await page.getByRole('button', { name: 'Leave the lessons' }).click();

		await expect(panel(page)).toBeHidden();
		const after = await page.evaluate(() => ({
			scenario: window.tapedeck.scenario(),
			activity: window.tapedeck.activity(),
		}));
		expect(after).toEqual(before);
		await expect(page.getByTestId('call-json')).toHaveValue(/\/data\/notes\.txt/);
		await expect(page.getByTestId('result')).toContainText('grandmother');
		await expect(page.getByTestId('policy-editor')).toContainText('# mine');
	});

	test('leaves alone what was opened in the place of the lesson', async ({ page }) => {
		await openLesson(page, 'nothing-by-default');
		await page.evaluate(() => window.tapedeck.open({ version: 1, title: 'Mine', components: [] }));
		await page.getByRole('button', { name: 'Leave the lessons' }).click();
		await expect(page.getByText('Another session was opened')).toBeVisible();
		expect(await page.evaluate(() => window.tapedeck.scenario().components)).toEqual([]);
		await page.getByRole('button', { name: 'Bring back the one before' }).click();
		await expect(tool(page, 'list-directory')).toBeVisible();
	});

	test('does not keep what was sent in a lesson for the next visit', async ({ page }) => {
		await openLesson(page, 'least-policy');
		await run(page);
		await page.reload();
		await tool(page, 'read-file').click();
		await page
			.getByRole('radio', { name: 'JSON' })
			.or(page.getByRole('tab', { name: 'JSON' }))
			.first()
			.click();
		await expect(page.getByTestId('call-json')).not.toHaveValue(/2026-q1/);
	});
});

test.describe('the tour', () => {
	test('remembers what was passed and where it was left', async ({ page }) => {
		await openLesson(page, 'memory-limit');
		await edit(page, '16Mi', '32Mi');
		await run(page);
		await isPassed(page);
		await page.reload();
		await expect(page.getByRole('button', { name: 'Start the lessons' })).toBeHidden();
		await page.keyboard.press('Control+k');
		await page.getByRole('combobox', { name: 'Search commands' }).fill('start the lessons');
		await page.keyboard.press('Enter');
		await expect(panel(page).getByRole('heading', { level: 2 })).toContainText('How much, not only what');
		await expect(page.getByRole('option', { name: /How much.*✓/ })).toHaveCount(1);
		await expect(page.getByRole('option', { name: /✓/ })).toHaveCount(1);
	});

	test('is declined for good', async ({ page }) => {
		await openDeck(page);
		await page.getByRole('button', { name: 'No lessons, thank you' }).click();
		await page.reload();
		await expect(page.getByTestId('tool-item').first()).toBeVisible();
		await expect(page.getByRole('button', { name: 'Start the lessons' })).toBeHidden();
	});

	test('gives a hint when asked, and gets out of the way', async ({ page }) => {
		await openLesson(page, 'storage-rights');
		await expect(panel(page)).not.toContainText('Hint:');
		await page.getByRole('button', { name: 'Hint' }).click();
		await expect(panel(page)).toContainText('Leave the rule for /data alone');
		await page.getByRole('button', { name: 'Hide the lesson' }).click();
		await expect(panel(page)).not.toContainText('Your task');
		await expect(panel(page)).toContainText('goals');
	});

	test('has no accessibility problem in either theme', { tag: '@long' }, async ({ page }) => {
		await openLesson(page, 'hosts-and-schemes');
		await page.getByRole('button', { name: 'Hint' }).click();
		await run(page);
		await expectAccessible(page, 'a lesson with its hint', '[data-testid=lesson]');
	});

	test('fits a narrow screen, and its call can be made there', async ({ page }) => {
		await page.setViewportSize({ width: 390, height: 844 });
		await page.goto('./');
		await expect(page.getByTestId('run')).toBeVisible();
		await page.getByRole('button', { name: 'Lessons', exact: true }).click();
		await expect(panel(page)).toContainText('0 of 3 goals');
		await run(page);
		await expect(panel(page)).toContainText('1 of 3 goals');
		const tooWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
		expect(tooWide).toBe(false);
		await expect(page.getByTestId('run')).toBeInViewport();
	});
});
