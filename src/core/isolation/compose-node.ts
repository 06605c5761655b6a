import { isMap, isScalar, isSeq, type Node, type YAMLMap } from 'yaml';
import type { SourceRange } from '../policy/policy';
import type { ProblemList } from '../policy/read/problem-list';
import type { RuleRef } from '../policy/types';
import { interpolate } from './interpolate';

const longestRule = 120;

/** A value in a compose file that knows its place, and reads itself as what it is expected to be. What it is not becomes a problem. */
export class ComposeNode {
	constructor(
		private readonly node: Node | null,
		private readonly range: SourceRange,
		private readonly context: {
			readonly text: string;
			readonly problems: ProblemList;
			readonly valueOf: (name: string) => string | undefined;
		},
	) {}

	get isEmpty(): boolean {
		return this.node === null || (isScalar(this.node) && this.node.value === null);
	}

	get isMap(): boolean {
		return isMap(this.node);
	}

	get isList(): boolean {
		return isSeq(this.node);
	}

	/** What stands here, on one line, and the line. */
	get rule(): RuleRef {
		const text = this.context.text.slice(this.range.from, this.range.to).replace(/\s+/g, ' ').trim();
		return {
			text: text.length > longestRule ? `${text.slice(0, longestRule)}…` : text,
			line: this.context.problems.lines.line(this.range.from),
		};
	}

	/** The entries of a map, in order; none, with a problem, where it is something else. */
	entries(what: string): readonly (readonly [key: string, value: ComposeNode])[] {
		if (this.isEmpty) return [];
		if (!isMap(this.node)) {
			this.error('type', `${what} must be a map`);
			return [];
		}
		return (this.node as YAMLMap<Node, Node | null>).items.map(({ key, value }) => {
			const name = isScalar(key) ? (typeof key.value === 'string' ? key.value : (key.source ?? '')) : '';
			const [from, to] = key.range ?? [this.range.from, this.range.to];
			const end = value?.range && value.range[1] > value.range[0] ? value.range[1] : to;
			// The rule of an entry is shown with its key.
			return [name, new ComposeNode(value, { from, to: end }, this.context)] as const;
		});
	}

	/** The value at a key of a map; null where there is none. */
	get(key: string, what: string): ComposeNode | null {
		const found = this.entries(what).find(([name]) => name === key)?.[1];
		return found && !found.isEmpty ? found : null;
	}

	/** The items of a list; none, with a problem, where it is something else. */
	items(what: string): readonly ComposeNode[] {
		if (this.isEmpty) return [];
		if (!isSeq(this.node)) {
			this.error('type', `${what} must be a list`);
			return [];
		}
		return this.node.items.map((item) => {
			const node = item as Node | null;
			const [from, to] = node?.range ?? [this.range.from, this.range.to];
			return new ComposeNode(node, { from, to }, this.context);
		});
	}

	/** A scalar as text, with its variables put in; null, with a problem, where it is something else. */
	string(what: string): string | null {
		if (!isScalar(this.node)) {
			this.error('type', `${what} must be text`);
			return null;
		}
		const { value, source } = this.node;
		const written = typeof value === 'string' ? value : (source ?? '');
		const { text, unset, refusal } = interpolate(written, this.context.valueOf);
		for (const name of unset)
			this.warn('unset', `The world has no variable ${name}, so compose puts empty text in its place`);
		if (refusal !== null) this.error('required', `Compose starts nothing: ${refusal}`);
		return text;
	}

	/** True or false; false, with a problem, where it is neither. */
	boolean(what: string): boolean {
		const text = this.string(what);
		if (text === 'true' || text === 'false') return text === 'true';
		if (text !== null) this.error('type', `${what} must be true or false`);
		return false;
	}

	error(code: string, message: string): void {
		this.context.problems.error(code, message, this.range);
	}

	warn(code: string, message: string): void {
		this.context.problems.warning(code, message, this.range);
	}
}
