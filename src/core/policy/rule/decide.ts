import { isWithin, joinPath } from '../../path';
import { hostOfUnsendable, parseUrl, type ParsedUrl } from '../../url';
import { matchesGlob } from './glob';
import { addressBytes, isInRange } from '../host-pattern';
import { foundAs, isFound } from '../library-names';
import type {
	AccessRequest,
	Decision,
	EnvironmentRequest,
	Grants,
	HostRule,
	NetworkRequest,
	PathRule,
	Preopen,
	StorageRequest,
} from '../types';

type Verdict = Omit<Decision, 'request' | 'engine'>;

/** The one decision: pure, of compiled grants and a request, and never undecided. What nothing grants is denied. */
export function decide(grants: Grants, request: AccessRequest): Decision {
	const { outcome, rule, reason, detail } = verdict(grants, request);
	return { outcome, request, rule, reason, ...(detail !== undefined && { detail }), engine: grants.engine };
}

function verdict(grants: Grants, request: AccessRequest): Verdict {
	switch (request.kind) {
		case 'environment':
			return decideEnvironment(grants, request);
		case 'storage':
			return decideStorage(grants, request);
		case 'network':
			return decideNetwork(grants, request);
	}
}

const deny = (reason: Decision['reason'], rule: Decision['rule'] = null, detail?: string): Verdict => ({
	outcome: 'deny',
	rule,
	reason,
	detail,
});

const granted = (rule: Decision['rule'], detail?: string): Verdict => ({
	outcome: 'allow',
	rule,
	reason: 'granted',
	detail,
});

/** What is said when no rule grants: that there is none, or why none can. */
const notGranted = ({ closed }: Grants): Verdict =>
	closed ? deny(closed.reason, null, closed.detail) : deny('no-rule');

function decideEnvironment(grants: Grants, { key }: EnvironmentRequest): Verdict {
	const found = grants.variables.find((variable) => variable.key === key);
	return found ? { outcome: 'allow', rule: found.rule, reason: found.reason } : notGranted(grants);
}

function decideNetwork(grants: Grants, request: NetworkRequest): Verdict {
	const url = parseUrl(request.url);
	if (!url.ok) {
		const unsendable = isDocumented(grants) ? null : hostOfUnsendable(request.url);
		return unsendable
			? decideByHost(grants, releaseMatcher(unsendable), 'Nothing is sent: no such name can be looked up.')
			: deny('invalid-request', null, url.error.reason);
	}
	return decideByHost(
		grants,
		isDocumented(grants) ? documentedMatcher(url.value) : releaseMatcher(url.value),
	);
}

function decideByHost(grants: Grants, matches: (rule: HostRule) => boolean, detail?: string): Verdict {
	let allow: HostRule | null = null;
	for (const rule of grants.hosts) {
		if (rule.effect === 'allow' && allow !== null) continue;
		if (!matches(rule)) continue;
		if (rule.effect === 'deny') return deny('denied-by-rule', rule.rule);
		allow = rule;
	}
	return allow ? granted(allow.rule, detail) : notGranted(grants);
}

/** Whether path by path is decided. */
const isDocumented = ({ rules }: Grants): boolean => rules === 'documented';

/** Text against text: the request's host is lower-cased and not repaired, its port is not looked at. */
function releaseMatcher({
	scheme,
	writtenHost,
}: Pick<ParsedUrl, 'scheme' | 'writtenHost'>): (rule: HostRule) => boolean {
	return (rule) => rule.host === writtenHost && (rule.scheme === null || rule.scheme === scheme);
}

function documentedMatcher({ scheme, host, port }: ParsedUrl): (rule: HostRule) => boolean {
	const portNumber = Number(port);
	const address = addressBytes(host);
	return (rule) => {
		if (rule.cidr) return address !== null && isInRange(address, rule.cidr);
		if (rule.scheme !== null && rule.scheme !== scheme) return false;
		if (rule.port !== null && rule.port !== portNumber) return false;
		if (rule.host === '*') return true;
		return rule.host.startsWith('*.')
			? address === null && host.length >= rule.host.length && host.endsWith(rule.host.slice(1))
			: rule.host === host;
	};
}

function decideStorage(grants: Grants, request: StorageRequest): Verdict {
	const path = joinPath('/', request.path);
	return isDocumented(grants) ? decideByPath(grants, request, path) : decideByPreopen(grants, request, path);
}

/**
 * A request that says which preopen it came through is bound to that one's rights. One that does not is allowed if any preopen that
 * holds the path has the right, since a component may use whichever handle it likes; the longest such one is named.
 */
function decideByPreopen(grants: Grants, { access, via }: StorageRequest, path: string): Verdict {
	let allowing: Preopen | null = null;
	let longest: Preopen | null = null;
	for (const preopen of grants.preopens) {
		if (via !== undefined && preopen.guestPath !== via) continue;
		if (!isWithin(path, preopen.path)) continue;
		// Of two equally long ones the later serves, as in the C library that guests are built with.
		if (longest === null || preopen.path.length >= longest.path.length) longest = preopen;
		if (preopen[access] && (allowing === null || preopen.path.length >= allowing.path.length))
			allowing = preopen;
	}
	if (allowing) {
		const isPassedBy = longest !== null && !longest[access];
		if (isPassedBy) return granted(allowing.rule, `only by way of the wider \`${allowing.guestPath}\``);
		const isMet = via !== undefined || isFound(grants.preopens, path, access);
		return granted(allowing.rule, isMet ? undefined : unfound(allowing, grants.preopens.length));
	}
	return longest ? deny('access-not-granted', longest.rule) : notGranted(grants);
}

/** To a component that asks otherwise than most do, a folder is granted that most do not find. */
const unfound = ({ guestPath }: Preopen, folders: number): string =>
	foundAs(guestPath) !== 'nothing' && folders > 2
		? 'where most components do not find it: of more than two folders they find the first and the last'
		: 'where most components do not find it: they look for the folder by another name';

function decideByPath(grants: Grants, { access }: StorageRequest, path: string): Verdict {
	const segments = path === '/' ? [] : path.slice(1).split('/');
	let allow: PathRule | null = null;
	let covering: PathRule | null = null;
	for (const rule of grants.paths) {
		const hasAccess = rule.access.includes(access);
		if (rule.effect === 'deny' ? !hasAccess : allow !== null) continue;
		if (!matchesGlob(rule.segments, segments, rule.deep)) continue;
		if (rule.effect === 'deny') return deny('denied-by-rule', rule.rule);
		if (hasAccess) allow = rule;
		else covering ??= rule;
	}
	if (allow) return granted(allow.rule);
	return covering ? deny('access-not-granted', covering.rule) : notGranted(grants);
}
