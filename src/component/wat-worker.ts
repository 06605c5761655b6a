import { counted } from './counted-fetch';
import type { WatReply, WatRequest } from './print-wat';
import { textToBinary, wordsOf } from './text-to-binary';

const reply = (message: WatReply) => self.postMessage(message);

// The printer fetches its own WebAssembly; only from here can it be told how much has arrived.
self.fetch = counted(self.fetch.bind(self), (bytes) => reply({ fetched: bytes }));

// A worker of its own, so that text of many megabytes is made beside the page and thrown away with it.
self.onmessage = async ({ data }: MessageEvent<WatRequest>) => {
	try {
		const tools = await import('@bytecodealliance/jco-transpile/wasm-tools');
		// It is ready once it has answered something.
		await tools.parse('(component)');
		reply({ fetched: null });
		if ('text' in data) return reply(await textToBinary(tools, data));
		const text = await tools.print(data.bytes);
		reply({ ok: true, value: { text: text.slice(0, data.most), length: text.length } });
	} catch (error) {
		const words = wordsOf(error).trim().slice(0, 500);
		reply({ ok: false, error: `It could not be ${'text' in data ? 'read' : 'printed'}: ${words}` });
	}
};
