import type { Arguments } from '../../core/call';
import type { BuiltinName } from '../builtin-definitions';
import type { CallEnd } from '../../deck/session-call';
import type { AgentCalls } from './agent-calls';
import type { OpenQuestions } from './open-questions';

/** What an agent asks of the session itself: one of the built-in tools that change what is loaded or granted. */
export interface AgentRequest {
	/** As the agent's program names itself: its own word, and no proof. */
	readonly who: string;
	readonly tool: BuiltinName;
	readonly arguments: Arguments;
}

/** A person's answer. `unasked` is that there was nobody to ask. */
export type PersonsAnswer = 'allowed' | 'refused' | 'unasked';

/** Asks the person at the page. Aborting the signal takes the question back. */
export type AskPerson = (request: AgentRequest, signal: AbortSignal) => Promise<PersonsAnswer>;

/** Plays a call amid what belongs around it, such as reading the folders that a host lends. The notes are sentences for the agent. */
export type Around = (
	play: () => Promise<CallEnd>,
) => Promise<{ readonly end: CallEnd; readonly notes: readonly string[] }>;

/** What a server does otherwise for an agent, whose calls no person presses a button for. */
export interface AgentSide {
	/** Default as its program names itself. */
	readonly who?: string;
	/** Asks the person who sees this page; null where it is shown to nobody. */
	readonly askPerson: AskPerson | null;
	/** Its calls, so that a person can stop one. */
	readonly calls: AgentCalls;
	/** What was asked through programs that keep no connection open; default of one connection alone. */
	readonly questions?: OpenQuestions;
	/** Default plays a call alone. */
	readonly around?: Around;
}
