import { itemAt } from '../item-at';
import type { ActivityEntry } from '../activity';
import { parseJson, printJson } from '../json';
import type { ObservedCall, SavedCall } from '../scenario/check-call';
import type { Scenario } from '../scenario/schema';
import type { Json } from '../wit/types';
import type { Turns } from '../turns';
import type { Route, World } from '../world';
import { hideActivity } from './activity';
import { Hider, type HiddenPlace, type Secret } from './hider';
import { hideJson } from './hide-json';
import { seal, type Outgoing } from './outgoing';
import { hideCall, hideDescription, hideObserved } from './scenario';
import { hideRoute, hideWorld } from './world';

/**
 * The way out of a session: whatever leaves the page goes through it, and leaves the values of secret variables behind. Something in
 * which no secret stands comes out as it went in.
 */
export interface Outlet {
	/** A text. */
	text(text: string): Outgoing<string>;
	/** Bytes, of a file or of a part of one. */
	bytes(bytes: Uint8Array): Outgoing<Uint8Array>;
	/**
	 * Looks through contents that will leave later, a piece in each task, so that letting them go takes no time then. Null where there is
	 * nothing to look for.
	 */
	ahead(contents: Iterable<Uint8Array>, turns: Turns): Promise<void> | null;
	/** Plain data whose texts, numbers and keys are a person's or a component's. */
	json<T>(value: T): Outgoing<T>;
	/** A text that is JSON; its digits and blanks stay where no secret stands in it. */
	jsonText(text: string): Outgoing<string>;
	/**
	 * Entries of a record. Output is hidden also where a secret is spread over several entries of it, or begins in those that were recorded
	 * before.
	 */
	activity<T extends ActivityEntry>(
		entries: readonly T[],
		before?: readonly ActivityEntry[],
	): Outgoing<readonly T[]>;
	/** One entry of a record. */
	entry<T extends ActivityEntry>(entry: T): Outgoing<T>;
	scenario(scenario: Scenario): Outgoing<Scenario>;
	/** A world; values of secret variables are still in it, as only a scenario's description leaves them out. */
	world(world: World): World;
	routes(routes: readonly Route[]): Outgoing<readonly Route[]>;
	/** What a call did, for comparing it with what is expected of it. */
	observed(observed: ObservedCall): Outgoing<ObservedCall>;
	call(call: SavedCall): Outgoing<SavedCall>;
	/** Where secrets stand in a text. */
	places(text: string): readonly HiddenPlace[];
}

/** The outlet of a session with these secrets. Those of fewer than `shortestSecret` characters are not looked for. */
export function createOutlet(secrets: readonly Secret[]): Outlet {
	const hider = new Hider(secrets);
	const files = new WeakMap<Uint8Array, Uint8Array>();
	/** Nobody changes an array in place, so each is searched once. */
	const bytesOf = (bytes: Uint8Array): Uint8Array => {
		let hidden = files.get(bytes);
		if (!hidden) files.set(bytes, (hidden = hider.bytes(bytes)));
		return hidden;
	};
	const textOf = (text: string) => hideText(hider, text);
	const through =
		<T>(hide: (value: T) => T) =>
		(value: T): Outgoing<T> =>
			seal(hider.isIdle ? value : hide(value));

	return {
		text: through(textOf),
		bytes: through(bytesOf),
		ahead(contents, turns) {
			const unknown = hider.isIdle ? [] : [...contents].filter((bytes) => !files.has(bytes));
			if (unknown.length === 0) return null;
			return (async () => {
				for (const bytes of unknown) files.set(bytes, await hider.bytesInTurns(bytes, turns));
			})();
		},
		json: <T>(value: T) => seal(hider.isIdle ? value : (hideJson(value as Json, hider, textOf) as T)),
		jsonText: through((text) => {
			if (hider.places(text).length === 0) return text;
			const parsed = parseJson(text, { length: Infinity, depth: 512 });
			return parsed.ok ? printJson(hideJson(parsed.value, hider, textOf)) : textOf(text);
		}),
		activity: <T extends ActivityEntry>(entries: readonly T[], before: readonly ActivityEntry[] = []) => {
			if (hider.isIdle) return seal(entries);
			const all: readonly ActivityEntry[] = [...before, ...entries];
			return seal(
				hideActivity(all, hider, textOf).slice(before.length) as readonly ActivityEntry[] as readonly T[],
			);
		},
		entry: <T extends ActivityEntry>(entry: T) =>
			seal(hider.isIdle ? entry : itemAt(hideActivity([entry], hider, textOf), 0)),
		scenario: through((scenario) => hideDescription(scenario, hider, textOf)),
		world: (world) => (hider.isIdle ? world : hideWorld(world, hider, textOf, bytesOf)),
		routes: through((routes) => routes.map((route) => hideRoute(route, hider, textOf, bytesOf))),
		observed: through((observed) => hideObserved(observed, textOf)),
		call: through((call) => hideCall(call, hider, textOf)),
		places: (text) => hider.places(text),
	};
}

/** Lengths at which the sandbox and the page cut texts of the record, in UTF-16 units. */
const cuts = new Set([256, 4096, 8192]);

function hideText(hider: Hider, text: string): string {
	if (!text.endsWith('…')) return hider.text(text, { cut: cuts.has(text.length) });
	const hidden = hider.text(text.slice(0, -1), { cut: true });
	return hidden.length === text.length - 1 && text.startsWith(hidden) ? text : `${hidden}…`;
}
