import type { HostCallEntry, ToolCallEntry } from '../activity';
import { printJson } from '../json';
import type { Outgoing } from '../outlet';
import { seal } from '../outlet/outgoing';
import type { Scenario } from './schema';

/** A fenced block that its content cannot end. */
export function fenced(text: string, language = ''): string {
	const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
	const fence = '`'.repeat(longest + 1);
	return `${fence}${language}\n${text.replace(/\n$/, '')}\n${fence}`;
}

/** A text on one line that Markdown shows as it is, whatever it holds. */
export const inline = (text: string): string =>
	text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]()<>#+!|~&:@-]/g, (mark) => `&#${mark.charCodeAt(0)};`);

/** A link to a scenario, as Markdown. */
export const markdownLink = (scenario: Outgoing<Scenario>, address: Outgoing<string>): Outgoing<string> =>
	seal(`[${inline(scenario.title ?? '') || 'Open in Tapedeck'}](${address})`);

export interface ReportFacts {
	readonly scenario: Outgoing<Scenario>;
	/** Null where the scenario is too large for one. */
	readonly address: Outgoing<string> | null;
	readonly tapedeck: string;
	readonly browser: string;
	/** The call that is reported, and its host calls. */
	readonly call: Outgoing<ToolCallEntry> | null;
	readonly hostCalls: Outgoing<readonly HostCallEntry[]>;
	/** Makes a text fit to be shown: characters that hide are gone. */
	readonly shown: (text: string) => string;
	/** What the releases did with the scenario, as Markdown; null where they were not asked. */
	readonly releases: string | null;
	/** What engines that decide otherwise say of a host call, in words; null where none does. */
	readonly otherEngines: (entry: HostCallEntry) => string | null;
}

/** Host calls that a report lists. */
const mostRows = 40;

/** A report for an issue tracker: versions, policies, the latest call, and what was decided. Markdown. */
export function issueReport(facts: ReportFacts): Outgoing<string> {
	const { scenario, address, call, shown } = facts;
	const title = shown(scenario.title ?? '');
	const parts = [
		title && `## ${inline(title)}`,
		scenario.description && inline(shown(scenario.description)),
		[
			`- Engine: ${scenario.engine === 'documented' ? 'as documented' : `Wassette ${scenario.engine}`}`,
			`- Tapedeck ${facts.tapedeck}, ${inline(facts.browser)}`,
			address === null ? '' : `- [Open it in Tapedeck](${address})`,
		]
			.filter(Boolean)
			.join('\n'),
		...scenario.components.map((component) =>
			[
				`### Component ${inline(shown(component.id))}`,
				`${inline(shown(sourceWords(component.source)))}${component.sha256 ? `, sha256 \`${component.sha256}\`` : ''}`,
				component.policy === null ? 'No policy is attached.' : fenced(shown(component.policy), 'yaml'),
			].join('\n\n'),
		),
		call &&
			[
				'### Call',
				fenced(`${shown(call.tool)} ${shown(printJson(call.arguments, 2))}`),
				`It ended as ${call.status}: ${inline(shown(call.summary)) || 'nothing was said'}.`,
			].join('\n\n'),
		call && decisionTable(facts),
		facts.releases && `### Releases\n\n${facts.releases}`,
		'### What I expected',
		'_Say here what should have happened instead._',
	];
	return seal(parts.filter(Boolean).join('\n\n'));
}

function decisionTable({ hostCalls, shown, otherEngines }: ReportFacts): string {
	if (hostCalls.length === 0) return 'It asked nothing of the outside.';
	const rows = hostCalls
		.slice(0, mostRows)
		.map((entry) =>
			[
				entry.outcome === 'allow' ? 'allowed' : 'denied',
				inline(shown(`${entry.operation} ${entry.target}`)),
				entry.rule ? `line ${entry.rule.line}: ${inline(shown(entry.rule.text))}` : 'no rule',
				inline(otherEngines(entry) ?? 'the same'),
			].join(' | '),
		)
		.map((row) => `| ${row} |`);
	const rest = hostCalls.length - rows.length;
	return [
		'### Decisions',
		'',
		'| verdict | host call | rule | other engines |',
		'| --- | --- | --- | --- |',
		...rows,
		...(rest > 0 ? ['', `and ${rest} more`] : []),
	].join('\n');
}

function sourceWords(source: Scenario['components'][number]['source']): string {
	if ('sample' in source) return `Sample ${source.sample}`;
	if ('url' in source) return source.url;
	if ('oci' in source) return source.oci;
	if ('author' in source) return 'Source inside the link';
	return 'file' in source ? `File ${source.file}` : 'Carried inside the link';
}
