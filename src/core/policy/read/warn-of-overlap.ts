import { ancestorsOf, joinPath } from '../../path';
import { readReleaseHost } from '../host-pattern';
import type { Policy, PolicyRule, StorageRule } from '../policy';
import type { ProblemList } from './problem-list';
import type { Problem } from '../types';

/** Warns of rules that say again what another one says. Linear in the number of rules. */
export function warnOfOverlap({ rules }: Policy, problems: ProblemList): void {
	const seen = new Map<string, PolicyRule>();
	for (const rule of rules) {
		const identity = identityOf(rule);
		const first = seen.get(identity);
		if (!first) seen.set(identity, rule);
		else
			problems.warning(
				'duplicate',
				`Says again what line ${first.ref.line} says`,
				rule.range,
				undefined,
				removal(rule, problems),
			);
	}
	const distinct = [...seen.values()].filter(({ effect }) => effect === 'allow');
	warnOfCoveredHosts(distinct, problems);
	warnOfCoveredPaths(distinct, problems);
}

function identityOf(rule: PolicyRule): string {
	switch (rule.kind) {
		case 'storage':
			return JSON.stringify([rule.kind, rule.effect, rule.uri, [...rule.access].sort()]);
		case 'host':
			return JSON.stringify([rule.kind, rule.effect, rule.host.toLowerCase()]);
		case 'cidr':
			return JSON.stringify([rule.kind, rule.effect, rule.cidr]);
		case 'environment':
			return JSON.stringify([rule.kind, rule.key]);
		case 'memory':
			return JSON.stringify([rule.kind, rule.legacy]);
	}
}

/** `https://a.test` beside `a.test`: the bare host grants both schemes already. */
function warnOfCoveredHosts(rules: readonly PolicyRule[], problems: ProblemList): void {
	const bare = new Map<string, PolicyRule>();
	for (const rule of rules) {
		const read = rule.kind === 'host' ? readReleaseHost(rule.host) : null;
		if (read?.ok && read.value.scheme === null && isWithoutPort(rule)) bare.set(read.value.host, rule);
	}
	for (const rule of rules) {
		const read = rule.kind === 'host' ? readReleaseHost(rule.host) : null;
		const wider = read?.ok && bare.get(read.value.host);
		if (!wider || wider === rule || !(read.value.scheme === 'https' || read.value.scheme === 'http'))
			continue;
		problems.warning(
			'covered',
			`Line ${wider.ref.line} grants this already, over http and https`,
			rule.range,
		);
	}
}

const isWithoutPort = (rule: PolicyRule) => rule.kind === 'host' && !/:\d*(?:\/|$)/.test(rule.host);

function warnOfCoveredPaths(rules: readonly PolicyRule[], problems: ProblemList): void {
	const wide = new Map<string, StorageRule[]>();
	const plain = rules.filter(
		(rule): rule is StorageRule =>
			rule.kind === 'storage' && rule.uri.startsWith('fs://') && !rule.uri.includes('*'),
	);
	const pathOf = (rule: StorageRule) => joinPath('/', rule.uri.slice('fs://'.length));
	for (const rule of plain) {
		const path = pathOf(rule);
		const known = wide.get(path);
		if (known) known.push(rule);
		else wide.set(path, [rule]);
	}
	for (const rule of plain) {
		const above = ancestorsOf(pathOf(rule)).flatMap((path) => wide.get(path) ?? []);
		const covering = above.find((other) => rule.access.every((access) => other.access.includes(access)));
		if (!covering) continue;
		const isNarrower = covering.access.length > rule.access.length;
		const message = isNarrower
			? `Does not narrow what line ${covering.ref.line} grants: a component can still reach this by way of the wider rule`
			: `Line ${covering.ref.line} grants this already`;
		problems.warning(
			isNarrower ? 'does-not-narrow' : 'covered',
			message,
			rule.range,
			undefined,
			removal(rule, problems),
		);
	}
}

/** Taking the rule out, where it has lines of its own. Another rule grants the same, so nothing else changes. */
function removal(rule: PolicyRule, { lines }: ProblemList): Problem['fix'] {
	const from = lines.start(rule.ref.line);
	const to = lines.start(rule.lastLine + 1);
	const before = lines.text.slice(from, rule.range.from);
	const after = lines.text.slice(rule.range.to, to);
	const isAlone = /^\s*-\s+$/.test(before) && /^(#.*)?$/.test(after.trim());
	return isAlone ? { title: 'Remove this rule', from, to, text: '' } : undefined;
}
