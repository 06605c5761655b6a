import { watch } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { filesBehind, readScenario, scenarioFiles } from './supply.mjs';

/** Milliseconds that it waits for further changes: what writes a file often touches it several times. */
const settles = 60;

/**
 * Calls `check` with the scenario files that a change is about, each time something changes that they are made of; never twice at a time.
 * Folders are watched and not files, as editors put another file in the place of one. Goes on until the returned function is called.
 */
export function watchFiles(paths, options, check) {
	const watchers = new Map();
	const changed = new Set();
	let timer = null;
	let checking = Promise.resolve();

	const note = (folder, name) => {
		// Some systems do not say which file it is.
		changed.add(name === null ? `${folder}/` : resolve(folder, name));
		clearTimeout(timer);
		timer = setTimeout(() => {
			const now = new Set(changed);
			changed.clear();
			checking = checking.then(() => look(now)).catch((error) => console.error(error.message));
		}, settles);
	};

	const isChanged = (now, file) => now.has(file) || now.has(`${dirname(file)}/`);

	async function look(now) {
		const found = scenarioFiles(paths);
		if (!found.ok) return console.error(found.error);
		const files = found.files.filter((file) => [...behind(file, options)].some((one) => isChanged(now, one)));
		follow(found.files);
		if (files.length > 0) await check(files);
	}

	function follow(files) {
		const folders = new Set([
			...paths.map(folderOf),
			...files.flatMap((file) => [...behind(file, options)].map((one) => dirname(one))),
		]);
		for (const folder of folders) {
			if (watchers.has(folder)) continue;
			try {
				watchers.set(
					folder,
					watch(folder, (_event, name) => note(folder, name === null ? null : basename(name))),
				);
			} catch {
				// It is not there yet, or any more; what needs it says so when it is checked.
			}
		}
	}

	const found = scenarioFiles(paths);
	follow(found.ok ? found.files : []);
	return async () => {
		clearTimeout(timer);
		for (const watcher of watchers.values()) watcher.close();
		await checking;
	};
}

const folderOf = (path) => {
	const found = scenarioFiles([path]);
	return found.ok && found.files.some((file) => resolve(file) === resolve(path))
		? dirname(resolve(path))
		: resolve(path);
};

/** The files that a scenario file is made of, with itself; absolute. */
function behind(file, options) {
	const scenario = readScenario(file);
	return new Set([resolve(file), ...(scenario.ok ? filesBehind(scenario.text, file, options) : [])]);
}
