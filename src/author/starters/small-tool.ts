import type { AccessRequest } from '../../core/policy/types';
import { lines, type Starter } from './starter';

const nothing = lines('version: "1.0"', 'description: Grants nothing', 'permissions: {}');

/** A tool that makes one request of the outside and nothing else, under a policy that grants nothing: what a report about a denial needs. */
export function smallTool(request: AccessRequest): Starter {
	const { imports, script, title } = partsFor(request);
	return {
		id: 'only-this',
		title,
		hint: 'It makes this one request, under a policy that grants nothing',
		wit: lines(
			'package local:tool;',
			'',
			'world only-this {',
			...imports.map((name) => `  import ${name};`),
			...(imports.length > 0 ? [''] : []),
			'  /// Makes one request.',
			'  export ask: func() -> result<string, string>;',
			'}',
		),
		js: script,
		policy: nothing,
		call: { tool: 'ask', arguments: {} },
	};
}

interface Parts {
	readonly imports: readonly string[];
	readonly script: string;
	readonly title: string;
}

function partsFor(request: AccessRequest): Parts {
	switch (request.kind) {
		case 'network':
			return {
				title: `${request.method} ${request.url}`,
				imports: [],
				script: lines(
					'export function ask() {',
					'  try {',
					`    const response = fetch(${JSON.stringify(request.url)}, { method: ${JSON.stringify(request.method)} });`,
					'    return `${response.status} ${response.text()}`;',
					'  } catch (error) {',
					'    throw error.message;',
					'  }',
					'}',
				),
			};
		case 'environment':
			return {
				title: request.key,
				imports: ['wasi:cli/environment@0.2.12'],
				script: lines(
					"import { getEnvironment } from 'wasi:cli/environment@0.2.12';",
					'',
					'export function ask() {',
					`  const found = getEnvironment().find(([key]) => key === ${JSON.stringify(request.key)});`,
					"  if (!found) throw 'It was not handed over.';",
					'  return found[1];',
					'}',
				),
			};
		case 'storage':
			return {
				title: `${request.access} ${request.path}`,
				imports: ['wasi:filesystem/preopens@0.2.12', 'wasi:filesystem/types@0.2.12'],
				script: storageScript(request.path, request.access),
			};
	}
}

const storageScript = (path: string, access: 'read' | 'write') =>
	lines(
		"import { getDirectories } from 'wasi:filesystem/preopens@0.2.12';",
		'',
		`const path = ${JSON.stringify(path)};`,
		'',
		'export function ask() {',
		'  for (const [folder, name] of getDirectories()) {',
		"    const start = name.endsWith('/') ? name : `${name}/`;",
		'    if (!path.startsWith(start)) continue;',
		'    try {',
		...(access === 'read'
			? [
					'      const file = folder.openAt({ symlinkFollow: true }, path.slice(start.length), {}, { read: true });',
					'      const [bytes] = file.read(65536n, 0n);',
					'      return new TextDecoder().decode(bytes);',
				]
			: [
					'      const file = folder.openAt({}, path.slice(start.length), { create: true }, { write: true });',
					"      file.write(new TextEncoder().encode('written'), 0n);",
					"      return 'written';",
				]),
		'    } catch (error) {',
		'      throw String(error.payload ?? error);',
		'    }',
		'  }',
		"  throw 'No folder was handed over.';",
		'}',
	);
