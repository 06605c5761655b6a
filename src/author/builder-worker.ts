import { unshared } from '../core/unshared';
import { sha256Hex } from '../component/digest';
import { err, ok } from '../core/result';
import { Builder } from './builder';
import { newestEngine, authorEngine, type EngineFile } from './engines';
import type { BuilderReply, BuilderRequest } from './protocol';

const reply = (message: BuilderReply, transfer: Transferable[] = []) =>
	self.postMessage(message, { transfer });

const engine = authorEngine(self.name) ?? newestEngine;

/** A file of the engine, once it has come; asked for again where it failed. */
function fetched({ url, sha256, size }: EngineFile): () => Promise<Uint8Array<ArrayBuffer>> {
	let coming: Promise<Uint8Array<ArrayBuffer>> | null = null;
	return () => {
		coming ??= get();
		coming.catch(() => (coming = null));
		return coming;
	};
	async function get() {
		const response = await fetch(url);
		if (!response.ok || !response.body) throw new Error(`the server answered ${response.status}`);
		const chunks: Uint8Array<ArrayBuffer>[] = [];
		let received = 0;
		const reader = response.body.getReader();
		for (let next = await reader.read(); !next.done; next = await reader.read()) {
			chunks.push(next.value);
			received += next.value.length;
			reply({ type: 'fetching', received, total: size });
		}
		const bytes = new Uint8Array(await new Blob(chunks).arrayBuffer());
		if ((await sha256Hex(bytes)) !== sha256) throw new Error('what came is not what was published');
		return bytes;
	}
}

const runtimes = { sync: fetched(engine.sync), async: fetched(engine.async) };
const builderBytes = fetched(engine.builder);
let builder: Promise<Builder> | null = null;

async function readyBuilder(): Promise<Builder> {
	builder ??= builderBytes().then(async (bytes) => new Builder(await WebAssembly.compile(bytes)));
	builder.catch(() => (builder = null));
	return builder;
}

async function answer(request: BuilderRequest) {
	const ready = await readyBuilder();
	switch (request.ask) {
		case 'describe':
			return ready.describe(request.wit, request.imports);
		case 'link':
			return ready.link(request.wit, request.imports, await runtimes[request.kind]());
		case 'snapshot':
			return ready.snapshot(request.state);
	}
}

self.onmessage = async ({ data }: MessageEvent<BuilderRequest>) => {
	try {
		const result = await answer(data);
		const bytes = result.ok && 'bytes' in result.value ? [unshared(result.value.bytes).buffer] : [];
		reply({ type: 'done', result: result.ok ? ok(result.value) : result }, bytes);
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		reply({
			type: 'done',
			result: err({
				in: null,
				message: `The builder could not be had: ${message}. Check the connection and try again.`,
			}),
		});
	}
};
