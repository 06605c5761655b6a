import { answerControl, answerPage, isWalledIn } from '../answer-page';
import { control, type BrokerCalls } from '../protocol';
import { releaseChunk } from '../release-chunk';
import { connect, createAssembler } from '../rpc';
import { isThere } from './is-there';
import { perform } from './perform';
import { restrict } from './restrict';

/** The broker's document: our code only, no component's. It does what the page has decided, and nothing before it was restricted. */
function broker(port: MessagePort): void {
	const bodies = new Map<number, Awaited<ReturnType<typeof perform>>['body']>();
	let restricted = false;
	let lastId = 0;

	const page = connect<Record<never, never>, BrokerCalls>(
		{ postMessage: (message, transfer) => port.postMessage(message, transfer) },
		{
			restrict(sources) {
				if (restricted) throw new Error('a broker is restricted once');
				restrict(document, sources);
				restricted = true;
				return null;
			},
			async fetch(request) {
				if (!restricted) throw new Error('a broker fetches nothing before it is restricted');
				const { answer, body } = await perform(request);
				if (!answer.ok) return answer;
				const response = ++lastId;
				if (body) bodies.set(response, body);
				return { ...answer, response };
			},
			isThere(url) {
				if (!restricted) throw new Error('a broker fetches nothing before it is restricted');
				return isThere(url);
			},
			async read(response) {
				const chunk = (await bodies.get(response)?.read()) ?? { ok: true, bytes: null };
				if (!chunk.ok || chunk.bytes === null) bodies.delete(response);
				return chunk;
			},
			cancel(response) {
				bodies.get(response)?.cancel();
				bodies.delete(response);
				return null;
			},
		},
		() => {},
		releaseChunk,
	);

	const assemble = createAssembler({ text: Infinity, bytes: Infinity });
	port.onmessage = ({ data }: MessageEvent<unknown>) => {
		if (answerControl(port, data)) return;
		const packet = assemble(data);
		if (packet) page.receive(packet);
	};
	port.postMessage(control.ready);
}

if (isWalledIn()) answerPage(broker);
