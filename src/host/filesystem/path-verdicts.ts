import type { HostCall } from '../../core/activity';
import { parentOf } from '../../core/path';
import { decide } from '../../core/policy/rule/decide';
import { tellsNamesApart } from '../../core/policy/rule/tells-names-apart';
import type { Grants } from '../../core/policy/types';

export type StorageAccess = 'read' | 'write';

export type Verdict = Pick<HostCall, 'outcome' | 'rule' | 'reason' | 'detail'>;

/** Directories whose verdicts are remembered. */
const mostDirectories = 1024;

/** What a policy says of paths, whatever descriptor is used. What is asked again is not decided again. */
export class PathVerdicts {
	readonly #grants: Grants;
	#last: { readonly access: StorageAccess; readonly path: string; readonly verdict: Verdict } | null = null;
	/** What is said of everything that a directory holds; null where it depends on the name. */
	readonly #inDirectory = {
		read: new Map<string, Verdict | null>(),
		write: new Map<string, Verdict | null>(),
	};

	constructor(grants: Grants) {
		this.#grants = grants;
	}

	of(access: StorageAccess, path: string): Verdict {
		// What is opened is used next: the same is asked again, and a decision depends on nothing else.
		if (this.#last?.path === path && this.#last.access === access) return this.#last.verdict;
		const verdict = this.#verdictIn(access, path);
		this.#last = { access, path, verdict };
		return verdict;
	}

	/** Many files of one directory are decided on once where no rule tells their names apart. */
	#verdictIn(access: StorageAccess, path: string): Verdict {
		if (this.#grants.rules !== 'documented' || path === '/') return this.#decide(access, path);
		const directory = parentOf(path);
		const known = this.#inDirectory[access].get(directory);
		if (known !== undefined) return known ?? this.#decide(access, path);
		const verdict = this.#decide(access, path);
		if (this.#inDirectory[access].size >= mostDirectories) this.#inDirectory[access].clear();
		this.#inDirectory[access].set(directory, tellsNamesApart(this.#grants.paths, directory) ? null : verdict);
		return verdict;
	}

	#decide(access: StorageAccess, path: string): Verdict {
		const { outcome, rule, reason, detail } = decide(this.#grants, { kind: 'storage', access, path });
		return { outcome, rule, reason, detail };
	}
}
