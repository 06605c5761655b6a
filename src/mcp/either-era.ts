import './without-eval';
import {
	Client,
	LOG_LEVEL_META_KEY,
	ProtocolError,
	SdkError,
	SdkErrorCode,
} from '@modelcontextprotocol/client';
import { CfWorkerJsonSchemaValidator } from '@modelcontextprotocol/client/validators/cf-worker';
import type { ConnectProtocol } from './protocol-client';

/** How long a server may take to say of which era it is, in milliseconds. */
const probeMs = 15_000;

/** Connects to a server of either era, the newer one where it has both: it is asked what it speaks, and taken at its word. */
export const connectEitherEra: ConnectProtocol = async (transport, version) => {
	const client = new Client(
		{ name: 'tapedeck', version },
		{
			jsonSchemaValidator: new CfWorkerJsonSchemaValidator(),
			versionNegotiation: { mode: 'auto', probe: { timeoutMs: probeMs } },
		},
	);
	await client.connect(transport);
	const { name = '', version: serverVersion = '' } = client.getServerVersion() ?? {};
	const era = client.getProtocolEra() ?? 'legacy';
	const capabilities = client.getServerCapabilities() ?? {};
	return {
		era,
		protocol: client.getNegotiatedProtocolVersion() ?? '',
		server: { name, version: serverVersion },
		instructions: client.getInstructions() ?? null,
		capabilities,
		onClose: (listener) => void (client.onclose = listener),
		onLog: (listener) =>
			client.setNotificationHandler('notifications/message', ({ params }) => listener(params)),
		onToolsChanged: (listener) =>
			client.setNotificationHandler('notifications/tools/list_changed', () => listener()),
		request: (request, schema, options = {}) =>
			client.request(
				era === 'modern' && request.method === 'tools/call' ? withLogLevel(request) : request,
				schema,
				{
					...options,
					resetTimeoutOnProgress: true,
				},
			),
		failureOf: (error) => {
			if (error instanceof ProtocolError) return { isTimeout: false, code: error.code };
			if (!(error instanceof SdkError)) return null;
			return { isTimeout: error.code === SdkErrorCode.RequestTimeout };
		},
		// A server of the newer era tells changes only where a stream of them was asked for.
		follow: async () => {
			if (era === 'modern' && capabilities.tools?.listChanged)
				await client.listen({ toolsListChanged: true }).catch(() => {});
		},
		close: () => client.close(),
	};
};

/** A call that asks to be told what is printed while it runs, which a server of the newer era keeps to itself otherwise. */
const withLogLevel = <R extends { readonly params: { readonly [name: string]: unknown } }>(
	request: R,
): R => ({
	...request,
	params: { ...request.params, _meta: { [LOG_LEVEL_META_KEY]: 'info' } },
});
