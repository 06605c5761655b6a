import { withoutTrailing } from '../without-trailing';
import type { Scenario } from '../scenario';
import { shellWord } from '../policy/edit/wassette-command';
import type { ExportNote } from './grants';
import type { Manifest } from './manifest';
import type { WassetteUse } from './use-in-wassette';

interface ReadmeInput {
	readonly scenario: Scenario;
	readonly uses: readonly WassetteUse[];
	readonly manifest: Manifest;
	readonly release: string;
	readonly folder: string;
	readonly inWasmtime?: string;
}

/** The README of a bundle: what is in it, and the commands that set it up in Wassette. */
export function bundleReadme({ scenario, uses, manifest, release, folder, inWasmtime }: ReadmeInput): string {
	const title = oneLine(scenario.title ?? '') || 'A Tapedeck session';
	const parts = [
		`# ${title}`,
		...(scenario.description ? [quoted(scenario.description)] : []),
		[
			'What is in it:',
			'',
			'- `components/`: each component, and beside it its policy under the name that Wassette looks for',
			'- `scenario.tapedeck.json`: the session, to open in Tapedeck or to check with `npm run verify`',
			...(manifest.text === null ? [] : ['- `manifest.yaml`: the same for a Wassette that runs headless']),
		].join('\n'),
		`## Use it in Wassette ${release}`,
		`Unpack the bundle so that this file is \`${withoutTrailing(folder, '/')}/README.md\`, or change the paths below.`,
		...uses.flatMap(useParts),
		...environmentParts(uses),
		...manifestParts(manifest, folder),
		...(inWasmtime === undefined ? [] : uses.flatMap((use) => wasmtimeParts(use, inWasmtime))),
	];
	return `${parts.join('\n\n')}\n`;
}

function useParts({ id, commands, undo, notes }: WassetteUse): readonly string[] {
	return [
		`### ${oneLine(id)}`,
		fenced('sh', commands.join('\n')),
		...(undo.length > 0 ? ['To take the grants back:', fenced('sh', undo.join('\n'))] : []),
		...noteParts(notes),
	];
}

const noteParts = (notes: readonly ExportNote[]): readonly string[] =>
	notes.length === 0
		? []
		: [
				`Mind:\n\n${notes.map(({ line, message }) => `- ${line === null ? '' : `line ${line}: `}${oneLine(message)}`).join('\n')}`,
			];

function environmentParts(uses: readonly WassetteUse[]): readonly string[] {
	const keys = [
		...new Set(
			uses.flatMap(({ permissions }) =>
				permissions.flatMap((one) => (one.kind === 'environment' ? [one.key] : [])),
			),
		),
	];
	if (keys.length === 0) return [];
	const flags = keys.map((key) => `--env ${shellWord(`${key}=…`)}`).join(' ');
	return [
		'### Variables',
		'A policy lets a variable through; its value comes from whoever starts Wassette. Values are not in this bundle.',
		fenced('sh', `wassette run ${flags}`),
	];
}

function manifestParts(manifest: Manifest, folder: string): readonly string[] {
	if (manifest.text === null) return noteParts(manifest.notes);
	return [
		'### Headless',
		fenced('sh', `wassette serve --manifest ${shellWord(`${withoutTrailing(folder, '/')}/manifest.yaml`)}`),
		...noteParts(manifest.notes),
	];
}

function wasmtimeParts({ load }: WassetteUse, call: string): readonly string[] {
	if (load.file === null) return [];
	return [
		'## Use it in wasmtime',
		fenced('sh', `wasmtime run --invoke ${shellWord(call)} ${shellWord(load.file)}`),
		'wasmtime reads no policy: `--dir HOST::GUEST` hands over a folder, `--env NAME=VALUE` a variable, and `-S http` lets it make requests.',
	];
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();

const quoted = (text: string) =>
	text
		.split(/\r\n|\r|\n/)
		.map((line) => `> ${line}`.trimEnd())
		.join('\n');

/** A fence longer than any run of backticks inside, so that nothing gets out of it. */
function fenced(language: string, text: string): string {
	const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
	const fence = '`'.repeat(longest + 1);
	return `${fence}${language}\n${text}\n${fence}`;
}
