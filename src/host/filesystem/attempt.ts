import { itemAt } from '../../core/item-at';
import { isWithin, joinPath, maxPathBytes } from '../../core/path';
import type { Granted } from '../../core/policy/rule/gate';
import type { Grants, Preopen, StorageRequest } from '../../core/policy/types';
import type { HostCallFacts } from '../recorder';
import { LimitReached } from '../types';
import { PathVerdicts, type StorageAccess, type Verdict } from './path-verdicts';
import { fail } from './wasi';

/** That a path may be read, or written: only an attempt that asked for it has one, and what reads or changes a tree takes one. */
export type GrantedAccess<Access extends StorageAccess = StorageAccess> = Granted<
	StorageRequest & { readonly access: Access }
>;
export type MayRead = GrantedAccess<'read'>;
export type MayWrite = GrantedAccess<'write'>;

/** What all operations on the files of one call go through: it decides on each and records each. */
export class Auditor {
	readonly #verdicts: PathVerdicts;
	/** What the right of a preopen alone comes to. */
	readonly #rights = new Map<Preopen, Verdict>();

	constructor(
		readonly grants: Grants,
		private readonly record: (facts: HostCallFacts) => void,
		private readonly end: (reason: LimitReached) => never,
	) {
		this.#verdicts = new PathVerdicts(grants);
	}

	/**
	 * Runs one operation and records how it ended, whichever way: `run` names the target, asks the attempt for what it needs, and throws a
	 * WASI error code when it fails, or the limit that it goes beyond, which ends the call. `quiet` leaves out what succeeds, for operations that say no more than one already recorded.
	 */
	perform<T>(
		operation: string,
		access: StorageAccess,
		preopen: Preopen,
		run: (attempt: Attempt) => T,
		quiet = false,
	): T {
		const attempt = new Attempt(this, preopen, access);
		try {
			const value = run(attempt);
			if (!quiet) this.record(attempt.facts(operation));
			return value;
		} catch (error) {
			if (error instanceof LimitReached) this.#endAtLimit(attempt.facts(operation), error);
			// Anything else ends the call, or is a bug.
			if (typeof error !== 'string') throw error;
			const code = attempt.isDeniedUnseen() ? 'not-permitted' : error;
			attempt.noteLeaving();
			this.record(attempt.facts(operation, code));
			throw code;
		}
	}

	/** Records a write that was granted and goes beyond a limit, and ends the call. Not every piece that is written is recorded, but this one is. */
	endWrite(target: string, reason: LimitReached): never {
		const facts = { capability: 'storage', operation: 'write', target, access: 'write' } as const;
		return this.#endAtLimit({ ...facts, ...this.ask('write', target) }, reason);
	}

	/** Records what the decoy answers, which is always a denial. */
	refuse(operation: string, access: StorageAccess, target: string): void {
		const { outcome } = this.ask(access, target);
		this.record({
			capability: 'storage',
			operation,
			target,
			access,
			outcome: 'deny',
			rule: null,
			// The policy may cover the path under another spelling; then it is not the policy that denies this one.
			...(outcome === 'allow'
				? { reason: 'decoy', detail: 'No directory that the guest may open has this path in it.' }
				: { reason: this.grants.closed?.reason ?? 'no-rule' }),
			result: 'no-entry',
		});
	}

	/** What the whole policy says of a path, whatever descriptor is used. */
	ask(access: StorageAccess, path: string): Verdict {
		return this.#verdicts.of(access, path);
	}

	/** The verdict that stands until a path is decided on. */
	rightOf(preopen: Preopen): Verdict {
		let verdict = this.#rights.get(preopen);
		if (!verdict) {
			verdict = { outcome: 'allow', rule: preopen.rule, reason: 'granted' };
			this.#rights.set(preopen, verdict);
		}
		return verdict;
	}

	#endAtLimit(facts: HostCallFacts, reason: LimitReached): never {
		const detail = `${itemAt(reason.message, 0).toUpperCase()}${reason.message.slice(1)}.`;
		this.record({ ...facts, result: 'insufficient-space', detail });
		return this.end(reason);
	}

	/** Whether paths are decided on one by one, and not by the rights of the directory they were opened from. */
	get hasPathRules(): boolean {
		return this.grants.rules === 'documented';
	}

	/** Whether a name may move between directories of which only one can be read; where paths are decided on, they say it. */
	get movesBetweenRights(): boolean {
		return this.hasPathRules || this.grants.movesBetweenRights === true;
	}
}

/** One operation under way: its target, and the decision on it. */
export class Attempt {
	/** Null where it is only named so far, by `#from` and `#path`. */
	#target: string | null = '';
	#from = '';
	#path = '';
	#verdict: Verdict;
	/** A decision fell on the path as it was resolved. */
	#decided = false;

	constructor(
		private readonly auditor: Auditor,
		private readonly preopen: Preopen,
		private access: StorageAccess,
	) {
		this.#verdict = auditor.rightOf(preopen);
	}

	/** Names what the operation is about: an absolute path of the world. */
	aim(target: string): void {
		this.#target = target;
	}

	/** Names it before it is looked up, by the text of a path alone. */
	aimAt(directory: string, path: string): void {
		// Most operations come to a resolved path and never ask for this one.
		this.#target = null;
		this.#from = directory;
		this.#path = path;
	}

	get #aimedAt(): string {
		return (this.#target ??= joinPath(this.#path.startsWith('/') ? '/' : this.#from, this.#path));
	}

	/** Adds words to the record of an operation that succeeds. */
	note(detail: string): void {
		this.#verdict = { ...this.#verdict, detail: detail.slice(0, maxPathBytes) };
	}

	/** Fails `not-permitted` unless the directory that all this was opened from was granted with this access. Asked before any lookup. */
	requireRight(
		access: StorageAccess,
		preopen: Preopen = this.preopen,
		code: 'not-permitted' | 'bad-descriptor' = 'not-permitted',
	): void {
		this.access = access;
		if (preopen[access] || this.auditor.hasPathRules) return;
		this.#deny({ outcome: 'deny', rule: preopen.rule, reason: 'access-not-granted' }, code);
	}

	/**
	 * The same for one resolved path, which becomes the target; asked before anything is done with what is there, which takes what this
	 * returns. `code` is what an open file says that was opened from a directory without this access.
	 */
	require<Access extends StorageAccess>(
		access: Access,
		path: string,
		preopen: Preopen = this.preopen,
		code: 'not-permitted' | 'bad-descriptor' = 'not-permitted',
	): GrantedAccess<Access> {
		this.#target = path;
		this.requireRight(access, preopen, code);
		if (this.auditor.hasPathRules) {
			const verdict = this.auditor.ask(access, path);
			if (verdict.outcome === 'deny') this.#deny(verdict);
			this.#verdict = verdict;
			this.#decided = true;
		}
		return grantedAt(access, path);
	}

	/**
	 * Fails `not-permitted` where a path may not be opened for reading. Without path rules everything in a granted tree may be opened:
	 * where its contents are not granted, reading them is what fails.
	 */
	requireOpening(path: string, isDirectory: () => boolean): void {
		this.requireSight(path, isDirectory);
		if (this.auditor.hasPathRules && !isDirectory()) this.require('read', path);
	}

	/**
	 * Fails `not-permitted` where a path may not even be seen. Without path rules all of a granted tree may be. With them, an entry may be seen
	 * that may be read or written; a directory also where no rule speaks of it, for it leads to those that one does.
	 */
	requireSight(path: string, isDirectory: () => boolean): GrantedAccess {
		this.#target = path;
		const mostly = this.preopen.read ? 'read' : 'write';
		if (!this.auditor.hasPathRules) return this.#seeBy(mostly);
		const [read, write] = [this.auditor.ask('read', path), this.auditor.ask('write', path)];
		if (read.outcome === 'allow') return this.#seeBy('read', read);
		if (write.outcome === 'allow') return this.#seeBy('write', write);
		const denied = [read, write].find(({ reason }) => reason === 'denied-by-rule');
		if (denied) this.#deny(denied);
		if (!isDirectory()) this.#deny(read);
		return this.#seeBy(mostly);
	}

	/** Refuses a path that leaves the directory it was given to. Where the policy covers the path, it is not the policy that says no. */
	escape(target: string): never {
		this.#target = target;
		this.#leave();
		fail('not-permitted');
	}

	/** After a failure on the way to a path that would have led out of what was granted: what the record says of it is the same as if it had. */
	noteLeaving(): void {
		if (!this.#decided && !isWithin(this.#aimedAt, this.preopen.path)) this.#leave();
	}

	facts(operation: string, result?: string): HostCallFacts {
		const { outcome, rule, reason, detail } = this.#verdict;
		const target = this.#aimedAt;
		return {
			capability: 'storage',
			operation,
			// A guest can make up paths of any length; no path that exists is longer than this.
			target: target.length > maxPathBytes ? target.slice(0, maxPathBytes) : target,
			outcome,
			rule,
			reason,
			result,
			detail,
			access: this.access,
		};
	}

	/**
	 * Whether the operation failed on the way to a path that path rules do not grant, and so must not tell how it failed. What was
	 * decided on before says so itself.
	 */
	isDeniedUnseen(): boolean {
		if (!this.auditor.hasPathRules || this.#decided) return false;
		const verdict = this.auditor.ask(this.access, this.#aimedAt);
		if (verdict.outcome === 'allow') return false;
		this.#decided = true;
		this.#verdict = verdict;
		return true;
	}

	#leave(): void {
		this.#decided = true;
		const verdict = this.auditor.ask(this.access, this.#aimedAt);
		this.#verdict = {
			...verdict,
			...(verdict.outcome === 'allow' && {
				detail: 'A path may not leave the directory that it is opened from.',
			}),
		};
	}

	#seeBy(access: StorageAccess, verdict?: Verdict): GrantedAccess {
		this.#decided = true;
		this.access = access;
		if (verdict) this.#verdict = verdict;
		return grantedAt(access, this.#aimedAt);
	}

	#deny(verdict: Verdict, code: 'not-permitted' | 'bad-descriptor' = 'not-permitted'): never {
		this.#decided = true;
		this.#verdict = verdict;
		fail(code);
	}
}

/** What was asked for and not refused. */
const grantedAt = <Access extends StorageAccess>(access: Access, path: string) =>
	({ kind: 'storage', access, path }) as GrantedAccess<Access>;
