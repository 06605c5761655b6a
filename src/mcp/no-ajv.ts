/**
 * Stands in for `ajv` and `ajv-formats` in the built page. The SDK imports them for its default validator, which compiles schemas with
 * `new Function`; the page's policy forbids that, and `mcp/` always passes another one. Left out, they save a fifth of the first load.
 */
export default class NoAjv {
	constructor() {
		throw new Error('No validator was passed to the MCP SDK, and its default one cannot run in this page.');
	}
}
