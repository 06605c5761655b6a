import './without-eval';
import { inputRequired, Server, type ServerContext } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { CfWorkerJsonSchemaValidator } from '@modelcontextprotocol/server/validators/cf-worker';
import { ElicitResultSchema, type ElicitResult } from '@modelcontextprotocol/sdk/types.js';
import type { Deck } from '../deck/deck';
import { NotYetAsked, OpenQuestions } from './agent/open-questions';
import type { Elicit } from './agent/permitted';
import { createAnswering, type McpServerOptions } from './answering';
import { crossingText } from './crossing';
import { elicitation } from './elicitation';
import { readEnvelope } from './envelope';
import type { Exchange } from './exchange';
import { instructions } from './instructions';
import { notFound } from './not-found';
import { answerOther } from './other-methods';
import { readCall } from './read-call';
import type { ConsoleServer } from './server';
import { mannersOf } from './server-manners';

/** Under which name a person's answer comes back. */
const consent = 'consent';

/**
 * The same server as of protocol 2026-07-28: without a session, each request by itself. It says that it is this project, whatever the engine: no
 * release speaks this version. Whoever greets it as before is told which versions it speaks.
 */
export function createModernServer(deck: Deck, options: McpServerOptions): ConsoleServer {
	let serving: ReturnType<typeof serveStdio> | null = null;
	return {
		// The library's entry for a connection that stays: what begins a conversation, and who follows changes, is its business. It reads no stream here.
		connect: async (transport) => {
			serving = serveStdio(() => makeServer(deck, options), {
				legacy: 'reject',
				transport,
			});
		},
		close: async () => serving?.close(),
	};
}

function makeServer(deck: Deck, options: McpServerOptions): Server {
	const answering = createAnswering(deck, options);
	const questions = options.agent?.questions ?? new OpenQuestions(options.wallNow);
	const { capabilities } = mannersOf(deck.engine);
	const server = new Server(
		{ name: 'tapedeck', version: options.version },
		{ capabilities, instructions, jsonSchemaValidator: new CfWorkerJsonSchemaValidator() },
	);
	server.fallbackRequestHandler = async ({ method, params }, context) => {
		if (method === 'tools/list') return { ...answering.listTools() };
		if (method !== 'tools/call') {
			const declared = capabilities[method.split('/')[0]!];
			if (!declared) throw notFound(method);
			return { ...answerOther(method, deck.engine) };
		}
		try {
			return { ...(await answering.callTool(params, exchangeOf(context, params))) };
		} catch (error) {
			if (!(error instanceof NotYetAsked)) throw error;
			return inputRequired({
				inputRequests: { [consent]: inputRequired.elicit(elicitation(error.question).params) },
				requestState: error.state,
			});
		}
	};
	const unfollow = answering.onListChanged(() => void server.sendToolListChanged().catch(() => {}));
	server.onclose = unfollow;
	return server;

	function exchangeOf({ mcpReq }: ServerContext, params: unknown): Exchange {
		const { id, signal, inputResponses, requestState } = mcpReq;
		const { who, elicits, logLevel } = readEnvelope(mcpReq.envelope);
		const { transport } = server;
		const elicit: Elicit = async (question) =>
			questions.answerTo(question, aboutOf(params), {
				state: requestState(),
				action: actionOf(inputResponses?.[consent]),
			});
		return {
			...{ rpcId: id, signal },
			tell: ({ method, params }) =>
				void transport?.send({ jsonrpc: '2.0', method, params: { ...params } }).catch(() => {}),
			who: who || 'an agent',
			elicit: elicits ? elicit : null,
			logs: (level) => logLevel !== null && levels.indexOf(level) >= levels.indexOf(logLevel),
		};
	}
}

/** From what is told least to what is told always. */
const levels = ['debug', 'info', 'notice', 'warning', 'error', 'critical', 'alert', 'emergency'];

/** What tells the call of a tool from every other. */
function aboutOf(params: unknown): string {
	const { name, args } = readCall(params) ?? { name: '', args: {} };
	return crossingText([name, args]);
}

/** How a person answered, as a program says it; undefined where it says nothing of the kind. */
function actionOf(response: unknown): ElicitResult['action'] | undefined {
	const parsed = ElicitResultSchema.safeParse(response);
	return parsed.success ? parsed.data.action : undefined;
}
