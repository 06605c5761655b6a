import { parsePolicy, resolveEngine, type Permission, type PolicyRule } from '../policy';

/** Something that an export cannot say, or that Wassette will not do. */
export interface ExportNote {
	/** Of the policy; null where it is about no line. */
	readonly line: number | null;
	readonly message: string;
}

/** What a policy comes down to when it is granted rule by rule. */
export interface PolicyGrants {
	/** False where the text does not parse, or no policy is attached. */
	readonly usable: boolean;
	readonly permissions: readonly Permission[];
	readonly notes: readonly ExportNote[];
}

/** The permissions of a policy that a release can be given one by one, and what gets lost on the way. */
export function grantsOfPolicy(text: string | null, release: string): PolicyGrants {
	if (text === null) return { usable: false, permissions: [], notes: [unattachedNote(release)] };
	const { policy, problems } = parsePolicy(text);
	if (!policy) {
		const notes = problems
			.filter(({ severity }) => severity === 'error')
			.map(({ line, message }) => ({ line, message: `The policy does not parse: ${message}` }));
		return { usable: false, permissions: [], notes };
	}
	const permissions: Permission[] = [];
	const notes: ExportNote[] = problems
		.filter(({ engines }) => !engines || engines.includes(release))
		.map(({ line, message }) => ({ line, message }));
	for (const rule of policy.rules) {
		const read = permissionOf(rule, release);
		if (typeof read === 'string') notes.push({ line: rule.ref.line, message: read });
		else if (read && !permissions.some((known) => isSame(known, read))) permissions.push(read);
	}
	return { usable: true, permissions, notes: distinct(notes) };
}

const isSame = (a: Permission, b: Permission) => JSON.stringify(a) === JSON.stringify(b);

function distinct(notes: readonly ExportNote[]): readonly ExportNote[] {
	const seen = new Map(notes.map((note) => [`${note.line} ${note.message}`, note]));
	return [...seen.values()].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
}

/** The permission that a rule is, why it is none, or null where that has been said already. */
function permissionOf(rule: PolicyRule, release: string): Permission | string | null {
	if (rule.effect === 'deny')
		return 'A deny rule cannot be granted: only the policy file keeps it, and no release enforces it.';
	switch (rule.kind) {
		case 'cidr':
			return `A network range cannot be granted, and no release matches one. Grant each address by itself.`;
		case 'host':
			return fits(rule.host) ?? { kind: 'network', host: rule.host };
		case 'environment':
			return fits(rule.key) ?? { kind: 'environment', key: rule.key };
		case 'storage':
			if (!rule.uri.startsWith('fs://')) return null;
			return fits(rule.uri) ?? { kind: 'storage', uri: rule.uri, access: rule.access };
		case 'memory':
			return traitsOf(release)?.memoryLimit
				? { kind: 'memory', limit: memoryText(rule.bytes) }
				: `Wassette ${release} neither enforces a memory limit nor can be given one: that came with 0.3.0.`;
	}
}

/** What would do something to the terminal that it is pasted into is left out. */
function fits(text: string): string | null {
	// eslint-disable-next-line no-control-regex -- these are what it looks for
	return /[\u0000-\u001f\u007f-\u009f]/.test(text)
		? 'This rule holds a control character, so it is in no command.'
		: null;
}

/** Bytes with the largest unit that divides them, as a policy writes them. */
export function memoryText(bytes: number): string {
	const units = [
		[2 ** 40, 'Ti'],
		[2 ** 30, 'Gi'],
		[2 ** 20, 'Mi'],
		[2 ** 10, 'Ki'],
	] as const;
	const unit = units.find(([size]) => bytes >= size && bytes % size === 0);
	return unit ? `${bytes / unit[0]}${unit[1]}` : String(bytes);
}

function unattachedNote(release: string): ExportNote {
	const message = traitsOf(release)?.unattachedGetsVariables
		? `No policy is attached. Wassette ${release} then hands the component every configured variable and secret; attach a policy, an empty one at least.`
		: 'No policy is attached, so nothing is granted.';
	return { line: null, message };
}

function traitsOf(release: string) {
	const engine = resolveEngine(release);
	return engine.ok ? engine.value.traits : null;
}
