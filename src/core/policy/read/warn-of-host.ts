import { releaseIds } from '../engines';
import { readCidr, readDocumentedHost, readReleaseHost } from '../host-pattern';
import type { CidrEntry, HostEntry } from '../policy';
import type { ProblemList } from './problem-list';
import type { Problem } from '../types';
import { yamlString } from './yaml-text';

/** Warns where a host rule matches something else than it says, nothing at all, or makes every call fail. */
export function warnOfHost(rule: HostEntry, problems: ProblemList): void {
	const { host, value, effect } = rule;
	const meant = readDocumentedHost(host);
	const warn = (
		code: string,
		message: string,
		engines: readonly string[] | undefined,
		fix?: Problem['fix'],
	) => problems.warning(code, message, value, engines, fix);
	const replaceBy = (text: string, title: string): Problem['fix'] => ({
		title,
		...value,
		text: yamlString(text),
	});

	if (!meant.ok) warn('host-invalid', unreadable(effect, 'host', meant.error), ['documented']);
	else if (meant.value.scheme !== null && !/^https?$/.test(meant.value.scheme))
		warn(
			'host-scheme',
			`Requests are http or https, so a rule for “${meant.value.scheme}” matches none`,
			undefined,
		);
	warnOfIgnoredParts(rule, problems);

	if (effect === 'deny') return;
	if (host.includes('*')) {
		const message =
			'Wildcards are compared as they stand, so this rule matches no host: name each host in a rule of its own';
		return warn('host-wildcard', message, releaseIds);
	}
	const read = readReleaseHost(host);
	if (!read.ok) {
		const bracketed =
			/^[\da-f:.]+$/i.test(host) && host.includes(':')
				? replaceBy(`[${host}]`, `Write [${host}]`)
				: undefined;
		return warn(
			'host-invalid',
			`Every call of the component fails with “Error: ${read.error}”`,
			releaseIds,
			bracketed,
		);
	}
	const { scheme, host: compared } = read.value;
	if (compared === '' && meant.ok) {
		const { host: name } = meant.value;
		const message = `This is read as a URL with the scheme “${scheme}” and no host, so it matches nothing. Without the port it matches ${name} on every port`;
		return warn('host-dead', message, releaseIds, replaceBy(name, `Write ${name}, for every port`));
	}
	if (compared.endsWith('.')) {
		const name = compared.slice(0, -1);
		const message = 'Only requests that spell the host with a dot at its end match';
		return warn(
			'host-dot',
			message,
			releaseIds,
			replaceBy(host.replace(/\.(?=$|[/:])/, ''), `Write ${name}`),
		);
	}
	if (meant.ok && meant.value.port !== null)
		warn('host-port', `The port is not looked at: the rule grants ${compared} on every port`, releaseIds);
}

/** What cannot be read grants nothing; where it was to keep something out, every call fails. */
const unreadable = (effect: 'allow' | 'deny', what: string, error: string): string =>
	effect === 'deny'
		? `Every call fails with “Error: ${error}”`
		: `This cannot be read as a ${what}, so it matches nothing`;

/** What no engine looks at: a path, a query, a user name. */
function warnOfIgnoredParts({ host, value }: HostEntry, problems: ProblemList): void {
	const [, start = '', authority = '', rest = ''] =
		/^([a-z][a-z0-9+.-]*:\/\/|\/\/)?([^/?#]*)([/?#].*)?$/is.exec(host) ?? [];
	const name = authority.replace(/^.*@/, '');
	const isPlain = (rest === '' || rest === '/') && name === authority;
	if (isPlain || name === '') return;
	if (/^\/\d{1,3}$/.test(rest) && /^[\d.]+$/.test(name)) {
		const message = `A range goes under \`cidr\`: as a host this is the one address ${name}`;
		return problems.warning('host-range', message, value);
	}
	const text = `${start}${name}`;
	const fix = { title: `Write ${text}`, ...value, text: yamlString(text) };
	const what = name === authority ? 'A path' : 'A user name';
	problems.warning(
		'host-path',
		`${what} in a host rule is not looked at: the rule covers the whole host`,
		value,
		undefined,
		fix,
	);
}

/** Warns that ranges never match under a release, and of ranges that cannot be read. */
export function warnOfCidr({ cidr, value, effect }: CidrEntry, problems: ProblemList): void {
	if (readCidr(cidr) === null)
		problems.warning(
			'cidr-invalid',
			unreadable(effect, 'range of addresses', `Invalid host format: ${cidr}`),
			value,
			['documented'],
		);
	if (effect === 'deny') return;
	const message = 'Ranges of addresses never match. All this entry does is let names be looked up';
	problems.warning('cidr-ignored', message, value, releaseIds);
}
