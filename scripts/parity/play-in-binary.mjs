import { existsSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { inside } from '../wassette/layout.mjs';
import { startServer } from '../wassette/stdio-client.mjs';
import { unpackComponents, unpackFiles } from '../wassette/unpack-world.mjs';
import { answerOf } from './answer-form.mjs';
import { pong } from './pong.mjs';
import { componentBytes } from './recordings.mjs';

/** Files have this time, in seconds: what Wassette compiled of a component it takes again where neither size nor time changed. */
const fixedTime = 1_000_000_000;

/** How long a server may take to say that it hears, in milliseconds. */
const pingPatience = 2_000;

/**
 * Plays a case against the binary, in a root that holds nothing but the case, and gives an answer for each step.
 *
 * @param {object} confined what `confine` gave
 * @param {Map<string, Map<string, Buffer>>} compiled what the binary made of components before; it is added to
 */
export async function playInBinary(confined, one, compiled) {
	const { root } = confined;
	confined.clear();
	unpackFiles(root, one.files);
	const bytes = componentBytes(one);
	unpackComponents(root, bytes, one.policies, one.secrets);
	for (const [id, binary] of Object.entries(bytes)) restoreCompiled(root, id, binary, compiled);
	await confined.listen([80, ...portsIn(one)]);
	confined.onRequest(() => ({ ...pong, body: Buffer.from(pong.body).toString('base64') }));

	const server = await startServer(confined, {
		environment: one.environment,
		expected: Object.keys(one.components).length,
	});
	let answers;
	try {
		answers = await playSteps(server, root, one.steps);
	} finally {
		await server.close();
	}
	for (const [id, binary] of Object.entries(bytes)) keepCompiled(root, id, binary, compiled);
	return answers;
}

/**
 * An answer for each step. A server that gave none is asked whether it still hears: 0.4.0 does not, after a message that it cannot read, and
 * what comes after that has no answer either.
 */
export async function playSteps(server, root, steps) {
	const answers = [];
	let hears = true;
	for (const step of steps) {
		const answer =
			hears || step.policyFile !== undefined ? await playStep(server, root, step) : { none: true };
		answers.push(answer);
		if (hears && answer.none) hears = (await server.ask('ping', {}, pingPatience)).message !== undefined;
	}
	return answers;
}

async function playStep(server, root, step) {
	if (step.policyFile !== undefined) {
		const file = join(root, inside.components, `${step.policyFile}.policy.yaml`);
		return { policyFile: existsSync(file) ? withoutPlaces(readFileSync(file, 'utf8')) : null };
	}
	if (step.list === 'tools') {
		const { message } = await server.ask('tools/list', {});
		return { tools: message?.result?.tools.map(({ name }) => name) ?? [] };
	}
	const { message, text } = await server.call(step.tool, step.arguments);
	if (message?.error) return { rpcError: message.error };
	if (!message?.result) return { none: true };
	const answer = answerOf(JSON.parse(withoutPlaces(text)).result);
	return step.tool === 'search-components' ? { ...answer, text: withoutDescriptions(answer.text) } : answer;
}

/** What is otherwise the next time, and prose that is no interface, is not recorded. */
const withoutPlaces = (text) =>
	text.replaceAll(inside.components, 'COMPDIR').replace(/(\\?"created_at\\?":)\d+/g, '$10');

const withoutDescriptions = (text) => text.replace(/"description":"(?:[^"\\]|\\.)*"/g, '"description":""');

/** The ports that a case's arguments name. */
const portsIn = ({ steps }) => [
	...new Set(
		steps
			.flatMap((step) => [...(step.arguments ?? '').matchAll(/:(\d{1,5})(?=[/"?#])/g)])
			.map(([, port]) => Number(port))
			.filter((port) => port > 0 && port < 2 ** 16),
	),
];

const keyOf = (id, bytes) => `${id} ${createHash('sha256').update(bytes).digest('hex')}`;
const compiledNames = (id) => [`${id}.cwasm`, `${id}.metadata.json`];

function restoreCompiled(root, id, bytes, compiled) {
	const folder = join(root, inside.components);
	utimesSync(join(folder, `${id}.wasm`), fixedTime, fixedTime);
	for (const [name, content] of compiled.get(keyOf(id, bytes)) ?? [])
		writeFileSync(join(folder, name), content);
}

function keepCompiled(root, id, bytes, compiled) {
	const folder = join(root, inside.components);
	const made = compiledNames(id).filter((name) => existsSync(join(folder, name)));
	if (compiled.has(keyOf(id, bytes)) || made.length < 2 || statSync(join(folder, made[0])).size > 2 ** 25)
		return;
	compiled.set(keyOf(id, bytes), new Map(made.map((name) => [name, readFileSync(join(folder, name))])));
}
