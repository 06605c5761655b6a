// Loaded before the page's own scripts: writes down every error, for drivers that do not tell.
window.problems = [];
addEventListener(
	'error',
	(event) => window.problems.push(`error: ${event.message ?? event.target?.src}`),
	true,
);
addEventListener('unhandledrejection', ({ reason }) => window.problems.push(`rejection: ${reason}`));
addEventListener(
	'securitypolicyviolation',
	({ violatedDirective, blockedURI, sourceFile, lineNumber, columnNumber }) =>
		window.problems.push(
			`policy: ${violatedDirective} ${blockedURI} at ${sourceFile}:${lineNumber}:${columnNumber}`,
		),
);
const { error } = console;
console.error = (...args) => {
	window.problems.push(`console: ${args.map(String).join(' ')}`);
	error.apply(console, args);
};
