const kibibyte = 2 ** 10;
const mebibyte = 2 ** 20;

/**
 * The most of everything that comes into a session: typed, dropped, imported, set by a script, or read out of a link. Each bound stands
 * here once; setters and forms refuse what is beyond it and keep what was there, and the schema of scenarios reads what is within it, so
 * that what a person can make can be shared and opened again. Texts are measured in UTF-16 units where nothing else is said.
 *
 * What this browser kept of a person's own work is read without them: these bounds protect from strangers' documents, and refusing
 * somebody's own work protects nobody.
 */
export const most = {
	/** JSON text of a scenario that is read at all; what it unpacks to is held in memory several times. */
	scenarioText: 4 * mebibyte,
	/** A link's part after `#`; browsers take addresses of up to 2 MiB. */
	linkText: mebibyte,
	/** Title of a session or scenario; it stands in one line. */
	title: 200,
	description: 10_000,
	/** Name of an engine: a version or `documented`. */
	engineName: 32,

	/** Components in one deck; each has a policy, a row and a program in memory. */
	components: 64,
	/** Id of a component: it comes from a file's name, which has 255 bytes on common file systems. */
	componentId: 255,
	/** Imports of one component that others provide, and the full name of one. */
	links: 64,
	importName: 1024,
	/** Name of a component's file: an id and `.wasm`. */
	fileName: 260,
	/** Bytes of one component without custom sections that nothing needs: an engine with its library, such as Python's, has 20 to 40 MiB. */
	componentBytes: 64 * mebibyte,
	/** Bytes of the file of one component, with its names and debug information: it is held in memory whole. */
	componentFileBytes: 128 * mebibyte,
	/** Bytes of a component in WebAssembly's text format, which its parser holds several times. */
	watBytes: 16 * mebibyte,
	/** Code generated for one component, which may be much larger than itself; tools that people use need up to 11 MiB. */
	generatedCode: 16 * mebibyte,
	/** WIT of a tool that is written here, and its script or WebAssembly text. */
	toolWit: 64 * kibibyte,
	toolSource: 256 * kibibyte,
	sampleName: 64,
	/** Address that a component is fetched from; servers commonly refuse longer ones. */
	sourceUrl: 2048,
	/** OCI reference: 255 for its name, 128 for its tag, and a digest. */
	ociReference: 512,
	/** Bytes of a manifest of an OCI artifact: registries take no larger ones. */
	manifestBytes: 4 * mebibyte,
	/** Layers of an artifact, manifests of a list, and artifacts that refer to one. */
	layers: 256,
	/** Text that a person pastes into the one field for everything that can be fetched. */
	pastedText: 8192,

	/** Policy that is kept with a component, and that an editor can show; beyond it, showing it takes seconds. */
	policyText: 512 * kibibyte,
	/** UTF-8 bytes of a policy that are read; a longer one grants nothing, and says so. */
	policyBytes: 64 * kibibyte,
	/**
	 * Words, marks and blanks of a policy (tokens of YAML) that are read; one of more grants nothing, and says so. Its parser takes long for
	 * each. A rule for a host has 8, one for a path with its access 22.
	 */
	policyTokens: 16_384,
	/** Lists and maps within each other in a policy: its parser recurses. */
	policyDepth: 500,

	/** UTF-8 bytes of a path, as Linux has them (`PATH_MAX`). */
	pathBytes: 4096,
	/** UTF-8 bytes of one name of a path, as Linux has them (`NAME_MAX`). */
	nameBytes: 255,
	/** Entries of a file tree that one call may add, and that a guest is handed. */
	fileEntries: 16_384,
	/** Bytes of all files together, as a limit of calls may be set by a person. */
	fileBytes: 256 * mebibyte,

	/** Variables of a world; each is handed to a guest as one string. */
	variables: 4096,
	variableName: 1024,
	/** Value of a variable, as Linux takes one string of an environment (`MAX_ARG_STRLEN`). */
	variableValue: 128 * kibibyte,
	/** Command-line arguments of a world. */
	arguments: 4096,
	/** One argument, as Linux takes it (`MAX_ARG_STRLEN`). */
	argument: 128 * kibibyte,
	seed: 1024,

	routes: 1024,
	/** Longest standard methods have 17 characters; this leaves room for others'. */
	method: 64,
	/** Pattern of a route, and address in an expectation; servers commonly refuse longer ones. */
	routeUrl: 8192,
	/** Headers of one route. */
	headers: 512,
	headerName: 256,
	/** Value of a header; servers commonly take 8 to 64 KiB of all headers together. */
	headerValue: 64 * kibibyte,
	/** Milliseconds that a route may wait: as long as the longest call. */
	delayMs: 120_000,
	/** Name of a `wasi:http` error code. */
	failureName: 64,

	/** Saved calls of a session, and rows of expectations. */
	calls: 1024,
	expectations: 1024,
	/** Requests that two policies are compared by, or a policy is checked with, in one go. */
	askedRequests: 10_000,
	/** Name of a tool: as long as the components' ids, packages and functions that it is made of. */
	toolName: 1024,
	/** Name of an argument of a saved call. */
	argumentName: 1024,
	/** Arguments of a saved call that come from elsewhere, and the pointer to where one is taken from. */
	takes: 256,
	pointer: 4096,
	/** Flows that are offered as tools, and the name of one: models' APIs take no longer ones. */
	flows: 64,
	flowName: 64,
	/** Text that a saved call is expected to give. */
	expectedText: 64 * kibibyte,
	/** Decisions that a saved call is expected to meet. */
	expectedDecisions: 10_000,
	/** Name of a kind of host call, such as `storage`. */
	capability: 32,

	/** Milliseconds of one call. */
	callMs: 120_000,
	/** Bytes of linear memory: what a page can have beside the rest in a tab of 4 GiB. */
	memoryBytes: 1024 * mebibyte,
	/** Bytes of stdout and stderr of one call. */
	outputBytes: 8 * mebibyte,
	/** HTTP requests of one call. */
	requests: 1024,
	/** Bytes of the HTTP response bodies of one call. */
	responseBytes: 256 * mebibyte,

	/** Text of a HAR file that is read at all, and routes, bodies and headers that are taken out of one. */
	harText: 32 * mebibyte,
	harRoutes: 500,
	harBody: 2 * mebibyte,
	harBodies: 8 * mebibyte,
	/** Bytes of an archive that is read at all, such as an OCI layout in a tar, and of everything in it once it is unpacked. */
	packedBytes: 256 * mebibyte,
	unpackedBytes: 512 * mebibyte,
	/** Entries of an archive or a dropped folder; layouts of single components have about ten. */
	packedEntries: 4096,
	/** Manifests of one layout, indexes in indexes and referrers among them. */
	manifests: 256,
	/** Text of a signature that comes beside a component, such as a Sigstore bundle with an attestation in it. */
	signatureText: mebibyte,
	/** Signatures of one component, and bytes of all of them together. */
	signatures: 16,
	/** Name that a signature's certificate has for its signer or for who vouches for it, and a public key as PEM. */
	signerName: 2048,
	publicKey: 8192,

	/** Bytes of a list of what a module was built from, as it stands in its section and inflated; large programs have 20 KiB. */
	materialsPacked: mebibyte,
	materialsText: 4 * mebibyte,
	/** Packages in one such list. */
	materials: 8192,
	/** Modules and components within a component whose lists are read. */
	materialModules: 1024,

	/** Text of an export of sessions that is read at all, and sessions in it. */
	archiveText: 256 * mebibyte,
	archiveSessions: 1000,
} as const;

/** Statuses that HTTP has for a response (RFC 9110, section 15). */
export const statuses = { least: 100, most: 599 } as const;
