/** What the server tells a client about itself at the start. */
export const instructions = `This server plays WebAssembly components as tools, inside a web page.
A component's tools run in a sandbox that can reach nothing by default: no files, no network, no variables. What a component may reach is written in its policy, and only there.
Load a component with load-component before calling its tools; list-components shows what is loaded, search-components what could be.
When a tool fails because something was denied, grant exactly what it needs with grant-storage-permission, grant-network-permission or grant-environment-variable-permission, after asking the person you work for. The revoke tools and reset-permission take grants back.
Every call starts from a fresh instance: nothing but the virtual files outlives it.`;
