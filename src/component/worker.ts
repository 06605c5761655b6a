import { unshared } from '../core/unshared';
import { counted } from './counted-fetch';
import type { TranspileReply, TranspileRequest } from './protocol';
import { fetchedWords, toolBytes } from './tool-bytes';
import { transpile, type TranspilerTools } from './transpile';

const reply = (message: TranspileReply): void => self.postMessage(message);

// The tools fetch their own WebAssembly; only from here can it be told how much has arrived.
let received = 0;
self.fetch = counted(self.fetch.bind(self), (bytes) => {
	received = bytes;
	tellFetching();
});

function tellFetching(): void {
	const detail = received > 0 ? fetchedWords(received, toolBytes?.transpiler) : undefined;
	reply({ type: 'step', step: 'fetching the transpiler', detail });
}

async function fetchTools(): Promise<TranspilerTools> {
	const [transpiler, printer] = await Promise.all([
		import('@bytecodealliance/jco-transpile/component'),
		import('@bytecodealliance/jco-transpile/wasm-tools'),
	]);
	// Either is ready once it has answered something.
	await Promise.all([transpiler.$init, printer.parse('(component)')]);
	return { generate: transpiler.generate, componentWit: printer.componentWit };
}

// They are fetched at once, so that a worker started ahead of time is warm. A failure is told at once, and with the first component.
const tools = fetchTools();
let areThere = false;
tools.then(
	() => {
		areThere = true;
		reply({ type: 'ready' });
	},
	() => reply({ type: 'unusable' }),
);

self.onmessage = async ({ data }: MessageEvent<TranspileRequest>) => {
	const result = await transpile(data.bytes, {
		mode: data.mode,
		size: data.size,
		tools: () => {
			if (!areThere) tellFetching();
			return tools;
		},
		onStep: (step, detail) => reply({ type: 'step', step, detail }),
	}).catch((error: unknown) => ({
		ok: false as const,
		error: `The transpiler could not be fetched: ${error instanceof Error ? error.message : String(error)}. Check the connection and try again.`,
	}));
	// Handed over and not copied: modules of tens of megabytes are held once.
	const modules = result.ok ? result.value.program.modules : [];
	self.postMessage(
		{ type: 'done', result } satisfies TranspileReply,
		modules.map(([, module]) => unshared(module).buffer),
	);
};
