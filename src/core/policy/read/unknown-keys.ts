import type { YamlValue } from './yaml-nodes';
import { itemAt } from '../../item-at';
import { isMap } from 'yaml';
import type { SourceRange } from '../policy';
import type { Problem } from '../types';
import { contentEnd } from './content-end';
import type { ProblemList } from './problem-list';

const known: { readonly [place: string]: readonly string[] } = {
	'': ['version', 'description', 'permissions'],
	permissions: ['storage', 'network', 'environment', 'runtime', 'resources', 'ipc'],
	storage: ['allow', 'deny'],
	network: ['allow', 'deny'],
	environment: ['allow'],
	ipc: ['allow', 'deny'],
	resources: ['limits', 'cpu', 'memory', 'io'],
	limits: ['cpu', 'memory'],
	runtime: ['docker', 'hyperlight'],
	docker: ['security'],
	security: ['privileged', 'no_new_privileges', 'capabilities'],
	capabilities: ['drop', 'add'],
	hyperlight: [],
	'storage rule': ['uri', 'access'],
	'network rule': ['host', 'cidr'],
	'environment rule': ['key'],
	'ipc rule': ['uri'],
};

/** Keys that people write for another one. */
const meant = new Map([
	['filesystem', 'storage'],
	['file', 'storage'],
	['files', 'storage'],
	['fs', 'storage'],
	['http', 'network'],
	['net', 'network'],
	['hosts', 'host'],
	['domain', 'host'],
	['url', 'host'],
	['env', 'environment'],
	['environments', 'environment'],
	['path', 'uri'],
	['permission', 'access'],
	['mode', 'access'],
	['name', 'key'],
	['variable', 'key'],
	['allowed', 'allow'],
	['denied', 'deny'],
	['block', 'deny'],
]);

/** Whether a key means something at a place. */
export const isKnownKey = (place: string, name: string): boolean => (known[place] ?? []).includes(name);

/** Warns of keys that Wassette ignores without a word, and names the key that was probably meant. */
export function warnOfUnknownKeys(
	place: string,
	fields: ReadonlyMap<string, { readonly key: SourceRange; readonly value?: YamlValue }>,
	problems: ProblemList,
): void {
	const names = known[place] ?? [];
	// Nothing in it means anything, and it is said of the whole.
	if (names.length === 0) return;
	for (const [name, { key, value }] of fields) {
		// An editor reads it, and Wassette passes over it.
		if (names.includes(name) || (place === '' && name === '$schema')) continue;
		const where = place === '' ? 'a policy' : `\`${place}\``;
		if (place === 'environment' && name === 'deny') {
			const message =
				'There is no deny list for environment variables: only what is allowed is passed on. It is ignored';
			problems.warning('unknown-key', message, key);
			continue;
		}
		if (place === '' && isKnownKey('permissions', name)) {
			const message = `\`${name}\` belongs under \`permissions:\`, indented by two more. Here it is ignored`;
			problems.warning('unknown-key', message, key, undefined, indentFix(fields, problems.lines.text));
			continue;
		}
		// Its `read` and `write` lists would mean nothing in `storage` either.
		if (place === 'permissions' && name === 'filesystem' && isMap(value) && value.items.length > 0) {
			const message =
				'`filesystem` means nothing here and is ignored, with all that is in it. Did you mean `storage`? Its entries stand in a list `allow`, each with a `uri` and an `access`.';
			problems.warning('unknown-key', message, key);
			continue;
		}
		const guess = nearest(
			name,
			names.filter((candidate) => !fields.has(candidate)),
		);
		const hint = guess ? ` Did you mean \`${guess}\`?` : ` Known here: ${names.join(', ')}.`;
		const fix = guess ? { title: `Change to ${guess}`, ...key, text: guess } : undefined;
		// A key that turns into another one can widen a policy, so the text is offered and never applied by itself.
		problems.warning(
			'unknown-key',
			`\`${name}\` means nothing in ${where} and is ignored.${hint}`,
			key,
			undefined,
			fix,
		);
	}
}

/** Puts all capabilities that stand at the top under `permissions:`, where there is none yet and nothing stands between them. */
function indentFix(
	fields: ReadonlyMap<string, { readonly key: SourceRange; readonly value?: YamlValue }>,
	text: string,
): Problem['fix'] {
	const all = [...fields];
	const first = all.findIndex(([name]) => isKnownKey('permissions', name));
	const rest = all.slice(first);
	const from = rest[0]?.[1].key.from;
	const isAlone = !fields.has('permissions') && rest.every(([name]) => isKnownKey('permissions', name));
	const last = rest.at(-1)?.[1].value;
	if (!isAlone || from === undefined || !isMap(last) || last.flow) return undefined;
	const to = contentEnd(last, text);
	if (from > 0 && text[from - 1] !== '\n') return undefined;
	const lines = text.slice(from, to).split('\n');
	const indented = lines.map((line) => (line.trim() === '' ? line : `  ${line}`)).join('\n');
	return { title: 'Put it under permissions:', from, to, text: `permissions:\n${indented}` };
}

/** The known key that a misspelt one most likely stands for; null where none is near. */
function nearest(name: string, names: readonly string[]): string | null {
	const lower = name.toLowerCase();
	const alias = meant.get(lower);
	if (alias && names.includes(alias)) return alias;
	if (lower.length > 40) return null;
	const ranked = names.map((candidate) => ({ candidate, distance: editDistance(lower, candidate) }));
	const best = ranked.sort((a, b) => a.distance - b.distance)[0];
	return best && best.distance <= Math.max(1, Math.floor(best.candidate.length / 3)) ? best.candidate : null;
}

function editDistance(a: string, b: string): number {
	let row = Array.from({ length: b.length + 1 }, (_, index) => index);
	for (let i = 1; i <= a.length; i++) {
		const next = [i];
		for (let j = 1; j <= b.length; j++) {
			const swap = itemAt(row, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
			next.push(Math.min(itemAt(row, j) + 1, itemAt(next, j - 1) + 1, swap));
		}
		row = next;
	}
	return itemAt(row, b.length);
}
