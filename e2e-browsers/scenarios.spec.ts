import type { Scenario } from '../src/core/scenario';
import { expect, openDeck, test } from './test';

const policy = `# Comments stay.
version: "1.0"
permissions:
  storage:
    allow:
      - uri: "fs:///data"
        access: ["read"]
`;

const scenario: Scenario = {
	version: 1,
	title: 'Über-tape 📼',
	engine: 'documented',
	components: [{ id: 'files', source: { sample: 'files' }, policy }],
	world: { files: { '/data/a.txt': 'α', '/data/b.bin': { base64: 'AP8=' } }, variables: { KEY: 'value' } },
	calls: [{ tool: 'list-directory', arguments: { path: '/data' } }],
};

test('a scenario goes into a link and comes out of it the same', async ({ tab, address }) => {
	await openDeck(tab, address('/deck/'));
	const { before, link } = await tab.evaluate(async (opened) => {
		await window.tapedeck.open(opened);
		return { before: window.tapedeck.scenario(), link: await window.tapedeck.link() };
	}, scenario);
	expect(before).toMatchObject({ title: scenario.title, engine: 'documented', world: scenario.world });
	expect(before.components[0]).toMatchObject({ id: 'files', policy });
	expect(link).toContain('/deck/#td1.');

	await openDeck(tab, address('/deck/'));
	const after = await tab.evaluate(async (opened) => {
		await window.tapedeck.open(opened);
		return window.tapedeck.scenario();
	}, link);
	expect(after).toEqual(before);
});

test('a denial is recorded with its reason, and a grant lifts it', async ({ tab, address }) => {
	await openDeck(tab, address('/deck/'));
	const { denied, granted, activity } = await tab.evaluate(async (opened) => {
		await window.tapedeck.open({
			...opened,
			components: [{ ...opened.components[0]!, policy: 'version: "1.0"\n' }],
		});
		const call = () => window.tapedeck.callTool('list-directory', { path: '/data' });
		const before = await call();
		window.tapedeck.setPolicy('files', opened.components[0]!.policy!);
		return { denied: before, granted: await call(), activity: window.tapedeck.activity() };
	}, scenario);
	expect(JSON.stringify(denied.content)).not.toContain('a.txt');
	expect(JSON.stringify(granted.content)).toContain('a.txt');
	const storage = activity.flatMap((entry) =>
		entry.kind === 'host-call' && entry.capability === 'storage' ? [entry.outcome] : [],
	);
	expect(storage).toEqual(expect.arrayContaining(['deny', 'allow']));
});
