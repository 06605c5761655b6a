/** Whether annotations are wanted: asked for, or GitHub's runner reads what is printed. */
export const wantsAnnotations = (asked) => asked || process.env.GITHUB_ACTIONS === 'true';

/**
 * One line that GitHub's runner turns into an annotation: `::error file=a.yaml,line=3::Words`. `place` has `file` and perhaps `title`,
 * `line`, `col`, `endLine` and `endColumn`. Whatever the texts hold, they are one line, and end neither a property nor the command.
 */
export function annotation(severity, place, message) {
	const properties = Object.entries(place)
		.filter(([, value]) => value !== undefined)
		.map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
	return `::${severity} ${properties.join(',')}::${escapeData(message)}`;
}

const escapeData = (text) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const escapeProperty = (text) => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
