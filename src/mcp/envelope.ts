import { isRecord } from '../core/is-record';

const prefix = 'io.modelcontextprotocol/';

/** What stands beside a request from 2026-07-28 on, in the place of a session. */
export interface Envelope {
	/** As the program that asks names itself; empty where it does not. */
	readonly who: string;
	readonly elicits: boolean;
	/** From which level on it wants to be told what is printed; null for nothing. */
	readonly logLevel: string | null;
}

/** Reads the part of a request's `_meta` that the protocol keeps for itself. What is malformed counts as not there. */
export function readEnvelope(meta: unknown): Envelope {
	const at = (name: string): unknown => (isRecord(meta) ? meta[prefix + name] : undefined);
	const [info, capabilities, level] = [at('clientInfo'), at('clientCapabilities'), at('logLevel')];
	const name = isRecord(info) ? info['name'] : undefined;
	return {
		who: typeof name === 'string' ? name : '',
		elicits: isRecord(capabilities) && isRecord(capabilities['elicitation']),
		logLevel: typeof level === 'string' ? level : null,
	};
}

/** Whether a message says of itself that it is of 2026-07-28 or later. */
export function claimsVersion(message: unknown): boolean {
	const params = isRecord(message) ? message['params'] : undefined;
	const meta = isRecord(params) ? params['_meta'] : undefined;
	return isRecord(meta) && `${prefix}protocolVersion` in meta;
}
