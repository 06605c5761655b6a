import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { readRegular } from '../verify/read-regular.mjs';
import { readScenario, supplyComponents } from '../verify/supply.mjs';

/** Bytes that the file of one component may have. */
const mostBytes = 128 * 2 ** 20;
/** Bytes of a policy's file: more than the page takes. */
const mostPolicy = 2 ** 20;

/** What the page is told to serve (`ServeSetup` in src/page/serve). The error is a sentence. */
export async function makeSetup({ subjects, policies, engine, secrets, headed, era = null }, folders) {
	const setup = {
		scenario: null,
		components: [],
		supplied: {},
		policies: [],
		engine,
		secrets,
		folders,
		shown: headed,
		era,
	};
	for (const subject of subjects) {
		const added = await addSubject(setup, subject);
		if (!added.ok) return added;
	}
	for (const [id, file] of policies) {
		const read = readRegular(file, { most: mostPolicy });
		if (!read.ok)
			return { ok: false, error: `The file ${file}, which --policy names for ${id}, ${read.error}.` };
		setup.policies.push([id, read.bytes.toString('utf8')]);
	}
	return { ok: true, setup };
}

async function addSubject(setup, subject) {
	if (!existsSync(subject)) {
		if (!/#/.test(subject)) {
			if (!/^[a-z][a-z0-9+.-]*:/i.test(subject)) return { ok: false, error: `There is no file ${subject}.` };
			setup.components.push({ address: subject });
			return { ok: true };
		}
		return setScenario(setup, subject.slice(subject.indexOf('#')));
	}
	if (/\.json$/i.test(subject)) {
		const scenario = readScenario(subject);
		if (!scenario.ok) return scenario;
		const components = await supplyComponents(scenario.text, subject, { components: new Map(), fetch: true });
		if (!components.ok) return components;
		Object.assign(setup.supplied, components.supplied);
		return setScenario(setup, scenario.text);
	}
	const read = readRegular(subject, { most: mostBytes });
	if (!read.ok) return { ok: false, error: `The file ${subject} ${read.error}.` };
	const id = basename(subject).replace(/\.(wasm|wat)$/i, '');
	setup.components.push({ id, base64: read.bytes.toString('base64') });
	return { ok: true };
}

function setScenario(setup, text) {
	if (setup.scenario !== null) return { ok: false, error: 'Name one scenario at the most.' };
	setup.scenario = text;
	return { ok: true };
}
