import type { ElicitResult } from '@modelcontextprotocol/sdk/types.js';
import type { BuiltinName } from '../builtin-definitions';
import { NotYetAsked } from './open-questions';
import { requestSentence } from './request-sentence';
import type { AgentRequest, AgentSide, PersonsAnswer } from './agent-side';

/** What tells and changes nothing. All others, also those that come to be, want a person. */
const free: ReadonlySet<BuiltinName> = new Set(['list-components', 'get-policy', 'search-components']);

/** Asks the person through the agent's own program. Rejects with `NotYetAsked` where their answer comes by another request. */
export type Elicit = (message: string, signal: AbortSignal) => Promise<ElicitResult['action']>;

export interface PermittedPorts extends Pick<AgentSide, 'askPerson'> {
	/** Null where the agent's program cannot. */
	readonly elicit: Elicit | null;
}

/**
 * Whether an agent may have a built-in tool do what it asks: null where it may, else why not, in words for the agent. Where the page is shown, the person at
 * it is asked and nobody else; where it is not, the person at the agent's own program.
 */
export async function whyNotPermitted(
	request: AgentRequest,
	{ askPerson, elicit }: PermittedPorts,
	signal: AbortSignal,
): Promise<string | null> {
	if (free.has(request.tool)) return null;
	const answer = askPerson
		? await askPerson(request, signal)
		: elicit
			? await throughProgram(request, elicit, signal)
			: 'unasked';
	switch (answer) {
		case 'allowed':
			return null;
		case 'refused':
			return `The person who was asked refused it: ${requestSentence(request)} Nothing was changed. Do not ask for it again unless they say so.`;
		case 'unasked':
			return (
				`Nothing was changed: ${request.tool} wants a person's consent, and there is nobody to ask. The page is not shown, and your program has no ` +
				'way to ask (elicitation). Ask the person you work for to start tapedeck serve with --headed, where they are asked for each grant, or with ' +
				'--policy ID=FILE and a policy that grants it.'
			);
	}
}

async function throughProgram(
	request: AgentRequest,
	elicit: Elicit,
	signal: AbortSignal,
): Promise<PersonsAnswer> {
	try {
		const message = `${legible(requestSentence(request))} Allow it?`;
		return (await elicit(message, signal)) === 'accept' ? 'allowed' : 'refused';
	} catch (error) {
		if (error instanceof NotYetAsked) throw error;
		return signal.aborted ? 'refused' : 'unasked';
	}
}

/** What would be invisible, or move what stands beside it, is written as its number: the program may show the sentence as it is. */
const legible = (text: string): string =>
	text.replace(
		/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu,
		(character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
	);
