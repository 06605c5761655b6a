import '../mcp/without-eval';
import { mount } from 'svelte';
import { version } from '../../package.json';
import { phrase } from '../core/outlet';
import { err, type Result } from '../core/result';
import { decodeLink, encodeLink, isLink, parseScenario, type Scenario } from '../core/scenario';
import { captureScenario, openScenario, type FollowOptions } from '../deck/scenario';
import { createDoor } from '../page/door';
import { createPageParts } from '../page/page-parts';
import { EmbedDesk } from './embed-desk.svelte';
import EmbedApp from './EmbedApp.svelte';
import { readPolicies } from '../ui/open/read-policies';
import { MirrorList } from '../ui/registry/mirror-list.svelte';
import { ComponentIndex } from '../ui/registry/component-index.svelte';
import { Session } from '../ui/session.svelte';
import { RunMarker } from '../deck/run-marker';
import { createEmbedDoor, type EmbedDoor } from './door';
import { localHostsOfOffer } from './local-hosts';
import { noSessions } from './no-sessions';
import { readEmbedQuery } from './query';

const query = readEmbedQuery(location.search);
if (query.theme !== 'system') document.documentElement.dataset.theme = query.theme;

const parts = createPageParts({ version });

const open = async (scenario: Scenario, follow: FollowOptions = {}): Promise<Result<void, string>> => {
	const opened = await openScenario(parts.deck, scenario, {
		fetchSource: (source, options) => parts.sources.fetch(source, { ...options, ...follow }),
		now: parts.wallNow(),
		onStep: (component) => desk.report(`Loading ${component}`),
	});
	if (opened.ok) parts.supervisor.warm();
	return opened;
};

const desk = new EmbedDesk({
	open,
	fetchScenario: async (address, follow) => {
		const text = await parts.sources.text(address, follow);
		const parsed = text.ok ? parseScenario(text.value) : text;
		if (parsed.ok) await readPolicies(parsed.value);
		return parsed;
	},
	localOf: (offer) => localHostsOfOffer(offer, parts.deck, location.origin),
});

const door = createDoor({
	version,
	deck: parts.deck,
	client: () => parts.client,
	open: async (scenario) => {
		const opened = await open(scenario);
		if (!opened.ok) throw new Error(opened.error);
	},
	author: parts.author,
	address: () => new URL('./', location.href).href,
});
window.tapedeck = door;

const embedDoor: EmbedDoor | null =
	parent === window
		? null
		: createEmbedDoor({
				around: parent,
				tapedeck: door,
				deck: parts.deck,
				open: async (scenario) => {
					const opened = await open(scenario);
					if (!opened.ok) throw new Error(opened.error);
				},
				propose: desk.propose,
			});
// At once, and not after what is awaited below: the page around may speak as soon as this one has loaded.
if (embedDoor) addEventListener('message', embedDoor.receive);

/** Offers the scenario in the address, if there is one. */
async function offerWhatIsThere(): Promise<void> {
	const { hash } = location;
	if (isLink(hash)) {
		const decoded = decodeLink(hash);
		if (!decoded.ok) return desk.fail(decoded.error);
		await readPolicies(decoded.value);
		// Another address may have come meanwhile, and its own offer with it.
		if (location.hash === hash) desk.offerScenario(decoded.value, null);
	} else if (query.src !== null) {
		const address = URL.parse(query.src, document.baseURI);
		if (address && /^https?:$/.test(address.protocol)) desk.offerAddress(address.href);
		else desk.fail('The address of the scenario is no https address.');
	}
}

void offerWhatIsThere();
addEventListener('hashchange', () => void offerWhatIsThere());

const session = new Session({
	deck: parts.deck,
	client: await parts.client,
	wire: parts.wire,
	runUnder: parts.runUnder,
	rehearse: parts.rehearse,
	samples: [],
	loadSample: parts.sources.sample,
	sampleScenario: async () => err('Open the whole page for samples.'),
	fetchComponent: parts.sources.fetchNamed,
	searchDirectory: async () => err({ message: 'Open the whole page to search.' }),
	mirrors: new MirrorList(),
	fetchSource: parts.sources.fetch,
	fetchText: parts.sources.text,
	store: noSessions,
	runs: new RunMarker(),
	index: new ComponentIndex(parts.sources.address),
	// The page around has no say in what this one talks to.
	connectRemote: async () => err('Open the whole page to connect to a server.'),
	openScenario: open,
	author: parts.author,
	version,
});
if (query.theme !== 'system') session.theme.use(query.theme);

/** Puts the first saved call into the form, or the tool that the address names. */
function showFirstCall(): boolean {
	const call = parts.deck.notes.calls?.find(({ tool }) => query.tool === null || tool === query.tool);
	const name = call?.tool ?? query.tool;
	const tool = session.selection.tools.find((other) => other.name === name);
	if (!tool) return false;
	session.selection.selectTool(tool);
	if (call) session.console.setArguments(tool, call.arguments);
	return call !== undefined;
}

mount(EmbedApp, {
	target: document.body,
	props: {
		session,
		desk,
		query,
		around: () => embedDoor?.origin() ?? null,
		ownPage: () =>
			`./${query.src === null ? '' : `?src=${encodeURIComponent(query.src)}`}${isLink(location.hash) ? location.hash : ''}`,
		wholePage: () => phrase`./#${encodeLink(captureScenario(parts.deck, { embedUpTo: 16 * 2 ** 10 }))}`,
		onheight: (height) => embedDoor?.setHeight(height),
		onopened: (andRun) => {
			if (showFirstCall() && andRun) session.calls.submit();
		},
	},
});
