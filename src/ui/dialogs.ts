import type { SessionHead } from '../deck/session-head';
import { lateView, type LateView } from './base/late-view';
import type { Overlay } from './overlays.svelte';
import type { Session } from './session.svelte';

interface DialogView extends LateView<Session> {
	/** What it is called while it is on its way. */
	readonly title: string;
}

const view = lateView<Session, 'onclose'>();

const dialog = (title: string, shown: LateView<Session>): DialogView => ({ title, ...shown });

/**
 * The dialogs of the page. Each is fetched when it is first opened: none of them stands between a visitor and the page. Save the palette:
 * people type into it in the moment in which they ask for it. Each is told where to say that it closes.
 */
export const dialogs: Readonly<Record<Exclude<Overlay, 'palette'>, DialogView>> = {
	shortcuts: dialog(
		'Keyboard shortcuts',
		view(
			() => import('./help/ShortcutsDialog.svelte'),
			() => ({}),
		),
	),
	help: dialog(
		'About Tapedeck',
		view(
			() => import('./help/HelpDialog.svelte'),
			({ version, overlays }) => ({ version, onsurprises: () => overlays.open('surprises') }),
		),
	),
	compare: dialog(
		'The same call under other isolation',
		view(
			() => import('./compare/CompareDialog.svelte'),
			({ comparing: surface, policy, overlays, theme, live }) => ({
				...{
					surface,
					policy,
					overlays,
					dark: theme.dark,
					onlink: async () => (await import('./share/link-of')).linkOf(live.deck),
				},
			}),
		),
	),
	policies: dialog(
		'Two policies, one call',
		view(
			() => import('./compare/PoliciesDialog.svelte'),
			({ comparing: surface, policy, overlays }) => ({ surface, policy, overlays }),
		),
	),
	inspect: dialog(
		'Inside the component',
		view(
			() => import('./inspect/InspectDialog.svelte'),
			({ policy, overlays, live, version, record, shelf }) => ({
				...{ policy, overlays, live, version, mirrors: shelf.mirrors },
				onrule: record.showRule,
			}),
		),
	),
	address: dialog(
		'Load a component from an address',
		view(
			() => import('./components/AddressDialog.svelte'),
			({ loads, shelf, overlays }) => ({
				...{ loads, mirrors: shelf.mirrors, searchDirectory: shelf.searchDirectory },
				begin: overlays.sought,
			}),
		),
	),
	'new-tool': dialog(
		'New tool',
		view(
			() => import('./author/NewToolDialog.svelte'),
			(session) => ({ surface: session, dark: session.theme.dark }),
		),
	),
	index: dialog(
		'Index of components',
		view(
			() => import('./registry/IndexDialog.svelte'),
			({ shelf }) => ({ index: shelf.index }),
		),
	),
	remote: dialog(
		'Connect to a server',
		view(
			() => import('./remote/RemoteDialog.svelte'),
			({ remotes, loads }) => ({
				attempt: remotes.attempt,
				onconnect: loads.server,
				ongiveup: remotes.giveUp,
			}),
		),
	),
	gallery: dialog(
		'Samples',
		view(
			() => import('./gallery/Gallery.svelte'),
			({ shelf, loads }) => ({ samples: shelf.samples, onopen: loads.openSample }),
		),
	),
	'least-policy': dialog(
		'Least policy',
		view(
			() => import('./least-policy/LeastPolicyDialog.svelte'),
			({ policy, live, grants, layout }) => ({ policy, live, grants, layout }),
		),
	),
	wassette: dialog(
		'Use in Wassette',
		view(
			() => import('./export/WassetteDialog.svelte'),
			({ live }) => ({ live }),
		),
	),
	surprises: dialog(
		'Surprises',
		view(
			() => import('./surprises/SurprisesDialog.svelte'),
			({ opened, scenarios, loads }) => ({
				...{ opened, onopen: scenarios.openOwn },
				onarchive: async (file: File) => {
					await loads.packed([{ path: file.name, file }]);
					opened.show(true);
				},
			}),
		),
	),
	share: dialog(
		'Share',
		view(
			() => import('./share/ShareDialog.svelte'),
			({ scenarios, live, policy, version, page, shelf }) => ({
				...{ scenarios, live, version, page, shelf },
				otherEngines: policy.disagreement,
			}),
		),
	),
	sessions: dialog(
		'Sessions',
		view(
			() => import('./sessions/SessionsDialog.svelte'),
			({ scenarios }) => ({
				sessions: scenarios.sessions,
				onopen: (saved: SessionHead) => void scenarios.openSaved(saved),
			}),
		),
	),
	verify: dialog(
		'Verify',
		view(
			() => import('./verify/VerifyDialog.svelte'),
			({ scenarios, live }) => ({
				verifier: scenarios.verifier,
				reproducer: scenarios.reproducer,
				title: live.deck.notes.title ?? '',
			}),
		),
	),
};
