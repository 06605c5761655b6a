/**
 * What people call things that go by another name here: by the id of a command, or by what its id begins with (`engine `). The palette
 * finds a command by these words as well as by its own.
 */
export const synonyms: Readonly<Record<string, string>> = {
	run: 'call execute play start invoke launch go test try again retry',
	stop: 'cancel abort kill end interrupt',
	compare:
		'docker container process podman isolation bare vm difference attack steal secrets exfiltrate versus',
	inspect: 'wit wat imports exports source code module digest hash sha256 disassemble details about',
	'add-file': 'open upload import drop wasm browse component',
	'add-address':
		'url oci registry download fetch import component http ghcr docker github gist npm wkg oras wasm directory search find paste',
	'connect-server': 'remote mcp streamable http serve server',
	index: 'registry search catalogue catalog find components',
	'save-call': 'keep record remember bookmark step test expectation',
	'run-steps': 'test tests suite check regression all replay',
	'go-tools': 'functions list exports',
	'go-console': 'form arguments parameters input result output answer',
	'go-policy': 'yaml editor rules permissions grant allow deny edit',
	'go-files': 'filesystem storage directory folder disk world',
	'go-variables': 'environment env secrets keys tokens configuration config world',
	'go-settings':
		'clock time date timeout deadline limit limits memory seed random stdin arguments argv decoy preferences options configuration config surroundings world',
	'go-network': 'route routes mock stub http fetch hosts cors offline requests responses world',
	'go-activity': 'log logs history audit record trace denied denials host calls events',
	'go-wire': 'wire json-rpc jsonrpc rpc protocol messages mcp traffic log history replay raw debug',
	'go-steps': 'saved calls tests expectations history',
	'go-problems': 'errors warnings lint validation diagnostics',
	'go-what-if': 'simulate evaluate decide decision expectations hypothetical test policy ask question',
	share: 'link url copy send export save markdown issue bug report embed iframe download publish',
	sessions: 'save open load history projects workspace import export restore backup recent',
	freeze: 'freeze frozen fixed reproducible deterministic record replay clock seed snapshot',
	verify: 'test check reproduce reproduction stamp ci expected',
	undo: 'undo revert back rollback restore',
	'least-policy': 'minimal minimum narrow tighten generate suggest propose harden',
	'clear-activity': 'delete remove reset empty log history',
	theme: 'dark light mode colour color appearance settings preferences',
	'theme-system': 'dark light mode colour color appearance automatic',
	gallery: 'examples demos templates samples',
	lessons: 'tutorial learn course guide teach introduction tour walkthrough onboarding',
	'leave-lessons': 'tutorial quit exit',
	shortcuts: 'keys hotkeys keybindings keyboard',
	help: 'docs documentation manual readme faq about differences limitations support project version',
	surprises: 'bugs quirks pitfalls gotchas examples issues',
	wassette: 'install cli command export native claude vscode cursor agent docker',
	'download-bundle': 'export zip archive save',
	'copy-embed': 'iframe html blog frame widget',
	'engine ': 'engine release version wassette switch',
};

/** The words of one command. */
export function synonymsOf(id: string): string {
	const prefix = Object.keys(synonyms).find((key) => key.endsWith(' ') && id.startsWith(key));
	return (Object.hasOwn(synonyms, id) ? synonyms[id] : prefix && synonyms[prefix]) ?? '';
}
