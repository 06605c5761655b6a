import type { CallReport } from '../core/call';
import type { CrossAnswer, Crossing } from '../core/link';
import { parseCrossAnswer } from './parse';
import type { Conversation, Runner } from './run-call';

/** A program that runs for others in a sandbox of its own. */
export interface ServedPart {
	/** Has it answer a call, once it is there. Settles whatever happens. */
	invoke(crossing: Crossing): Promise<CrossAnswer>;
	/** A resource of its own is done with. */
	release(resource: number): void;
	/** Lets it end: its report follows. */
	end(): void;
	/** How it ended, by itself or not. */
	readonly report: Promise<CallReport>;
}

/** Starts a program that runs for others; `run` has it run with what is said to it. */
export function servePart(run: (converse: Conversation) => Promise<CallReport>): ServedPart {
	let end!: () => void;
	const ended = new Promise<void>((resolve) => (end = resolve));
	let begin!: (runner: Runner) => void;
	const begun = new Promise<Runner>((resolve) => (begin = resolve));
	const report = run(async (runner, job) => {
		await runner.call('serve', job);
		begin(runner);
		await ended;
		return runner.call('end');
	});
	const gone = report.then(({ outcome }): CrossAnswer => {
		const words = 'message' in outcome ? outcome.message : `It ${outcome.status}.`;
		return { ok: false, message: words };
	});
	return {
		report,
		end,
		// What ends it ends every call of it under way.
		invoke: (crossing) =>
			Promise.race([
				gone,
				begun
					.then((runner) => runner.call('invoke', crossing))
					.then(parseCrossAnswer)
					.catch(() => gone),
			]),
		release: (resource) => void begun.then((runner) => runner.tell('release', resource)),
	};
}
