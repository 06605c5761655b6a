import { componentDirectoryName } from '../../core/component-directory';
import {
	emptyPolicy,
	grant as grantRule,
	parsePolicy,
	readPermission,
	readRevocation,
	reset as resetRules,
	revoke as revokeRule,
	traitsOf,
} from '../../core/policy';
import { err, ok, type Result } from '../../core/result';
import type { Json } from '../../core/wit/types';
import type { ComponentSource, Deck } from '../../deck/deck';
import { policyInForce } from '../../deck/policy-in-force';
import type { BuiltinTool } from './context';
import type { Arguments } from '../../core/call';
import { answer } from './outcome';

type GrantKind = 'storage' | 'network' | 'environment';

/** `get-policy` */
export const getPolicy: BuiltinTool = ({ deck, attached }, args) => {
	const id = args['component_id'];
	if (typeof id !== 'string') return err([missingId]);
	const component = deck.components.find((candidate) => candidate.id === id);
	if (!component && !traitsOf(deck.engine).revokes)
		return answer({ status: 'no policy found', component_id: id });
	if (!component) return err(nowhere(deck, id));
	if (component.policy === null) return answer({ status: 'no policy found', component_id: id });
	const { rules } = traitsOf(deck.engine);
	if (rules === 'release') return answer({ ...attachment(id, attached.since(id)) });
	return answer({
		status: 'policy found',
		component_id: id,
		policy_info: {
			policy_id: `${id}-policy`,
			source_uri: sourceUri(component.source),
			local_path: `${id}.policy.yaml`,
			created_at: attached.since(id),
		},
		// Wassette leaves the rules out; they are what whoever asks wants to know.
		policy: component.policy,
	});
};

/** What a release tells of a policy: where its file is and since when, and not what it says. */
const attachment = (id: string, since: number) => ({
	status: 'policy found',
	component_id: id,
	policy_info: {
		policy_id: `${id}-policy`,
		source_uri: `file://${componentDirectoryName}/${id}.policy.yaml`,
		local_path: `${componentDirectoryName}/${id}.policy.yaml`,
		created_at: since,
	},
});

/** Why a release cannot change a policy that it does not read; null where it can. */
function unreadable(policy: string | null): string | null {
	if (policy === null) return null;
	const fault = parsePolicy(policy).problems.find(
		({ severity, code }) => severity === 'error' && !validationCodes.has(code),
	);
	if (fault) return inRust(fault.message);
	return parsePolicy(policy).policy === null ? 'Permission validation failed' : null;
}

/** A fault in the whole text, with the name that Wassette's sources have for what a policy is. */
const inRust = (message: string): string => message.replace(/a map for a policy$/, 'struct PolicyDocument');

/** What a reader accepts and the validation after it refuses; its own words come below a common message, and are not shown. */
const validationCodes = new Set([
	'storage-uri',
	'storage-empty',
	'network-host',
	'network-cidr',
	'environment-key',
	'memory',
	'cpu',
]);

/** `grant-storage-permission` and its like */
export function granting(kind: GrantKind): BuiltinTool {
	return ({ deck }, args) => {
		const request = target(args);
		if (!request.ok) return request;
		const { id, details } = request.value;
		const failed = (cause: string) =>
			err([`Failed to grant ${kindInWords(kind)} permission to component ${id}: ${cause}`]);
		const component = deck.components.find((candidate) => candidate.id === id);
		if (!component) return err(nowhere(deck, id));
		const permission = readPermission(kind, details, traitsOf(deck.engine));
		if (!permission.ok) return failed(permission.error);
		const unread = unreadable(component.policy);
		if (unread !== null) return failed(unread);
		const policy = grantRule(component.policy, permission.value, { componentId: id, checked: false });
		if (!policy.ok) return failed(policy.error);
		// What runs takes the new text unread: what it had stays, what is wrong in it matches nothing, and having no policy is over.
		const isLost =
			traitsOf(deck.engine).rules === 'release' && parsePolicy(policy.value.newText).policy === null;
		const put = deck.setPolicy(
			id,
			policy.value.newText,
			isLost ? { policy: policyInForce(component) ?? emptyPolicy(id) } : undefined,
		);
		if (!put.ok) return failed(put.error);
		return answer({
			status: traitsOf(deck.engine).revokes ? 'permission granted successfully' : 'permission granted',
			component_id: id,
			permission_type: permissionType(deck, kind),
			details,
		});
	};
}

/** `revoke-storage-permission` and its like */
export function revoking(kind: GrantKind): BuiltinTool {
	return ({ deck }, args) => {
		const request = target(args);
		if (!request.ok) return request;
		const { id, details } = request.value;
		const failed = (cause: string) =>
			err([`Failed to revoke ${kindInWords(kind)} permission from component ${id}: ${cause}`]);
		// A URI that is no text is found missing before the component is looked for.
		if (kind === 'storage' && typeof uriOf(details) !== 'string')
			return err(["Missing 'uri' field in details"]);
		const component = deck.components.find((candidate) => candidate.id === id);
		if (!component) return err(nowhere(deck, id));
		const revocation = readRevocation(kind, details);
		if (!revocation.ok) return failed(revocation.error);
		const unread = unreadable(component.policy);
		if (unread !== null) return failed(unread);
		if (component.policy === null) deck.setPolicy(id, emptyPolicy(id));
		else {
			const policy = revokeRule(component.policy, revocation.value, { componentId: id, checked: false });
			if (!policy.ok) return failed(policy.error);
			const put = deck.setPolicy(id, policy.value.newText);
			if (!put.ok) return failed(put.error);
		}
		return revocation.value.kind === 'storage'
			? answer({
					status: 'permission revoked successfully',
					component_id: id,
					uri: revocation.value.uri,
					message: 'All access (read and write) to the specified URI has been revoked',
				})
			: answer({
					status: 'permission revoked',
					component_id: id,
					permission_type: permissionType(deck, kind),
					details,
				});
	};
}

/** `reset-permission` */
export const resetTool: BuiltinTool = ({ deck }, args) => {
	const id = args['component_id'];
	if (typeof id !== 'string') return err([missingId]);
	const failed = (cause: string) => err([`Failed to reset permissions for component ${id}: ${cause}`]);
	const component = deck.components.find((candidate) => candidate.id === id);
	if (!component) return err(nowhere(deck, id));
	if (traitsOf(deck.engine).resetRemovesPolicy) deck.setPolicy(id, null);
	else if (component.policy !== null) {
		const policy = resetRules(component.policy, { componentId: id, checked: false });
		if (!policy.ok) return failed(policy.error);
		const put = deck.setPolicy(id, policy.value.newText);
		if (!put.ok) return failed(put.error);
	}
	return answer({ status: 'permissions reset successfully', component_id: id });
};

const uriOf = (details: Json): unknown =>
	typeof details === 'object' && details !== null ? (details as { readonly uri?: unknown }).uri : undefined;

const missingId = "Missing required argument: 'component_id'";
/** A component that is not there, with its cause, which says the same: releases that leave causes out put this one in brackets. */
function nowhere({ engine }: Deck, id: string): readonly string[] {
	const words = `Component not found: ${id}`;
	return traitsOf(engine).causes ? [words, words] : [`${words} (${words})`];
}

const kindInWords = (kind: GrantKind): string => (kind === 'environment' ? 'environment variable' : kind);

/** What an answer calls a kind; the oldest release has another word there than in its errors. */
const permissionType = ({ engine }: Deck, kind: GrantKind): string =>
	traitsOf(engine).revokes ? kindInWords(kind) : kind;

function target(args: Arguments): Result<{ readonly id: string; readonly details: Json }, readonly string[]> {
	const id = args['component_id'];
	if (typeof id !== 'string') return err([missingId]);
	const details = args['details'];
	return details === undefined ? err(["Missing required argument: 'details'"]) : ok({ id, details });
}

/** Where a component came from, in the form that `load-component` takes where there is one. */
function sourceUri(source: ComponentSource): string {
	if ('sample' in source) return `sample:${source.sample}`;
	if ('url' in source) return source.url;
	if ('oci' in source) return source.oci.startsWith('oci://') ? source.oci : `oci://${source.oci}`;
	return 'file' in source ? `file:${source.file}` : 'inline';
}
