/** A value as YAML: a string in double quotes, or a list of them in brackets. */
export function yamlValue(value: string | readonly string[]): string {
	return typeof value === 'string' ? yamlString(value) : `[${value.map(yamlString).join(', ')}]`;
}

/** A string in double quotes, with everything escaped that YAML does not take as it is. */
export function yamlString(text: string): string {
	return JSON.stringify(text).replace(
		/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
		(character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
}
