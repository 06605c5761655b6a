import { SvelteSet } from 'svelte/reactivity';
import {
	countOfPart,
	encodeLink,
	issueReport,
	markdownLink,
	printScenario,
	scenarioFile,
	sizeOfPart,
	withoutFiles,
	withoutParts,
	type Scenario,
	type ScenarioPart,
} from '../../core/scenario';
import type { HostCallEntry } from '../../core/activity';
import { most } from '../../core/limits';
import { isFrozen } from '../../core/freeze';
import { phrase, type Outgoing } from '../../core/outlet';
import { err, ok, type Result } from '../../core/result';
import { decodeLink, parseScenario } from '../../core/scenario/read';
import { embedCode, embedScript } from '../../core/export/embed-code';
import { printJson } from '../../core/json';
import type { Json } from '../../core/wit/types';
import type { Deck } from '../../deck/deck';
import { captureScenario } from '../../deck/scenario';
import { unneededFiles, type SampleFiles } from './unneeded-files';
import { visibleText } from '../text/visible';

/** Characters of a link: over the first, some programs cut it; over the second, many do; over the third no page opens it. */
export const linkLengths = { amber: 2_000, red: 8_000, most: most.linkText } as const;

/** Largest component from a file that goes inside, in bytes: into a link, and into a file. */
const embed = { link: 16 * 2 ** 10, file: 2 ** 20 } as const;

/** Every part that can be left out, with its words. */
export const partWords: readonly (readonly [part: ScenarioPart, words: string])[] = [
	['words', 'Title and description'],
	['files', 'Files'],
	['variables', 'Variables'],
	['routes', 'Routes'],
	['calls', 'Saved calls'],
	['expected', 'What the calls are expected to do'],
	['expectations', 'Expected decisions'],
	['limits', 'Changed limits'],
];

/** What is known of other engines, for a report. */
export interface Findings {
	/** The table of a reproduction that still holds, as Markdown; null where there is none. */
	readonly releases: () => string | null;
	/** What engines that decide otherwise say of a host call, in words; null where none does. */
	readonly otherEngines: (entry: HostCallEntry) => string | null;
}

/** What goes into a link, a file or a report, and how long it gets. */
export class Sharing {
	readonly #deck: () => Deck;
	readonly #version: string;
	readonly #findings: Findings;
	readonly left = new SvelteSet<ScenarioPart>();

	#samples = $state.raw<readonly SampleFiles[]>([]);
	#takesUnneeded = $state(false);

	whole = $derived.by(() => this.#captured(embed.link));
	/** Files of samples that are here no more: left out unless they are asked for. */
	unneeded = $derived.by(() => {
		const captured = captureScenario(this.#deck(), { embedUpTo: 0 });
		const paths = unneededFiles(captured, this.#samples, this.#deck());
		const files = Object.entries(captured.world?.files ?? {}).filter(([path]) => paths.has(path));
		return { paths, size: files.reduce((sum, [, content]) => sum + printJson(content as Json).length, 0) };
	});
	/** They go in all the same. */
	takesUnneeded = $derived(this.#takesUnneeded);
	scenario = $derived<Outgoing<Scenario>>(withoutParts(this.whole, this.left));
	/** Parts that hold something. */
	parts = $derived(
		partWords
			.map(([part, words]) => ({
				...{ part, words },
				count: countOfPart(this.whole, part),
				size: sizeOfPart(this.whole, part),
			}))
			.filter(({ count }) => count > 0),
	);
	secrets = $derived.by(() =>
		[...this.#deck().world.variables].flatMap(([name, { secret }]) => (secret ? [name] : [])),
	);
	frozen = $derived.by(() => isFrozen(this.#deck().world));
	/** The whole link; null where the scenario is too large for one. */
	link = $derived.by<Outgoing<string> | null>(() =>
		this.#encoded?.ok ? phrase`${this.#address}#${this.#encoded.value}` : null,
	);
	/** Why a link of it would not open, in a sentence; null where it does, and where it is too large for one. */
	unfit = $derived.by<string | null>(() => (this.#encoded?.ok === false ? this.#encoded.error : null));
	/** What is shared is read once before, as whoever opens it will. */
	#encoded = $derived.by<Result<Outgoing<string>, string> | null>(() => {
		if (printScenario(this.scenario).length > most.scenarioText) return null;
		const fragment = encodeLink(this.scenario);
		if (fragment.length > linkLengths.most) return null;
		const back = decodeLink(fragment);
		return back.ok ? ok(fragment) : back;
	});
	tone = $derived(
		this.link === null || this.link.length > linkLengths.red
			? 'red'
			: this.link.length > linkLengths.amber
				? 'amber'
				: 'plain',
	);

	constructor(deck: () => Deck, version: string, findings: Findings) {
		this.#deck = deck;
		this.#version = version;
		this.#findings = findings;
	}

	get #address(): Outgoing<string> {
		return this.#deck().outlet.text(location.href.replace(/[?#].*/s, ''));
	}

	/** Learns what samples bring, so that it is known what is of one that is here no more. */
	know = (samples: readonly SampleFiles[]) => {
		this.#samples = samples;
	};

	toggleUnneeded = () => {
		this.#takesUnneeded = !this.#takesUnneeded;
	};

	#captured(embedUpTo: number): Outgoing<Scenario> {
		const captured = captureScenario(this.#deck(), { embedUpTo });
		return this.#takesUnneeded ? captured : withoutFiles(captured, this.unneeded.paths);
	}

	/** HTML that shows it in a frame of another page, or a line of script that does; null where it is too large for a link. */
	embedding = (as: 'frame' | 'script'): Outgoing<string> | null => {
		if (!this.#encoded?.ok) return null;
		return as === 'frame'
			? embedCode(this.#address, this.#encoded.value)
			: embedScript(this.#address, this.#encoded.value);
	};

	toggle = (part: ScenarioPart) => {
		if (!this.left.delete(part)) this.left.add(part);
	};

	/** The error says why they are not taken; then they stay as they were. */
	setWords = (words: { readonly title?: string; readonly description?: string }): Result<void, string> => {
		const deck = this.#deck();
		return deck.setNotes({ ...deck.notes, ...words });
	};

	markdown = (): Outgoing<string> => markdownLink(this.scenario, this.link ?? this.#address);

	/** The report of the latest call. */
	report = (): Outgoing<string> => {
		const { activity, outlet } = this.#deck();
		const call = activity.findLast((entry) => entry.kind === 'tool-call') ?? null;
		return issueReport({
			scenario: this.scenario,
			address: this.link,
			tapedeck: this.#version,
			browser: navigator.userAgent,
			call: call && outlet.entry(call),
			hostCalls: outlet.activity(
				activity.flatMap((entry) =>
					entry.kind === 'host-call' && entry.callId === call?.callId ? [entry] : [],
				),
			),
			shown: (text) => visibleText(outlet.text(text)),
			releases: this.#findings.releases(),
			otherEngines: this.#findings.otherEngines,
		});
	};

	/** The text of a `.tapedeck.json`, and a name for it; the error says why nobody could open it again. Larger components go inside than in a link. */
	file = (): Result<{ readonly name: Outgoing<string>; readonly text: Outgoing<string> }, string> => {
		const scenario = withoutParts(this.#captured(embed.file), this.left);
		const text = scenarioFile(scenario);
		if (text.length > most.scenarioText)
			return err('It is larger than 4 MiB, which no page would open. Leave files out.');
		const back = parseScenario(text);
		if (!back.ok) return err(`No page would open it. ${back.error}`);
		const title = scenario.title ?? scenario.components[0]?.id ?? '';
		const name = title
			.toLowerCase()
			.replace(/[^a-z0-9]+/g, '-')
			.replace(/^-|-$/g, '')
			.slice(0, 60);
		return ok({ name: phrase`${this.#deck().outlet.text(name || 'scenario')}.tapedeck.json`, text });
	};
}
