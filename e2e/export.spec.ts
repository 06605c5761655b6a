import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from '@playwright/test';
import { unzipSync } from 'fflate';
import { openDeck } from './page';
import { test } from './test';

const root = join(import.meta.dirname, '..');

/** Runs the command as a contributor would; resolves with what it printed and its exit code. */
async function verify(...words: string[]): Promise<{ code: number; output: string }> {
	try {
		const { stdout, stderr } = await promisify(execFile)(
			process.execPath,
			[join(root, 'scripts/tapedeck.mjs'), 'verify', ...words],
			{ cwd: root },
		);
		return { code: 0, output: stdout + stderr };
	} catch (error) {
		const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
		return { code, output: stdout + stderr };
	}
}

let folder = '';
test.beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'tapedeck-'))));
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

test.describe('use in Wassette', () => {
	test('shows the commands, the policy file and the manifest for a release', async ({ page }) => {
		await openDeck(page);
		await page.getByRole('button', { name: 'Use in Wassette' }).click();
		const dialog = page.getByRole('dialog', { name: 'Use in Wassette' });
		const commands = dialog.getByTestId('wassette-commands');
		await expect(commands).toContainText(
			'wassette component load file:///path/to/tapedeck-bundle/components/files.wasm',
		);
		await expect(commands).toContainText('wassette permission grant storage files fs:///data --access read');
		await expect(dialog.getByTestId('manifest')).toContainText('version: 1');

		await dialog.getByLabel('Folder of the bundle').fill('/srv/my tapes');
		await expect(commands).toContainText("'file:///srv/my tapes/components/files.wasm'");
		await dialog.getByLabel('Folder of the bundle').fill('tapes');
		await expect(dialog).toContainText('begin with a slash');
		await expect(dialog.getByTestId('download-bundle')).toBeDisabled();

		await dialog.getByLabel('Release').selectOption('0.2.0');
		await expect(commands).not.toContainText('reset');
		await expect(dialog.getByTestId('export-notes').first()).toContainText('has no reset and no revoke');

		await dialog.getByText('Or put its policy file beside it').click();
		await expect(dialog.getByTestId('policy-file')).toContainText('uri: "fs:///data"');
		const download = page.waitForEvent('download');
		await dialog
			.getByRole('region', { name: 'Component files' })
			.getByRole('button', { name: 'Download' })
			.click();
		expect((await download).suggestedFilename()).toBe('files.policy.yaml');
	});

	test('is reached from the command palette, and says what the policy cannot have', async ({ page }) => {
		await openDeck(page);
		await page.evaluate(() =>
			window.tapedeck.setPolicy(
				'files',
				'version: "1.0"\npermissions:\n  network:\n    allow:\n      - cidr: "10.0.0.0/8"\n    deny:\n      - host: "a.example"\n',
			),
		);
		await page.keyboard.press('ControlOrMeta+k');
		await page.getByLabel('Search commands').fill('use in wassette');
		await page.keyboard.press('Enter');
		const notes = page.getByTestId('export-notes').first();
		await expect(notes).toContainText('Line 5: A network range cannot be granted');
		await expect(notes).toContainText('Line 7: A deny rule cannot be granted');
	});
});

test('a bundle holds everything, and its scenario is checked from the command line', async ({ page }) => {
	// It starts a second browser.
	test.slow();
	await openDeck(page);
	await page.evaluate(async () => {
		const scenario = window.tapedeck.scenario();
		await window.tapedeck.open({
			...scenario,
			calls: [
				{
					tool: 'list-directory',
					arguments: { path: '/data' },
					expect: { outcome: 'result', text: 'notes.txt' },
				},
			],
			expectations: [
				{ request: { kind: 'storage', access: 'write', path: '/data/notes.txt' }, outcome: 'deny' },
			],
		});
	});
	await page.getByRole('button', { name: 'Use in Wassette' }).click();
	const downloading = page.waitForEvent('download');
	await page.getByTestId('download-bundle').click();
	const download = await downloading;
	expect(download.suggestedFilename()).toBe('tapedeck-bundle.zip');
	const entries = unzipSync(readFileSync(await download.path()));
	expect(Object.keys(entries).sort()).toEqual(
		[
			'README.md',
			'components/files.policy.yaml',
			'components/files.wasm',
			'manifest.yaml',
			'scenario.tapedeck.json',
		].map((name) => `tapedeck-bundle/${name}`),
	);
	const original = readFileSync(join(root, 'static-components/files/files.wasm'));
	expect(Buffer.from(entries['tapedeck-bundle/components/files.wasm']!).equals(original)).toBe(true);

	for (const [name, content] of Object.entries(entries)) {
		mkdirSync(dirname(join(folder, name)), { recursive: true });
		writeFileSync(join(folder, name), content);
	}
	const { code, output } = await verify(join(folder, 'tapedeck-bundle/scenario.tapedeck.json'));
	expect(output).toContain('1 file: 2 checks passed, 0 failed');
	expect(code).toBe(0);
});

test.describe('verify', () => {
	// Each starts a browser of its own, some more than one.
	test.describe.configure({ timeout: 180_000 });

	test(
		'ends with 1 on a difference and 2 where a file is broken, and writes JUnit XML',
		{ tag: '@long' },
		async () => {
			const scenario = JSON.parse(
				readFileSync(join(root, 'static-surprises/port-in-host.tapedeck.json'), 'utf8'),
			) as { expectations: { outcome: string }[]; calls: { expect: { text?: string } }[] };
			scenario.expectations[0]!.outcome = 'allow';
			scenario.calls[0]!.expect.text = 'A list of tapes';
			const differs = join(folder, 'differs.tapedeck.json');
			writeFileSync(differs, JSON.stringify(scenario));
			const junit = join(folder, 'report.xml');

			const first = await verify(differs, '--junit', junit);
			expect(first.code).toBe(1);
			expect(first.output).toContain('✕ GET https://tapes.example.com/ under 0.8.1');
			expect(first.output).toContain('Expected allow, but: Denied to reach tapes.example.com over https');
			expect(first.output).toContain('Expected the text "A list of tapes"');
			expect(first.output).toContain('1 file: 3 checks passed, 2 failed');
			expect(readFileSync(junit, 'utf8')).toContain('tests="5" failures="2" errors="0"');

			const stopped = await verify('--bail', differs);
			expect(stopped.output).toContain('1 file: 0 checks passed, 1 failed');

			const broken = join(folder, 'broken.tapedeck.json');
			writeFileSync(broken, '{"version": 1}');
			const second = await verify(broken);
			expect(second.code).toBe(2);
			expect(second.output).toContain('This scenario is wrong at components');
		},
	);

	test('holds a component to its digest', async () => {
		const scenario = {
			version: 1,
			components: [{ id: 'x', source: { file: 'x.wasm' }, sha256: 'a'.repeat(64), policy: null }],
		};
		writeFileSync(join(folder, 'a.tapedeck.json'), JSON.stringify(scenario));
		writeFileSync(join(folder, 'x.wasm'), readFileSync(join(root, 'static-components/time/time.wasm')));
		const { code, output } = await verify(folder);
		expect(code).toBe(2);
		expect(output).toContain('is not the one that this scenario was made with');
	});

	test('says how it is used', async () => {
		const { code, output } = await verify('--what');
		expect(code).toBe(2);
		expect(output).toContain('There is no option --what.');
		expect(output).toContain('Usage: tapedeck verify');
	});
});

test('the code that embeds is copied from the palette', async ({ page, context, baseURL }) => {
	await context.grantPermissions(['clipboard-read', 'clipboard-write']);
	await openDeck(page);
	await page.keyboard.press('ControlOrMeta+k');
	await page.getByLabel('Search commands').fill('copy code that embeds');
	await page.keyboard.press('Enter');
	await expect(page.getByText('The code is copied')).toBeVisible();
	const code = await page.evaluate(() => navigator.clipboard.readText());
	expect(code).toContain(`<iframe src="${baseURL}embed.html#td1.`);
	await page.setContent(code);
	await expect(page.frameLocator('iframe').getByTestId('open-summary')).toContainText('files');
});
