import joiner from '../../../author/joiner/joiner.json';
import joinerUrl from '../../../author/joiner/joiner.wasm?url';
import { sha256Hex } from '../../component/digest';
import { err } from '../../core/result';
import { joinParts } from './join-parts';
import type { JoinReply, JoinRequest } from './join-request';

async function fetched(): Promise<WebAssembly.Module> {
	const response = await fetch(joinerUrl);
	if (!response.ok) throw new Error(`the server answered ${response.status}`);
	const bytes = await response.arrayBuffer();
	if ((await sha256Hex(new Uint8Array(bytes))) !== joiner.sha256)
		throw new Error('what came is not what was published');
	return WebAssembly.compile(bytes);
}

const reply = (answer: JoinReply) => self.postMessage(answer);

self.onmessage = async ({ data }: MessageEvent<JoinRequest>) => {
	let module: WebAssembly.Module;
	try {
		module = await fetched();
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		reply(err(`What joins components could not be had: ${reason}. Check the connection and try again.`));
		return;
	}
	try {
		reply(joinParts(module, data));
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		reply(err(`These components cannot be joined: ${reason}.`));
	}
};
