import type { reasonCodes } from './reason-codes';

/** What a guest asks of the outside, in the three capabilities that a policy speaks of. */
export type AccessRequest = NetworkRequest | StorageRequest | EnvironmentRequest;

export interface NetworkRequest {
	readonly kind: 'network';
	readonly method: string;
	/** Absolute, as the guest spells it: a release compares the host as written (`127.1`, a trailing dot). */
	readonly url: string;
}

export interface StorageRequest {
	readonly kind: 'storage';
	readonly access: 'read' | 'write';
	/** Absolute path in the world; `.` and `..` are resolved before it is matched. */
	readonly path: string;
	/** The guest path of the preopen it came through, whose rights then bind it under a release; absent: any preopen that holds the path. */
	readonly via?: string;
}

export interface EnvironmentRequest {
	readonly kind: 'environment';
	readonly key: string;
}

/** A rule as it stands in the policy: its text on one line, and the 1-based line where its item starts. */
export interface RuleRef {
	readonly text: string;
	readonly line: number;
}

/**
 * Why a decision fell. `explain` turns it into a sentence.
 * - `granted` an allow rule matches; `denied-by-rule` a deny rule matches (`documented` only)
 * - `no-rule` nothing grants it; `access-not-granted` a rule covers the path, without this access
 * - `no-policy` the component has no policy; `no-policy-unrestricted` it has none and this release gives it everything of this kind
 * - `secret` a secret, which this release hands over whatever the policy says
 * - `invalid-policy` the text does not parse, so it grants nothing; `policy-failure` this release answers every call with an error
 * - `invalid-request` the request itself cannot be decided (a URL that does not parse)
 */
export type ReasonCode = (typeof reasonCodes)[number];

/** An allow names its rule, save where a release allows without one; a deny names its rule, or null when nothing grants the request. */
export interface Decision {
	readonly outcome: 'allow' | 'deny';
	readonly request: AccessRequest;
	readonly rule: RuleRef | null;
	readonly reason: ReasonCode;
	/** Words of the engine itself where it has some, such as `Invalid host format: ::1`. */
	readonly detail?: string;
	readonly engine: EngineId;
}

/** A Wassette release at which decisions change, or `documented`: what its documentation promises. */
export type EngineId = string;

/** A problem in a policy text. Lines and columns are 1-based, the end is exclusive. */
export interface Problem {
	readonly severity: 'error' | 'warning';
	readonly code: string;
	readonly message: string;
	readonly line: number;
	readonly column: number;
	readonly endLine: number;
	readonly endColumn: number;
	/** The engines it concerns; absent: all. */
	readonly engines?: readonly EngineId[];
	/** A safe repair, where there is one: replace the range `[from, to)` of the text (UTF-16 offsets). */
	readonly fix?: {
		readonly title: string;
		readonly from: number;
		readonly to: number;
		readonly text: string;
	};
}

/** What compiling needs to know of the world: which paths exist, and which variables are configured. */
export interface WorldView {
	/** What is at this absolute path, symbolic links followed. */
	stat(path: string): 'file' | 'directory' | 'missing';
	/** The absolute path with every symbolic link resolved; the path itself where it is missing. */
	resolve(path: string): string;
	/** Absolute path of the directory that relative storage rules of a release begin in; default the root. */
	readonly components?: string;
	/** Names of the configured variables; `secret` marks those kept in the component's secret store. */
	readonly variables: readonly { readonly key: string; readonly secret: boolean }[];
}

/** A directory that a call may open, as Wassette hands it to WASI. */
export interface Preopen {
	/** The name that the guest sees, such as `/data` or `data`. */
	readonly guestPath: string;
	/** Absolute path in the world, links resolved. */
	readonly path: string;
	/** File contents may be read. Listing and `stat` are always allowed in a preopen. */
	readonly read: boolean;
	readonly write: boolean;
	readonly rule: RuleRef;
}

/**
 * Everything one call may do, compiled from a policy, an engine and a world: plain data (it crosses to the sandbox as JSON),
 * and all that `decide` needs. It names no file, variable or host that is not granted, save in deny rules.
 */
export interface Grants {
	readonly engine: EngineId;
	/** How these grants are compared with a request: as the releases do, or as documented. */
	readonly rules: 'release' | 'documented';
	/** Why nothing is granted beyond what is listed below: no policy, or one that does not parse. */
	readonly closed?: { readonly reason: 'no-policy' | 'invalid-policy'; readonly detail?: string };
	readonly preopens: readonly Preopen[];
	/** Path rules that `documented` decides by; empty for the releases, which decide by preopen alone. */
	readonly paths: readonly PathRule[];
	readonly hosts: readonly HostRule[];
	readonly variables: readonly {
		readonly key: string;
		readonly rule: RuleRef | null;
		readonly reason: ReasonCode;
	}[];
	/** Bound on the guest's linear memories together, in bytes; null is none. */
	readonly memory: { readonly bytes: number; readonly rule: RuleRef } | null;
	/** Names may be looked up, as any entry in `network.allow` has it in a release; default false. */
	readonly nameLookup?: boolean;
	/** What is in a directory that cannot be read may be moved to where it can, and back; default false. */
	readonly movesBetweenRights?: boolean;
}

export interface PathRule {
	readonly effect: 'allow' | 'deny';
	/** Path segments; `*` and `**` are wildcards as DESIGN says of `documented`. */
	readonly segments: readonly string[];
	/** Whether entries below what it names are covered too. */
	readonly deep: boolean;
	readonly access: readonly ('read' | 'write')[];
	readonly rule: RuleRef;
}

export interface HostRule {
	readonly effect: 'allow' | 'deny';
	readonly scheme: string | null;
	/** Lower-case ASCII host as compared; `*.d` and `*` only have a meaning under `documented`. */
	readonly host: string;
	readonly port: number | null;
	/** A network range, as bytes of its base address and prefix length (`documented` only). */
	readonly cidr?: { readonly bytes: readonly number[]; readonly prefix: number };
	readonly rule: RuleRef;
}
