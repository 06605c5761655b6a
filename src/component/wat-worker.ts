import { counted } from './counted-fetch';
import { parseProblem } from './parse-problem';
import type { WatReply, WatRequest } from './print-wat';

const reply = (message: WatReply) => self.postMessage(message);

// The printer fetches its own WebAssembly; only from here can it be told how much has arrived.
self.fetch = counted(self.fetch.bind(self), (bytes) => reply({ fetched: bytes }));

// A worker of its own, so that text of many megabytes is made beside the page and thrown away with it.
self.onmessage = async ({ data }: MessageEvent<WatRequest>) => {
	try {
		const { parse, print } = await import('@bytecodealliance/jco-transpile/wasm-tools');
		// It is ready once it has answered something.
		await parse('(component)');
		reply({ fetched: null });
		if ('text' in data) return reply({ ok: true, value: await parse(data.text) });
		const text = await print(data.bytes);
		reply({ ok: true, value: { text: text.slice(0, data.most), length: text.length } });
	} catch (error) {
		const payload = error instanceof Error && 'payload' in error ? error.payload : undefined;
		const words =
			typeof payload === 'string' ? payload : error instanceof Error ? error.message : String(error);
		if ('text' in data) return reply({ ok: false, error: parseProblem(words) });
		reply({ ok: false, error: `It could not be printed: ${words.trim().slice(0, 500)}` });
	}
};
