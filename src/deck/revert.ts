import { keptFor } from '../core/kept-for';
import type { FileTree } from '../core/files';
import { parentOf } from '../core/path';
import { revertText } from '../core/policy/edit/revert-text';
import type { World } from '../core/world';
import type { DeckComponent, DeckContents, Notes } from './contents';

/** All of a session at one moment. */
export type DeckMoment = Required<DeckContents>;

/** The session as it is. */
export const momentOf = ({ components, engine, world, limits, notes, activity }: DeckMoment): DeckMoment => ({
	components,
	engine,
	world,
	limits,
	notes,
	activity,
});

/**
 * Takes one change back, and leaves what was changed since: the session was as `before` says, then as `after` says, and is as `now` says. Null
 * where the change no longer applies, because what it touched was changed once more.
 */
export function revertChange(before: DeckMoment, after: DeckMoment, now: DeckMoment): DeckMoment | null {
	const components = revertComponents(before.components, after.components, now.components);
	const world = revertWorld(before.world, after.world, now.world);
	const notes = revertNotes(before.notes, after.notes, now.notes);
	const engine = revertValue(before.engine, after.engine, now.engine);
	const limits = revertValue(before.limits, after.limits, now.limits);
	if (!components || !world || !notes || !engine || !limits) return null;
	return {
		components,
		world,
		notes: notes.value,
		engine: engine.value,
		limits: limits.value,
		activity: revertActivity(before, after, now),
	};
}

/** Whether anything but the record of what happened differs. */
export const isChange = (before: DeckMoment, after: DeckMoment): boolean =>
	before.components !== after.components ||
	before.engine !== after.engine ||
	before.world !== after.world ||
	before.limits !== after.limits ||
	before.notes !== after.notes ||
	before.activity.length > after.activity.length;

/** One value: null where it was changed since. */
function revertValue<T>(before: T, after: T, now: T): { readonly value: T } | null {
	if (before === after) return { value: now };
	return now === after ? { value: before } : null;
}

function revertComponents(
	before: readonly DeckComponent[],
	after: readonly DeckComponent[],
	now: readonly DeckComponent[],
): readonly DeckComponent[] | null {
	const next = [...now];
	for (const [at, was] of before.entries()) {
		const became = after.find(({ id }) => id === was.id);
		const place = next.findIndex(({ id }) => id === was.id);
		const is = next[place];
		// An unchanged one is what `now` has, with the revision it has now.
		if (became && isSame(was, became)) continue;
		if (!became) {
			if (is) return null;
			next.splice(Math.min(at, next.length), 0, was);
			continue;
		}
		const reverted = is && revertComponent(was, became, is);
		if (!reverted) return null;
		next[place] = reverted;
	}
	for (const came of after) {
		if (before.some(({ id }) => id === came.id)) continue;
		const place = next.findIndex((is) => is.id === came.id && isSame(is, came));
		if (place < 0) return null;
		next.splice(place, 1);
	}
	return next;
}

/** The same bytes under the same policy. */
const isSame = (one: DeckComponent, other: DeckComponent): boolean =>
	one.sha256 === other.sha256 &&
	one.policy === other.policy &&
	(one.standsIn ?? false) === (other.standsIn ?? false);

function revertComponent(was: DeckComponent, became: DeckComponent, is: DeckComponent): DeckComponent | null {
	if (was.sha256 !== became.sha256) return isSame(became, is) ? was : null;
	const policy = revertPolicy(was.policy, became.policy, is.policy);
	const standsIn = revertValue(was.standsIn ?? false, became.standsIn ?? false, is.standsIn ?? false);
	return policy && standsIn ? { ...is, policy: policy.value, standsIn: standsIn.value } : null;
}

function revertPolicy(
	before: string | null,
	after: string | null,
	now: string | null,
): { readonly value: string | null } | null {
	if (before === null || after === null || now === null) return revertValue(before, after, now);
	const value = revertText(before, after, now);
	return value === null ? null : { value };
}

function revertWorld(before: World, after: World, now: World): World | null {
	if (before === after) return now;
	const files = revertEntries(before.files, after.files, now.files);
	const variables = revertEntries(before.variables, after.variables, now.variables);
	const routes = revertList(before.routes, after.routes, now.routes);
	const network = revertValue(before.network, after.network, now.network);
	const clock = revertValue(before.clock, after.clock, now.clock);
	const random = revertValue(before.random, after.random, now.random);
	const args = revertValue(before.arguments, after.arguments, now.arguments);
	const decoyRoot = revertValue(before.decoyRoot, after.decoyRoot, now.decoyRoot);
	if (!files || !isTree(files) || !variables || !routes) return null;
	if (!network || !clock || !random || !args || !decoyRoot) return null;
	return {
		...now,
		files,
		variables,
		routes,
		network: network.value,
		clock: clock.value,
		random: random.value,
		arguments: args.value,
		decoyRoot: decoyRoot.value,
	};
}

/** Entries by their keys; the keys of `before` keep their order. */
function revertEntries<T>(
	before: ReadonlyMap<string, T>,
	after: ReadonlyMap<string, T>,
	now: ReadonlyMap<string, T>,
): ReadonlyMap<string, T> | null {
	if (before === after) return now;
	const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
		(key) => before.get(key) !== after.get(key),
	);
	if (changed.some((key) => now.get(key) !== after.get(key))) return null;
	if (changed.length === 0) return now;
	const wasChanged = new Set(changed);
	const next = new Map<string, T>();
	for (const [key, value] of before) {
		if (wasChanged.has(key)) next.set(key, value);
		else if (now.has(key)) next.set(key, keptFor(now, key));
	}
	for (const [key, value] of now) if (!wasChanged.has(key) && !next.has(key)) next.set(key, value);
	return next;
}

/** Every entry lies in a directory. */
const isTree = (files: FileTree): boolean =>
	[...files.keys()].every((path) => path === '/' || files.get(parentOf(path))?.kind === 'directory');

/** A list of things that are replaced, never changed: what is gone comes back in its place, what came goes. */
function revertList<T>(before: readonly T[], after: readonly T[], now: readonly T[]): readonly T[] | null {
	if (before === after) return now;
	if (now === after) return before;
	const came = after.filter((item) => !before.includes(item));
	if (came.some((item) => !now.includes(item))) return null;
	const next = now.filter((item) => !came.includes(item));
	for (const [at, item] of before.entries()) {
		if (after.includes(item) || next.includes(item)) continue;
		const previous = before.slice(0, at).findLast((other) => next.includes(other));
		next.splice(previous === undefined ? 0 : next.indexOf(previous) + 1, 0, item);
	}
	return next;
}

function revertNotes(before: Notes, after: Notes, now: Notes): { readonly value: Notes } | null {
	if (before === after) return { value: now };
	const calls = revertList(before.calls ?? [], after.calls ?? [], now.calls ?? []);
	const flows = revertList(before.flows ?? [], after.flows ?? [], now.flows ?? []);
	const expectations = revertList(
		before.expectations ?? [],
		after.expectations ?? [],
		now.expectations ?? [],
	);
	const title = revertValue(before.title, after.title, now.title);
	const description = revertValue(before.description, after.description, now.description);
	if (!calls || !flows || !expectations || !title || !description) return null;
	return {
		value: {
			...now,
			title: title.value,
			description: description.value,
			calls: calls.length > 0 ? [...calls] : undefined,
			flows: flows.length > 0 ? [...flows] : undefined,
			expectations: expectations.length > 0 ? [...expectations] : undefined,
		},
	};
}

/** What was cleared away, before what was recorded since. */
function revertActivity(before: DeckMoment, after: DeckMoment, now: DeckMoment): DeckMoment['activity'] {
	if (before.activity.length <= after.activity.length) return now.activity;
	const kept = new Set(after.activity.map(({ id }) => id));
	return [...before.activity.filter(({ id }) => !kept.has(id)), ...now.activity];
}
