import type { ActivityEntry, HostCallEntry, OutputEntry, ToolCallEntry } from '../activity';
import { markOf, type Hider } from './hider';
import { hideJson } from './hide-json';

type Hide = (text: string) => string;

/** The same entries with no secret in what a person or a component wrote of them. */
export function hideActivity<T extends ActivityEntry>(
	entries: readonly T[],
	hider: Hider,
	hide: Hide,
): readonly T[] {
	const outputs = outputTexts(entries, hider);
	return entries.map((entry): T => {
		switch (entry.kind) {
			case 'output':
				return { ...entry, ...whence(entry, hide), text: outputs.get(entry) ?? hide(entry.text) };
			case 'host-call':
				return { ...entry, ...whence(entry, hide), ...hostCall(entry, hide) };
			case 'tool-call':
				return { ...entry, ...whence(entry, hide), ...toolCall(entry, hider, hide) };
		}
	});
}

const whence = ({ tool, component }: ActivityEntry, hide: Hide) => ({
	tool: hide(tool),
	component: hide(component),
});

const hostCall = ({ operation, target, rule, result, detail }: HostCallEntry, hide: Hide) => ({
	operation: hide(operation),
	target: hide(target),
	...(rule && { rule: { ...rule, text: hide(rule.text) } }),
	...(result !== undefined && { result: hide(result) }),
	...(detail !== undefined && { detail: hide(detail) }),
});

const toolCall = (entry: ToolCallEntry, hider: Hider, hide: Hide) => ({
	arguments: hideJson(entry.arguments ?? null, hider, hide),
	summary: hide(entry.summary),
});

/**
 * The output of each call and stream, hidden as one text and put back into its entries: a secret that is spread over several of them
 * leaves in none. What the last of them begins may go on in one that is still to come.
 */
function outputTexts(entries: readonly ActivityEntry[], hider: Hider): ReadonlyMap<ActivityEntry, string> {
	const streams = new Map<string, OutputEntry[]>();
	for (const entry of entries) {
		if (entry.kind !== 'output') continue;
		const key = `${entry.callId} ${entry.stream}`;
		const stream = streams.get(key);
		if (stream) stream.push(entry);
		else streams.set(key, [entry]);
	}
	const texts = new Map<ActivityEntry, string>();
	for (const stream of streams.values()) {
		const places = hider.places(stream.map(({ text }) => text).join(''), { cut: true });
		let next = 0;
		let from = 0;
		for (const entry of stream) {
			const to = from + entry.text.length;
			let text = '';
			let at = from;
			for (let place = places[next]; place && place.start < to; place = places[next]) {
				// What stands in its place stands where it begins.
				if (place.start >= from) text += entry.text.slice(at - from, place.start - from) + markOf(place.key);
				at = Math.min(place.end, to);
				if (place.end > to) break;
				next += 1;
			}
			texts.set(entry, text + entry.text.slice(at - from));
			from = to;
		}
	}
	return texts;
}
