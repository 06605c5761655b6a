import { chromium, expect } from '@playwright/test';
import { openDeck } from './page';
import { test } from './test';

interface Added {
	readonly tools: readonly {
		readonly name: string;
		readonly inputSchema: unknown;
		readonly annotations: { readonly untrustedContent?: boolean };
	}[];
}

test('a browser’s own agent is offered tools once a person switches that on, and is watched', async ({
	launchOptions,
	baseURL,
}) => {
	const browser = await chromium.launch({
		...launchOptions,
		args: [...(launchOptions.args ?? []), '--enable-features=WebMCP'],
	});
	try {
		const page = await browser.newPage({ baseURL, serviceWorkers: 'block' });
		await page.goto('./');
		test.skip(!(await page.evaluate(() => 'modelContext' in document)), 'this browser has no WebMCP');
		const session = await page.context().newCDPSession(page);
		const offered = new Map<string, Added['tools'][number]>();
		session.on('WebMCP.toolsAdded' as never, ({ tools }: Added) =>
			tools.forEach((tool) => offered.set(tool.name, tool)),
		);
		session.on('WebMCP.toolsRemoved' as never, ({ tools }: Added) =>
			tools.forEach(({ name }) => offered.delete(name)),
		);
		await session.send('WebMCP.enable' as never);
		await openDeck(page);
		expect([...offered.keys()]).toEqual([]);

		await page.getByRole('tab', { name: 'Settings' }).click();
		const choice = page.getByRole('checkbox', { name: 'Offer these tools to this browser’s own agent' });
		await expect(choice).not.toBeChecked();
		await choice.check();
		await expect.poll(() => [...offered.keys()]).toContain('tapedeck_list-directory');
		expect(offered.get('tapedeck_list-directory')).toMatchObject({
			inputSchema: { type: 'object', required: ['path'] },
			annotations: { untrustedContent: true },
		});

		const { frameTree } = await session.send('Page.getFrameTree');
		const invoke = async (toolName: string, input: object) => {
			const responded = new Promise<{ status: string; output: { content: { text: string }[] } }>((resolve) =>
				session.once('WebMCP.toolResponded' as never, resolve as never),
			);
			await session.send(
				'WebMCP.invokeTool' as never,
				{ frameId: frameTree.frame.id, toolName, input } as never,
			);
			return responded;
		};
		const answer = await invoke('tapedeck_list-directory', { path: '/data' });
		expect(answer, 'an answer with content').toMatchObject({
			output: { content: [{ text: expect.stringContaining('notes.txt') }] },
		});
		await expect(page.getByTestId('by-agent')).toBeVisible();

		// Chromium 156 drops the answer of a tool while whose call a frame of the page was opened: the next sandboxes have to be there.
		await expect
			.poll(() => page.frames().filter((frame) => frame.url().endsWith('/runner.html')).length)
			.toBe(2);
		const details = { uri: 'fs:///home', access: ['read'] };
		const asked = invoke('tapedeck_grant-storage-permission', { component_id: 'files', details });
		const question = page.getByRole('dialog', { name: 'An agent asks for something' });
		await question.getByRole('button', { name: 'Refuse' }).click();
		expect((await asked).output.content[0]!.text).toContain('refused');

		// With another session, and with the page, they are gone.
		await page.evaluate(() => window.tapedeck.open(window.tapedeck.scenario()));
		await expect.poll(() => [...offered.keys()]).toEqual([]);
		await page.getByRole('tab', { name: 'Settings' }).click();
		await expect(choice).not.toBeChecked();
	} finally {
		await browser.close();
	}
});
