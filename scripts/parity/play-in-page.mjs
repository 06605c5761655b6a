import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../lib/run.mjs';
import { answerOf } from './answer-form.mjs';
import { pong } from './pong.mjs';

/** How long one case may take in the page, in milliseconds. */
const patience = 120_000;

/**
 * Plays a case in a page that has `window.tapedeck`, under the engine of a release, and gives an answer for each step; undefined for a
 * step that the page has no door for.
 *
 * @param {import('@playwright/test').Page} page
 */
export async function playInPage(page, one, release) {
	const job = {
		scenario: {
			version: 1,
			engine: release,
			components: [],
			world: {
				files: one.files,
				variables: one.environment ?? {},
				network: 'routes',
				// A world of its own must look to a guest as the root of a system does.
				decoyRoot: false,
				routes: [{ url: '*://*:*/*', status: pong.status, headers: pong.headers, body: pong.body }],
			},
		},
		components: Object.entries(one.components).map(([id, path]) => [
			id,
			readFileSync(join(root, path)).toString('base64'),
		]),
		policies: one.policies ?? {},
		steps: one.steps,
	};
	let timer;
	const tooLong = new Promise((_, reject) => {
		timer = setTimeout(() => reject(new Error('The page gave no answer.')), patience);
	});
	try {
		const played = await Promise.race([page.evaluate(play, job), tooLong]);
		return played.map((step) => (step?.result ? answerOf(step.result) : (step ?? undefined)));
	} finally {
		clearTimeout(timer);
	}
}

/** Runs in the page. */
async function play({ scenario, components, policies, steps }) {
	const { tapedeck } = window;
	await tapedeck.open(scenario);
	for (const [id, base64] of components) {
		await tapedeck.load(
			Uint8Array.from(atob(base64), (one) => one.charCodeAt(0)),
			id,
		);
		if (policies[id] !== undefined) tapedeck.setPolicy(id, policies[id]);
	}
	const exact = (text) =>
		JSON.parse(text, (key, value, context) =>
			typeof value === 'number' && /^-?\d+$/.test(context?.source ?? '') && !Number.isSafeInteger(value)
				? BigInt(context.source)
				: value,
		);
	// As JSON of a recording reads such a number.
	const plain = (value) =>
		JSON.parse(JSON.stringify(value, (key, one) => (typeof one === 'bigint' ? Number(one) : one)));
	const answers = [];
	for (const step of steps) {
		if (step.policyFile !== undefined) {
			const { policy } = tapedeck.scenario().components.find(({ id }) => id === step.policyFile) ?? {};
			answers.push({ policyFile: policy ?? null });
		} else if (step.tool === undefined) answers.push(null);
		else {
			try {
				answers.push({ result: plain(await tapedeck.callTool(step.tool, exact(step.arguments))) });
			} catch (error) {
				answers.push({ rpcError: { message: String(error?.message ?? error) } });
			}
		}
	}
	return answers;
}
