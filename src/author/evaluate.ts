import { limitProgram } from '../component/limit-program';
import type { LoadedComponent, Program } from '../component/program';
import type { CallReport, CallSetup, ReadState, HostPorts } from '../core/call';
import { defaultLimits } from '../core/call';
import type { HostCall } from '../core/activity';
import { memoryAdvice } from '../core/memory-advice';
import { compile, newestRelease } from '../core/policy';
import { err, ok, type Result } from '../core/result';
import type { Tool, WitFunction } from '../core/wit/types';
import { emptyWorld } from '../core/world';
import { viewOf } from '../core/world-view';

/** Runs one call in a sandbox of its own; settles whatever happens. */
export type RunInSandbox = (
	program: Program,
	setup: CallSetup,
	ports: Pick<HostPorts, 'record' | 'output' | 'piece' | 'request'>,
	options: { readonly signal?: AbortSignal },
) => Promise<CallReport>;

export interface Evaluation {
	readonly program: Program;
	readonly tools: readonly Tool[];
	/** Imports of its world that nobody provides here. Functions may call them later, the top level may not. */
	readonly standIns: LoadedComponent['standIns'];
	/** The name of the function that takes the script. */
	readonly init: string;
	readonly shim: string;
	readonly script: string;
	readonly callMs?: number;
}

/** What came of running the top level of a script: the state of the engine, or why there is none. */
export type Evaluated = Result<ReadState, Unevaluated>;

/** Why the top level of a script came to no end. */
export interface Unevaluated {
	readonly message: string;
	/** What it asked for and was denied. */
	readonly denied: readonly HostCall[];
}

/** Where the state is read from; see `wasmtime-wizer`. */
const access = 'wasmtime:wizer/access';

/**
 * Runs the top level of a script in a sandbox, without a grant, a file, a variable or the network, under a fixed clock and with numbers that
 * repeat: so the same script always leaves the same state.
 */
export async function evaluateScript(
	{ program, tools, standIns, init, shim, script, callMs = defaultLimits.callMs }: Evaluation,
	run: RunInSandbox,
	signal?: AbortSignal,
): Promise<Evaluated> {
	const functions = tools.map((tool) => tool.function);
	const start = functions.find((fn) => fn.interface === null && fn.name === init);
	if (!start) throw new Error(`${init} is missing`);
	const grants = compile('version: "1.0"\npermissions: {}\n', newestRelease, viewOf(emptyWorld));
	if (!grants.ok) throw new Error(grants.error.message);
	const limits = { ...defaultLimits, callMs };
	const advice = memoryAdvice({ grants: grants.value, limits });
	const limited = limitProgram(program, limits.memoryBytes, advice);
	if (!limited.ok) return err({ message: limited.error, denied: [] });
	const denied: HostCall[] = [];
	let madeUp: HostCall | null = null;
	const output: Uint8Array[] = [];
	const [shimName = '', scriptName = '', pathName = '', gcName = ''] = start.params.map(({ name }) => name);
	const report = await run(
		limited.value,
		{
			function: start,
			arguments: { [shimName]: shim, [scriptName]: script, [pathName]: null, [gcName]: false },
			grants: grants.value,
			files: new Map(),
			variables: [],
			surroundings: {
				arguments: [],
				clock: { startNs: 0n },
				random: { seed: '' },
				decoyRoot: false,
				stdin: new Uint8Array(),
			},
			limits,
			standIns,
			reads: functions.filter(isAccessor),
		},
		{
			record: (call) => {
				if (call.reason === 'stand-in') madeUp ??= call;
				if (call.outcome === 'deny' && denied.length < 16) denied.push(call);
			},
			output: (_, bytes) => output.push(bytes),
			request: async () => ({ ok: false, error: { tag: 'HTTP-request-denied' } }),
		},
		{ signal },
	);
	const { outcome } = report;
	if (madeUp !== null) return err({ message: earlyCall(madeUp), denied });
	if (outcome.status === 'returned' && !outcome.isErr) return ok(report.state ?? []);
	return err({ message: wordsOf(outcome), denied });
}

const earlyCall = ({ target, operation }: HostCall) =>
	`The top level calls ${operation} of ${target}, which is not there while it is built. Call it in a function.`;

const isAccessor = (fn: WitFunction) => fn.interface?.replace(/@.*/, '') === access;

function wordsOf(outcome: CallReport['outcome']): string {
	switch (outcome.status) {
		case 'returned':
			return String((outcome.json as { readonly err?: string } | null)?.err ?? 'The script failed.');
		case 'exited':
			return `The script ended itself with code ${outcome.code}.`;
		case 'stopped':
			return 'The build was stopped.';
		default:
			return outcome.message;
	}
}
