import { isMap, isScalar, isSeq, Scalar, type Document, type Node, type Pair, type YAMLMap } from 'yaml';
import { err, ok, type Result } from '../../result';
import { readBufferedItem } from './buffered-item';
import { dashBefore } from './dash-before';
import { contentEnd } from './content-end';
import type { Access, Policy, PolicyRule, SourceRange } from '../policy';
import type { ProblemList } from './problem-list';
import { hasOwnTag, scalarText, typedBool, typedFloat, typedU64, untyped } from './serde-scalar';
import {
	cidrFault,
	cpuFault,
	environmentKeyFault,
	hostFault,
	parseMemory,
	storageUriFault,
	withoutScheme,
} from './validate-rule';
import { releaseIds } from '../engines';
import { isKnownKey, warnOfUnknownKeys } from './unknown-keys';

type Value = Node | null;
type Field = { readonly key: SourceRange; readonly value: Value };
type Fields = ReadonlyMap<string, Field>;

const longestRuleText = 512;

/** Items of all lists that are read; a text without aliases cannot have as many. */
const mostItems = 50_000;

const dockerCapabilities: readonly string[] = ['ALL', 'NET_BIND_SERVICE', 'SYS_ADMIN', 'SYS_TIME'];

/** Reads a policy out of a YAML document, reporting what Wassette's parser and its validation would refuse. */
export function readPolicy(document: Document, problems: ProblemList): Policy {
	return new PolicyReader(document, problems).read();
}

class PolicyReader {
	readonly #text: string;
	readonly #rules: PolicyRule[] = [];
	#read = 0;

	constructor(
		readonly document: Document,
		readonly problems: ProblemList,
	) {
		this.#text = problems.lines.text;
	}

	read(): Policy {
		const root = this.document.contents as Value;
		const start = { from: 0, to: 0 };
		const fields = this.#fields(root, start, 'a policy', '');
		const version = fields.get('version');
		const permissions = fields.get('permissions');
		if (!version) this.problems.error('missing-field', 'missing field `version`', this.#head(root));
		if (!permissions) this.problems.error('missing-field', 'missing field `permissions`', this.#head(root));
		const description = fields.get('description');
		const policy = {
			version: version ? this.#version(version) : '',
			description:
				description && !isNull(description.value) ? this.#string(description, 'description') : null,
		};
		if (permissions) this.#permissions(permissions);
		const rules = this.#rules.sort((a, b) => a.range.from - b.range.from);
		return { ...policy, rules, ruleRefs: rules.map((rule) => rule.ref) };
	}

	#version({ key, value }: Field): string {
		const range = this.#range(value, key);
		if (!isScalar(value)) {
			this.problems.error('version', 'invalid type: `version` must be a string such as "1.0"', range);
			return '';
		}
		const text = scalarText(value);
		if (!text.startsWith('1.')) this.problems.error('version', `Unsupported version: ${text}`, range);
		return text;
	}

	#permissions(field: Field): void {
		// Nothing at all is an empty map to Wassette's reader, a word for null is not.
		if (isNull(field.value) && isScalar(field.value) && scalarText(field.value) !== '')
			return this.#wrongType(field, 'a map for `permissions`, such as {}');
		const sections = this.#fields(field.value, field.key, '`permissions`', 'permissions');
		for (const [name, section] of sections) {
			if (name === 'storage') {
				for (const list of this.#lists(section, 'storage', ['allow', 'deny'])) this.#storage(list);
			} else if (name === 'network') {
				for (const list of this.#lists(section, 'network', ['allow', 'deny'])) this.#network(list);
			} else if (name === 'environment') {
				for (const list of this.#lists(section, 'environment', ['allow'])) this.#environment(list);
			} else if (name === 'runtime') {
				this.#ignored(section, 'runtime', 'Wassette reads the runtime section and ignores it');
				this.#runtime(section);
			} else if (name === 'resources') {
				this.#resources(section);
			} else if (name === 'ipc') {
				this.#ignored(section, 'ipc', 'Wassette reads rules for ipc and ignores them');
				for (const list of this.#lists(section, 'ipc', ['allow', 'deny'])) {
					const place = this.#range(list.item, section.key);
					const fields = this.#fields(list.item, place, 'an `ipc` rule', 'ipc rule');
					const uri = this.#required(fields, 'uri', list.item, section.key);
					if (uri) this.#string(uri, 'uri');
				}
			}
		}
	}

	*#lists<Name extends string>(section: Field, name: string, effects: readonly Name[]) {
		const fields = this.#fields(section.value, section.key, `\`${name}\``, name);
		for (const effect of effects) {
			const list = fields.get(effect);
			if (!list || isNull(list.value)) continue;
			if (!isSeq(list.value)) {
				this.#wrongType(list, 'a list');
				continue;
			}
			for (const item of list.value.items) {
				if (this.#isTooMuch(item as Value, list.key)) return;
				yield { effect, item: item as Value, near: list.key };
			}
		}
	}

	#storage({ effect, item, near }: ListItem): void {
		const fields = this.#fields(item, near, 'a storage rule', 'storage rule');
		const uri = this.#required(fields, 'uri', item, near);
		const accessField = this.#required(fields, 'access', item, near);
		if (!uri || !accessField) return;
		const text = this.#string(uri, 'uri');
		const access = this.#access(accessField);
		if (text === null || access === null) return;
		const fault = storageUriFault(text);
		if (fault !== null) return this.problems.error('storage-uri', fault, this.#range(uri.value, uri.key));
		if (access.length === 0) {
			const range = this.#range(accessField.value, accessField.key);
			return this.problems.error('storage-empty', 'Storage needs some access permissions', range);
		}
		this.#rules.push({ kind: 'storage', effect, uri: text, access, ...this.#place(item!, uri.value!) });
	}

	#access(field: Field): readonly Access[] | null {
		if (!isSeq(field.value)) {
			this.#wrongType(field, 'a list of `read` and `write`');
			return null;
		}
		const access = new Set<Access>();
		let isValid = true;
		for (const item of field.value.items) {
			if (this.#isTooMuch(item as Value, field.key)) return null;
			const word = isScalar(item) ? variantOf(item) : null;
			if (word === 'read' || word === 'write') {
				access.add(word);
				continue;
			}
			isValid = false;
			const range = this.#range(item as Value, field.key);
			const lower = typeof word === 'string' ? word.trim().toLowerCase() : '';
			const fix =
				lower === 'read' || lower === 'write'
					? { title: `Write ${lower}`, ...range, text: lower }
					: undefined;
			const message = `unknown variant \`${shown(item)}\`, expected \`read\` or \`write\``;
			this.problems.error('storage-access', message, range, fix);
		}
		return isValid ? [...access] : null;
	}

	#network({ effect, item, near }: ListItem): void {
		const noMatch = 'data did not match any variant of untagged enum NetworkPermission';
		const range = this.#range(item, near);
		const read = readBufferedItem(item);
		if (isMap(item)) this.#unknownKeysOf(item, near, 'network rule');
		if (read === null) return this.#notNetwork(item, range, noMatch);
		const fault = read.kind === 'host' ? hostFault(read.text) : cidrFault(read.text);
		if (fault !== null) {
			// The documentation shows wildcards behind a scheme.
			const isDocumented = read.kind === 'host' && hostFault(withoutScheme(read.text)) === null;
			const engines = isDocumented ? releaseIds : undefined;
			const place = this.#range(read.value, range);
			this.problems.error(`network-${read.kind}`, fault, place, undefined, engines);
			if (!isDocumented) return;
		}
		const place = this.#place(item!, read.value);
		this.#rules.push(
			read.kind === 'host'
				? { kind: 'host', effect, host: read.text, ...place }
				: { kind: 'cidr', effect, cidr: read.text, ...place },
		);
	}

	/** An item that is neither a host nor a range: where it is nearly one, with what to write. */
	#notNetwork(item: Value, range: SourceRange, message: string): void {
		if (isScalar(item)) {
			const text = typeof item.value === 'string' ? item.value : null;
			const fix =
				text !== null && hostFault(text) === null
					? { title: `Write host: ${text}`, ...range, text: inlineHost(this.#text, range, text) }
					: undefined;
			return this.problems.error('network-rule', message, range, fix);
		}
		const written = isMap(item)
			? (item.items as Pair<Node, Value>[]).find((pair) => /^(?:host|cidr)$/.test(keyText(pair) ?? ''))?.value
			: null;
		const isBare =
			isScalar(written) && (typeof written.value === 'number' || typeof written.value === 'boolean');
		const place = this.#range(written, range);
		const fix = isBare ? { title: 'Quote the value', ...place, text: `"${written.source}"` } : undefined;
		this.problems.error('network-rule', message, place, fix);
	}

	#environment({ effect, item, near }: ListItem): void {
		const fields = this.#fields(item, near, 'an environment rule', 'environment rule');
		const key = this.#required(fields, 'key', item, near);
		if (!key) return;
		const text = this.#string(key, 'key');
		if (text === null) return;
		const fault = environmentKeyFault(text);
		if (fault !== null) return this.problems.error('environment-key', fault, this.#range(key.value, key.key));
		this.#rules.push({ kind: 'environment', effect, key: text, ...this.#place(item!, key.value!) });
	}

	#resources(section: Field): void {
		const fields = this.#fields(section.value, section.key, '`resources`', 'resources');
		const limits = fields.get('limits');
		if (limits && !isNull(limits.value)) {
			const { value, key } = limits;
			const inner = this.#fields(value, key, '`limits`', 'limits');
			const memory = inner.get('memory');
			const cpu = inner.get('cpu');
			if (memory && !isNull(memory.value)) this.#memory(memory, false);
			if (cpu && !isNull(cpu.value)) this.#cpu(cpu);
			if (cpu) this.#ignored(cpu, 'cpu', 'A CPU limit is read and never enforced');
		}
		const memory = fields.get('memory');
		if (memory && !isNull(memory.value)) this.#memory(memory, true);
		for (const name of ['cpu', 'io']) {
			const field = fields.get(name);
			if (!field || isNull(field.value)) continue;
			this.#ignored(field, name, `A limit on ${name} is read and never enforced`);
			const { value } = field;
			const number = !isScalar(value) ? null : name === 'io' ? typedU64(value) : typedFloat(value);
			if (number === null) this.#wrongType(field, name === 'io' ? 'a whole number' : 'a number');
			else if (number < 0)
				this.problems.error('cpu', `CPU value cannot be negative: ${number}`, this.#range(value, field.key));
		}
	}

	#memory(field: Field, legacy: boolean): void {
		const { value, key } = field;
		const range = this.#range(value, key);
		const bytes = legacy ? this.#legacyMemory(field) : limitOf(value);
		if (bytes === null) return;
		if (!bytes.ok)
			return this.problems.error(isShapeless(bytes.error) ? 'type' : 'memory', bytes.error, range);
		const place = { from: key.from, to: range.to };
		const text = this.#pairText(key, value);
		this.#rules.push({
			kind: 'memory',
			effect: 'allow',
			bytes: bytes.value,
			legacy,
			range: place,
			value: range,
			lastLine: this.problems.lines.line(range.to),
			ref: { text, line: this.problems.lines.line(key.from) },
		});
	}

	/** A plain whole number of megabytes; what 64 bits do not hold of it is as much as they do. */
	#legacyMemory(field: Field): Result<number, string> | null {
		const count = isScalar(field.value) ? typedU64(field.value) : null;
		if (count !== null) return ok(Math.min(Number(count) * 2 ** 20, 2 ** 64));
		this.#wrongType(field, 'a whole number of megabytes');
		return null;
	}

	#cpu(field: Field): void {
		const read = isScalar(field.value) ? untyped(field.value) : null;
		if (read?.kind !== 'string' && read?.kind !== 'integer' && read?.kind !== 'float')
			return this.#wrongType(field, 'a string or a number');
		const fault = cpuFault(typeof read.value === 'bigint' ? Number(read.value) : read.value);
		if (fault !== null) this.problems.error('cpu', fault, this.#range(field.value, field.key));
	}

	/** Read and ignored, but refused where it is not of the right shape. */
	#runtime(section: Field): void {
		const fields = this.#fields(section.value, section.key, '`runtime`', 'runtime');
		const hyperlight = fields.get('hyperlight');
		if (hyperlight) this.#fields(hyperlight.value, hyperlight.key, '`hyperlight`', 'hyperlight');
		const within = (parent: Fields, name: string): Fields => {
			const field = parent.get(name);
			return field ? this.#fields(field.value, field.key, `\`${name}\``, name) : new Map();
		};
		const security = within(within(fields, 'docker'), 'security');
		for (const name of ['privileged', 'no_new_privileges']) {
			const field = security.get(name);
			if (!field || isNull(field.value)) continue;
			if (!isScalar(field.value) || typedBool(field.value) === null) this.#wrongType(field, 'true or false');
		}
		const capabilities = security.get('capabilities');
		if (!capabilities) return;
		for (const { item, near } of this.#lists(capabilities, 'capabilities', ['drop', 'add'])) {
			const word = isScalar(item) ? variantOf(item) : null;
			if (word !== null && dockerCapabilities.includes(word)) continue;
			const message = `unknown variant \`${shown(item)}\`, expected one of ${dockerCapabilities.map((one) => `\`${one}\``).join(', ')}`;
			this.problems.error('runtime', message, this.#range(item, near));
		}
	}

	/** Whether a list, with what aliases repeat in it, has become more than a policy can mean; it is reported once. */
	#isTooMuch(item: Value, near: SourceRange): boolean {
		if (++this.#read <= mostItems) return false;
		if (this.#read === mostItems + 1)
			this.problems.error('alias', 'repetition limit exceeded', this.#range(item, near));
		return true;
	}

	/** The entries of a map by name. Null is an empty map; anything else that is no map is reported. */
	#fields(value: Value, near: SourceRange, what: string, place: string): Fields {
		const fields = new Map<string, Field>();
		if (isNull(value)) return fields;
		if (!isMap(value)) {
			this.problems.error(
				'type',
				`invalid type: ${kindOf(value)}, expected a map for ${what}`,
				this.#range(value, near),
			);
			return fields;
		}
		for (const pair of (value as YAMLMap<Node, Value>).items) {
			const key = keyText(pair);
			const range = this.#range(pair.key, near);
			if (key === null) this.problems.error('key', 'Keys must be plain text', range);
			else if (fields.has(key) && isKnownKey(place, key))
				this.problems.error('duplicate-key', `duplicate field \`${key}\``, range);
			else fields.set(key, { key: range, value: pair.value });
		}
		warnOfUnknownKeys(place, fields, this.problems);
		return fields;
	}

	#unknownKeysOf(item: YAMLMap, near: SourceRange, place: string): void {
		const fields = new Map<string, Field>();
		for (const pair of item.items as Pair<Node, Value>[]) {
			const key = keyText(pair);
			if (key !== null) fields.set(key, { key: this.#range(pair.key, near), value: pair.value });
		}
		warnOfUnknownKeys(place, fields, this.problems);
	}

	#required(fields: Fields, name: string, item: Value, near: SourceRange): Field | null {
		const field = fields.get(name);
		if (field) return field;
		if (isNull(item) || isMap(item))
			this.problems.error('missing-field', `missing field \`${name}\``, this.#range(item, near));
		return null;
	}

	/** A scalar as text. A plain number or word stands for the text it is written with. */
	#string(field: Field, name: string): string | null {
		const { value } = field;
		if (isScalar(value)) return scalarText(value);
		if (value === null) return '';
		this.#wrongType(field, `a string for \`${name}\``);
		return null;
	}

	#ignored({ key, value }: Field, code: string, message: string): void {
		if (!isNull(value)) this.problems.warning(`${code}-ignored`, message, key);
	}

	#wrongType(field: Field, expected: string): void {
		const message = `invalid type: ${kindOf(field.value)}, expected ${expected}`;
		this.problems.error('type', message, this.#range(field.value, field.key));
	}

	#range(value: Value | undefined, near: SourceRange): SourceRange {
		const range = value?.range;
		if (!range || range[0] >= range[1]) return near;
		return { from: range[0], to: contentEnd(value, this.#text) };
	}

	/** Where to mark what is missing from the whole: the first line. */
	#head(root: Value): SourceRange {
		const from = root?.range?.[0] ?? 0;
		return { from, to: Math.max(from, this.problems.lines.end(this.problems.lines.line(from))) };
	}

	#place(item: Node, value: Node): Pick<PolicyRule, 'ref' | 'range' | 'value' | 'lastLine'> {
		const range = this.#range(item, { from: 0, to: 0 });
		return {
			ref: { text: this.#ruleText(item), line: this.problems.lines.line(this.#itemStart(range.from)) },
			range,
			lastLine: this.problems.lines.line(range.to),
			value: this.#range(value, range),
		};
	}

	/** The dash of a list item where it has one, however far above its content it stands. */
	#itemStart(from: number): number {
		return dashBefore(this.#text, from) ?? from;
	}

	#ruleText(item: Node): string {
		const pairs = (item as YAMLMap<Node, Value>).items;
		const text = pairs
			.map((pair) => this.#pairText(this.#range(pair.key, { from: 0, to: 0 }), pair.value))
			.join(', ');
		return text.length > longestRuleText ? `${text.slice(0, longestRuleText)}…` : text;
	}

	#pairText(key: SourceRange, value: Value): string {
		const { from, to } = this.#range(value, { from: 0, to: 0 });
		const written = this.#text.slice(from, to);
		const text = /[\n#]/.test(written)
			? JSON.stringify(value?.toJS(this.document, { maxAliasCount: 0 }))
			: written;
		return `${this.#text.slice(key.from, key.to)}: ${text}`;
	}
}

interface ListItem {
	readonly effect: 'allow' | 'deny';
	readonly item: Value;
	readonly near: SourceRange;
}

const isNull = (value: Value): boolean =>
	value === null || (isScalar(value) && (hasOwnTag(value) ? false : untyped(value).kind === 'null'));

function keyText(pair: Pair<Node, Value>): string | null {
	return isScalar(pair.key) ? scalarText(pair.key) : null;
}

/** `resources.limits.memory`, which Wassette reads before it knows whether it is a number or a text. */
function limitOf(value: Value): Result<number, string> {
	const read = isScalar(value) ? untyped(value) : null;
	if (read?.kind === 'string' || (read?.kind === 'integer' && read.value >= 0n))
		return parseMemory(read.value);
	return err('Invalid memory value: data did not match any variant of untagged enum MemoryLimit');
}

const isShapeless = (fault: string) => fault.includes('data did not match');

/** The word that one of several words is written with: a tag of its own says it too. */
const variantOf = (scalar: Scalar): string =>
	hasOwnTag(scalar) ? scalar.tag!.replace(/^!/, '') : scalarText(scalar);

function kindOf(value: Value): string {
	if (isMap(value)) return 'map';
	if (isSeq(value)) return 'sequence';
	if (!isScalar(value)) return 'unit value';
	if (typeof value.value === 'string') return `string ${JSON.stringify(value.value)}`;
	return value.value === null ? 'unit value' : `${typeof value.value} \`${value.source ?? ''}\``;
}

const shown = (value: unknown) => (isScalar(value) ? String(value.value) : kindOf(value as Value));

/** A bare host in a list, as the map it has to be; braces where it stands in a flow list. */
function inlineHost(text: string, range: SourceRange, host: string): string {
	const isBlockItem = /-[ \t]+$/.test(text.slice(0, range.from).split('\n').at(-1)!);
	const pair = `host: ${JSON.stringify(host)}`;
	return isBlockItem ? pair : `{ ${pair} }`;
}
