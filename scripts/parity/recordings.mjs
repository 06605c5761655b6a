import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../lib/run.mjs';
import { parityPage } from './parity-page.mjs';

const folder = join(root, 'recordings');
const read = (name) => JSON.parse(readFileSync(join(folder, name), 'utf8'));

/** Releases that answers are held of, from old to new. */
export const recordedReleases = ['0.2.0', '0.4.0', '0.5.0', '0.8.0'];

/** The cases, each with the files of its world. See recordings/README.md. */
export function readCases() {
	const { worlds, cases } = read('cases.json');
	return cases.map((one) => ({ ...one, files: one.world === undefined ? {} : worlds[one.world] }));
}

/** What a release answered: `{ release, binary, answers }`, the answers by case. Null where none were recorded. */
export const readAnswers = (release) =>
	existsSync(join(folder, `answers-${release}.json`)) ? read(`answers-${release}.json`) : null;

/** The policy texts, with what Wassette did with each. */
export const readPolicies = () => read('policies.json');

/** The rows of the list of what differs on purpose. */
export const readDifferences = () => read('differences.json');

/** The bytes of a case's components, by id. */
export const componentBytes = ({ components }) =>
	Object.fromEntries(Object.entries(components).map(([id, path]) => [id, readFileSync(join(root, path))]));

/** Writes what a binary answered, a line for each case. */
export function writeAnswers({ release, binary, answers, policies }) {
	writeFileSync(
		join(folder, `answers-${release}.json`),
		`{"release":${JSON.stringify(release)},"binary":${JSON.stringify(binary)},\n"answers":${byLine(answers)},\n"policies":${byLine(policies)}}\n`,
	);
}

const byLine = (entries) =>
	`{\n${Object.entries(entries)
		.map(([name, one]) => `${JSON.stringify(name)}:${JSON.stringify(one)}`)
		.join(',\n')}\n}`;

/** Writes down how far the page agreed with a release, and docs/parity.md with it. */
export function writeOutcome({ release, binary }, tallies) {
	const outcomes = {
		...(existsSync(join(folder, 'parity.json')) ? read('parity.json') : {}),
		[release]: { binary, tallies },
	};
	writeFileSync(join(folder, 'parity.json'), `${JSON.stringify(outcomes, null, '\t')}\n`);
	writeFileSync(join(root, 'docs/parity.md'), parityPage(outcomes));
}
