import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { chromium, expect } from '@playwright/test';
import { readAction, runAction } from './fixtures/composite-action';
import { test } from './test';

const action = join(import.meta.dirname, '..');
const policyOf = (host: string) =>
	`version: "1.0"\npermissions:\n  network:\n    allow:\n      - host: "${host}"\n`;

const scenario = (title: string) => ({
	version: 1,
	title,
	components: [{ id: 'fetch', source: { sample: 'fetch' }, policy: policyOf('a.test') }],
	expectations: [{ request: { kind: 'network', method: 'GET', url: 'https://a.test/' }, outcome: 'allow' }],
});

/** A stand-in for GitHub, which remembers what was asked, and the comments that were written. */
async function startApi() {
	const asked: string[] = [];
	const comments: { id: number; body: string; user: { type: string } }[] = [
		{ id: 1, body: '<!-- tapedeck policies --> says a person', user: { type: 'User' } },
	];
	const server = createServer((request, response) => {
		let text = '';
		request.on('data', (chunk) => (text += String(chunk)));
		request.on('end', () => {
			asked.push(`${request.method} ${request.url} ${request.headers.authorization}`);
			const { body } = text ? (JSON.parse(text) as { body: string }) : { body: '' };
			if (request.method === 'POST') comments.push({ id: 2, body, user: { type: 'Bot' } });
			const own = comments.find(({ id }) => request.url!.endsWith(`/comments/${id}`));
			if (request.method === 'PATCH' && own) own.body = body;
			response.setHeader('content-type', 'application/json');
			response.end(JSON.stringify(request.method === 'GET' ? comments : {}));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		asked,
		comments,
		close: () => server.close(),
	};
}

/** A repository with policies and scenarios, some of them named so that a shell would stumble over them. */
function makeRepository(folder: string): string {
	const workspace = join(folder, 'repository');
	const odd = join(workspace, 'odd $(touch pwned) `touch pwned`; "\'');
	for (const path of [join(workspace, 'policies'), odd]) mkdirSync(path, { recursive: true });
	writeFileSync(join(workspace, 'policies', 'policy.yaml'), policyOf('a.test'));
	writeFileSync(join(workspace, 'policies', 'wide.policy.yaml'), policyOf('*.a.test'));
	writeFileSync(join(odd, 'policy.yaml'), policyOf('b.test'));
	writeFileSync(
		join(workspace, 'fine.tapedeck.json'),
		JSON.stringify({
			...scenario('Fine'),
			components: [{ id: 'own', source: { sample: 'fetch' }, policy: policyOf('a.test') }],
		}),
	);
	writeFileSync(
		join(odd, 'bad.tapedeck.json'),
		JSON.stringify(scenario('Bad ![x](http://evil.test/) @everyone ``')),
	);
	execFileSync('git', ['init', '-q'], { cwd: workspace });
	return workspace;
}

const event = (from: string) => ({
	pull_request: { number: 7, head: { repo: { full_name: from } }, base: { repo: { full_name: 'o/r' } } },
});

test.skip(process.platform !== 'linux', 'the steps are scripts for bash');

test('no input is a part of a command, and the token is in one step alone', () => {
	const { runs } = readAction(action);
	expect(runs.using).toBe('composite');
	for (const step of runs.steps) {
		expect(step.run).not.toContain('${{');
		expect(step.shell).toBe('bash');
	}
	const withToken = runs.steps.filter(({ env }) => JSON.stringify(env ?? {}).includes('token'));
	expect(withToken.map(({ name }) => name)).toEqual(['Comment on the pull request']);
	expect(JSON.stringify(runs)).not.toContain('checkout');
});

test('the Action checks a repository, and its summary opens the scenario that failed', async ({
	page,
	baseURL,
	launchOptions,
}, { outputDir }) => {
	const workspace = makeRepository(outputDir);
	const api = await startApi();
	const eventFile = join(outputDir, 'event.json');
	const run = (name: string, from: string, scenarios = '') => {
		writeFileSync(eventFile, JSON.stringify(event(from)));
		const odd = readdirSync(workspace).find((entry) => entry.startsWith('odd'))!;
		return runAction({
			...{ action, workspace, temp: outputDir, token: 'the-token' },
			inputs: {
				scenarios: scenarios && `fine.tapedeck.json\n${odd}\n`,
				policies: `policies\n${odd}`,
				policy: scenarios && `fetch=${odd}/policy.yaml`,
				page: baseURL!,
				comment: 'true',
				sarif: 'out.sarif',
			},
			environment: {
				TAPEDECK_CHROMIUM: launchOptions.executablePath ?? chromium.executablePath(),
				...{ GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: eventFile, GITHUB_REPOSITORY: 'o/r' },
				...{ GITHUB_API_URL: api.address, GITHUB_JOB: 'policies' },
			},
		});
	};

	const first = await run('pull_request', 'o/r', 'all');
	expect(first.codes).toEqual({
		'Make Tapedeck ready': 0,
		'Check policies and scenarios': 1,
		'Comment on the pull request': 0,
	});
	expect(first.log).toContain('2 files: 1 check passed, 1 failed');
	expect(first.log).toMatch(/^::warning file=policies\/wide\.policy\.yaml,line=5,/m);
	expect(first.log).toMatch(/^::error file=odd [^\n]*::GET https:\/\/a\.test\/ under/m);
	expect(first.summary).toContain('## Tapedeck: not as expected');
	expect(first.summary).toContain('- ✅ `fine.tapedeck.json`: 1 check, under `0.8.1`');
	// Nothing in it is a picture, a link or a mention but the link of its own.
	expect(first.summary).toContain('``` Bad ![x](http://evil.test/) @everyone `` ```');
	expect(existsSync(join(workspace, 'out.sarif'))).toBe(true);
	for (const folder of [workspace, action, outputDir]) expect(readdirSync(folder)).not.toContain('pwned');
	expect(JSON.stringify(first.environments['Check policies and scenarios'])).not.toContain('the-token');
	expect(api.comments).toHaveLength(2);
	expect(api.comments[1]!.body).toMatch(/^<!-- tapedeck policies -->\n## Tapedeck: not as expected/);

	const [, link] = /\[Open this scenario\]\(([^)]+)\)/.exec(first.summary)!;
	await page.goto(link!);
	await expect(page.getByTestId('open-summary')).toContainText('Bad ![x](http://evil.test/)');
	// As it was checked: under the policy of the repository.
	await expect(page.getByTestId('open-summary')).toContainText('b.test');

	api.asked.length = 0;
	const second = await run('pull_request', 'o/r');
	expect(second.codes['Comment on the pull request']).toBe(0);
	expect(api.asked.map((line) => line.split(' ')[0])).toEqual(['GET', 'PATCH']);
	expect(api.comments).toHaveLength(2);

	api.asked.length = 0;
	const stranger = await run('pull_request', 'stranger/r');
	expect(stranger.log).toContain('This pull request comes from another repository');
	expect(stranger.codes['Check policies and scenarios']).toBe(1);
	const target = await run('pull_request_target', 'stranger/r');
	expect(target.codes).toEqual({ 'Make Tapedeck ready': 1, 'Comment on the pull request': 0 });
	expect(target.log).toContain('Tapedeck does not run on pull_request_target');
	expect(api.asked).toEqual([]);
	api.close();
});
