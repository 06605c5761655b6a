import { zipSync } from 'fflate';
import { expect, type Page } from '@playwright/test';
import { layoutOf } from '../src/artifact/testing/layout-of';
import { tarOf } from '../src/artifact/testing/tar-of';
import { expectAccessible } from './axe';
import { component, openDeck, pick, tool } from './page';
import { test } from './test';

const policy = `version: "1.0"
permissions:
  storage:
    allow:
      - uri: "fs:///home"
        access: ["read"]
  network:
    allow:
      - host: "127.0.0.1"
  environment:
    allow:
      - key: "API_TOKEN"
`;

const layout = () =>
	tarOf(
		layoutOf([
			{
				name: 'registry.example/tapes/probe:1.0',
				layers: [
					{ mediaType: 'application/wasm', content: component('exfiltrator'), title: 'probe.wasm' },
					{ mediaType: 'application/vnd.wasm.policy.v1+yaml', content: policy },
				],
			},
		]),
	);

const card = (page: Page) => page.getByTestId('arrivals');
const load = (page: Page) => page.getByRole('button', { name: 'Load', exact: true });
const policyOf = (page: Page, id: string) =>
	page.evaluate(
		(named) => window.tapedeck.scenario().components.find((each) => each.id === named)?.policy,
		id,
	);

test('a policy that comes with an artifact is shown before, and attached as the release does it', async ({
	page,
}) => {
	await openDeck(page);
	await page.evaluate(() => window.tapedeck.setEngine('0.8.0'));
	await page.evaluate(async () => {
		const scenario = window.tapedeck.scenario();
		await window.tapedeck.open({
			...scenario,
			world: { ...scenario.world, variables: { API_TOKEN: { secret: true } } },
		});
	});
	await pick(page, 'probe.tar', Buffer.from(layout()), 'application/x-tar');
	await expect(card(page)).toContainText('probe.tar, probe.wasm');
	await expect(card(page).getByTestId('coming-policy')).toContainText(
		'attaches the policy that came with it by itself',
	);
	await expect(card(page)).toContainText('read fs:///home');
	await expect(card(page).getByTestId('coming-secrets')).toContainText('API_TOKEN');
	await expect(page.getByTestId('local-hosts')).toContainText('127.0.0.1');
	await expect(card(page).getByTestId('signature-state')).toHaveText('Unsigned.');
	await expectAccessible(page, 'the card of what came');
	await expect(load(page)).toBeDisabled();
	await page.getByTestId('confirm-local').check();
	await load(page).click();
	await expect(tool(page, 'improve-prompt')).toBeVisible({ timeout: 20_000 });
	expect(await policyOf(page, 'probe')).toBe(policy);

	await page.evaluate(() => window.tapedeck.setEngine('0.8.1'));
	await page.evaluate(() => window.tapedeck.setPolicy('probe', 'version: "1.0"\npermissions: {}\n'));
	await pick(page, 'probe.tar', Buffer.from(layout()), 'application/x-tar');
	await expect(card(page).getByTestId('coming-policy')).toContainText('does not attach it by itself');
	await expect(page.getByTestId('attach-policy')).not.toBeChecked();
	await expect(page.getByTestId('local-hosts')).toHaveCount(0);
	await load(page).click();
	await expect(card(page)).toHaveCount(0);
	await expect.poll(() => policyOf(page, 'probe')).toBeNull();
});

test('an archive with several components asks which, and refuses by name what was altered or leads out of it', async ({
	page,
}) => {
	await openDeck(page);
	const zip = zipSync({
		'kit/time.wasm': new Uint8Array(component('time')),
		'kit/time.policy.yaml': Buffer.from('version: "1.0"\npermissions: {}\n'),
		'kit/exfiltrator.wasm': new Uint8Array(component('exfiltrator')),
		'kit/readme.md': Buffer.from('Two tools.'),
	});
	await pick(page, 'kit.zip', Buffer.from(zip), 'application/zip');
	await expect(page.getByRole('dialog', { name: 'Which of these?' })).toBeVisible();
	await expect(page.getByRole('status').filter({ hasText: 'Choose which component to load.' })).toBeVisible();
	await page
		.getByTestId('arrival-item')
		.filter({ hasText: 'time' })
		.getByRole('checkbox', { name: 'time' })
		.check();
	await load(page).click();
	await expect(tool(page, 'local_time-server_time_get-current-time')).toBeVisible({ timeout: 20_000 });
	await expect(tool(page, 'improve-prompt')).toHaveCount(0);
	expect(await policyOf(page, 'time')).toContain('permissions: {}');

	const altered = layout();
	// A byte in the middle of the component, which is most of the archive.
	altered.set([altered.at(30_000)! ^ 1], 30_000);
	await pick(page, 'altered.tar', Buffer.from(altered), 'application/x-tar');
	await expect(page.getByText(/sha256:[0-9a-f]{64} in altered\.tar was altered/)).toBeVisible();
	await pick(
		page,
		'evil.tar',
		Buffer.from(tarOf([{ name: '../evil.wasm', content: 'x' }])),
		'application/x-tar',
	);
	await expect(
		page.getByText('evil.tar was not read: the name ../evil.wasm in it leads out of the archive'),
	).toBeVisible();
});
