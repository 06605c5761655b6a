import { isScalar } from 'yaml';
import { err, ok, type Result } from '../../result';
import type { PolicyRule } from '../policy';
import {
	isNull,
	shown,
	variantOf,
	type Field,
	type FieldReader,
	type FieldsByName,
	type Value,
} from './field-reader';
import { typedBool, typedFloat, typedU64, untyped } from './serde-scalar';
import { cpuFault, parseMemory } from './validate-rule';

const dockerCapabilities: readonly string[] = ['ALL', 'NET_BIND_SERVICE', 'SYS_ADMIN', 'SYS_TIME'];

/** Reads what a policy says of resources and of the runtime: the limit of memory is a rule, everything else is checked and ignored. */
export class ResourceReader {
	readonly #in: FieldReader;
	readonly #rules: PolicyRule[];

	/** `rules` is what a limit of memory is added to. */
	constructor(fields: FieldReader, rules: PolicyRule[]) {
		this.#in = fields;
		this.#rules = rules;
	}

	resources(section: Field): void {
		const fields = this.#in.fields(section.value, section.key, '`resources`', 'resources');
		const limits = fields.get('limits');
		if (limits && !isNull(limits.value)) {
			const { value, key } = limits;
			const inner = this.#in.fields(value, key, '`limits`', 'limits');
			const memory = inner.get('memory');
			const cpu = inner.get('cpu');
			if (memory && !isNull(memory.value)) this.#memory(memory, false);
			if (cpu && !isNull(cpu.value)) this.#cpu(cpu);
			if (cpu) this.#in.ignored(cpu, 'cpu', 'A CPU limit is read and never enforced');
		}
		const memory = fields.get('memory');
		if (memory && !isNull(memory.value)) this.#memory(memory, true);
		for (const name of ['cpu', 'io']) {
			const field = fields.get(name);
			if (!field || isNull(field.value)) continue;
			this.#in.ignored(field, name, `A limit on ${name} is read and never enforced`);
			const { value } = field;
			const number = !isScalar(value) ? null : name === 'io' ? typedU64(value) : typedFloat(value);
			if (number === null) this.#in.wrongType(field, name === 'io' ? 'a whole number' : 'a number');
			else if (number < 0)
				this.#in.problems.error(
					'cpu',
					`CPU value cannot be negative: ${number}`,
					this.#in.range(value, field.key),
				);
		}
	}

	#memory(field: Field, legacy: boolean): void {
		const { value, key } = field;
		const range = this.#in.range(value, key);
		const bytes = legacy ? this.#legacyMemory(field) : limitOf(value);
		if (bytes === null) return;
		if (!bytes.ok)
			return this.#in.problems.error(isShapeless(bytes.error) ? 'type' : 'memory', bytes.error, range);
		const place = { from: key.from, to: range.to };
		const text = this.#in.pairText(key, value);
		this.#rules.push({
			kind: 'memory',
			effect: 'allow',
			bytes: bytes.value,
			legacy,
			range: place,
			value: range,
			lastLine: this.#in.problems.lines.line(range.to),
			ref: { text, line: this.#in.problems.lines.line(key.from) },
		});
	}

	/** A plain whole number of megabytes; what 64 bits do not hold of it is as much as they do. */
	#legacyMemory(field: Field): Result<number, string> | null {
		const count = isScalar(field.value) ? typedU64(field.value) : null;
		if (count !== null) return ok(Math.min(Number(count) * 2 ** 20, 2 ** 64));
		this.#in.wrongType(field, 'a whole number of megabytes');
		return null;
	}

	#cpu(field: Field): void {
		const read = isScalar(field.value) ? untyped(field.value) : null;
		if (read?.kind !== 'string' && read?.kind !== 'integer' && read?.kind !== 'float')
			return this.#in.wrongType(field, 'a string or a number');
		const fault = cpuFault(typeof read.value === 'bigint' ? Number(read.value) : read.value);
		if (fault !== null) this.#in.problems.error('cpu', fault, this.#in.range(field.value, field.key));
	}

	/** Read and ignored, but refused where it is not of the right shape. */
	runtime(section: Field): void {
		const fields = this.#in.fields(section.value, section.key, '`runtime`', 'runtime');
		const hyperlight = fields.get('hyperlight');
		if (hyperlight) this.#in.fields(hyperlight.value, hyperlight.key, '`hyperlight`', 'hyperlight');
		const within = (parent: FieldsByName, name: string): FieldsByName => {
			const field = parent.get(name);
			return field ? this.#in.fields(field.value, field.key, `\`${name}\``, name) : new Map();
		};
		const security = within(within(fields, 'docker'), 'security');
		for (const name of ['privileged', 'no_new_privileges']) {
			const field = security.get(name);
			if (!field || isNull(field.value)) continue;
			if (!isScalar(field.value) || typedBool(field.value) === null)
				this.#in.wrongType(field, 'true or false');
		}
		const capabilities = security.get('capabilities');
		if (!capabilities) return;
		for (const { item, near } of this.#in.lists(capabilities, 'capabilities', ['drop', 'add'])) {
			const word = isScalar(item) ? variantOf(item) : null;
			if (word !== null && dockerCapabilities.includes(word)) continue;
			const message = `unknown variant \`${shown(item)}\`, expected one of ${dockerCapabilities.map((one) => `\`${one}\``).join(', ')}`;
			this.#in.problems.error('runtime', message, this.#in.range(item, near));
		}
	}
}

/** `resources.limits.memory`, which Wassette reads before it knows whether it is a number or a text. */
function limitOf(value: Value): Result<number, string> {
	const read = isScalar(value) ? untyped(value) : null;
	if (read?.kind === 'string' || (read?.kind === 'integer' && read.value >= 0n))
		return parseMemory(read.value);
	return err('Invalid memory value: data did not match any variant of untagged enum MemoryLimit');
}

const isShapeless = (fault: string) => fault.includes('data did not match');
