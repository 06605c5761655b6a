import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BuilderWorker } from '../ask-builder';
import { Builder } from '../builder';
import type { BuilderReply, BuilderRequest } from '../protocol';

const file = (name: string) =>
	readFileSync(join(import.meta.dirname, '../../../author/engine-1', `${name}.wasm`));

/** The builder's own WebAssembly in the place of its worker. It describes and links; what comes of a script needs a browser. */
export function builderHere(): BuilderWorker {
	const ready = WebAssembly.compile(file('builder')).then((module) => new Builder(module));
	const worker: BuilderWorker = {
		onmessage: null,
		onerror: null,
		terminate: () => {},
		postMessage: (request: BuilderRequest) =>
			void ready.then((builder) => {
				const result =
					request.ask === 'describe'
						? builder.describe(request.wit, request.imports)
						: request.ask === 'link'
							? builder.link(request.wit, request.imports, file(request.kind))
							: builder.snapshot(request.state);
				worker.onmessage?.call(
					worker as Worker,
					{
						data: { type: 'done', result } satisfies BuilderReply,
					} as MessageEvent<BuilderReply>,
				);
			}),
	};
	return worker;
}
