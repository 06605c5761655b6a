/** A world, or an interface of a package, with what it names. */
interface Part {
	/** `wasi:io/poll@0.2.12`. */
	readonly name: string;
	readonly lines: readonly string[];
}

/**
 * A WIT with what its first package reaches: of the packages in braces behind it only interfaces that it names, and those that these name, stay. `wit` is as the
 * builder prints it, with packages at the beginning of a line and their interfaces two spaces further in.
 */
export function trimWit(wit: string): string {
	const first = /^package [^;{]*\{$/m.exec(wit)?.index ?? wit.length;
	const own = wit.slice(0, first);
	const parts = wit
		.slice(first)
		.split(/^(?=package )/m)
		.flatMap(partsOf);
	const reached = new Set<string>();
	const reach = (text: string, home: string | null) => {
		for (const name of namedIn(text, home)) {
			const part = parts.find((one) => one.name === name);
			if (!part || reached.has(name)) continue;
			reached.add(name);
			reach(part.lines.join('\n'), name);
		}
	};
	reach(own, null);
	const kept = parts.filter(({ name }) => reached.has(name));
	const packages = [...new Set(kept.map(({ name }) => packageOf(name)))];
	const printed = packages.map((name) => {
		const inside = kept.filter((part) => packageOf(part.name) === name).flatMap(({ lines }) => lines);
		return `\npackage ${name} {\n${inside.join('\n').trimEnd()}\n}\n`;
	});
	return `${own.trimEnd()}\n${printed.join('')}`;
}

/** The interfaces of a package; attributes and comments stand before each. Its worlds are left out: nothing takes them up once a WIT is resolved. */
function partsOf(text: string): readonly Part[] {
	const [head = '', ...rest] = text.split('\n');
	const [, id = '', version = ''] = /^package ([^@\s]+)(@\S+)? \{$/.exec(head) ?? [];
	const parts: Part[] = [];
	let lines: string[] = [];
	for (const line of rest) {
		if (line === '}') break;
		lines.push(line);
		if (line !== '  }') continue;
		const name = lines.flatMap((each) => /^ {2}interface ([\w%-]+) \{$/.exec(each)?.[1] ?? []).at(0);
		if (name !== undefined) parts.push({ name: `${id}/${name}${version}`, lines });
		lines = [];
	}
	return parts;
}

/** `wasi:io@0.2.12` of `wasi:io/poll@0.2.12`. */
const packageOf = (name: string) => name.replace(/\/[^@]*/, '');

/** What a text names outside its comments, each in full. */
function namedIn(text: string, home: string | null): readonly string[] {
	const code = text.replace(/\/\/.*/g, '');
	const whole = code.match(/(?<![\w-])[\w-]+:[\w-]+\/[\w-]+(?:@[\w.+-]*[\w])?/g) ?? [];
	const near = [...code.matchAll(/^ {4}use ([\w%-]+)\.\{/gm)].map(([, name]) =>
		(home ?? '').replace(/\/[^@]*/, `/${name}`),
	);
	return [...whole, ...near];
}
