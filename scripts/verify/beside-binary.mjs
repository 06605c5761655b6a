import { normalize } from 'node:path';
import { confine } from '../wassette/confine.mjs';
import { componentsPlace, inside } from '../wassette/layout.mjs';
import { startServer } from '../wassette/stdio-client.mjs';
import { unpackComponents, unpackFiles } from '../wassette/unpack-world.mjs';

/** Where a scenario's world has the directory of components. */
const place = '/wassette/components/';

/** Shuts a binary in and asks it for its version. The error is a sentence, also where it cannot be shut in: it is not run then. */
export async function openBinary({ wassette: binary, libraries }) {
	const made = await confine({ binary, libraries });
	if (!made.ok) return made;
	const { confined } = made;
	confined.clear();
	const { stdout, stderr } = await confined.run(['--version']);
	const version = /(?<!\d)\d+\.\d+\.\d+/.exec(stdout)?.[0];
	if (version) return { ok: true, binary: { version, confined } };
	await confined.close();
	return { ok: false, error: `The binary does not tell its version: ${stderr || stdout}` };
}

/**
 * Plays what a page told of a scenario against the binary, one call after the other, and gives for each how page, expectation and binary
 * stand. The page answers requests over plain HTTP, as its routes do. The error is a sentence.
 */
export async function playBeside({ confined }, page, { setup, answers }) {
	const odd = setup.components.find(({ id }) => !/^[\w.-]+$/.test(id) || id.startsWith('.'));
	if (odd)
		return { ok: false, error: `No file for the binary can have the name of the component ${odd.id}.` };
	if (Object.keys(setup.files).some((path) => normalize(`/${path}`).startsWith('/.wassette')))
		return { ok: false, error: 'Its world has files at /.wassette, where the binary is kept.' };
	confined.clear();
	const files = Object.entries(setup.files).map(([path, file]) => [
		path.startsWith(place) ? `${componentsPlace}/${path.slice(place.length)}` : path,
		file.base64 === '' ? '' : file,
	]);
	unpackFiles(confined.root, Object.fromEntries(files));
	const { components } = setup;
	unpackComponents(
		confined.root,
		Object.fromEntries(components.map(({ id, base64 }) => [id, Buffer.from(base64, 'base64')])),
		Object.fromEntries(components.flatMap(({ id, policy }) => (policy === null ? [] : [[id, policy]]))),
		Object.fromEntries(components.map(({ id }) => [id, empty(setup.secrets)])),
	);
	await confined.listen([80, 443, ...portsIn(setup, answers)]);
	confined.onRequest(({ method, url }) =>
		page.evaluate((request) => window.tapedeckBeside.answer(request), { method, url }),
	);
	const tls = new Set();
	const stopListening = confined.onTls((port) => tls.add(port));
	const server = await startServer(confined, {
		environment: setup.environment,
		expected: components.length,
	});
	try {
		const rows = [];
		for (const [index, call] of setup.calls.entries()) {
			tls.clear();
			const { message } = await server.call(call.tool, call.arguments);
			const { result, error } = message ?? {};
			const words =
				result?.content?.map(({ text }) => text ?? '').join('') ?? error?.message ?? 'It gave no answer.';
			const binary = {
				text: words.replaceAll(inside.components, componentsPlace),
				isError: result ? result.isError === true : true,
			};
			const given = answers[index];
			if (!given) continue;
			const row = await page.evaluate(
				([at, ours, real]) => window.tapedeckBeside.compare(at, ours, real),
				[index, given, binary],
			);
			// Where the page lets nothing out over https, that the binary does is a difference.
			rows.push({ ...row, overTls: tls.size > 0 && given.activity.some(isGrantedHttps) });
		}
		return { ok: true, rows };
	} finally {
		stopListening();
		await server.close();
	}
}

const empty = (names) => Object.fromEntries(names.map((name) => [name, '']));

const isGrantedHttps = ({ capability, outcome, target }) =>
	capability === 'network' && outcome === 'allow' && target.startsWith('https:');

/** The ports that the arguments of calls name, or their requests in the page. */
const portsIn = ({ calls }, answers) => [
	...new Set(
		[
			...calls.map((call) => call.arguments),
			...answers.flatMap((given) => given?.activity.map(({ target }) => `${target}/`) ?? []),
		]
			.flatMap((text) => [...text.matchAll(/:(\d{1,5})(?=[/"?#])/g)])
			.map(([, port]) => Number(port))
			.filter((port) => port > 0 && port < 2 ** 16 && port !== 53),
	),
];
