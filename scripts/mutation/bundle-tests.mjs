import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { rolldown } from 'rolldown';

/** What is the same for every run, and found where it is installed. */
const outside = ['vitest', 'yaml', 'fast-check'];
const entry = '\0tests';

/** All test files below some folders as one script; evaluating it loads none of them until it is asked for. */
export async function bundleTests(root, folders) {
	const names = folders
		.flatMap((folder) =>
			readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
				join(folder, name),
			),
		)
		.filter((name) => name.endsWith('.test.ts'))
		.sort();
	const build = await rolldown({
		input: entry,
		cwd: root,
		platform: 'node',
		external: (id) => outside.includes(id) || id.startsWith('node:') || id.endsWith('.json'),
		logLevel: 'silent',
		plugins: [
			{
				name: 'tests',
				resolveId: (id) => (id === entry ? id : undefined),
				load: (id) =>
					id === entry
						? `export const load = {${names.map((name) => `${JSON.stringify(name)}: () => import(${JSON.stringify(join(root, name))})`).join()}}`
						: undefined,
			},
		],
	});
	const { output } = await build.generate({ format: 'cjs', codeSplitting: false });
	const script = new Script(`(function (exports, require) {${output[0].code}\n})`, { filename: 'tests.cjs' });
	return { names, script, require: createRequire(join(root, 'package.json')) };
}
